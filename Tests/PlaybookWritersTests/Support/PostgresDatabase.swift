import Foundation
import PlaybookCore
import PlaybookPostgres
import PlaybookTestSupport
import Synchronization
import Testing

@testable import PlaybookWriters

/// A PostgreSQL server of `Tests/Postgres`, and psql to look at it.
final class PostgresDatabase: Sendable {
    /// The one that all suites share; each test has a schema of its own.
    static func shared() async throws -> PostgresDatabase { try await server.value }
    private static let server = Task { try await PostgresDatabase() }

    /// The connection string of the database's owner.
    let uri: String
    private let socket: String
    private let binaries: String
    private let process: PythonServer
    private let schemas = Mutex(0)

    init() async throws {
        process = try await PythonServer(script: "Postgres/postgres_server.py", arguments: ["--until-eof"], lines: 3)
        (uri, socket, binaries) = (process.lines[0], process.lines[1], process.lines[2])
    }

    /// The name of a schema that nobody has used.
    func freshSchema() -> String {
        schemas.withLock { number in
            number += 1
            return "Journal \(number)"
        }
    }

    /// Runs statements as the superuser, by another program.
    @discardableResult
    func run(_ statements: String) async throws -> [[String]] {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "\(binaries)/psql")
        let port = try #require(URLComponents(string: uri)?.port)
        process.arguments = [
            "-h", socket, "-p", "\(port)", "-U", "playbook", "-d", "journal", "-qAtX", "-F", "\u{1}", "-R", "\u{2}",
            "-P",
            "null=\u{3}", "-v", "ON_ERROR_STOP=1", "-c", statements,
        ]
        let (output, problem) = (Pipe(), Pipe())
        process.standardOutput = output
        process.standardError = problem
        try process.run()
        let bytes = output.fileHandleForReading.readDataToEndOfFile()
        let error = String(decoding: problem.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        try #require(process.terminationStatus == 0, "\(statements): \(error)")
        var text = String(decoding: bytes, as: UTF8.self)
        if text.hasSuffix("\n") { text.removeLast() }
        return text.isEmpty
            ? []
            : text.split(separator: "\u{2}", omittingEmptySubsequences: false).map {
                $0.split(separator: "\u{1}", omittingEmptySubsequences: false).map(String.init)
            }
    }
}

/// A schema that is not there yet.
struct PostgresPlace: WriterPlace {
    let database: PostgresDatabase
    let schema: String

    init(_ database: PostgresDatabase) {
        self.database = database
        schema = database.freshSchema()
    }

    func table(_ options: String = "") throws -> PostgresTable {
        try PostgresTable(PostgresServer(database.uri + options), schema: schema)
    }

    var name: String { "\"\(schema)\".trades" }

    func makeWriter() throws -> any TradeWriter { PostgresTradeWriter(try table()) }

    func makeReader() throws -> any JournalReader { PostgresJournalReader(try table()) }

    private func isThere() async throws -> Bool {
        try await database.run("SELECT to_regclass('\(name)') IS NOT NULL") == [["t"]]
    }

    private func columns() async throws -> [String] {
        try await database.run(
            "SELECT attname FROM pg_attribute WHERE attrelid = '\(name)'::regclass AND attnum > 0 AND NOT attisdropped "
                + "ORDER BY attnum"
        ).map { $0[0] }
    }

    /// The order of the rows' keys, as far as there are columns for it.
    private static func order(_ columns: [String]) -> String {
        let key = ["symbol", "strategy", "params_id"] + (columns.contains("mode") ? ["mode"] : [])
        return (["trade_date"] + key.map { "\($0) COLLATE \"C\"" } + (columns.contains("trade_no") ? ["trade_no"] : []))
            .joined(separator: ", ")
    }

    /// Pairs as text, in the order of the tests.
    private static func pairs(_ column: String, _ names: [String]) -> String {
        let order = names.map { "'\($0)'" }.joined(separator: ",")
        return "CASE jsonb_typeof(\(column)) WHEN 'string' THEN \(column) #>> '{}' ELSE "
            + "(SELECT string_agg(key || '=' || value, ' ' ORDER BY array_position(ARRAY[\(order)], key)) "
            + "FROM jsonb_each_text(\(column)) WHERE key <> '') END"
    }

    func rows() async throws -> [[String]] {
        guard try await isThere() else { return [] }
        let present = try await columns()
        // By the server's own words: to_char, and JSON taken apart by it.
        let list = JournalColumn.allCases.map { column -> String in
            let name = column.name.lowercased()
            guard present.contains(name) else { return "''" }
            switch column {
            case .steps: return Self.pairs("steps", ["pullback", "reversal"])
            case .values: return Self.pairs("\"values\"", ["top", "bottom", "last"])
            case .exits:
                return "CASE jsonb_typeof(exits) WHEN 'string' THEN exits #>> '{}' ELSE "
                    + "(SELECT string_agg((one->>'share') || '@' || (one->>'price') || ' ' || (one->>'reason') || ' ' || "
                    + "(one->>'time'), '; ') FROM jsonb_array_elements(exits) one) END"
            default: break
            }
            switch column.kind {
            case .date: return "to_char(\(name), 'YYYY-MM-DD')"
            case .flag: return "CASE WHEN \(name) THEN 'true' WHEN NOT \(name) THEN 'false' END"
            case .time: return "to_char(\(name), 'HH24:MI')"
            case .instant: return "to_char(\(name) AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"')"
            default: return "\"\(name)\"::text"
            }
        }
        let found = try await database.run(
            "SELECT \(list.joined(separator: ", ")) FROM \(name) ORDER BY \(Self.order(present))")
        return found.map { row in
            zip(row, JournalColumn.allCases).map { field, column in
                if field == "\u{3}" { return "" }
                guard column.kind == .number, let number = Double(field) else { return field }
                return journalNumber(number, .ten)
            }
        }
    }

    func additions() async throws -> [[String: String]] {
        guard try await isThere() else { return [] }
        let own = Set(JournalColumn.names.map { $0.lowercased() })
        let names = try await columns().filter { !own.contains($0) }
        let list = names.map { "\"\($0)\"::text" } + ["1"]
        let order = Self.order(try await columns())
        let rows = try await database.run("SELECT \(list.joined(separator: ", ")) FROM \(name) ORDER BY \(order)")
        return rows.map { row in
            Dictionary(uniqueKeysWithValues: zip(names, row).filter { $1 != "\u{3}" && !$1.isEmpty })
        }
    }

    func annotate(_ row: Int, _ column: String, _ text: String) async throws {
        let quoted = text.replacingOccurrences(of: "'", with: "''")
        if JournalColumn(column) == nil {
            try await database.run("ALTER TABLE \(name) ADD COLUMN IF NOT EXISTS \"\(column)\" text")
        }
        let order = Self.order(try await columns())
        let place = try await database.run("SELECT ctid FROM \(name) ORDER BY \(order)")[row][0]
        try await database.run("UPDATE \(name) SET \"\(column)\" = '\(quoted)' WHERE ctid = '\(place)'")
    }

    func putFirstSchema(_ rows: [JournalRow]) async throws {
        let columns = JournalColumn.allCases.prefix(JournalColumn.countInFirstSchema)
        let types = columns.map { "\"\(PostgresRow.name(of: $0))\" \(PostgresRow.type(of: $0))" }
        try await database.run("CREATE SCHEMA \"\(schema)\" AUTHORIZATION writer")
        try await database.run(
            "CREATE TABLE \(name) (\(types.joined(separator: ", ")), "
                + "PRIMARY KEY (trade_date, symbol, strategy, params_id)); ALTER TABLE \(name) OWNER TO writer")
        for row in rows {
            let fields = CSVText.firstSchema(row).map {
                $0.isEmpty ? "NULL" : "'\($0.replacingOccurrences(of: "'", with: "''"))'"
            }
            try await database.run("INSERT INTO \(name) VALUES (\(fields.joined(separator: ", ")))")
        }
    }

    func state() async throws -> String {
        guard try await isThere() else { return "" }
        // Each row's version, and where it lies.
        let versions = try await database.run("SELECT xmin, ctid FROM \(name) ORDER BY ctid")
        return "\(versions)"
    }

    func obstruct(afterPieces count: Int) async throws {
        let table = try table()
        _ = try await table.server.perform { try table.prepare($0).count }
        try await database.run(
            """
            CREATE FUNCTION "\(schema)".refuse() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN RAISE EXCEPTION 'no room' USING ERRCODE = '53100'; END $$;
            CREATE TRIGGER refuse AFTER INSERT OR UPDATE OR DELETE ON \(name) FOR EACH ROW
            WHEN (pg_trigger_depth() = 0) EXECUTE FUNCTION "\(schema)".refuse()
            """)
    }

    func clear() async throws {
        try await database.run(
            "DROP TRIGGER IF EXISTS refuse ON \(name); DROP FUNCTION IF EXISTS \"\(schema)\".refuse()")
    }
}

/// The suites that need a PostgreSQL server.
@Suite(
    "PostgreSQL", .enabled(if: PythonServer.isAvailable, "\(PythonServer.notice)"), .timeLimit(.minutes(3)))
enum PostgresTests {}
