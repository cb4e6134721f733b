import PlaybookCore

/// The series of the journals whose rows are made of bars of several feeds: their fills and averages differ, so that
/// statistics over all of them say little.
public enum FeedMixture {
    /// A line for each series of the settings' playbook that has rows of several of Alpaca's feeds.
    ///
    /// - Parameter parameters: those that differ from the playbook's defaults.
    public static func lines(settings: Settings, parameters: [String: String]) async throws -> [String] {
        let strategy = try settings.strategy(nil, overrides: parameters)
        let symbols = try settings.symbolsIfSet().map { Set($0.map(\.name)) }
        var lines: [String] = []
        for journal in try settings.journals() {
            let records = try await journal.reader.records(JournalSelection(symbols: symbols))
            lines += Self.lines(records.filter { $0.key.isOf(strategy) }).map { "\(journal.place.location): \($0)" }
        }
        return lines
    }

    /// The same of the rows of one journal.
    static func lines(_ records: [JournalRecord]) -> [String] {
        Dictionary(grouping: records, by: \.key.symbol).sorted { $0.key < $1.key }.compactMap { symbol, rows in
            let feeds = Dictionary(grouping: rows.compactMap { feed(of: $0[.dataSource]) }) { $0 }.mapValues(\.count)
            guard feeds.count > 1 else { return nil }
            let counts = feeds.sorted { $0.key < $1.key }.map { "\($0.value) of \($0.key)" }
            return
                "\(symbol): rows of several feeds, \(counts.joined(separator: " and ")); choose one with ALPACA_FEED, "
                + "and run the others' sessions again"
        }
    }

    /// The feed of a `data_source`, `alpaca/sip/split`; nil for other sources.
    private static func feed(of source: String) -> String? {
        let parts = source.split(separator: "/")
        return parts.count == 3 && parts[0] == "alpaca" ? String(parts[1]) : nil
    }
}
