package import PlaybookCore

/// Makes the source of bars.
package protocol BarProvider: Sendable {
    /// The source of bars that is chosen.
    ///
    /// - Throws: a `PlaybookError` that names the setting at fault.
    func marketData() throws -> MarketData
}

/// A source that keeps what it was asked for.
package protocol CachedBars: Sendable {
    /// Where the cache is.
    var location: String { get }
    /// The source behind it, which is asked anew each time.
    var base: any MarketDataSource { get }
    /// What is kept, without asking anybody.
    var kept: any MarketDataSource { get }
    /// The same source, which asks for the bars of some sessions again though it keeps some.
    func source(askingAgainFor dates: Set<CivilDate>) -> any MarketDataSource
}

/// Brings bars into a cache.
package protocol BarFetching: Sendable {
    /// The one length of bars within the day that is asked for; nil for any.
    var onlyTimeframe: Timeframe? { get }
    /// Whether the source can have daily bars of its own.
    var hasDailyBars: Bool { get }
    /// Fetches what the cache lacks; interrupted, it goes on from there the next time.
    func fetch(
        _ requests: [CacheFetchRequest], timeframe: Timeframe, through last: CivilDate,
        progress: (Int, Int) -> Void, warn: (NeutralText) -> Void
    ) async throws -> [Symbol: CacheFetchOutcome]
    /// Fetches splits.
    func fetchSplits(of symbols: [Symbol], through last: CivilDate) async throws
}

/// Looks after the files of a cache.
package protocol CacheCare: Sendable {
    /// What the cache holds of this source's feed, of one symbol or all.
    func inventory(of symbol: Symbol?) async throws -> CacheInventory
    /// Sets damaged files aside and fetches what is missing; what was done, in words.
    func repair(_ symbol: Symbol) async throws -> [String]
    /// Compares the files that a symbol's bars came from with those that are published now.
    func verification(of symbol: Symbol) async throws -> CacheVerification
}

/// A cache with all that use cases do with it.
package typealias BarStock = CachedBars & BarFetching & CacheCare

/// The source of bars, and what counts its work.
package struct MarketData: Sendable {
    package let source: any MarketDataSource
    /// The source itself when it is a cached one.
    package let cached: (any BarStock)?
    /// Whether its bars come over a network, so that a cache is of use.
    package let isFetched: Bool
    /// What counts its work.
    package var watch: Watch
    /// The same with the feed that every plan of Alpaca's has; nil when the feed is chosen, or there are none.
    package var withoutSIP: (@Sendable () -> MarketData)?

    /// What is known of its work so far.
    package struct Watch: Sendable {
        /// What the cache and the network did.
        package var traffic: @Sendable () -> DataTraffic = { DataTraffic() }
        /// How many seconds this computer's clock is ahead of the service's; nil when unknown.
        package var clockAhead: @Sendable () -> Double? = { nil }
        /// That the service has refused, of a source that wants no account.
        package var refusal: @Sendable () -> PlaybookError? = { nil }
        /// Whether Alpaca's plan turned out to have nothing of the feed.
        package var isFeedRefused: @Sendable () -> Bool = { false }

        /// Nothing is known.
        package init() {}
    }

    package init(
        source: any MarketDataSource, cached: (any BarStock)? = nil, isFetched: Bool = false, watch: Watch = Watch()
    ) {
        (self.source, self.cached, self.isFetched, self.watch) = (source, cached, isFetched, watch)
    }

    /// The source, which asks for the bars of some sessions again though its cache keeps some.
    package func source(askingAgainFor dates: Set<CivilDate>) -> any MarketDataSource {
        dates.isEmpty ? source : cached?.source(askingAgainFor: dates) ?? source
    }

    /// What is said when the plan has no SIP.
    package static let feedWarning: NeutralText = """
        this plan of Alpaca's has no SIP data: the bars are iex, the trades of one exchange; set \
        \(.named(.feed, "iex")) to choose them without asking
        """

    /// Does `work`, and does it again with the feed that every plan has where this one's turns out to have no SIP: so that
    /// all that is done is done with the bars of one feed.
    ///
    /// - Returns: what came of it, the market that it was done with, and whether that is another one.
    package func settled<Value>(
        _ work: (MarketData) async throws -> Value
    ) async throws -> (value: Value, market: MarketData, isOther: Bool) {
        let first: Result<Value, any Error>
        do {
            first = .success(try await work(self))
        } catch {
            first = .failure(error)
        }
        guard watch.isFeedRefused(), let other = withoutSIP?() else { return (try first.get(), self, false) }
        return (try await work(other), other, true)
    }
}
