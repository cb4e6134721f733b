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
        let rows: [JournalRow]

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
            var lines = [paint.bold("\(strategy) \(parametersID)\(told)\(mode)")]
            if symbols.count > 1 { lines.append("\(symbols.joined(separator: ", ")) together; each by itself below") }
            let table = PerformanceTable(summary, bySymbol: bySymbol, symbols: symbols)
            return lines + [""] + table.lines(paint)
        }
    }

    /// The groups of `records`, sorted by strategy, parameters and mode.
    ///
    /// - Throws: a `PlaybookError` that names a row whose columns do not hold what they should.
    static func groups(of records: [JournalRecord]) throws -> [Group] {
        let series = Dictionary(grouping: records) { record in
            var series = record.key.session.series
            series.symbol = ""
            return series
        }
        return try series.sorted { $0.key < $1.key }.map { series, records in
            let rows = try records.map(JournalRow.init(reading:))
            return Group(
                strategy: series.strategy, parametersID: series.parametersID,
                parameters: rows.map(\.parameters).first { !$0.isEmpty } ?? "", mode: series.mode, rows: rows)
        }
    }

    /// The JSON document of `journal stats`: schema `trading-playbook/journal-stats/2`.
    struct Document: Encodable {
        let schema = "trading-playbook/journal-stats/2"
        let writer: String
        let location: String
        let groups: [Entry]

        struct Entry: Encodable {
            let strategy: String
            let paramsId: String
            let params: String?
            let mode: String
            let symbols: [String]
            let start: String?
            let end: String?
            let synthetic: Bool
            let summary: PerformanceDocument
            let bySymbol: [String: PerformanceDocument]
        }

        init(_ place: JournalPlace, _ groups: [Group]) {
            writer = place.writer
            location = place.location
            self.groups = groups.map { group in
                Entry(
                    strategy: group.strategy, paramsId: group.parametersID,
                    params: group.parameters.isEmpty ? nil : group.parameters, mode: group.mode.rawValue,
                    symbols: group.symbols, start: group.rows.map(\.tradeDate).min()?.description,
                    end: group.rows.map(\.tradeDate).max()?.description,
                    synthetic: group.rows.contains { $0.dataSource == JournalMerge.syntheticSource },
                    summary: PerformanceDocument(group.summary),
                    bySymbol: group.bySymbol.mapValues(PerformanceDocument.init))
            }
        }
    }
}
