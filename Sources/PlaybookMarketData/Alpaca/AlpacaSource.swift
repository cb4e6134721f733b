public import PlaybookCore
public import PlaybookHTTP

/// Bars from Alpaca's market data API, version 2: as traded, of the regular session or of the premarket.
public struct AlpacaSource: MarketDataSource {
    let client: AlpacaClient
    private let clock: any WallClock

    /// - Parameters:
    ///   - transport: sends requests, retries what is worth it and keeps to the rate limit.
    ///   - unretried: sends once; for the calendar, which a run can do without.
    ///   - onFeedRefused: called when the plan turns out to have nothing of the feed, whatever the dates.
    public init(
        _ account: AlpacaAccount, transport: any HTTPTransport, unretried: any HTTPTransport, clock: any WallClock,
        onFeedRefused: @escaping @Sendable () -> Void = {}
    ) {
        var client = AlpacaClient(account: account, transport: transport, unretried: unretried)
        client.onFeedRefused = onFeedRefused
        self.init(client, clock: clock)
    }

    init(_ client: AlpacaClient, clock: any WallClock) {
        self.client = client
        self.clock = clock
    }

    public var label: String { "alpaca/\(client.account.feed)/split" }

    public var hasRegularHoursOnly: Bool { true }

    public func intradayBars(
        of symbol: Symbol, timeframe: Timeframe, from first: CivilDate, through last: CivilDate
    ) async throws -> IntradayBars {
        var bars = BarColumns()
        let check = try await calendarCheck(from: first, through: last)
        let ends = try await stream([symbol], timeframe: timeframe, from: first, through: last) { bars.append($1) }
        let end = min(ends[symbol] ?? last, Market.xnys.clock.date(of: clock.now()))
        guard bars.count > 0 || end < last || symbol.market.isPremarket else {
            throw PlaybookError(
                .sourceUnavailable, "\(label) has no \(timeframe) bars of \(symbol) from \(first) through \(last)",
                nextStep: "Check the symbol, the dates and \(.set(.feed)).")
        }
        bars = bars.slice(0..<bars.range(on: end, symbol.market, timeframe).upperBound)
        return IntradayBars(
            timeframe: timeframe, bars: bars, coverage: end < last ? min(first, end)...end : nil,
            warnings: check.texts)
    }

    public func dailyBars(of symbol: Symbol, from first: CivilDate, through last: CivilDate) async throws -> DailyBars?
    {
        var bars = BarColumns()
        _ = try await stream([symbol], timeframe: .day, from: first, through: last) { bars.append($1) }
        let check = try await calendarCheck(from: first, through: last)
        return DailyBars(stampedWithMidnight: bars, warnings: check.texts)
    }

    public func hasSessionBars(
        of symbol: Symbol, timeframe: Timeframe, from first: CivilDate, through last: CivilDate, daily: DailyBars?
    ) async throws -> Bool {
        if let daily { return daily.dates.contains { first <= $0 && $0 <= last } }
        var isFound = false
        _ = try await stream([symbol], timeframe: .day, from: first, through: last) {
            isFound = isFound || $1.count > 0
        }
        return isFound
    }

    public func splits(of symbol: Symbol, through last: CivilDate) async throws -> [Split] {
        try await client.splits(of: [symbol], through: last)[symbol] ?? []
    }

    public func splits(of symbols: [Symbol], through last: CivilDate) async throws -> [Symbol: [Split]] {
        var splits: [Symbol: [Split]] = [:]
        for group in Self.groups(symbols) {
            splits.merge(try await client.splits(of: group, through: last)) { $1 }
        }
        return splits
    }

    public func calendarCheck(from first: CivilDate, through last: CivilDate) async throws -> CalendarCheck {
        var check = CalendarCheck()
        let theirs: [CivilDate: ClosedRange<TimeOfDay>]
        do {
            theirs = try await client.calendar(from: first, through: last)
        } catch let error as PlaybookError {
            check.warnings = ["the calendar could not be compared with Alpaca's: \(error.facts)"]
            return check
        }
        let calendar = Market.xnys.calendar
        let ours = Dictionary(
            uniqueKeysWithValues: calendar.sessions(from: first, through: last).map {
                ($0.date, $0.start...$0.start.adding(minutes: $0.minutes))
            })
        for date in Set(ours.keys).union(theirs.keys) where ours[date] != theirs[date] && first <= date && date <= last
        {
            func text(_ hours: ClosedRange<TimeOfDay>?) -> String {
                hours.map { "a session \($0.lowerBound)-\($0.upperBound)" } ?? "no session"
            }
            check.differences[date] =
                "calendars differ on \(date): Alpaca's has \(text(theirs[date])), the built-in one \(text(ours[date])); "
                + "bars of that day are used by the built-in calendar and not kept"
        }
        return check
    }

    /// As many symbols as are asked for in one request.
    private static let groupSize = 100

    static func groups(_ symbols: [Symbol]) -> [[Symbol]] {
        let sorted = symbols.sorted()
        return stride(from: 0, to: sorted.count, by: groupSize).map {
            Array(sorted[$0..<min($0 + groupSize, sorted.count)])
        }
    }

    public func stream(
        _ symbols: [Symbol], timeframe: Timeframe, from first: CivilDate, through last: CivilDate,
        receive: (Symbol, BarColumns) async throws -> Void
    ) async throws -> [Symbol: CivilDate] {
        for symbol in symbols where !symbol.market.isUnitedStates { throw PlaybookError.noBars(of: symbol, in: label) }
        // A request is of one part of the day.
        if let other = symbols.first(where: { $0.market != symbols[0].market }) {
            var ends = try await stream(
                symbols.filter { $0.market == other.market }, timeframe: timeframe, from: first, through: last,
                receive: receive)
            ends.merge(
                try await stream(
                    symbols.filter { $0.market != other.market }, timeframe: timeframe, from: first, through: last,
                    receive: receive)
            ) { $1 }
            return ends
        }
        let now = clock.now()
        let calendar = (symbols.first?.market ?? .xnys).calendar
        var sessions = calendar.sessions(from: first, through: last).prefix { $0.close <= now }
        var ends: [Symbol: CivilDate] = [:]
        for group in Self.groups(symbols) {
            do {
                ends.merge(try await stream(group, timeframe, sessions, now, receive)) { $1 }
            } catch is AlpacaClient.RecentDataRefused {
                // The free plan: without the sessions that closed within the last quarter of an hour.
                let limit = now.secondsSinceEpoch - Self.refusedSeconds
                sessions = sessions.prefix { $0.close.secondsSinceEpoch <= limit }
                do {
                    ends.merge(try await stream(group, timeframe, sessions, now, receive)) { $1 }
                } catch let again as AlpacaClient.RecentDataRefused {
                    client.onFeedRefused()
                    throw again.refusal
                }
            }
            let end = sessions.last?.date ?? first.adding(days: -1)
            let wanted = calendar.sessions(from: first, through: last).last?.date ?? end
            if end < wanted { for symbol in group { ends[symbol] = min(ends[symbol] ?? end, end) } }
        }
        return ends
    }

    /// The free plan refuses what is younger than 15 minutes; one more for clocks that differ.
    private static let refusedSeconds: Int64 = 16 * 60

    private func stream(
        _ symbols: [Symbol], _ timeframe: Timeframe, _ sessions: ArraySlice<TradingSession>, _ now: Instant,
        _ receive: (Symbol, BarColumns) async throws -> Void
    ) async throws -> [Symbol: CivilDate] {
        guard let first = sessions.first, let last = sessions.last else { return [:] }
        let market = symbols.first?.market ?? .xnys
        var filters = Dictionary(
            uniqueKeysWithValues: symbols.map { ($0, SessionFilter($0, timeframe, sessions: Array(sessions))) })
        let query = AlpacaClient.BarQuery(
            symbols: symbols, timeframe: timeframe,
            // Daily bars are stamped with the market's midnight.
            from: timeframe == .day
                ? Market.xnys.clock.instant(first.date, TimeOfDay(minutes: 0)) : first.open,
            through: Instant(secondsSinceEpoch: last.close.secondsSinceEpoch - 1))
        try await client.pages(query) { page, number in
            for piece in page.pieces {
                guard let symbol = Symbol(piece.symbol.name, market: market),
                    let bars = try filters[symbol]?.filter(piece.bars, page: number), bars.count > 0
                else { continue }
                try await receive(symbol, bars)
            }
        }
        // A session whose last minutes are missing so soon after the close may be still on its way.
        guard now.secondsSinceEpoch < last.close.secondsSinceEpoch + Self.patienceSeconds else { return [:] }
        let before = sessions.dropLast().last?.date ?? last.date.adding(days: -1)
        let late = symbols.filter { filters[$0]?.reachesEnd(of: last) != true }
        return Dictionary(uniqueKeysWithValues: late.map { ($0, before) })
    }

    /// For how long after the close a session without bars in its last ten minutes is taken to be incomplete rather
    /// than quiet.
    private static let patienceSeconds: Int64 = 4 * 3600
}
