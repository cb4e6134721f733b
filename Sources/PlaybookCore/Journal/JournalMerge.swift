/// Puts new rows among those already in a journal: by key, so that a row is there once however often it is written.
public struct JournalMerge: Sendable {
    /// All records afterwards, sorted by key.
    public let records: [JournalRecord]
    /// Rows that were not there before.
    public let added: Int
    /// Rows that were there with other content.
    public let replaced: Int
    /// Rows that were there with the same content but the run that wrote them: they stay as they were.
    public let unchanged: Int

    /// The `data_source` of rows made from synthetic bars.
    public static let syntheticSource = "sample"

    /// Merges `new` into `existing`; of several new rows with one key the last counts.
    ///
    /// - Throws: a `PlaybookError` when rows made from synthetic bars would replace rows made from real ones.
    public init(existing: [JournalRecord], new: [JournalRecord]) throws {
        var byKey = Dictionary(existing.map { ($0.key, $0) }) { $1 }
        let latest = Dictionary(new.map { ($0.key, $0) }) { $1 }
        var added = 0
        var replaced = 0
        var unchanged = 0
        for (key, record) in latest {
            guard let old = byKey[key] else {
                byKey[key] = record
                added += 1
                continue
            }
            if old.fields.dropLast() == record.fields.dropLast() {
                unchanged += 1
                continue
            }
            if record[.dataSource] == Self.syntheticSource, old[.dataSource] != Self.syntheticSource {
                throw PlaybookError(
                    .cannotWrite,
                    "synthetic rows would replace real ones: \(key.symbol) \(key.tradeDate) was made from "
                        + "'\(old[.dataSource])', the new row from '\(record[.dataSource])'",
                    nextStep: "Write synthetic results to another journal with --output.")
            }
            byKey[key] = record
            replaced += 1
        }
        records = byKey.values.sorted { $0.key < $1.key }
        self.added = added
        self.replaced = replaced
        self.unchanged = unchanged
    }
}
