/// What one parameter set gave, for one symbol or for all of them together.
public struct SweepRow: Sendable, Hashable {
    /// The set's place among those of the grid.
    public let set: Int
    /// How many trades.
    public let trades: Int
    /// Its figures.
    public let figures: FigureSet
    /// Mean net R at doubled costs.
    public let doubledExpectancy: Figure
    /// The Sharpe ratio of a session; nil without variance.
    public let ratio: Double?
    /// What the sets around it give; nil until it is known.
    public var plateau: Plateau?

    /// The row of a set's trades.
    public init(set: Int, _ trades: [TradeOutcome], _ calendar: SessionCalendar, capital: Double) {
        self.set = set
        self.trades = trades.count
        let series = calendar.series(trades, capital: capital)
        figures = FigureSet(series, trades: trades, minutes: calendar.minutes)
        ratio = series.moments.ratio
        doubledExpectancy = NetResults(trades.lazy.map(\.atDoubledCosts)).expectancy
    }
}

/// The metric over the sets one step away along one parameter, the set itself left out.
public struct Plateau: Sendable, Hashable {
    /// The mean; nil without a neighbour that counts.
    public var mean: Double?
    /// The worst; nil without a neighbour that counts.
    public var worst: Double?
    /// How many neighbours count.
    public var neighbours = 0
    /// Whether a neighbour was refused, left out, has too few trades or no metric.
    public var isIncomplete = false
    /// Whether the set lies at the grid's edge.
    public var isAtEdge = false

    /// A plateau.
    public init(mean: Double? = nil, worst: Double? = nil, neighbours: Int = 0) {
        self.mean = mean
        self.worst = worst
        self.neighbours = neighbours
    }

    /// In words.
    public var note: String {
        [isIncomplete ? "incomplete" : nil, isAtEdge ? "edge" : nil].compactMap { $0 }.joined(separator: " ")
    }
}
