import Synchronization

/// What a cache was good for, counted from any thread.
public final class CacheStatistics: Sendable {
    /// The counts.
    public struct Counts: Sendable, Hashable {
        /// Sessions whose bars came from the cache, intraday and daily ones each on their own.
        public var sessionsFromCache = 0
        /// Sessions whose bars were fetched from the source.
        public var sessionsFetched = 0
        /// Bytes of cache files read and written.
        public var bytesRead = 0
        public var bytesWritten = 0
        /// Cache files found damaged and set aside.
        public var filesSetAside = 0
    }

    private let counts = Mutex(Counts())

    /// All counts 0.
    public init() {}

    /// The counts so far.
    public var current: Counts { counts.withLock { $0 } }

    func add(_ change: (inout Counts) -> Void) { counts.withLock { change(&$0) } }
}
