public import PlaybookCore

/// The use case behind `data export`: a symbol's regular-session bars as one file.
public struct DataExport: Sendable {
    private let market: MarketData
    private let symbols: [Symbol]
    private let clock: any WallClock
    private let timeframe: Timeframe
    private let dates: ClosedRange<CivilDate>?

    /// An export of a symbol's bars.
    ///
    /// - Parameter dates: the dates to export; nil for all that there is.
    package init(
        market: MarketData, symbols: [Symbol], clock: any WallClock, timeframe: Timeframe,
        dates: ClosedRange<CivilDate>?
    ) {
        (self.market, self.symbols, self.clock) = (market, symbols, clock)
        (self.timeframe, self.dates) = (timeframe, dates)
    }

    /// Bars to export.
    public struct Result: Sendable {
        package let symbol: Symbol
        package let bars: BarColumns
        package let timeframe: Timeframe
        /// The journal's word for where they come from.
        package let source: String
        /// What is doubtful about them.
        public var warnings: [NeutralText]
    }

    /// Loads the bars.
    ///
    /// - Throws: a `PlaybookError`.
    public func run() async throws -> Result {
        guard let symbol = symbols.first, symbols.count == 1 else {
            throw PlaybookError(
                .usage, "\(symbols.count) symbols were given: a file holds the bars of one",
                nextStep: "Export one after the other.")
        }
        var (found, _, isOther) = try await market.settled { try await run(symbol, $0) }
        if isOther { found.warnings.insert(MarketData.feedWarning, at: 0) }
        return found
    }

    private func run(_ symbol: Symbol, _ market: MarketData) async throws -> Result {
        let calendar = symbol.market.calendar
        let today = min(symbol.market.clock.date(of: clock.now()), calendar.supportedDates.upperBound)
        guard dates != nil || market.source.label != JournalMerge.syntheticSource else {
            throw PlaybookError(
                .usage, "the sample has bars of any date", nextStep: "Add \(.set(.start)) and \(.set(.end)).")
        }
        var source = market.source
        if dates == nil, let cached = market.cached { source = cached.kept }
        let asked = dates ?? calendar.supportedDates.lowerBound...today
        if timeframe == .day,
            let daily = try await source.dailyBars(of: symbol, from: asked.lowerBound, through: asked.upperBound)
        {
            let warnings = daily.warnings.map { DataWarning(symbol: symbol, message: $0).neutralText }
            return result(Self.stamped(daily, symbol.market), symbol, market, warnings)
        }
        // Daily bars are put together from those of two minutes.
        let base = timeframe == .day ? Timeframe.minutes(2) : timeframe
        var request = HistoryRequest(
            symbol: symbol, sessions: asked.lowerBound...min(asked.upperBound, today), playbooks: [], timeframe: base)
        // What is there is mostly bars of two minutes; longer ones are put together from them.
        request.sourceTimeframe = base.seconds % 120 == 0 ? .minutes(2) : .minutes(1)
        let history = try await HistoryLoader(source: source).load(request)
        let bars = timeframe == .day ? Self.stamped(history.daily, symbol.market) : history.bars
        return result(bars, symbol, market, history.warnings.map(\.neutralText))
    }

    /// Daily bars stamped with the market's midnight of their session, whatever the source stamps them with.
    private static func stamped(_ daily: DailyBars, _ market: Market) -> BarColumns {
        var bars = daily.bars
        bars.times = daily.dates.map { market.clock.midnight(of: $0) }
        return bars
    }

    private func result(
        _ bars: BarColumns, _ symbol: Symbol, _ market: MarketData, _ warnings: [NeutralText]
    ) -> Result {
        Result(symbol: symbol, bars: bars, timeframe: timeframe, source: market.source.label, warnings: warnings)
    }
}
