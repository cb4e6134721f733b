public import PlaybookCore
public import PlaybookHTTP

/// US stocks and funds from Yahoo's chart service, which needs no account and promises nothing: one-minute bars of the
/// last 30 days, daily bars of all years, splits. Prices come adjusted as of today, and are handed out as traded.
public struct YahooSource: MarketDataSource {
    private let client: YahooClient
    private let clock: any WallClock

    /// - Parameters:
    ///   - dataURL: where the service is, without a `/` at the end.
    ///   - transport: sends one request at a time and retries what is worth it, but no 429.
    public init(dataURL: String, transport: any HTTPTransport, refusals: RefusalMemory, clock: any WallClock) {
        self.init(
            KeylessClient(service: "Yahoo", settings: [.yahooAddress], transport: transport, refusals: refusals),
            dataURL: dataURL, clock: clock)
    }

    init(_ client: KeylessClient, dataURL: String, clock: any WallClock) {
        var client = client
        client.headers = ["User-Agent": YahooClient.userAgent, "Accept": "application/json"]
        self.client = YahooClient(client: client, dataURL: dataURL, clock: clock)
        self.clock = clock
    }

    public var label: String { "yahoo" }

    public var onlyTimeframe: Timeframe? { .minutes(1) }

    public var hasRegularHoursOnly: Bool { true }

    /// One-minute bars are given for 30 days, to the second: an hour less is sure.
    private static let memory: Int64 = 30 * 86_400 - 3600

    /// A request has at most so many seconds of one-minute bars.
    private static let longestRequest: Int64 = 8 * 86_400

    public func oldestSession(of symbol: Symbol, timeframe: Timeframe) -> CivilDate? {
        guard timeframe != .day else { return nil }
        let oldest = clock.now().secondsSinceEpoch - Self.memory
        let calendar = symbol.market.calendar
        let date = symbol.market.clock.date(of: Instant(secondsSinceEpoch: oldest))
        return calendar.sessions(from: date, through: date.adding(days: 14))
            .first { $0.open.secondsSinceEpoch >= oldest }?.date
    }

    public func intradayBars(
        of symbol: Symbol, timeframe: Timeframe, from first: CivilDate, through last: CivilDate
    ) async throws -> IntradayBars {
        try await streamed(symbol, from: first, through: last, now: clock.now())
    }

    public func dailyBars(of symbol: Symbol, from first: CivilDate, through last: CivilDate) async throws -> DailyBars?
    {
        var bars = BarColumns()
        _ = try await stream([symbol], timeframe: .day, from: first, through: last) { bars.append($1) }
        return DailyBars(stampedWithMidnight: bars)
    }

    public func hasSessionBars(
        of symbol: Symbol, timeframe: Timeframe, from first: CivilDate, through last: CivilDate, daily: DailyBars?
    ) async throws -> Bool {
        if let daily { return daily.dates.contains { first <= $0 && $0 <= last } }
        return try await dailyBars(of: symbol, from: first, through: last)?.dates.isEmpty == false
    }

    public func splits(of symbol: Symbol, through last: CivilDate) async throws -> [Split] {
        try await client.history(of: symbol).splits.filter { $0.date <= last }
    }

    public func stream(
        _ symbols: [Symbol], timeframe: Timeframe, from first: CivilDate, through last: CivilDate,
        receive: (Symbol, BarColumns) async throws -> Void
    ) async throws -> [Symbol: CivilDate] {
        for symbol in symbols where !symbol.market.isUnitedStates { throw PlaybookError.noBars(of: symbol, in: label) }
        return try await eachSymbol(
            symbols, timeframe, from: first, through: last, now: clock.now(), service: "Yahoo"
        ) { symbol, sessions, filter in
            let history = try await client.history(of: symbol)
            let prices = YahooPrices(splits: history.splits)
            if timeframe == .day {
                let bars = try filter.filter(Self.daily(history, prices, symbol.market, sessions), place: "(1d)")
                if bars.count > 0 { try await receive(symbol, bars) }
                return
            }
            for range in Self.requests(sessions) {
                let found = try await client.minutes(of: symbol, range)
                var bars = BarColumns(capacity: found.count)
                for index in 0..<found.count {
                    let bar = found[index]
                    let date = symbol.market.clock.date(of: Instant(secondsSinceEpoch: bar.time))
                    bars.append(prices.asTraded(bar, on: date))
                }
                let kept = try filter.filter(bars, place: "(1m)")
                if kept.count > 0 { try await receive(symbol, kept) }
            }
        }
    }

    /// The stretches of sessions that one request each is for.
    static func requests(_ sessions: [TradingSession]) -> [Range<Int64>] {
        var requests: [Range<Int64>] = []
        for session in sessions {
            let (open, close) = (session.open.secondsSinceEpoch, session.close.secondsSinceEpoch)
            if let last = requests.last, close - last.lowerBound <= longestRequest {
                requests[requests.count - 1] = last.lowerBound..<close
            } else {
                requests.append(open..<close)
            }
        }
        return requests
    }

    /// Daily bars stamped with midnight. Yahoo stamps them with the open; the day that goes on comes twice, the second time
    /// with the stamp of the moment.
    private static func daily(
        _ history: YahooClient.History, _ prices: YahooPrices, _ market: Market, _ sessions: [TradingSession]
    ) -> BarColumns {
        var opens: [CivilDate: Int64] = [:]
        for session in sessions { opens[session.date] = session.open.secondsSinceEpoch }
        var bars = BarColumns(capacity: sessions.count)
        var lastIsAtOpen = false
        for index in 0..<history.bars.count {
            let bar = history.bars[index]
            let date = market.clock.date(of: Instant(secondsSinceEpoch: bar.time))
            guard let open = opens[date] else { continue }
            var made = prices.asTraded(bar, on: date)
            made.time = market.clock.midnight(of: date)
            if bars.times.last == made.time {
                // Of two the one with the stamp of the open is the session's.
                if lastIsAtOpen || bar.time != open { continue }
                bars = bars.slice(0..<(bars.count - 1))
            }
            bars.append(made)
            lastIsAtOpen = bar.time == open
        }
        return bars
    }
}
