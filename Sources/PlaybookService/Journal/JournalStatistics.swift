import PlaybookCore

/// The statistics of a journal's rows, those of each strategy, parameter set and mode by themselves: what differs in one
/// of these is never summed up.
enum JournalStatistics {
    /// What is summed up.
    struct Group {
        let strategy: String
        let parametersID: String
        /// The parameters that differ from their defaults; empty when no row tells.
        let parameters: String
        let mode: JournalMode
        /// The rows that count.
        let rows: [JournalRow]
        /// Those that do not; nil when all count.
        let leftOut: LeftOut?

        /// The symbols, sorted.
        var symbols: [String] { Set(rows.map(\.symbol.name)).sorted() }
        /// The statistics of all rows.
        var summary: Performance { Performance(rows) }
        /// The statistics of each symbol.
        var bySymbol: [String: Performance] {
            Dictionary(grouping: rows, by: \.symbol.name).mapValues { Performance($0) }
        }

        /// The group as tables for people.
        ///
        /// - Parameter isOnly: whether there is no other group.
        func lines(_ paint: Paint, isOnly: Bool) -> [String] {
            let told = parameters.isEmpty ? "" : " (\(parameters))"
            let mode = mode == .backtest ? "" : ", \(mode.rawValue)"
            var lines = wrapped("\(strategy) \(parametersID)\(told)\(mode)", hanging: 2).map(paint.bold)
            if let leftOut { lines += wrapped("\(leftOut)", hanging: 2) }
            if symbols.count > 1 { lines.append("\(symbols.joined(separator: ", ")) together; each by itself below") }
            let table = PerformanceTable(summary, bySymbol: bySymbol, symbols: symbols)
            return lines + [""] + table.lines(paint, isWhole: true)
        }
    }

    /// Rows left out because their sessions lack bars, or because they do not tell.
    struct LeftOut: CustomStringConvertible {
        /// The completeness asked for, 0 to 1.
        let minimum: Double
        /// How many rows are below it.
        var below = 0
        /// How many rows have no completeness: those of earlier versions.
        var unknown = 0

        var description: String {
            let parts =
                (below > 0 ? ["\(counted(below, "row")) with a completeness below \(journalNumber(minimum))"] : [])
                + (unknown > 0
                    ? [
                        "\(counted(unknown, "row")) of earlier versions, which do not tell it (run their sessions again to add it)"
                    ]
                    : [])
            return "Left out: \(parts.isEmpty ? "no row" : parts.joined(separator: "; "))"
        }

        /// The rows that count.
        mutating func keep(_ rows: [JournalRow]) -> [JournalRow] {
            let known = rows.filter { $0.completeness != nil }
            let kept = known.filter { $0.completeness ?? 0 >= minimum }
            (below, unknown) = (known.count - kept.count, rows.count - known.count)
            return kept
        }
    }

    /// The groups of `records`, sorted by strategy, parameters and mode.
    ///
    /// - Parameter minimumCompleteness: rows with less, or without any, are left out; nil for all rows.
    /// - Throws: a `PlaybookError` that names a row whose columns do not hold what they should.
    static func groups(of records: [JournalRecord], minimumCompleteness: Double? = nil) throws -> [Group] {
        let series = Dictionary(grouping: records) { record in
            var series = record.key.session.series
            series.symbol = ""
            return series
        }
        return try series.sorted { $0.key < $1.key }.map { series, records in
            let rows: [JournalRow]
            do {
                rows = try records.map { try JournalRow(reading: $0) }
            } catch let error as PlaybookError {
                throw error.withCommandForRows
            }
            var leftOut = minimumCompleteness.map { LeftOut(minimum: $0) }
            let kept = leftOut?.keep(rows) ?? rows
            return Group(
                strategy: series.strategy, parametersID: series.parametersID,
                parameters: rows.map(\.parameters).first { !$0.isEmpty } ?? "", mode: series.mode, rows: kept,
                leftOut: leftOut)
        }
    }

    /// The JSON document of `journal stats`: schema `trading-playbook/journal-stats/2`.
    struct Document: Encodable {
        let schema = "trading-playbook/journal-stats/2"
        let writer: String
        let location: String
        let minCompleteness: Double?
        let groups: [Entry]
        /// Of all groups together.
        let account: AccountReport.Document?

        struct Entry: Encodable {
            let strategy: String
            let paramsId: String
            let params: String?
            let mode: String
            let symbols: [String]
            let start: String?
            let end: String?
            let synthetic: Bool
            let rowsLeftOut: Int?
            let rowsWithoutCompleteness: Int?
            let summary: PerformanceDocument
            let bySymbol: [String: PerformanceDocument]
        }

        init(
            _ place: JournalPlace, _ groups: [Group], minimumCompleteness: Double?,
            account: AccountReport.Document? = nil
        ) {
            self.account = account
            writer = place.writer
            location = place.location
            minCompleteness = minimumCompleteness
            self.groups = groups.map { group in
                Entry(
                    strategy: group.strategy, paramsId: group.parametersID,
                    params: group.parameters.isEmpty ? nil : group.parameters, mode: group.mode.rawValue,
                    symbols: group.symbols, start: group.rows.map(\.tradeDate).min()?.description,
                    end: group.rows.map(\.tradeDate).max()?.description,
                    synthetic: group.rows.contains { $0.dataSource == JournalMerge.syntheticSource },
                    rowsLeftOut: group.leftOut?.below, rowsWithoutCompleteness: group.leftOut?.unknown,
                    summary: PerformanceDocument(group.summary),
                    bySymbol: group.bySymbol.mapValues(PerformanceDocument.init))
            }
        }
    }
}
