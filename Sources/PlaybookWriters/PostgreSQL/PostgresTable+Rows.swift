import PlaybookCore
import PlaybookPostgres

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
}
