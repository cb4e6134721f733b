/// What a cache of bars holds: the manifest, read from the files themselves, so that it cannot be out of step with them.
public struct CacheInventory: Sendable {
    /// The files of one symbol, timeframe and feed.
    public struct Entry: Sendable {
        public let feed: String
        public let symbol: Symbol
        public let timeframe: Timeframe
        /// The files and their size in bytes, damaged ones included.
        public var files = 0
        public var bytes = 0
        /// How many bars.
        public var bars = 0
        /// The sessions kept, ascending, those known to have no bars included.
        public var sessions: [CivilDate] = []
        /// Those of them without bars.
        public var emptySessions = 0
        /// Sessions between the first and the last that are not kept.
        public var holes: [CivilDate] = []
        /// When the youngest file was fetched.
        public var lastFetched: Instant?
        /// Files that cannot be used, and why.
        public var damaged: [(name: String, problem: String)] = []

        /// Nothing yet.
        public init(feed: String, symbol: Symbol, timeframe: Timeframe) {
            (self.feed, self.symbol, self.timeframe) = (feed, symbol, timeframe)
        }
    }

    /// By feed, symbol and timeframe.
    public let entries: [Entry]
    /// Files of splits that cannot be used, and why.
    public let damagedSplits: [(symbol: Symbol, name: String, problem: String)]

    /// What was found.
    public init(entries: [Entry], damagedSplits: [(symbol: Symbol, name: String, problem: String)]) {
        (self.entries, self.damagedSplits) = (entries, damagedSplits)
    }
}

/// What to fetch into a cache.
public struct CacheFetchRequest: Sendable {
    /// Whose bars.
    public var symbol: Symbol
    /// The first date to have; nil when only what is in the cache is to be brought up to date.
    public var first: CivilDate?
    /// Whether a symbol that is in the cache is only brought up to date, from the month that its bars end in.
    public var isUpdate: Bool

    /// A request for `symbol` from `first` on.
    public init(symbol: Symbol, from first: CivilDate?, isUpdate: Bool) {
        self.symbol = symbol
        self.first = first
        self.isUpdate = isUpdate
    }
}

/// What a cache has of a symbol after a fetch.
public struct CacheFetchOutcome: Sendable {
    /// Sessions that were there before, and those that came.
    public var present = 0
    public var fetched = 0
    /// Sessions that are over and not there, for they are not settled or the source does not have them yet.
    public var pending = 0
    /// The first date asked for; nil when that is not known.
    public var first: CivilDate?
    /// Why the symbol failed.
    public var error: PlaybookError?

    /// Nothing yet.
    public init() {}
}

/// How the files that a symbol's bars in a cache came from stand.
public struct CacheVerification: Sendable {
    /// How many files were looked at.
    public let files: Int
    /// What is said of those that are others by now, each with the name of what the cache made of it.
    public let changes: [String]

    /// What was found.
    public init(files: Int, changes: [String]) { (self.files, self.changes) = (files, changes) }
}
