/// Puts new rows among those already in a journal, session by session, so that a row is there once however often it is
/// written.
public struct JournalMerge: Sendable {
    /// What became of a row.
    public enum Outcome: Sendable {
        /// It was not there before.
        case added
        /// It was there with other content.
        case replaced
        /// It was there with the same content but the run that wrote it: it stays as it was.
        case unchanged
    }

    /// All records afterwards, sorted by key.
    public let records: [JournalRecord]
    /// The new records that must be written, sorted by key.
    public let changes: [JournalRecord]
    /// The rows that must go, since their session has fewer trades now; sorted by key.
    public let vanished: [JournalKey]
    /// What became of each new row.
    public let outcomes: [JournalKey: Outcome]

    /// Whether anything must be written.
    public var isChange: Bool { !changes.isEmpty || !vanished.isEmpty }

    /// The `data_source` of rows made from synthetic bars.
    public static let syntheticSource = "sample"

    /// Merges `new` into `existing`; of several new rows with one key the last counts.
    ///
    /// - Parameter earlier: what became of rows in an earlier attempt, of which it is not known how far it came. A row
    ///   that is there just as this run writes it, run and all, has become what that attempt made of it.
    /// - Throws: a `PlaybookError` when rows made from synthetic bars would replace rows made from real ones, or a
    ///   symbol's market differs.
    public init(
        existing: [JournalRecord], new: [JournalRecord], earlier: [JournalKey: Outcome] = [:]
    ) throws {
        let sessions = Dictionary(grouping: new, by: \.key.session)
        let markets = Dictionary(new.map { ($0.key.symbol, $0) }) { first, _ in first }
        var old: [JournalSession: [JournalRecord]] = [:]
        var records: [JournalRecord] = []
        for record in existing {
            if let other = markets[record.key.symbol] { try record.requireMarket(of: other) }
            if sessions[record.key.session] == nil {
                records.append(record)
            } else {
                old[record.key.session, default: []].append(record)
            }
        }
        var changes: [JournalRecord] = []
        var vanished: [JournalKey] = []
        var outcomes: [JournalKey: Outcome] = [:]
        for (session, rows) in sessions.sorted(by: { $0.key < $1.key }) {
            let merge = try SessionMerge(old: old[session] ?? [], new: rows, earlier: earlier)
            records += merge.records
            changes += merge.changes
            vanished += merge.vanished
            outcomes.merge(merge.outcomes) { $1 }
        }
        self.records = records.sorted { $0.key < $1.key }
        self.changes = changes
        self.vanished = vanished
        self.outcomes = outcomes
    }

    /// A symbol's rows are there in another market.
    public static func otherMarket(_ symbol: String, _ one: String, _ other: String) -> PlaybookError {
        PlaybookError(
            .badData, "the journal has rows of \(symbol) in the market \(one), the new ones are of \(other)",
            nextStep:
                "If it is the same symbol, name it \(symbol)@\(one); write another market's rows to another journal.")
    }
}
