import PlaybookCore
import PlaybookHTTP
import PlaybookMarketData

extension Settings {
    /// A source that wants no account.
    func keyless(_ name: SourceName) throws -> MarketData {
        let store = try cacheStore()
        let clock = try clock()
        let meter = HTTPMeter()
        let curl = MeteredTransport(CurlTransport(version: programVersion), meter: meter)
        /// No more than so many requests a minute; an address on this machine bears any number.
        func transport(_ setting: Setting, perMinute: Int, burst: Int) throws -> any HTTPTransport {
            let isLocal = URLParts(try url(setting)).isLoopback
            return RetryingTransport(
                RateLimitedTransport(
                    curl, limiter: RateLimiter(perMinute: isLocal ? 600_000 : perMinute, burst: isLocal ? 1000 : burst)),
                policy: Self.keylessRetries, onRetry: { _, _, _ in meter.countRetry() })
        }
        let refusals = RefusalMemory(
            service: name.rawValue.prefix(1).uppercased() + name.rawValue.dropFirst(), store: store, clock: clock)
        let source: any MarketDataSource
        var feed = name.rawValue
        switch name {
        case .binance:
            // A call weighs 2 of the 6,000 that an address has a minute.
            source = BinanceSource(
                dataURL: try url(.binanceDataURL), dumpURL: try url(.binanceDumpURL),
                transport: try transport(.binanceDataURL, perMinute: 1200, burst: 20), refusals: refusals,
                clock: clock)
        case .deribit:
            source = DeribitSource(
                dataURL: try url(.deribitDataURL), transport: try transport(.deribitDataURL, perMinute: 240, burst: 4),
                refusals: refusals, clock: clock)
        default:
            source = YahooSource(
                dataURL: try url(.yahooDataURL), transport: try transport(.yahooDataURL, perMinute: 30, burst: 1),
                refusals: refusals, clock: clock)
        }
        // A date is another stretch of time where sessions start at another hour.
        if name != .yahoo, let start = try markets().first?.hours.start, start.minutes != 0 {
            feed += "-\(start)".filter { $0 != ":" }
        }
        guard let store else { return MarketData(source: source, meter: meter, isFetched: true, refusals: refusals) }
        let statistics = CacheStatistics()
        let cached = CachedSource(source, in: store, feed: feed, clock: clock, statistics: statistics)
        return MarketData(
            source: cached, cached: cached, statistics: statistics, meter: meter, isFetched: true,
            refusals: refusals)
    }

    /// What is worth asking again; a refusal is not.
    private static let keylessRetries = RetryPolicy(
        statuses: [408, 500, 502, 503, 504], maximumAttempts: 4, baseDelay: .milliseconds(500), budget: .seconds(60),
        unreachableBudget: .seconds(5))
}
