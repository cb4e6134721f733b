import PlaybookCore
import PlaybookHTTP
import PlaybookMarketData
import Synchronization

/// The source of bars that the settings come to, and what counts its work.
struct MarketData: Sendable {
    let source: any MarketDataSource
    /// The source itself when it is a cached one.
    var cached: CachedSource?
    var statistics = CacheStatistics()
    var meter = HTTPMeter()
    /// Whether Alpaca's plan turned out to have nothing of the feed.
    var isFeedRefused = FeedWatch()
    /// The same with the feed that every plan has; nil when the feed is chosen, or there are none.
    var withoutSIP: (@Sendable () -> MarketData)?

    /// Whether its bars come over a network, so that a cache is of use.
    var isFetched = false
    /// What the service has refused, of a source that wants no account.
    var refusals: RefusalMemory?

    /// The source, which asks for the bars of some sessions again though its cache keeps some.
    func source(askingAgainFor dates: Set<CivilDate>) -> any MarketDataSource {
        dates.isEmpty ? source : cached?.asking(againFor: dates) ?? source
    }

    /// What is said when the plan has no SIP.
    static let feedWarning =
        "this plan of Alpaca's has no SIP data: the bars are iex, the trades of one exchange; set ALPACA_FEED=iex to choose "
        + "them without asking"

    /// Does `work`, and does it again with the feed that every plan has where this one's turns out to have no SIP: so that
    /// all that is done is done with the bars of one feed.
    ///
    /// - Returns: what came of it, the market that it was done with, and whether that is another one.
    func settled<Value>(
        _ work: (MarketData) async throws -> Value
    ) async throws -> (value: Value, market: MarketData, isOther: Bool) {
        let first: Result<Value, any Error>
        do {
            first = .success(try await work(self))
        } catch {
            first = .failure(error)
        }
        guard isFeedRefused.isSet, let other = withoutSIP?() else { return (try first.get(), self, false) }
        return (try await work(other), other, true)
    }
}

/// Notes that something was met.
final class FeedWatch: Sendable {
    private let state = Mutex(false)

    var isSet: Bool { state.withLock { $0 } }

    func set() { state.withLock { $0 = true } }
}
