internal import CPostgres

/// A connection to a PostgreSQL server, for one thread. All that is set is set for one transaction, so that a pool may
/// stand between.
public struct PostgresSession: ~Copyable {
    private let connection: OpaquePointer
    private let secrets: [String]

    /// How long a connection may take, in milliseconds.
    private static let connectTimeout: Int32 = 10_000

    /// Connects.
    ///
    /// - Throws: `PostgresFailure`.
    init(_ uri: String, secrets: [String]) throws(PostgresFailure) {
        // What stands before the string can be set otherwise in it.
        let options = [
            ("keepalives_idle", "30"), ("keepalives_interval", "10"), ("keepalives_count", "3"),
            ("tcp_user_timeout", "30000"), ("fallback_application_name", "trading-playbook"),
            ("dbname", uri),
            ("client_encoding", "UTF8"),
        ]
        let opened = withCStrings(options.map(\.0)) { names in
            withCStrings(options.map(\.1)) { cpostgres_connect(names, $0, Self.connectTimeout) }
        }
        guard let opened else {
            throw PostgresFailure(state: "", message: "out of memory", isUnreachable: true)
        }
        guard cpostgres_is_connected(opened) else {
            let text = String(cString: cpostgres_error(opened))
            cpostgres_close(opened)
            let message =
                text.isEmpty
                ? "no connection within \(Self.connectTimeout / 1000) s" : Self.line(text, secrets)
            throw PostgresFailure(state: Self.state(in: text), message: message, isUnreachable: true)
        }
        connection = opened
        self.secrets = secrets
    }

    deinit { cpostgres_close(connection) }

    /// Whether what is sent is encrypted.
    public var isSecure: Bool { cpostgres_is_secure(connection) }

    /// `15.4`.
    public var version: String {
        let number = cpostgres_version(connection)
        return "\(number / 10_000).\(number % 10_000)"
    }

    /// Runs statements without values, of which the last may have rows.
    @discardableResult
    public func execute(_ statements: String) throws(PostgresFailure) -> [[String?]] {
        let result = cpostgres_execute(connection, statements)
        defer { cpostgres_free(result) }
        return try rows(result)
    }

    /// Runs one statement with `values`, `$1`, `$2` …
    @discardableResult
    public func query(_ statement: String, _ values: [String]) throws(PostgresFailure) -> [[String?]] {
        let result = withCStrings(values) {
            cpostgres_query(connection, statement, Int32(values.count), $0)
        }
        defer { cpostgres_free(result) }
        return try rows(result)
    }

    /// The rows of a statement without values, and its columns: names, and the numbers of their types in `pg_type`.
    public func page(
        _ statement: String
    ) throws(PostgresFailure) -> (columns: [(name: String, type: UInt32)], rows: [[String?]]) {
        let result = cpostgres_execute(connection, statement)
        defer { cpostgres_free(result) }
        let rows = try rows(result)
        let columns = (0..<cpostgres_columns(result)).map {
            (String(cString: cpostgres_column_name(result, $0)), cpostgres_column_type(result, $0))
        }
        return (columns, rows)
    }

    /// Does `work` in a transaction, which is rolled back when it throws.
    ///
    /// - Parameter beginning: how it begins, as in `BEGIN READ ONLY`.
    public func transaction<Result>(_ beginning: String = "BEGIN", _ work: () throws -> Result) throws
        -> Result
    {
        try execute(
            "\(beginning); SET LOCAL datestyle = 'ISO, YMD'; SET LOCAL timezone = 'UTC'; SET LOCAL extra_float_digits = 1; "
                + "SET LOCAL standard_conforming_strings = on; SET LOCAL lock_timeout = '30s'; "
                + "SET LOCAL bytea_output = 'hex'; SET LOCAL statement_timeout = 0")
        do {
            let result = try work()
            try execute("COMMIT")
            return result
        } catch {
            // A connection that is lost has rolled back by itself.
            _ = try? execute("ROLLBACK")
            throw error
        }
    }

    /// Sends rows, lines of COPY's text format, by `statement`, which is `COPY … FROM STDIN`.
    ///
    /// - Parameter produce: hands whole lines to the function that it is given.
    public func send(
        _ statement: String, _ produce: (_ put: (UnsafeRawBufferPointer) throws -> Void) throws -> Void
    ) throws {
        let begun = cpostgres_execute(connection, statement)
        let status = begun.map(cpostgres_result_status)
        guard status == CPOSTGRES_TAKES else { throw failure(begun) }
        cpostgres_free(begun)
        do {
            try produce { bytes in
                let start = bytes.baseAddress?.assumingMemoryBound(to: CChar.self)
                guard cpostgres_put(connection, start, bytes.count) else { throw failure(nil) }
            }
        } catch {
            cpostgres_free(cpostgres_put_end(connection, "given up"))
            throw error
        }
        let ended = cpostgres_put_end(connection, nil)
        guard ended.map(cpostgres_result_status) == CPOSTGRES_DONE else { throw failure(ended) }
        cpostgres_free(ended)
    }

    /// Gets rows, lines of COPY's text format, by `statement`, which is `COPY … TO STDOUT`.
    ///
    /// - Parameter receive: called with each line, without the line's end.
    public func receive(_ statement: String, _ receive: (UnsafeBufferPointer<UInt8>) throws -> Void)
        throws
    {
        let begun = cpostgres_execute(connection, statement)
        guard begun.map(cpostgres_result_status) == CPOSTGRES_GIVES else { throw failure(begun) }
        cpostgres_free(begun)
        var problem: (any Error)?
        while true {
            var line: UnsafeMutablePointer<CChar>?
            let count = Int(cpostgres_get(connection, &line))
            guard count > 0, let line else {
                if count < 0 { throw failure(cpostgres_get_end(connection)) }
                break
            }
            defer { cpostgres_free_line(line) }
            // What is left is to be got all the same.
            guard problem == nil else { continue }
            let bytes = UnsafeRawBufferPointer(start: line, count: count - 1)
            do { try receive(bytes.bindMemory(to: UInt8.self)) } catch { problem = error }
        }
        let ended = cpostgres_get_end(connection)
        guard ended.map(cpostgres_result_status) == CPOSTGRES_DONE else { throw failure(ended) }
        cpostgres_free(ended)
        if let problem { throw problem }
    }

    private func rows(_ result: OpaquePointer?) throws(PostgresFailure) -> [[String?]] {
        switch result.map(cpostgres_result_status) ?? CPOSTGRES_FAILED {
        case CPOSTGRES_DONE: return []
        case CPOSTGRES_ROWS:
            let columns = cpostgres_columns(result)
            return (0..<cpostgres_rows(result)).map { row in
                (0..<columns).map { column in
                    cpostgres_value(result, row, column).map { String(cString: $0) }
                }
            }
        default: throw described(result)
        }
    }

    /// What a result failed with; the result is freed.
    private func failure(_ result: OpaquePointer?) -> PostgresFailure {
        defer { cpostgres_free(result) }
        return described(result)
    }

    private func described(_ result: OpaquePointer?) -> PostgresFailure {
        let state = String(cString: cpostgres_result_state(result))
        let message = String(cString: cpostgres_result_message(result))
        if !state.isEmpty { return PostgresFailure(state: state, message: Self.line(message, secrets)) }
        return PostgresFailure(
            state: "", message: Self.line(String(cString: cpostgres_error(connection)), secrets))
    }

    /// One line of bearable length.
    private static func line(_ text: String, _ secrets: [String]) -> String {
        var text = text
        for secret in secrets { text = text.replacing(secret, with: "***") }
        let words = text.split { $0.isNewline || $0 == "\t" }.filter { !$0.hasPrefix("LOCATION:") }
        let line = words.joined(separator: " ")
        return line.count <= 300 ? line : line.prefix(300) + "…"
    }

    /// The SQLSTATE in a message of a connection that did not come about: `FATAL:  53300: …`.
    static func state(in text: String) -> String {
        for part in text.split(separator: ":  ").dropFirst() {
            let state = part.prefix(5)
            if state.utf8.count == 5, part.dropFirst(5).first == ":",
                state.utf8.allSatisfy({ (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) })
            {
                return String(state)
            }
        }
        return ""
    }
}

/// Calls `body` with `texts` as C strings, and NULL behind them.
private func withCStrings<Result>(
    _ texts: [String], _ body: (UnsafePointer<UnsafePointer<CChar>?>) -> Result
) -> Result {
    var bytes: [CChar] = []
    var offsets: [Int] = []
    for text in texts {
        offsets.append(bytes.count)
        bytes += text.utf8CString
    }
    return bytes.withUnsafeBufferPointer { bytes in
        let pointers = offsets.map { offset in bytes.baseAddress.map { $0 + offset } } + [nil]
        return pointers.withUnsafeBufferPointer { pointers in
            withExtendedLifetime(pointers) { body(pointers.baseAddress!) }
        }
    }
}
