import PlaybookCore
import PlaybookResearch

/// A figure of a sweep's sets over two parameters, the others as the set in the middle has them.
struct HeatMap {
    /// What a cell stands for.
    enum Cell: Hashable {
        case value(Double)
        /// Why there is none, in words.
        case missing(String)

        /// The number; nil where there is none.
        var number: Double? { if case .value(let number) = self { number } else { nil } }
    }

    /// The parameters down and across; the same where the sweep has one alone.
    let down, across: GridAxis
    /// By row, then column.
    let cells: [[Cell]]
    /// The row and the column of the set in the middle.
    let chosen: (row: Int, column: Int)
    /// What has no colour: 0, or 1 for a profit factor.
    let neutral: Double
    /// Numbers as far from it have the strongest colour.
    let limit: Double
    /// How many lie farther away.
    let clipped: Int
    let decimals: Int
    /// What the numbers are, with their unit.
    let title: String

    /// The map of `table` around one of its sets.
    ///
    /// - Parameters:
    ///   - down: the axis down; nil for a map of one row.
    init(_ table: SweepTable, around set: Int, down: Int?, across: Int) {
        let grid = table.grid
        let middle = grid.places(of: set)
        self.down = grid.axes[down ?? across]
        self.across = grid.axes[across]
        chosen = (down.map { middle[$0] } ?? 0, middle[across])
        let rows = down.map { grid.axes[$0].values.count } ?? 1
        let cells = (0..<rows).map { row in
            grid.axes[across].values.indices.map { column -> Cell in
                var places = middle
                if let down { places[down] = row }
                places[across] = column
                return Self.cell(table, grid.set(at: places))
            }
        }
        self.cells = cells
        isRow = down == nil
        neutral = table.metric == .profitFactor ? 1 : 0
        let neutral = neutral
        let distances = cells.joined().compactMap { $0.number.map { abs($0 - neutral) } }.sorted()
        let most = distances.last ?? 0
        // One set far beyond the others would leave these without colours.
        let usual = distances.isEmpty ? 0 : distances[(distances.count - 1) * 9 / 10]
        let limit = usual > 0 && most > 2 * usual ? usual : most
        self.limit = limit
        clipped = distances.count { $0 > limit }
        decimals = table.metric == .net ? Numerals.decimals(ofMoney: distances) : 2
        title = table.metric.title
    }

    /// Whether there is one parameter alone.
    let isRow: Bool

    private static func cell(_ table: SweepTable, _ set: Int?) -> Cell {
        guard let set else { return .missing("not tried") }
        guard let row = table.row(of: set) else { return .missing("refused") }
        guard row.trades >= table.minimumTrades else { return .missing("too few trades") }
        return row.figures.value(table.metric.figure).map { .value($0) } ?? .missing("no figure")
    }

    /// Numbers stand in the cells of so many columns.
    static let mostNumbered = 12
    private var hasNumbers: Bool { across.values.count <= Self.mostNumbered }

    /// A cell's number as it is shown.
    func text(_ cell: Cell) -> String {
        switch cell {
        case .value(let number): neutral == 0 ? Numerals.signed(number, decimals) : Numerals.fixed(number, decimals)
        case .missing: ""
        }
    }

    /// What is hatched, in words; empty where nothing is.
    var hatched: String {
        let reasons = cells.joined().compactMap { cell -> String? in
            if case .missing(let why) = cell { why } else { nil }
        }
        let counted = Dictionary(grouping: reasons) { $0 }.sorted { $0.key < $1.key }
        return counted.map { "\(Numerals.count($0.value.count)) \($0.key)" }.joined(separator: ", ")
    }

    /// Whether a cell is one step away from the chosen set, along one parameter.
    func isPlateau(_ row: Int, _ column: Int) -> Bool { abs(row - chosen.row) + abs(column - chosen.column) == 1 }

    /// Whether a cell is the chosen one or of its plateau.
    private func isInside(_ row: Int, _ column: Int) -> Bool {
        cells.indices.contains(row) && cells[row].indices.contains(column)
            && abs(row - chosen.row) + abs(column - chosen.column) <= 1
    }

    // MARK: - Drawing

    /// The picture, as wide as its columns make it.
    func picture() -> Picture {
        let columns = across.values.count
        let texts = cells.joined().map { Picture.width(of: text($0)) }
        let cell =
            hasNumbers
            ? (width: max(52, (texts.max() ?? 0) + 10), height: cells.count > 14 ? 20 : 28)
            : (width: max(6, min(40, 900 / columns)), height: max(8, min(28, 420 / cells.count)))
        let labels = isRow ? [] : down.values
        let left = isRow ? 1 : max(labels.map(Picture.width).max() ?? 0, 24) + 10
        let top = isRow ? 4 : 24
        let (right, bottom) = (left + columns * cell.width, top + cells.count * cell.height)
        let name = isRow ? "" : down.name
        let width = max(right + 16, Picture.width(of: across.name) + left + 8, Picture.width(of: name) + 8)
        var picture = Picture(
            "\(title) by \(isRow ? "" : "\(down.name) and ")\(across.name)", width: width, height: bottom + 42)
        if !isRow { picture.text(name, 0, 12, .heading) }
        fill(&picture, left, top, cell)
        outline(&picture, left, top, cell)
        let everyRow = max(1, (15 + cell.height - 1) / cell.height)
        for (row, label) in labels.enumerated() where row % everyRow == 0 {
            picture.text(label, left - 8, top + row * cell.height + cell.height / 2 + 4, .tick, .end)
        }
        let widest = (across.values.map(Picture.width).max() ?? 0) + 8
        let everyColumn = max(1, (widest + cell.width - 1) / cell.width)
        for (column, label) in across.values.enumerated() where column % everyColumn == 0 {
            let x = left + column * cell.width + cell.width / 2
            let half = Picture.width(of: label) / 2
            picture.text(label, min(max(x, half), width - half), bottom + 16, .tick, .middle)
        }
        picture.text(across.name, left, bottom + 36, .heading)
        return picture
    }

    /// The step of the colour of a number, 0 to 4.
    func step(_ number: Double) -> Int {
        limit > 0 ? min(4, Int(abs(number - neutral) / limit * 5)) : 0
    }

    private func fill(_ picture: inout Picture, _ left: Int, _ top: Int, _ cell: (width: Int, height: Int)) {
        var tinted: [[StrokePath]] = Array(repeating: Array(repeating: StrokePath(), count: 5), count: 2)
        var hatches = StrokePath()
        for (row, line) in cells.enumerated() {
            for (column, content) in line.enumerated() {
                let (x, y) = (left + column * cell.width, top + row * cell.height)
                guard let number = content.number else {
                    hatch(&hatches, x, y, cell)
                    continue
                }
                guard number != neutral else { continue }
                tinted[number > neutral ? 0 : 1][step(number)].box(x, y, width: cell.width, height: cell.height)
            }
        }
        let tints: [Style] = [.tint1, .tint2, .tint3, .tint4, .tint5]
        for (side, colour) in [Style.gain, .loss].enumerated() {
            for (step, tint) in tints.enumerated() { picture.path(tinted[side][step], colour, tint) }
        }
        picture.path(hatches, .hatch)
        guard hasNumbers else { return }
        for (row, line) in cells.enumerated() {
            for (column, content) in line.enumerated() where content.number != nil {
                picture.text(
                    text(content), left + column * cell.width + cell.width / 2,
                    top + row * cell.height + cell.height / 2 + 4, .cell, .middle)
            }
        }
    }

    /// Lines from the lower left to the upper right of a cell.
    private func hatch(_ path: inout StrokePath, _ x: Int, _ y: Int, _ cell: (width: Int, height: Int)) {
        let gap = 8
        for start in stride(from: gap, to: cell.width + cell.height, by: gap) {
            let low = (x: max(0, start - cell.height), y: min(start, cell.height))
            let high = (x: min(start, cell.width), y: max(0, start - cell.width))
            path.move(to: x + low.x, y + low.y)
            path.line(to: x + high.x, y + high.y)
        }
    }

    /// Around the chosen cell, and around it with its plateau.
    private func outline(_ picture: inout Picture, _ left: Int, _ top: Int, _ cell: (width: Int, height: Int)) {
        var path = StrokePath()
        for row in max(0, chosen.row - 1)...chosen.row + 1 {
            for column in max(0, chosen.column - 1)...chosen.column + 1 where isInside(row, column) {
                let (x, y) = (left + column * cell.width, top + row * cell.height)
                let (right, bottom) = (x + cell.width, y + cell.height)
                for (isOpen, from, to) in [
                    (isInside(row - 1, column), (x, y), (right, y)),
                    (isInside(row + 1, column), (x, bottom), (right, bottom)),
                    (isInside(row, column - 1), (x, y), (x, bottom)),
                    (isInside(row, column + 1), (right, y), (right, bottom)),
                ] where !isOpen {
                    path.move(to: from.0, from.1)
                    path.line(to: to.0, to.1)
                }
            }
        }
        picture.path(path, .plateau)
        var box = StrokePath()
        box.box(
            left + chosen.column * cell.width, top + chosen.row * cell.height, width: cell.width, height: cell.height)
        picture.path(box, .chosen)
    }
}

extension Metric {
    /// What it is, with its unit, for headings.
    var title: String {
        switch self {
        case .sharpe: "Sharpe ratio, annual"
        case .t: "t statistic"
        case .expectancy: "Expectancy after costs"
        case .net: "Net P&L, USD"
        case .calmar: "Calmar ratio"
        case .sqn: "System quality number"
        case .profitFactor: "Profit factor"
        }
    }
}
