import PlaybookCore
import PlaybookPostgres
import Synchronization

extension PostgresTable {
    /// The rows that a condition finds.
    ///
    /// - Parameters:
    ///   - isLocked: whether they are locked until the transaction ends.
    ///   - includesProblems: whether rows are wanted too whose columns do not hold what they should.
    func records(
        _ session: borrowing PostgresSession, _ columns: [Column], where condition: String,
        isLocked: Bool = false,
        includesProblems: Bool
    ) throws -> [JournalRecord] {
        var records: [JournalRecord] = []
        try read(session, columns, where: condition, isLocked: isLocked) { record, problem in
            if let problem, !includesProblems { throw Self.named(problem, record) }
            records.append(record)
        }
        return records
    }

    /// Calls `body` with each row that a condition finds, and what is wrong with it.
    func read(
        _ session: borrowing PostgresSession, _ columns: [Column], where condition: String,
        isLocked: Bool = false,
        _ body: (JournalRecord, JournalRecord.Problem?) throws -> Void
    ) throws {
        let read = columns.filter { !$0.isGenerated }
        let names = read.map(\.name)
        let list = read.map { PostgresText.name($0.name) }.joined(separator: ", ")
        let query = "SELECT \(list) FROM \(name) WHERE \(condition)\(isLocked ? " FOR UPDATE" : "")"
        try session.receive("COPY (\(query)) TO STDOUT") { line in
            let (record, problem) = try PostgresRow.record(line, names)
            try body(record, problem)
        }
    }

    static func named(_ problem: JournalRecord.Problem, _ record: JournalRecord) -> PlaybookError {
        PlaybookError(
            .badData, "the row of \(record.key): \(problem.description)",
            nextStep: "Fix or remove the row, or use another schema.")
    }

    /// The condition that a selection's symbols, strategy and dates are; a later look at each row decides.
    static func condition(_ selection: JournalSelection) -> String {
        var parts: [String] = []
        func list(_ texts: some Sequence<String>) -> String {
            texts.sorted().map(PostgresText.literal).joined(separator: ", ")
        }
        if let symbols = selection.symbols {
            parts.append(symbols.isEmpty ? "false" : "symbol IN (\(list(symbols)))")
        }
        if let strategy = selection.strategy {
            parts.append("strategy = \(PostgresText.literal(strategy))")
        }
        if let first = selection.first { parts.append("trade_date >= '\(first)'") }
        if let last = selection.last { parts.append("trade_date <= '\(last)'") }
        return parts.isEmpty ? "true" : parts.joined(separator: " AND ")
    }

    /// What a merge came to, in the numbers that a receipt counts.
    struct Merged: Sendable {
        let outcomes: [JournalKey: JournalMerge.Outcome]
        let removed: Int
    }

    /// The rows of `records`' sessions that are there already, whatever their trades.
    func existing(
        _ records: [JournalRecord], _ session: borrowing PostgresSession, _ columns: [Column],
        isLocked: Bool
    ) throws -> [JournalRecord] {
        guard !columns.isEmpty, !records.isEmpty else { return [] }
        let sessions = Set(records.map(\.key.session))
        let strategies = Set(sessions.map(\.series.strategy))
        let selection = JournalSelection(
            symbols: Set(sessions.map(\.series.symbol)),
            strategy: strategies.count == 1 ? strategies.first : nil,
            first: sessions.map(\.tradeDate).min(), last: sessions.map(\.tradeDate).max())
        return try self.records(
            session, columns, where: Self.condition(selection), isLocked: isLocked,
            includesProblems: false
        ).filter { sessions.contains($0.key.session) }
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
                let symbols = Set(records.map(\.key.symbol)).sorted()
                try lock(symbols, session)
                let old = try existing(records, session, columns, isLocked: true)
                let merge = try JournalMerge(existing: old, new: records, earlier: earlier)
                let merged = Merged(outcomes: merge.outcomes, removed: merge.vanished.count)
                guard merge.isChange else { return merged }
                try requireMarkets(of: merge.changes, session)
                attempt(merge.outcomes)
                try write(merge, session, columns)
                return merged
            }
        }
    }

    /// So many locks of a transaction are held at most; beyond them the whole table is locked.
    private static let mostLocks = 500

    private func lock(_ symbols: [String], _ session: borrowing PostgresSession) throws {
        let table = Self.lock("rows of " + name)
        guard symbols.count <= Self.mostLocks else {
            try session.execute("SELECT pg_advisory_xact_lock(\(table))")
            return
        }
        // Always in the same order, so that no two wait for each other.
        let locks = symbols.map { Self.lock("rows of \(name) \($0)") }.joined(separator: ", ")
        try session.execute(
            "SELECT pg_advisory_xact_lock_shared(\(table)); "
                + "SELECT pg_advisory_xact_lock(key) FROM (SELECT DISTINCT unnest(ARRAY[\(locks)]) AS key ORDER BY 1) AS keys"
        )
    }

    /// Checks that the table has no rows of the same symbols in another market.
    private func requireMarkets(of records: [JournalRecord], _ session: borrowing PostgresSession)
        throws
    {
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

    private func write(
        _ merge: JournalMerge, _ session: borrowing PostgresSession, _ columns: [Column]
    ) throws {
        for start in stride(from: 0, to: merge.vanished.count, by: 500) {
            let keys = merge.vanished[start..<min(start + 500, merge.vanished.count)].map { key in
                let texts = [key.symbol, key.strategy, key.parametersID, key.mode.rawValue].map(
                    PostgresText.literal)
                return "('\(key.tradeDate)'::date, \(texts.joined(separator: ", ")), \(key.tradeNumber))"
            }
            try session.execute(
                "DELETE FROM \(name) WHERE (\(Self.keyList)) IN (\(keys.joined(separator: ", ")))")
        }
        guard !merge.changes.isEmpty else { return }
        let extras = columns.filter { !$0.isGenerated && PostgresRow.column(named: $0.name) == nil }
            .map(\.name)
        let all = JournalColumn.allCases.map(PostgresRow.name) + extras
        let list = all.map(PostgresText.name).joined(separator: ", ")
        try session.execute(
            "CREATE TEMPORARY TABLE trading_playbook_rows (LIKE \(name)) ON COMMIT DROP")
        try send(merge.changes, extras: extras, into: "trading_playbook_rows", session)
        let key = Set(PostgresRow.key.map(PostgresRow.name))
        let changes = all.filter { !key.contains($0) }.map {
            "\(PostgresText.name($0)) = EXCLUDED.\(PostgresText.name($0))"
        }
        try session.execute(
            "INSERT INTO \(name) (\(list)) SELECT \(list) FROM trading_playbook_rows ON CONFLICT (\(Self.keyList)) DO UPDATE "
                + "SET \(changes.joined(separator: ", "))")
    }

    /// Sends records into a table that has all of the journal's columns.
    func send(
        _ records: [JournalRecord], extras: [String], into table: String,
        _ session: borrowing PostgresSession
    ) throws {
        let columns = JournalColumn.allCases
        let list = (columns.map(PostgresRow.name) + extras).map(PostgresText.name).joined(
            separator: ", ")
        var next = 0
        try session.send("COPY \(table) (\(list)) FROM STDIN") {
            guard next < records.count else { return nil }
            var bytes: [UInt8] = []
            bytes.reserveCapacity(300_000)
            while next < records.count, bytes.count < 256 << 10 {
                PostgresRow.append(records[next], columns, extras: extras, to: &bytes)
                next += 1
            }
            return bytes
        }
    }
}
