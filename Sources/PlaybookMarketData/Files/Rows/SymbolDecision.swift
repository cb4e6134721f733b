import PlaybookCore

/// What a column of symbols decides about a file.
struct SymbolDecision {
    let path: String
    let symbol: Symbol?

    /// Throws when rows name their symbols, but none the symbol that is wanted.
    func require(_ table: RowTable, hasColumn: Bool) throws {
        guard hasColumn, let symbol, table.wanted == 0, table.others > 0 else { return }
        throw PlaybookError(
            .badData, "\(path): no row of \(symbol); it holds \(Self.list(table))",
            nextStep: "Name the symbol as the file does, or put \(symbol)'s bars into the file.")
    }

    /// The symbols and their rows, for messages.
    static func list(_ table: RowTable) -> String {
        var symbols = table.symbols
        let all = symbols.all()
        let shown = all.prefix(5).map { "\($0.name) (\($0.rows) rows)" }.joined(separator: ", ")
        return shown + (all.count > 5 ? " and \(all.count - 5) more symbols" : "")
    }
}

extension BarFileContents {
    /// What became of a file's rows: `bars`, oldest first, and what is to be said about them.
    init(
        _ assembler: RowAssembler, _ bars: BarColumns, window: Range<Int64>, understanding: FileUnderstanding,
        notes: [NeutralText]
    ) {
        let table = assembler.table
        let start = window.lowerBound == .min ? 0 : bars.firstIndex(at: window.lowerBound)
        let end = window.upperBound == .max ? bars.count : bars.firstIndex(at: window.upperBound)
        var known = understanding
        var symbols = table.symbols
        known.symbols = symbols.all()
        known.isNewestFirst = assembler.isNewestFirst
        known.bars = bars.count
        known.setExtent(first: bars.times.first, last: bars.times.last)
        known.rowsWithoutPrices = table.withoutPrices
        var warnings = notes
        if assembler.isNewestFirst { warnings.append("the newest bar comes first: the file was turned round") }
        if table.others > 0 {
            warnings.append(
                "\(table.others) rows of other symbols were left out: it holds \(SymbolDecision.list(table))")
        }
        if table.withoutPrices > 0 {
            warnings.append(
                "\(table.withoutPrices) rows have no prices and count as missing bars, the first in \(assembler.unit) "
                    + "\(table.firstWithoutPrices)")
        }
        if table.withoutVolume > 0, known.columns.contains(where: { $0.use == "volume" }) {
            warnings.append("the volume of \(table.withoutVolume) bars is not known")
        }
        self.init(
            bars: start == 0 && end == bars.count ? bars : bars.slice(start..<max(start, end)),
            first: bars.times.first, last: bars.times.last,
            understanding: known, warnings: warnings)
    }
}
