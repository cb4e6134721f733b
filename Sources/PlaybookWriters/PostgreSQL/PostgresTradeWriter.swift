public import PlaybookCore
import PlaybookPostgres
import Synchronization

/// The journal as a table of PostgreSQL, one row a row.
///
/// All rows of a run are written in one transaction, under locks of their symbols: a run that dies leaves the table as it
/// was, and runs at the same time all get their rows in. Columns that people have added are not touched. The table is made
/// by the first run that writes.
public actor PostgresTradeWriter: TradeWriter {
    public nonisolated let place: JournalPlace
    let table: PostgresTable
    private var pending: PendingRows

    /// A writer to `table`, which need not exist yet.
    public init(_ table: PostgresTable) {
        self.table = table
        place = JournalPlace(writer: "postgres", location: table.location)
        pending = PendingRows(place)
    }

    public func write(_ records: [JournalRecord]) throws { try pending.add(records) }

    public func preview() async throws -> WriteReceipt {
        let records = pending.records
        let existing = try await table.located { [table] in
            try await table.server.retrying {
                try await table.server.perform { session in
                    try table.requireAccess(session)
                    return try session.transaction("BEGIN READ ONLY") {
                        try table.existing(records, session, table.columns(session), isLocked: false)
                    }
                }
            }
        }
        var receipt = WriteReceipt(place)
        receipt.count(try pending.merge(existing: existing, new: records))
        return receipt
    }

    public func finalize() async throws -> WriteReceipt {
        if let receipt = pending.receipt { return receipt }
        var receipt = WriteReceipt(place)
        if !pending.records.isEmpty {
            let merged = try await put()
            receipt.count(merged.outcomes, removed: merged.removed)
        }
        pending.settle(receipt)
        return receipt
    }

    public func upgrade(isDryRun: Bool) async throws -> JournalUpgrade {
        try await table.located { [table] in try await table.upgrade(isDryRun: isDryRun) }
    }

    private func put() async throws -> PostgresTable.Merged {
        try await table.located {
            try await table.server.retrying {
                let note = AttemptNote()
                do {
                    return try await table.put(pending.records, earlier: pending.earlier) { note.keep($0) }
                } catch {
                    // Whether it was committed is not known where the connection broke.
                    pending.attempt(note.kept)
                    if let error = error as? PlaybookError { try pending.located { throw error } }
                    throw error
                }
            }
        }
    }
}

/// What an attempt was about to make of rows.
private final class AttemptNote: Sendable {
    private let outcomes = Mutex<[JournalKey: JournalMerge.Outcome]>([:])

    var kept: [JournalKey: JournalMerge.Outcome] { outcomes.withLock { $0 } }

    func keep(_ new: [JournalKey: JournalMerge.Outcome]) { outcomes.withLock { $0 = new } }
}
