public import PlaybookCore
import PlaybookMarketData
import PlaybookPostgres

/// The use case behind `data copy`: a source's bars into the table `bars` of a PostgreSQL database. Safe to repeat.
public struct DataCopy: Sendable {
    private let settings: Settings
    private let timeframe: Timeframe
    private let dates: ClosedRange<CivilDate>

    /// A copy of the bars of the symbols and the source in `settings`.
    public init(settings: Settings, timeframe: Timeframe, dates: ClosedRange<CivilDate>) {
        self.settings = settings
        self.timeframe = timeframe
        self.dates = dates
    }

    /// What was copied of a symbol.
    public struct Copied: Sendable {
        public let symbol: Symbol
        public let bars: Int
        public let warnings: [String]
    }

    /// Copies the bars, symbol by symbol, each in one transaction.
    ///
    /// - Returns: where they are, and how many of each symbol.
    /// - Throws: a `PlaybookError`.
    public func run() async throws -> (location: String, copied: [Copied]) {
        guard let uri = try settings.postgresConnection() else {
            throw settings.wrong(.postgresConnection, "'data copy --to postgres' needs the URI of a database")
        }
        let schema = settings[.postgresSchema] ?? ""
        let server = try PostgresServer(uri)
        // The name is checked as the journal's is.
        _ = try settings.postgresTable(nil, isWhole: false)
        let location = "\(server.address)/\(schema).bars"
        let market = try settings.marketData()
        var copied: [Copied] = []
        for symbol in try settings.symbols() {
            let (found, used, _) = try await market.settled { market in
                var request = HistoryRequest(
                    symbol: symbol, sessions: dates, playbooks: [], timeframe: timeframe)
                request.sourceTimeframe = timeframe
                return try await HistoryLoader(source: market.source).load(request)
            }
            let label = used.source.label
            do {
                try await server.retrying {
                    try await server.perform { session in
                        try Self.put(found.bars, of: symbol, timeframe, label, schema: schema, session)
                    }
                }
            } catch let failure as PostgresFailure {
                throw failure.playbookError(location)
            }
            copied.append(
                Copied(symbol: symbol, bars: found.bars.count, warnings: found.warnings.map(\.description)))
        }
        return (location, copied)
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
