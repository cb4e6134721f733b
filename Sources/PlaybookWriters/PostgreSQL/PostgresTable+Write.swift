import PlaybookCore
import PlaybookPostgres

extension PostgresTable {
    /// What a merge came to, in the numbers that a receipt counts.
    struct Merged: Sendable {
        var outcomes: [JournalKey: JournalMerge.Outcome] = [:]
        var removed = 0
    }

    /// Puts `records` in the place of their sessions, in one transaction.
    ///
    /// - Parameters:
    ///   - earlier: what became of rows in an earlier attempt, of which it is not known how far it came.
    ///   - attempt: is told what this one makes of rows, before it writes.
    func put(
        _ records: [JournalRecord], earlier: [JournalKey: JournalMerge.Outcome],
        _ attempt: @escaping @Sendable ([JournalKey: JournalMerge.Outcome]) -> Void
    ) async throws -> Merged {
        try await server.perform { session in
            var columns = try prepare(session)
            let names = Set(records.flatMap(\.extras).map { PostgresRow.name(ofExtra: $0.name) })
            let unknown = names.subtracting(columns.map(\.name))
            if !unknown.isEmpty {
                let additions = unknown.sorted().map {
                    "ADD COLUMN IF NOT EXISTS \(PostgresText.name($0)) text"
                }
                try session.execute("ALTER TABLE \(name) \(additions.joined(separator: ", "))")
                columns = try self.columns(session)
            }
            return try session.transaction {
                // A symbol has one market, and a session one writer at a time.
                try lock(Set(records.map(\.key.symbol)).sorted(), session)
                return try replace(records, session, columns, earlier: earlier, attempt)
            }
        }
    }

    /// Puts `records` in the place of their sessions, under a lock of their symbols.
    func replace(
        _ records: [JournalRecord], _ session: borrowing PostgresSession, _ columns: [Column],
        earlier: [JournalKey: JournalMerge.Outcome], _ attempt: ([JournalKey: JournalMerge.Outcome]) -> Void
    ) throws -> Merged {
        let old = try existing(records, session, columns, isLocked: true)
        let merge = try JournalMerge(existing: old, new: records, earlier: earlier)
        let merged = Merged(outcomes: merge.outcomes, removed: merge.vanished.count)
        guard merge.isChange else { return merged }
        try requireMarkets(of: merge.changes, session)
        attempt(merge.outcomes)
        try delete(merge.vanished, session)
        if try takesCopies(session) {
            let keys = Set(old.map(\.key))
            try insert(keys.isEmpty ? merge.changes : merge.changes.filter { !keys.contains($0.key) }, session)
            if !keys.isEmpty { try upsert(merge.changes.filter { keys.contains($0.key) }, session, columns) }
        } else {
            try upsert(merge.changes, session, columns)
        }
        return merged
    }

    /// So many locks of a transaction are held at most; beyond them the whole table is locked.
    private static let mostLocks = 500

    private var lockOfAll: String { Self.lock("rows of " + name) }

    private func lock(_ symbols: [String], _ session: borrowing PostgresSession) throws {
        guard symbols.count <= Self.mostLocks else { return try lockAll(session) }
        // Always in the same order, so that no two wait for each other.
        let locks = symbols.map { Self.lock("rows of \(name) \($0)") }.joined(separator: ", ")
        try session.execute(
            "SELECT pg_advisory_xact_lock_shared(\(lockOfAll)); "
                + "SELECT pg_advisory_xact_lock(key) FROM (SELECT DISTINCT unnest(ARRAY[\(locks)]) AS key ORDER BY 1) AS keys"
        )
    }

    /// Waits until nobody else writes rows.
    func lockAll(_ session: borrowing PostgresSession) throws {
        try session.execute("SELECT pg_advisory_xact_lock(\(lockOfAll))")
    }

    /// Whether rows can be copied straight into the table: not where rules of the server say row by row who may what.
    func takesCopies(_ session: borrowing PostgresSession) throws -> Bool {
        try session.query("SELECT NOT row_security_active(to_regclass($1))", [name])[0][0] == "t"
    }

    /// Checks that the table has no rows of the same symbols in another market.
    private func requireMarkets(of records: [JournalRecord], _ session: borrowing PostgresSession) throws {
        let symbols = Dictionary(grouping: records) { $0[.market] }.mapValues {
            Set($0.map(\.key.symbol))
        }
        for (market, symbols) in symbols where !market.isEmpty {
            let list = symbols.sorted().map(PostgresText.literal).joined(separator: ", ")
            let others = try session.execute(
                "SELECT symbol, market FROM \(name) WHERE symbol IN (\(list)) AND market <> \(PostgresText.literal(market)) "
                    + "LIMIT 1")
            if let other = others.first {
                throw JournalMerge.otherMarket(other[0] ?? "", other[1] ?? "", market)
            }
        }
    }

    private func delete(_ vanished: [JournalKey], _ session: borrowing PostgresSession) throws {
        for start in stride(from: 0, to: vanished.count, by: 500) {
            let keys = vanished[start..<min(start + 500, vanished.count)].map { key in
                let texts = [key.symbol, key.strategy, key.parametersID, key.mode.rawValue].map(
                    PostgresText.literal)
                return "('\(key.tradeDate)'::date, \(texts.joined(separator: ", ")), \(key.tradeNumber))"
            }
            try session.execute(
                "DELETE FROM \(name) WHERE (\(Self.keyList)) IN (\(keys.joined(separator: ", ")))")
        }
    }

    /// Adds rows that are not there.
    private func insert(_ records: [JournalRecord], _ session: borrowing PostgresSession) throws {
        guard !records.isEmpty else { return }
        // Columns that people have added and that are not filled get what the table says of new rows.
        let extras = Set(records.flatMap(\.extras).map { PostgresRow.name(ofExtra: $0.name) }).sorted()
        try send(records, extras: extras, into: name, session)
    }

    /// Changes rows that are there, and adds those that are not.
    private func upsert(
        _ records: [JournalRecord], _ session: borrowing PostgresSession, _ columns: [Column]
    ) throws {
        guard !records.isEmpty else { return }
        let extras = Self.extras(columns)
        let all = JournalColumn.allCases.map(PostgresRow.name) + extras
        let list = all.map(PostgresText.name).joined(separator: ", ")
        try session.execute(
            "CREATE TEMPORARY TABLE trading_playbook_rows (LIKE \(name)) ON COMMIT DROP")
        try send(records, extras: extras, into: "trading_playbook_rows", session)
        let key = Set(PostgresRow.key.map(PostgresRow.name))
        let changes = all.filter { !key.contains($0) }.map {
            "\(PostgresText.name($0)) = EXCLUDED.\(PostgresText.name($0))"
        }
        try session.execute(
            "INSERT INTO \(name) (\(list)) SELECT \(list) FROM trading_playbook_rows ON CONFLICT (\(Self.keyList)) DO UPDATE "
                + "SET \(changes.joined(separator: ", "))")
    }

    /// The columns that people have added and that can be written.
    static func extras(_ columns: [Column]) -> [String] {
        columns.filter { !$0.isGenerated && PostgresRow.column(named: $0.name) == nil }.map(\.name)
    }

    /// The statement that takes rows into a table that has all of the journal's columns, then what people have added as
    /// `extras`.
    static func copy(into table: String, extras: [String] = []) -> String {
        let columns = (JournalColumn.allCases.map(PostgresRow.name) + extras).map(PostgresText.name)
        return "COPY \(table) (\(columns.joined(separator: ", "))) \(PostgresLines.options)"
    }

    /// Sends records into a table that has all of the journal's columns.
    func send(
        _ records: [JournalRecord], extras: [String], into table: String,
        _ session: borrowing PostgresSession
    ) throws {
        try session.send(Self.copy(into: table, extras: extras)) { put in
            var lines = PostgresLines()
            for record in records {
                lines.append(record, extras: extras)
                try lines.sendMany(put)
            }
            try lines.sendAll(put)
        }
    }
}
