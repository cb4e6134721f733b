public import PlaybookCore
import PlaybookFileSystem
import PlaybookMarketData

/// The use case behind `data export`: a symbol's regular-session bars as one file.
public struct DataExport: Sendable {
    /// How bars are written.
    public enum Format: String, Sendable, CaseIterable {
        case csv, parquet
    }

    private let settings: Settings
    private let timeframe: Timeframe
    private let dates: ClosedRange<CivilDate>?

    /// An export from the source in `settings`.
    ///
    /// - Parameter dates: the dates to export; nil for all that there is.
    public init(settings: Settings, timeframe: Timeframe, dates: ClosedRange<CivilDate>?) {
        self.settings = settings
        self.timeframe = timeframe
        self.dates = dates
    }

    /// What is doubtful about the bars, and the bars in `format`.
    ///
    /// - Throws: a `PlaybookError`.
    public func run(_ format: Format) async throws -> (bytes: [UInt8], warnings: [String]) {
        let symbols = try settings.symbols()
        guard let symbol = symbols.first, symbols.count == 1 else {
            throw PlaybookError(
                .usage, "\(symbols.count) symbols were given: a file holds the bars of one",
                nextStep: "Export one after the other.")
        }
        var (found, _, isOther) = try await settings.marketData().settled { try await run(format, symbol, $0) }
        if isOther { found.warnings.insert(MarketData.feedWarning, at: 0) }
        return found
    }

    private func run(
        _ format: Format, _ symbol: Symbol, _ market: MarketData
    ) async throws -> (bytes: [UInt8], warnings: [String]) {
        let calendar = symbol.market.calendar
        let today = min(symbol.market.clock.date(of: try settings.clock().now()), calendar.supportedDates.upperBound)
        guard dates != nil || market.source.label != JournalMerge.syntheticSource else {
            throw PlaybookError(.usage, "the sample has bars of any date", nextStep: "Add --start and --end.")
        }
        var source = market.source
        if dates == nil, let cached = market.cached { source = CacheOnlySource(cached) }
        let asked = dates ?? calendar.supportedDates.lowerBound...today
        if timeframe == .day,
            let daily = try await source.dailyBars(of: symbol, from: asked.lowerBound, through: asked.upperBound)
        {
            let warnings = daily.warnings.map { DataWarning(symbol: symbol, message: $0).description }
            return (file(Self.stamped(daily, symbol.market), symbol, market, format), warnings)
        }
        // Daily bars are put together from those of two minutes.
        let base = timeframe == .day ? Timeframe.minutes(2) : timeframe
        var request = HistoryRequest(
            symbol: symbol, sessions: asked.lowerBound...min(asked.upperBound, today), playbooks: [], timeframe: base)
        // What is there is mostly bars of two minutes; longer ones are put together from them.
        request.sourceTimeframe = base.seconds % 120 == 0 ? .minutes(2) : .minutes(1)
        let history = try await HistoryLoader(source: source).load(request)
        let bars = timeframe == .day ? Self.stamped(history.daily, symbol.market) : history.bars
        return (file(bars, symbol, market, format), history.warnings.map(\.description))
    }

    /// Writes a file, whole or not at all.
    public static func write(_ bytes: [UInt8], to path: String) throws {
        do {
            try FileSystem.createDirectory(FileSystem.directory(of: path))
            try FileSystem.replace(path, with: bytes)
        } catch {
            throw PlaybookError(.cannotWrite, error.description, nextStep: "Choose another file with --output.")
        }
    }

    /// Daily bars stamped with the market's midnight of their session, whatever the source stamps them with.
    private static func stamped(_ daily: DailyBars, _ market: Market) -> BarColumns {
        var bars = daily.bars
        bars.times = daily.dates.map { market.clock.midnight(of: $0) }
        return bars
    }

    private func file(_ bars: BarColumns, _ symbol: Symbol, _ market: MarketData, _ format: Format) -> [UInt8] {
        switch format {
        case .csv: BarExport.csv(bars, timeframe, in: symbol.market)
        case .parquet: BarExport.parquet(bars, timeframe, symbol: symbol, source: market.source.label)
        }
    }
}
