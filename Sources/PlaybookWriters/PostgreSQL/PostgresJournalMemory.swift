public import PlaybookCore
import PlaybookPostgres

/// Texts in a table beside that of the journal, `trades_memory` or with another suffix: a row each.
public struct PostgresJournalMemory: JournalMemory {
    private let table: PostgresTable
    private let suffix: String

    /// The texts beside `table`.
    public init(_ table: PostgresTable, suffix: String = "memory") {
        self.table = table
        self.suffix = suffix
    }

    private var name: String { "\(PostgresText.name(table.schema)).trades_\(suffix)" }

    public func text(_ name: String) async throws -> String? {
        try await table.located { [table, place = self.name] in
            try await table.server.retrying {
                try await table.server.perform { session in
                    guard try table.hasMemory(place, session) else { return nil }
                    return try session.query("SELECT text FROM \(place) WHERE name = $1", [name])
                        .first.flatMap { $0[0] }
                }
            }
        }
    }

    public func keep(_ text: String, as name: String) async throws {
        try await table.located { [table, place = self.name] in
            try await table.server.retrying {
                try await table.server.perform { session in
                    if try !table.hasMemory(place, session) { try table.makeMemory(place, session) }
                    try session.query(
                        "INSERT INTO \(place) (name, text) VALUES ($1, $2) "
                            + "ON CONFLICT (name) DO UPDATE SET text = EXCLUDED.text", [name, text])
                }
            }
        }
    }
}

extension PostgresTable {
    /// Whether there is a table of texts.
    func hasMemory(_ place: String, _ session: borrowing PostgresSession) throws(PostgresFailure) -> Bool {
        try session.query("SELECT to_regclass($1)", [place])[0][0] != nil
    }

    func makeMemory(_ place: String, _ session: borrowing PostgresSession) throws {
        try session.transaction {
            try session.execute("SELECT pg_advisory_xact_lock(\(Self.lock("schema of " + name)))")
            try makeSchema(session)
            try session.execute(
                "CREATE TABLE IF NOT EXISTS \(place) (name text PRIMARY KEY, text text NOT NULL)")
        }
    }
}
