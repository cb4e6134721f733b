public import PlaybookCore
import PlaybookPostgres

/// Reads the journal that `PostgresTradeWriter` writes, and one that other tools have written to.
public struct PostgresJournalReader: JournalReader {
    public let place: JournalPlace
    private let table: PostgresTable

    /// A reader of `table`; one that is not there holds no rows.
    public init(_ table: PostgresTable) {
        self.table = table
        place = JournalPlace(writer: "postgres", location: table.location)
    }

    public func read(_ selection: JournalSelection, _ body: (borrowing JournalLine) throws -> Void)
        async throws
    {
        let found = try await table.located { [table] in
            try await table.server.retrying {
                try await table.server.perform { session in
                    var found: [(record: JournalRecord, problem: JournalRecord.Problem?)] = []
                    try session.transaction("BEGIN READ ONLY") {
                        let columns = try table.columns(session)
                        guard !columns.isEmpty else { return }
                        try table.read(session, columns, where: PostgresTable.condition(selection)) {
                            record, problem in
                            if let problem, !selection.includesProblems {
                                let error = PostgresTable.named(problem, record)
                                throw PlaybookError(
                                    error.code, "\(table.location): \(error.facts)", nextStep: error.remedy)
                            }
                            found.append((record, problem))
                        }
                    }
                    return found
                }
            }
        }
        for (record, problem) in found {
            try record.withLine(problem: problem) { line in
                if selection.contains(line) { try body(line) }
            }
        }
    }
}
