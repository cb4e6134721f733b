public import PlaybookCore
public import PlaybookPostgres

/// The table `trades` of a schema, which holds a journal, one row a row.
public struct PostgresTable: Sendable {
    /// `postgresql://host:port/database/schema.trades`: never a user, a password or options.
    public let location: String
    let server: PostgresServer
    let schema: String

    /// The table `trades` in `schema`. Connects to nothing yet.
    ///
    /// - Throws: a `PlaybookError` when the name cannot be a schema's.
    public init(_ server: PostgresServer, schema: String) throws {
        guard (1...63).contains(schema.utf8.count), !schema.utf8.contains(0), !schema.hasPrefix("pg_")
        else {
            throw PlaybookError(
                .configuration, "'\(schema.prefix(70))' is not a PostgreSQL schema's name",
                nextStep: "It has 1 to 63 bytes, and does not start with pg_.")
        }
        self.server = server
        self.schema = schema
        location = "\(server.address)/\(schema).trades"
    }

    /// The table's name in statements.
    var name: String { "\(PostgresText.name(schema)).trades" }

    /// A column that is there.
    struct Column: Sendable {
        let name: String
        let type: String
        /// Whether the server computes it: it cannot be written.
        let isGenerated: Bool
    }

    /// The columns that are there; empty without the table.
    func columns(_ session: borrowing PostgresSession) throws(PostgresFailure) -> [Column] {
        try session.query(
            """
            SELECT attname, format_type(atttypid, atttypmod), attgenerated <> '' FROM pg_attribute \
            WHERE attrelid = to_regclass($1) AND attnum > 0 AND NOT attisdropped ORDER BY attnum
            """, [name]
        ).map { Column(name: $0[0] ?? "", type: $0[1] ?? "", isGenerated: $0[2] == "t") }
    }

    /// The journal's columns that are missing.
    static func missing(_ columns: [Column]) -> [JournalColumn] {
        let present = Set(columns.map(\.name))
        return JournalColumn.allCases.filter { !present.contains(PostgresRow.name(of: $0)) }
    }

    /// Does `work`, whose failures become errors as users meet them.
    nonisolated(nonsending) func located<Result>(_ work: () async throws -> Result) async throws
        -> Result
    {
        do {
            return try await work()
        } catch let failure as PostgresFailure {
            throw failure.playbookError(NeutralText(location))
        } catch let problem as JournalRecord.Problem {
            throw PlaybookError(
                .badData, "\(location): \(problem.description)",
                nextStep: "Fix or remove the row, or use another schema.")
        }
    }

    /// A number that stands for a text among the locks of a transaction.
    static func lock(_ text: String) -> String {
        "hashtextextended(\(PostgresText.literal("trading-playbook " + text)), 0)"
    }

    /// The server's version, and whether what goes to it is encrypted.
    public func connection() async throws -> NeutralText {
        try await located {
            try await server.perform { session in
                let other: NeutralText =
                    "no TLS: over a network write sslmode=verify-full into \(.set(.postgresConnection))"
                return "PostgreSQL \(session.version), \(session.isSecure ? "TLS" : other)" as NeutralText
            }
        }
    }
}
