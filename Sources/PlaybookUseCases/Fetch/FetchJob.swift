public import PlaybookCore

/// The use case behind `fetch`: brings bars and splits into the cache.
public struct FetchJob: Sendable {
    private let request: FetchRequest
    private let symbols: [Symbol]
    private let strategy: Playbook
    private let market: MarketData
    private let clock: any WallClock

    /// A job.
    ///
    /// - Throws: a `PlaybookError` when the source is not one that is cached.
    package init(
        _ request: FetchRequest, symbols: [Symbol], strategy: Playbook, market: MarketData, clock: any WallClock
    ) throws {
        self.request = request
        (self.symbols, self.strategy, self.market, self.clock) = (symbols, strategy, market, clock)
        guard market.cached != nil else {
            throw PlaybookError(
                .usage,
                market.isFetched
                    ? "DATA_CACHE_DIR=off: there is no cache to fetch into"
                    : "bars are fetched from Alpaca, Binance, Yahoo and Deribit; DATA_SOURCE=\(market.source.label) needs no "
                        + "fetching",
                nextStep: "Unset that setting.")
        }
    }

    /// Fetches the bars that the playbook is run on, daily bars and splits. What was fetched stays, whatever happens later.
    ///
    /// - Parameter progress: called with the number of sessions done and of all, of the timeframe that is at work.
    public func run(progress: (Timeframe, Int, Int) -> Void = { _, _, _ in }) async throws -> FetchResult {
        var (result, _, isOther) = try await market.settled { try await run($0, progress: progress) }
        if isOther { result.warnings.insert(MarketData.feedWarning, at: 0) }
        return result
    }

    private func run(_ market: MarketData, progress: (Timeframe, Int, Int) -> Void) async throws -> FetchResult {
        guard let cached = market.cached else {
            return FetchResult(through: symbols[0].market.clock.date(of: clock.now()))
        }
        let start = ContinuousClock.now
        let today = symbols[0].market.clock.date(of: clock.now())
        let last = min(request.last ?? today, today)
        if let first = request.first, first > last {
            throw PlaybookError(.usage, "the first date \(first) lies after the last date \(last)")
        }
        var result = FetchResult(through: last)
        // What a backtest from the first date on looks back at is fetched too.
        let needs = request.first.map {
            HistoryRequest(symbol: symbols[0], sessions: $0...max($0, last), playbooks: [strategy])
        }
        let intraday = cached.onlyTimeframe ?? strategy.plan.resolve ?? strategy.plan.timeframe
        let (warmUp, dailyLookBack) = (needs?.warmUpSessions ?? 0, needs?.dailyLookBack ?? 0)
        for (timeframe, lookBack) in cached.hasDailyBars
            ? [(intraday, warmUp), (.day, dailyLookBack)] : [(intraday, max(warmUp, dailyLookBack))]
        {
            let first = request.first.map { Self.date($0, sessionsBack: lookBack, symbols[0].market.calendar) }
            let outcomes = try await cached.fetch(
                symbols.map { CacheFetchRequest(symbol: $0, from: first, isUpdate: request.isUpdate) },
                timeframe: timeframe, through: last, progress: { progress(timeframe, $0, $1) },
                warn: { if !result.warnings.contains($0) { result.warnings.append($0) } })
            for symbol in symbols { result.outcomes.append((symbol, timeframe, outcomes[symbol] ?? .init())) }
        }
        if strategy.readsPremarket {
            let first = request.first.map {
                Self.date($0, sessionsBack: needs?.warmUpSessions ?? 0, symbols[0].market.calendar)
            }
            _ = try await cached.fetch(
                symbols.compactMap(\.inPremarket).map {
                    CacheFetchRequest(symbol: $0, from: first, isUpdate: request.isUpdate)
                }, timeframe: intraday, through: last, progress: { progress(intraday, $0, $1) },
                warn: { if !result.warnings.contains($0) { result.warnings.append($0) } })
        }
        try await cached.fetchSplits(of: symbols, through: last)
        result.traffic = market.watch.traffic()
        result.elapsed = (ContinuousClock.now - start) / .seconds(1)
        return result
    }

    private static func date(_ date: CivilDate, sessionsBack count: Int, _ calendar: TradingCalendar) -> CivilDate {
        guard let index = calendar.sessionIndex(onOrAfter: date) else { return date }
        return calendar.allSessions[max(0, index - count)].date
    }
}

/// What a fetch is asked to do, apart from the settings.
public struct FetchRequest: Sendable {
    /// The first session date that backtests are to be possible for; nil: what is in the cache is brought up to date.
    public var first: CivilDate?
    /// The last date; nil for today.
    public var last: CivilDate?
    /// Whether symbols that are in the cache are only brought up to date.
    public var isUpdate: Bool

    /// A request.
    public init(first: CivilDate?, last: CivilDate?, isUpdate: Bool) {
        self.first = first
        self.last = last
        self.isUpdate = isUpdate
    }
}

/// What a fetch did.
public struct FetchResult: Sendable {
    /// The last date asked for.
    public let through: CivilDate
    /// By symbol, intraday first.
    public var outcomes: [(symbol: Symbol, timeframe: Timeframe, outcome: CacheFetchOutcome)] = []
    /// What is doubtful.
    public var warnings: [NeutralText] = []
    /// What the cache and the network did.
    public var traffic = DataTraffic()
    /// Wall time in seconds.
    public var elapsed = 0.0

    /// What went wrong, by symbol, each once.
    public var failures: [(symbol: Symbol, error: PlaybookError)] {
        var failures: [(symbol: Symbol, error: PlaybookError)] = []
        for (symbol, _, outcome) in outcomes {
            if let error = outcome.error, !failures.contains(where: { $0.symbol == symbol }) {
                failures.append((symbol, error))
            }
        }
        return failures
    }
}
