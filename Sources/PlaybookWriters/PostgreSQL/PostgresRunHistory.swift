public import PlaybookCore
import PlaybookPostgres

/// Runs in a table beside that of the journal, `trades_runs`: a row each, named after the run.
public struct PostgresRunHistory: RunHistory {
    private let table: PostgresTable

    /// The runs beside `table`.
    public init(_ table: PostgresTable) { self.table = table }

    private var place: String { "\(PostgresText.name(table.schema)).trades_runs" }

    public func keep(_ run: RunRecordText, now: Instant) async throws {
        let old = try await runs()
        let kept = Set(RunRecordText.kept(old + [run], now: now).map(\.runID))
        try await table.located { [table, place] in
            try await table.server.retrying {
                try await table.server.perform { session in
                    if try !table.hasMemory(place, session) { try table.makeMemory(place, session) }
                    try session.transaction {
                        try session.query(
                            "INSERT INTO \(place) (name, text) VALUES ($1, $2) "
                                + "ON CONFLICT (name) DO UPDATE SET text = EXCLUDED.text", [run.runID, run.line])
                        for gone in old where !kept.contains(gone.runID) {
                            try session.query("DELETE FROM \(place) WHERE name = $1", [gone.runID])
                        }
                    }
                }
            }
        }
    }

    public func runs() async throws -> [RunRecordText] {
        try await table.located { [table, place] in
            try await table.server.retrying {
                try await table.server.perform { session in
                    guard try table.hasMemory(place, session) else { return [] }
                    return try session.query("SELECT name, text FROM \(place) ORDER BY name COLLATE \"C\" DESC", [])
                        .compactMap { row in
                            guard let name = row[0], let text = row[1] else { return nil }
                            return RunRecordText(runID: name, line: text)
                        }
                }
            }
        }
    }
}
