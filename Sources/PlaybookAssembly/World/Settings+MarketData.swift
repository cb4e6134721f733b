package import PlaybookCore
import PlaybookAddresses
package import PlaybookHTTP
import PlaybookMarketData
import PlaybookPostgres
package import PlaybookSettings
package import PlaybookUseCases
import Synchronization

extension Settings: CheckedBars {
    /// The source of bars.
    package func marketData() throws -> MarketData { try marketData(defects: nil, understandings: nil) }

    package func bars(
        noting defects: DefectLog, _ understandings: UnderstandingLog
    ) throws -> any MarketDataSource {
        try marketData(defects: defects, understandings: understandings).source
    }

    private func marketData(defects: DefectLog?, understandings: UnderstandingLog?) throws -> MarketData {
        switch try barSource() {
        case .sample: return MarketData(source: SampleSource())
        case .files(let folder, let reading):
            return MarketData(
                source: FilesSource(
                    directory: folder, options: try fileOptions(reading), defects: defects, log: understandings))
        case .alpaca(let alpaca): return try self.alpaca(alpaca)
        case .postgres(let uri, let query, let reading):
            return MarketData(
                source: PostgresBarsSource(
                    try PostgresServer(uri), query: query, options: try fileOptions(reading), defects: defects,
                    log: understandings))
        case .keyless(let name): return try keyless(name)
        }
    }

    private func fileOptions(_ reading: FileReading) throws -> FileOptions {
        var options = FileOptions()
        if let text = reading.zone {
            guard let zone = TimestampZone(text) else { throw wrong(.dataTimezone, "'\(text)' is not understood") }
            options.zone = zone
        }
        options.dateOrder = reading.dateOrder.flatMap(FileOptions.DateOrder.init)
        options.stamps = reading.stamps.flatMap(FileOptions.StampSide.init)
        options.columns = reading.columns
        options.priceDecimals = reading.priceDecimals
        if reading.isDailyAdjusted { options.dailyAdjustedThrough = try today() }
        return options
    }

    private func alpaca(_ choice: BarSource.Alpaca) throws -> MarketData {
        let store = try cacheStore()
        let clock = try clock()
        let meter = HTTPMeter()
        let limited = RateLimitedTransport(
            MeteredTransport(curlTransport(), meter: meter),
            limiter: RateLimiter(perMinute: 200, burst: 20))
        let transport = RetryingTransport(
            limited, policy: try alpacaRetryPolicy(),
            onRetry: { _, _, _ in meter.countRetry() })
        let statistics = CacheStatistics()
        let isRefused = FeedWatch()
        let make: @Sendable (String) -> MarketData = { feed in
            let account = AlpacaAccount(
                keyID: choice.keyID, secretKey: choice.secretKey, feed: feed, dataURL: choice.dataURL,
                tradingURL: choice.tradingURL)
            let source = AlpacaSource(
                account, transport: transport, unretried: limited, clock: clock, onFeedRefused: { isRefused.set() })
            let watch = MarketData.Watch(meter, statistics)
            guard let store else { return MarketData(source: source, isFetched: true, watch: watch) }
            let cached = CachedSource(source, in: store, feed: feed, clock: clock, statistics: statistics)
            return MarketData(source: cached, cached: cached, isFetched: true, watch: watch)
        }
        var market = make(choice.feed ?? "sip")
        market.watch.isFeedRefused = { isRefused.isSet }
        if choice.feed == nil { market.withoutSIP = { make("iex") } }
        return market
    }

    /// What is worth asking Alpaca again. Attempts are not what ends it: time is, less where nothing was reached.
    package func alpacaRetryPolicy() throws -> RetryPolicy {
        RetryPolicy(
            maximumAttempts: 1000, baseDelay: .milliseconds(500), budget: .seconds(try alpacaRetrySeconds()),
            unreachableBudget: .seconds(5))
    }

    /// A source that wants no account.
    private func keyless(_ name: SourceName) throws -> MarketData {
        let store = try cacheStore()
        let clock = try clock()
        let meter = HTTPMeter()
        let curl = MeteredTransport(curlTransport(), meter: meter)
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
        let statistics = CacheStatistics()
        var watch = MarketData.Watch(meter, statistics)
        watch.refusal = { refusals.error }
        guard let store else { return MarketData(source: source, isFetched: true, watch: watch) }
        let cached = CachedSource(source, in: store, feed: feed, clock: clock, statistics: statistics)
        return MarketData(source: cached, cached: cached, isFetched: true, watch: watch)
    }

    /// What is worth asking again; a refusal is not.
    private static let keylessRetries = RetryPolicy(
        statuses: [408, 500, 502, 503, 504], maximumAttempts: 4, baseDelay: .milliseconds(500), budget: .seconds(60),
        unreachableBudget: .seconds(5))
}

extension MarketData.Watch {
    /// What a meter and a cache's counters tell.
    fileprivate init(_ meter: HTTPMeter, _ statistics: CacheStatistics) {
        self.init()
        traffic = {
            let (counts, met) = (statistics.current, meter.current)
            var traffic = DataTraffic()
            traffic.sessionsFromCache = counts.sessionsFromCache
            traffic.sessionsFetched = counts.sessionsFetched
            traffic.cacheBytesRead = counts.bytesRead
            traffic.cacheBytesWritten = counts.bytesWritten
            traffic.filesSetAside = counts.filesSetAside
            traffic.requests = met.requests
            traffic.retries = met.retries
            traffic.bytesReceived = met.bytesReceived
            traffic.note(seconds: met.seconds)
            return traffic
        }
        clockAhead = { meter.current.clockAhead }
    }
}

/// Notes that something was met.
private final class FeedWatch: Sendable {
    private let state = Mutex(false)

    var isSet: Bool { state.withLock { $0 } }

    func set() { state.withLock { $0 = true } }
}
