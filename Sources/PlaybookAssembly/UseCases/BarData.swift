package import PlaybookCore
import PlaybookFileSystem
import PlaybookMarketData
import PlaybookPostgres
package import PlaybookReports
package import PlaybookSettings
package import PlaybookUseCases
import PlaybookWriters

extension Settings {
    /// The symbols that are named; nil when all are meant that a cache holds.
    fileprivate func namedSymbols() throws -> [Symbol]? { self[.symbols] == nil ? nil : try symbols() }
}

extension DataCheck {
    /// A check of the source in `settings`; of what is in the cache where there is one.
    ///
    /// - Parameters:
    ///   - dates: the dates to look at; nil for all that the source covers.
    ///   - repairs: whether damaged files of the cache are set aside and fetched again, and missing sessions fetched.
    package init(settings: Settings, dates: ClosedRange<CivilDate>?, repairs: Bool = false) throws {
        self.init(
            settings,
            symbols: {
                // Only a cache can tell which symbols there are.
                if settings[.symbols] == nil, try settings.marketData().cached != nil { return nil }
                return try settings.symbols()
            }, clock: { try settings.clock() }, threshold: try settings.minimumCompleteness(), dates: dates,
            repairs: repairs)
    }
}

extension DataVerification {
    /// A comparison for the source in `settings`.
    package init(settings: Settings) { self.init(settings, symbols: { try settings.namedSymbols() }) }
}

extension DataExport {
    /// How bars are written.
    package enum Format: String, Sendable, CaseIterable {
        case csv, parquet
    }

    /// An export from the source in `settings`.
    ///
    /// - Parameter dates: the dates to export; nil for all that there is.
    package init(settings: Settings, timeframe: Timeframe, dates: ClosedRange<CivilDate>?) throws {
        let symbols = try settings.symbols()
        self.init(
            market: try settings.marketData(), symbols: symbols, clock: try settings.clock(), timeframe: timeframe,
            dates: dates)
    }
}

extension DataExport.Result {
    /// The bars in `format`.
    package func bytes(_ format: DataExport.Format) -> [UInt8] {
        switch format {
        case .csv: BarExport.csv(bars, timeframe, in: symbol.market)
        case .parquet: BarExport.parquet(bars, timeframe, symbol: symbol, source: source)
        }
    }
}

extension DataCopy {
    /// A copy of the bars of the symbols and the source in `settings`.
    package init(settings: Settings, timeframe: Timeframe, dates: ClosedRange<CivilDate>) throws {
        guard let uri = try settings.postgresConnection() else {
            throw settings.wrong(.postgresConnection, "'data copy --to postgres' needs the URI of a database")
        }
        let schema = settings[.postgresSchema] ?? ""
        let server = try PostgresServer(uri)
        // The name is checked as the journal's is.
        _ = try PostgresTable(server, schema: schema)
        self.init(
            to: PostgresBarTable(server, schema: schema), market: try settings.marketData(),
            symbols: try settings.symbols(), timeframe: timeframe, dates: dates)
    }
}

extension FetchJob {
    /// A job wired from `settings`.
    ///
    /// - Throws: a `PlaybookError` that names the setting at fault; also when the source is not one that is cached.
    package init(_ request: FetchRequest, settings: Settings) throws {
        if settings[.dataSource] == nil, (try? settings.sourceName()) != .alpaca {
            throw PlaybookError(
                .configuration, "bars are fetched from Alpaca, whose keys are not set",
                nextStep:
                    "Set ALPACA_API_KEY and ALPACA_SECRET_KEY, or ALPACA_API_KEY_FILE and ALPACA_SECRET_KEY_FILE; or "
                    + "name a source that wants no account with --source binance, yahoo or deribit.")
        }
        let symbols = try settings.symbols()
        let strategy = try settings.strategy(nil, overrides: [:])
        try self.init(
            request, symbols: symbols, strategy: strategy, market: settings.marketData(), clock: settings.clock())
    }
}

extension SymbolsFile {
    /// The symbols in the file at `path` as the setting SYMBOLS takes them, `QQQ,SPY`.
    ///
    /// - Parameter markets: the known markets; a symbol that names none is of the first.
    /// - Throws: a `PlaybookError` that names the line.
    package static func read(_ path: String, markets: [Market]) throws -> String {
        let bytes: [UInt8]
        do {
            bytes = try FileReader.contents(of: path)
        } catch {
            throw PlaybookError(.usage, "--symbols-file: \(error)", nextStep: "Name a file of ticker symbols.")
        }
        return try read(bytes, path: path, markets: markets)
    }
}

extension CacheStatusReport {
    /// Reads the cache in `settings`.
    ///
    /// - Parameter symbols: the symbols to look at, separated by commas, with their bars before the open; those that name no
    ///   market on any; nil for all.
    /// - Throws: a `PlaybookError`, also when there is no cache.
    package init(settings: Settings, symbols: String?) async throws {
        guard let store = try settings.cacheStore() else {
            throw PlaybookError(
                .usage, "DATA_CACHE_DIR=off: there is no cache", nextStep: "Name its folder with --cache-dir.")
        }
        let markets = symbols == nil ? [] : try settings.markets()
        let status = CacheStatus(location: store.location, markets: markets) {
            try await CacheInventory(of: store, symbols: $0)
        }
        self.init(try await status.run(symbols))
    }
}
