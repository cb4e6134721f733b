public import PlaybookCore
public import PlaybookHTTP

/// One-minute bars of Deribit's perpetuals and futures, which need no account. All longer bars are made of them, days too.
public struct DeribitSource: MarketDataSource {
    private let client: KeylessClient
    private let dataURL: String
    private let clock: any WallClock

    /// - Parameters:
    ///   - dataURL: where the API is, without a `/` at the end.
    ///   - transport: sends requests and retries what is worth it, but no 429.
    public init(dataURL: String, transport: any HTTPTransport, refusals: RefusalMemory, clock: any WallClock) {
        self.init(
            KeylessClient(service: "Deribit", settings: [.deribitAddress], transport: transport, refusals: refusals),
            dataURL: dataURL, clock: clock)
    }

    init(_ client: KeylessClient, dataURL: String, clock: any WallClock) {
        self.client = client
        self.dataURL = dataURL
        self.clock = clock
    }

    public var label: String { "deribit" }

    public var onlyTimeframe: Timeframe? { .minutes(1) }

    public var hasDailyBars: Bool { false }

    /// BTC-PERPETUAL and ETH-PERPETUAL are inverse, those in USDC are not.
    public func remark(on symbol: Symbol) -> String? {
        guard symbol.name.hasPrefix("BTC-") || symbol.name.hasPrefix("ETH-") else { return nil }
        return
            "Deribit settles \(symbol) in the coin itself (an inverse contract); quantities and P&L here are those of a "
            + "linear contract in USD"
    }

    public func dailyBars(of symbol: Symbol, from first: CivilDate, through last: CivilDate) async throws -> DailyBars?
    { nil }

    public func intradayBars(
        of symbol: Symbol, timeframe: Timeframe, from first: CivilDate, through last: CivilDate
    ) async throws -> IntradayBars {
        try await streamed(symbol, from: first, through: last, now: clock.now())
    }

    public func hasSessionBars(
        of symbol: Symbol, timeframe: Timeframe, from first: CivilDate, through last: CivilDate, daily: DailyBars?
    ) async throws -> Bool {
        guard let range = ended(symbol, from: first, through: last, now: clock.now()) else { return false }
        return try await firstDay(of: symbol, range) != nil
    }

    public func stream(
        _ symbols: [Symbol], timeframe: Timeframe, from first: CivilDate, through last: CivilDate,
        receive: (Symbol, BarColumns) async throws -> Void
    ) async throws -> [Symbol: CivilDate] {
        let now = clock.now()
        for symbol in symbols { try requireRoundTheClock(symbol, "Deribit", timeframe) }
        return try await eachSymbol(symbols, timeframe, from: first, through: last, now: now, service: "Deribit") {
            symbol, sessions, filter in
            // The days before the listing need not be asked for one after the other.
            guard let range = sessions.instants, let listed = try await firstDay(of: symbol, range) else { return }
            var start = max(listed, range.lowerBound)
            while start < range.upperBound {
                let end = min(start + Self.piece, range.upperBound)
                let bars = try await bars(of: symbol, start..<end, now)
                let kept = try filter.filter(bars, place: "from \(Instant(secondsSinceEpoch: start)) on")
                if kept.count > 0 { try await receive(symbol, kept) }
                start = end
            }
        }
    }

    /// What a request gives at most, and how many seconds of one-minute bars are asked for at once: three days, for what is
    /// left out beyond the most is not known.
    private static let most = 5000
    private static let piece: Int64 = 3 * 86_400

    /// The bars that open within `range` and are over.
    private func bars(of symbol: Symbol, _ range: Range<Int64>, _ now: Instant) async throws -> BarColumns {
        // The first one may be missing: so from a bar earlier on.
        var bars = try await chart(of: symbol, (range.lowerBound - 60)..<range.upperBound, resolution: "1")
        let times = bars.times
        bars.drop { !range.contains(times[$0]) || times[$0] + 60 > now.secondsSinceEpoch }
        return bars
    }

    /// The day before the first one that has bars, in seconds since the epoch; nil without any.
    private func firstDay(of symbol: Symbol, _ range: Range<Int64>) async throws -> Int64? {
        // As many days as a request gives, or all since there is Deribit.
        let start = max(range.lowerBound, range.upperBound - Int64(Self.most - 2) * 86_400)
        let first = try await chart(of: symbol, (start - 86_400)..<range.upperBound, resolution: "1D").times.first
        return first.map { $0 - 86_400 }
    }

    private func chart(of symbol: Symbol, _ range: Range<Int64>, resolution: String) async throws -> BarColumns {
        let query = [
            ("instrument_name", symbol.name), ("start_timestamp", "\(range.lowerBound * 1000)"),
            ("end_timestamp", "\(range.upperBound * 1000 - 1)"), ("resolution", resolution),
        ]
        let url = "\(dataURL)/api/v2/public/get_tradingview_chart_data"
        let answer = try await client.get(url, query, statuses: [400]) { try DeribitChart($0.body) }
        if let error = answer.error {
            // Too many requests comes as 429 or, perhaps, as 400.
            if error.code == 10_028 {
                throw await client.refusals.note(HTTPResponse(status: 429), from: "Deribit")
            }
            throw PlaybookError(
                .sourceUnavailable, "Deribit refused the request for \(symbol): \(error.message) (\(error.code))",
                nextStep: "Name an instrument of Deribit's, such as BTC-PERPETUAL, and dates that it was traded on.")
        }
        if answer.bars.count >= Self.most, let first = answer.bars.times.first, first > range.lowerBound + 86_400 {
            throw PlaybookError(
                .sourceUnavailable, "Deribit left out bars of \(symbol) before \(Instant(secondsSinceEpoch: first))",
                nextStep: "Ask for fewer dates at once.")
        }
        return answer.bars
    }
}
