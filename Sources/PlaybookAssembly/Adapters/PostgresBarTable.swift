import PlaybookCore
import PlaybookPostgres
import PlaybookUseCases

/// The table `bars` of a PostgreSQL database.
struct PostgresBarTable: BarTable {
    private let server: PostgresServer
    private let schema: String

    init(_ server: PostgresServer, schema: String) { (self.server, self.schema) = (server, schema) }

    var location: String { "\(server.address)/\(schema).bars" }

    func put(_ bars: BarColumns, of symbol: Symbol, _ timeframe: Timeframe, source: String) async throws {
        do {
            try await server.retrying {
                try await server.perform { session in
                    try Self.put(bars, of: symbol, timeframe, source, schema: schema, session)
                }
            }
        } catch let failure as PostgresFailure {
            throw failure.playbookError(NeutralText(location))
        }
    }

    private static func put(
        _ bars: BarColumns, of symbol: Symbol, _ timeframe: Timeframe, _ source: String, schema: String,
        _ session: borrowing PostgresSession
    ) throws {
        let schemaName = PostgresText.name(schema)
        try session.transaction {
            try session.execute("SELECT pg_advisory_xact_lock(hashtextextended('trading-playbook bars', 0))")
            if try session.query("SELECT to_regnamespace($1)", [schemaName])[0][0] == nil {
                try session.execute("CREATE SCHEMA \(schemaName)")
            }
            try session.execute(
                """
                CREATE TABLE IF NOT EXISTS \(schemaName).bars (symbol text, timeframe text, ts timestamptz, \
                open double precision NOT NULL, high double precision NOT NULL, low double precision NOT NULL, \
                close double precision NOT NULL, volume double precision, source text, \
                PRIMARY KEY (symbol, timeframe, ts)); \
                CREATE TEMPORARY TABLE trading_playbook_bars (LIKE \(schemaName).bars) ON COMMIT DROP
                """)
            try session.send("COPY trading_playbook_bars FROM STDIN") { put in
                var bytes: [UInt8] = []
                for index in 0..<bars.count {
                    let bar = bars[index]
                    PostgresText.append(symbol.name, to: &bytes)
                    bytes += "\t\(timeframe)\t\(Instant(secondsSinceEpoch: bar.time))\t".utf8
                    bytes += "\(bar.open)\t\(bar.high)\t\(bar.low)\t\(bar.close)\t".utf8
                    bytes += bar.volume.isNaN ? PostgresText.null : Array("\(bar.volume)".utf8)
                    bytes += "\t\(source)\n".utf8
                    guard bytes.count >= 256 << 10 || index == bars.count - 1 else { continue }
                    try bytes.withUnsafeBytes(put)
                    bytes.removeAll(keepingCapacity: true)
                }
            }
            try session.execute(
                """
                INSERT INTO \(schemaName).bars SELECT * FROM trading_playbook_bars ON CONFLICT (symbol, timeframe, ts) \
                DO UPDATE SET open = EXCLUDED.open, high = EXCLUDED.high, low = EXCLUDED.low, close = EXCLUDED.close, \
                volume = EXCLUDED.volume, source = EXCLUDED.source
                """)
        }
    }
}
