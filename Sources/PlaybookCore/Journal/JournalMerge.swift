/// Puts new rows among those already in a journal: by key, so that a row is there once however often it is written.
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
    /// What became of each new row.
    public let outcomes: [JournalKey: Outcome]

    /// Rows that were not there before.
    public var added: Int { count(.added) }
    /// Rows that were there with other content.
    public var replaced: Int { count(.replaced) }
    /// Rows that were there with the same content.
    public var unchanged: Int { count(.unchanged) }

    /// The `data_source` of rows made from synthetic bars.
    public static let syntheticSource = "sample"

    /// Merges `new` into `existing`; of several new rows with one key the last counts.
    ///
    /// - Parameter earlier: what became of rows in an earlier attempt, of which it is not known how far it came. A row
    ///   that is there just as this run writes it, run and all, has become what that attempt made of it.
    /// - Throws: a `PlaybookError` when rows made from synthetic bars would replace rows made from real ones.
    public init(
        existing: [JournalRecord], new: [JournalRecord], earlier: [JournalKey: Outcome] = [:]
    ) throws {
        var byKey = Dictionary(existing.map { ($0.key, $0) }) { $1 }
        let latest = Dictionary(new.map { ($0.key, $0) }) { $1 }
        var outcomes: [JournalKey: Outcome] = [:]
        var changes: [JournalRecord] = []
        for (key, record) in latest.sorted(by: { $0.key < $1.key }) {
            if let old = byKey[key] {
                if old.hasSameContent(as: record) {
                    outcomes[key] = old == record ? earlier[key] ?? .unchanged : .unchanged
                    continue
                }
                try Self.requireReplaceable(old, by: record)
                outcomes[key] = .replaced
            } else {
                outcomes[key] = .added
            }
            byKey[key] = record
            changes.append(record)
        }
        records = byKey.values.sorted { $0.key < $1.key }
        self.changes = changes
        self.outcomes = outcomes
    }

    private static func requireReplaceable(_ old: JournalRecord, by record: JournalRecord) throws {
        guard record.isSynthetic, !old.isSynthetic else { return }
        throw PlaybookError(
            .cannotWrite,
            "synthetic rows would replace real ones: \(record.key.symbol) \(record.key.tradeDate) was made from "
                + "'\(old[.dataSource])', the new row from '\(record[.dataSource])'",
            nextStep: "Write synthetic results to another journal with --output.")
    }

    private func count(_ outcome: Outcome) -> Int { outcomes.values.count { $0 == outcome } }
}

extension JournalRecord {
    /// Whether it was made from synthetic bars.
    public var isSynthetic: Bool { self[.dataSource] == JournalMerge.syntheticSource }

    /// Whether all columns but the run that wrote the row are the same.
    func hasSameContent(as other: JournalRecord) -> Bool { fields.dropLast() == other.fields.dropLast() }
}
