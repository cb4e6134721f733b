/// The rows of all sets of a grid, of one symbol or of several together: ranked, with their plateaus and the effect of each
/// parameter.
public struct SweepTable: Sendable {
    /// The grid.
    public let grid: Grid
    /// The rows of the sets that were not refused, in the order of sets.
    public private(set) var rows: [SweepRow]
    /// What they are ranked by.
    public let metric: Metric
    /// Sets with fewer trades are not ranked.
    public let minimumTrades: Int
    /// Where a set's row is; nil where it was refused.
    private let places: [Int?]

    /// The table of `rows`, one for each set that was not refused, in the order of sets.
    public init(_ grid: Grid, _ rows: [SweepRow], metric: Metric, minimumTrades: Int) {
        self.grid = grid
        self.rows = rows
        self.metric = metric
        self.minimumTrades = minimumTrades
        var places = [Int?](repeating: nil, count: grid.count)
        for (place, row) in rows.enumerated() { places[row.set] = place }
        self.places = places
        for place in rows.indices { self.rows[place].plateau = plateau(of: rows[place].set, by: metric.figure) }
    }

    /// A set's row; nil where it was refused.
    public func row(of set: Int) -> SweepRow? { places[set].map { rows[$0] } }

    /// What the sets around one give, by a figure.
    public func plateau(of set: Int, by figure: FigureName) -> Plateau {
        let (sets, isAtEdge, isIncomplete) = grid.neighbours(of: set)
        var plateau = Plateau()
        (plateau.isAtEdge, plateau.isIncomplete) = (isAtEdge, isIncomplete)
        var sum = 0.0
        for neighbour in sets {
            guard let row = row(of: neighbour), row.trades >= minimumTrades, let value = row.figures.value(figure)
            else {
                plateau.isIncomplete = true
                continue
            }
            sum += value
            plateau.worst = min(plateau.worst ?? value, value)
            plateau.neighbours += 1
        }
        plateau.mean = plateau.neighbours > 0 ? sum / Double(plateau.neighbours) : nil
        return plateau
    }

    /// The rows that have enough trades and the metric, the best first, equal ones in the order of sets.
    public var ranked: [SweepRow] { ranked(by: metric.figure) }

    /// The best row by another figure.
    public func best(by figure: FigureName) -> SweepRow? { ranked(by: figure).first }

    /// The same by another figure.
    func ranked(by figure: FigureName) -> [SweepRow] {
        rows.filter { $0.trades >= minimumTrades && $0.figures.value(figure) != nil }
            .sorted {
                let (one, other) = ($0.figures.value(figure) ?? 0, $1.figures.value(figure) ?? 0)
                return one == other ? $0.set < $1.set : one > other
            }
    }

    /// How many sets have fewer trades than are asked for.
    public var thin: Int { rows.count { $0.trades < minimumTrades } }

    /// What each value of each parameter comes to: quartiles of the metric over the sets that have it.
    public var effects: [MarginalEffect] {
        grid.axes.indices.flatMap { axis in
            var byValue = [[Double]](repeating: [], count: grid.axes[axis].values.count)
            for row in rows where row.trades >= minimumTrades {
                if let value = row.figures.value(metric.figure) {
                    byValue[grid.places(of: row.set)[axis]].append(value)
                }
            }
            return byValue.enumerated().map { place, values in
                MarginalEffect(
                    parameter: grid.axes[axis].name, value: grid.axes[axis].values[place], values: values)
            }
        }
    }
}
