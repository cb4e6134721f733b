import PlaybookCore
import PlaybookFileSystem
import PlaybookGoogle
import PlaybookHTTP
import PlaybookMarketData
import PlaybookPostgres

extension Settings {
    /// The source of bars.
    ///
    /// - Parameter defects: where to note wrong lines of files instead of stopping at the first.
    /// - Parameter understandings: where to note how files were understood.
    func marketData(defects: DefectLog? = nil, understandings: UnderstandingLog? = nil) throws -> MarketData {
        switch try sourceName() {
        case .sample: return MarketData(source: SampleSource())
        case .files:
            guard let directory = try folder(.dataDirectory) else {
                throw wrong(.dataDirectory, "the source 'files' needs a folder")
            }
            return MarketData(
                source: FilesSource(
                    directory: directory, options: try fileOptions(), defects: defects, log: understandings))
        case .alpaca: return try alpaca()
        case .postgres:
            guard let uri = try postgresConnection() else {
                throw wrong(.postgresConnection, "the source 'postgres' needs the URI of a database")
            }
            guard let query = self[.postgresBarsQuery] else {
                throw wrong(.postgresBarsQuery, "the source 'postgres' needs a query")
            }
            return MarketData(
                source: PostgresBarsSource(
                    try PostgresServer(uri), query: query, options: try fileOptions(), defects: defects,
                    log: understandings))
        case .binance, .yahoo, .deribit: return try keyless(try sourceName())
        }
    }

    /// The sources there are.
    enum SourceName: String, CaseIterable {
        case alpaca, binance, yahoo, deribit, files, postgres, sample
    }

    /// Whether the source is the built-in sample: its rows do not count for another source.
    var isSampleChosen: Bool { (try? sourceName()) == .sample }

    /// Which source is chosen.
    func sourceName() throws -> SourceName {
        if let name = self[.dataSource] {
            guard let source = SourceName(rawValue: name) else {
                throw wrong(
                    .dataSource,
                    "no source '\(name)': there are alpaca, binance, yahoo, deribit, files, postgres and sample")
            }
            return source
        }
        if isFlag(.dataDirectory) { return .files }
        if self[.alpacaKey] != nil || self[.alpacaKeyFile] != nil || self[.alpacaSecret] != nil
            || self[.alpacaSecretFile] != nil
        {
            return .alpaca
        }
        if self[.dataDirectory] != nil { return .files }
        throw PlaybookError(
            .configuration, "\(fileSearch), and no source of bars was chosen",
            nextStep: "Set ALPACA_API_KEY and ALPACA_SECRET_KEY, or add --source sample (built in, synthetic), "
                + "--source yahoo or --source binance (no account), or --source files --data-dir FOLDER.")
    }

    /// What is said about files that they do not tell themselves.
    private func fileOptions() throws -> FileOptions {
        var options = FileOptions()
        if let text = self[.dataTimezone] {
            guard let zone = TimestampZone(text) else { throw wrong(.dataTimezone, "'\(text)' is not understood") }
            options.zone = zone
        }
        if let text = self[.dataDateOrder] {
            guard let order = FileOptions.DateOrder(rawValue: text) else {
                throw wrong(.dataDateOrder, "'\(text.prefix(40))' is neither mdy nor dmy")
            }
            options.dateOrder = order
        }
        if let text = chosen(.dataStamps) {
            guard let stamps = FileOptions.StampSide(rawValue: text) else {
                throw wrong(.dataStamps, "'\(text.prefix(40))' is neither open nor close")
            }
            options.stamps = stamps
        }
        if let text = self[.dataColumns] {
            let names = text.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
            guard names.count >= 5 else {
                throw wrong(.dataColumns, "'\(text.prefix(40))' does not name a time and four prices")
            }
            options.columns = names
        }
        options.priceDecimals = try priceDecimals()
        if try flag(.dataDailyAdjusted) { options.dailyAdjustedThrough = try today() }
        return options
    }

    /// How many decimal places the prices of files are short of.
    private func priceDecimals() throws -> Int {
        let text = self[.dataPriceScale] ?? "1"
        guard let scale = Double(text), let decimals = (0...12).first(where: { scale == Double("1e-\($0)") }) else {
            throw wrong(.dataPriceScale, "'\(text.prefix(40))' is not 1, 0.1, 0.01 or so on")
        }
        return decimals
    }

    private func alpaca() throws -> MarketData {
        let (keyID, secretKey) = (try key(.alpacaKey, .alpacaKeyFile), try key(.alpacaSecret, .alpacaSecretFile))
        let (dataURL, tradingURL) = (try url(.alpacaDataURL), try tradingURL())
        let feed = try feed()
        let store = try cacheStore()
        let clock = try clock()
        let meter = HTTPMeter()
        let limited = RateLimitedTransport(
            MeteredTransport(CurlTransport(version: programVersion), meter: meter),
            limiter: RateLimiter(perMinute: 200, burst: 20))
        let transport = RetryingTransport(
            limited, policy: try alpacaRetryPolicy(),
            onRetry: { _, _, _ in meter.countRetry() })
        let statistics = CacheStatistics()
        let isRefused = FeedWatch()
        let make: @Sendable (String) -> MarketData = { feed in
            let account = AlpacaAccount(
                keyID: keyID, secretKey: secretKey, feed: feed, dataURL: dataURL, tradingURL: tradingURL)
            let source = AlpacaSource(
                account, transport: transport, unretried: limited, clock: clock, onFeedRefused: { isRefused.set() })
            guard let store else { return MarketData(source: source, meter: meter, isFetched: true) }
            let cached = CachedSource(source, in: store, feed: feed, clock: clock, statistics: statistics)
            return MarketData(
                source: cached, cached: cached, statistics: statistics, meter: meter, isFetched: true)
        }
        var market = make(feed ?? "sip")
        market.isFeedRefused = isRefused
        if feed == nil { market.withoutSIP = { make("iex") } }
        return market
    }

    /// What is worth asking Alpaca again. Attempts are not what ends it: time is, less where nothing was reached.
    func alpacaRetryPolicy() throws -> RetryPolicy {
        let text = self[.alpacaRetry] ?? ""
        guard let seconds = Int(text), (0...600).contains(seconds) else {
            throw wrong(.alpacaRetry, "'\(text.prefix(40))' is not a number of seconds from 0 to 600")
        }
        return RetryPolicy(
            maximumAttempts: 1000, baseDelay: .milliseconds(500), budget: .seconds(seconds),
            unreachableBudget: .seconds(5))
    }

    /// The cache's place; nil when there is to be none.
    func cacheStore() throws -> (any BlobStore)? {
        let place = self[.cacheDirectory] ?? ""
        if place == "off" { return nil }
        switch JournalAddress(place) {
        case .file(let folder)?: return LocalBlobStore(root: folder)
        case .bucket(let name, let prefix)?: return CloudBlobStore(try cloudStorage(name), prefix: prefix ?? "")
        case .mongodb?, .postgres?, nil: throw wrong(.cacheDirectory, "this is neither a folder nor gs://BUCKET/PREFIX")
        }
    }

    /// The feed that is chosen; nil when none is.
    private func feed() throws -> String? {
        guard let feed = self[.alpacaFeed] else { return nil }
        guard !feed.isEmpty, feed.utf8.count <= 20,
            feed.utf8.allSatisfy({ (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) || $0 == UInt8(ascii: "_") })
        else { throw wrong(.alpacaFeed, "'\(feed.prefix(40))' is not a feed") }
        return feed
    }

    /// The value of a setting that is true or false.
    func flag(_ setting: Setting) throws -> Bool {
        switch self[setting]?.lowercased() ?? "false" {
        case "true", "1", "yes": true
        case "false", "0", "no": false
        case let text: throw wrong(setting, "'\(text.prefix(40))' is neither true nor false")
        }
    }

    private func key(_ setting: Setting, _ fileSetting: Setting) throws -> String {
        if let key = try secret(setting, fileSetting, maximumLength: 256) { return key }
        throw PlaybookError(
            .configuration, "the source 'alpaca' needs \(setting.name)",
            nextStep: "Set \(setting.name) or \(fileSetting.name), or choose --source sample or --source files.")
    }

    /// The value of a secret, given itself or by a file; nil when neither is.
    ///
    /// - Parameter maximumLength: in bytes.
    func secret(_ setting: Setting, _ fileSetting: Setting, maximumLength: Int) throws -> String? {
        func checked(_ secret: String, _ setting: Setting) throws -> String {
            let problem =
                secret.isEmpty
                ? "the secret is empty"
                : secret.utf8.count > maximumLength
                    ? "the secret is longer than \(maximumLength) bytes"
                    : secret.utf8.allSatisfy { (0x21..<0x7F).contains($0) }
                        ? nil : "the secret holds a space, or a character that is not ASCII"
            if let problem { throw wrong(setting, problem, nextStep: "Copy it again from where it was issued.") }
            return secret
        }
        switch (self[setting], self[fileSetting]) {
        case (let value?, nil): return try checked(value, setting)
        case (nil, let path?):
            do {
                let text = String(decoding: try FileReader.contents(of: path), as: UTF8.self)
                return try checked(String(text.filter { !$0.isNewline }), fileSetting)
            } catch let error as FileError {
                throw wrong(fileSetting, error.description)
            }
        case (_?, _?):
            throw PlaybookError(
                .configuration, "\(setting.name) and \(fileSetting.name) are both set",
                nextStep: "Unset one of them.")
        case (nil, nil): return nil
        }
    }

    private func tradingURL() throws -> String {
        if self[.alpacaTradingURL] != nil { return try url(.alpacaTradingURL) }
        return try flag(.alpacaPaper) ? "https://paper-api.alpaca.markets" : "https://api.alpaca.markets"
    }

    /// An address that secrets may be sent to.
    func url(_ setting: Setting) throws -> String {
        var url = self[setting] ?? ""
        while url.hasSuffix("/") { url.removeLast() }
        guard let scheme = url.firstRange(of: "://"), !url.contains("@"), !url.contains("?"), !url.contains("#"),
            url.utf8.allSatisfy({ (0x21..<0x7F).contains($0) })
        else {
            throw wrong(setting, "this is not an address https://HOST")
        }
        let parts = URLParts(url)
        let host = parts.host
        switch url[..<scheme.lowerBound] {
        case "https" where !host.isEmpty: return url
        case "http" where parts.isLoopback: return url
        case "http": throw wrong(setting, "http would send the keys in the clear to \(host): use https")
        default: throw wrong(setting, "this is not an address https://HOST")
        }
    }
}
