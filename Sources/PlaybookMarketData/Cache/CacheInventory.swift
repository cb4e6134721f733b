public import PlaybookCore

/// What a cache holds: the manifest, read from the files themselves, so that it cannot be out of step with them.
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
    }

    /// By feed, symbol and timeframe.
    public let entries: [Entry]
    /// Files of splits that cannot be used, and why.
    public let damagedSplits: [(symbol: Symbol, name: String, problem: String)]

    /// Reads and checks every file in `store`.
    ///
    /// - Parameters:
    ///   - feed: the feed to look at; nil for all.
    ///   - symbols: the symbols to look at; nil for all.
    public init(of store: any BlobStore, feed: String? = nil, symbols: Set<Symbol>? = nil) async throws {
        var entries: [CachePartition: Entry] = [:]
        var damagedSplits: [(symbol: Symbol, name: String, problem: String)] = []
        func isWanted(_ itsFeed: String, _ symbol: Symbol) -> Bool {
            feed.map { $0 == itsFeed } ?? true && symbols?.contains(symbol) ?? true
        }
        for listing in try await store.list(CachePartition.layout + "/") {
            if let splits = SplitsBlob(name: listing.name), isWanted(splits.feed, splits.symbol),
                let blob = try await store.read(listing.name)
            {
                do { _ = try splits.kept(blob) } catch {
                    damagedSplits.append((splits.symbol, listing.name, error.description))
                }
            }
            guard let (partition, month) = CachePartition.parse(listing.name),
                isWanted(partition.feed, partition.symbol), let blob = try await store.read(listing.name)
            else { continue }
            var entry =
                entries[partition]
                ?? Entry(feed: partition.feed, symbol: partition.symbol, timeframe: partition.timeframe)
            entry.files += 1
            entry.bytes += blob.bytes.count
            do {
                let kept = try CachedMonth(blob.bytes, partition: partition, month: month)
                entry.bars += kept.bars.count
                entry.sessions += kept.sessions
                entry.emptySessions += kept.sessions.count { kept.bars.range(on: $0).isEmpty }
                entry.lastFetched = max(entry.lastFetched ?? kept.fetchedAt, kept.fetchedAt)
            } catch {
                entry.damaged.append((listing.name, "\(error)"))
            }
            entries[partition] = entry
        }
        for (partition, entry) in entries {
            guard let first = entry.sessions.first, let last = entry.sessions.last else { continue }
            let kept = Set(entry.sessions)
            entries[partition]?.holes = TradingCalendar.nyse.sessions(from: first, through: last)
                .map(\.date).filter { !kept.contains($0) }
        }
        self.damagedSplits = damagedSplits
        self.entries = entries.values.sorted {
            ($0.feed, $0.symbol, $0.timeframe.seconds) < ($1.feed, $1.symbol, $1.timeframe.seconds)
        }
    }
}

/// The bars that are in a cache and nothing else: for looking at them.
public struct CacheOnlySource: MarketDataSource {
    private let cached: CachedSource

    /// What `cached` keeps.
    public init(_ cached: CachedSource) { self.cached = cached }

    public var label: String { "\(cached.label) (cache)" }

    public func intradayBars(
        of symbol: Symbol, timeframe: Timeframe, from first: CivilDate, through last: CivilDate
    ) async throws -> IntradayBars {
        try await kept(symbol, timeframe, first, last)
    }

    public func dailyBars(of symbol: Symbol, from first: CivilDate, through last: CivilDate) async throws -> DailyBars?
    {
        var daily = DailyBars()
        let bars = try await kept(symbol, .day, first, last).bars
        for index in 0..<bars.count {
            daily.append(bars[index], on: NewYorkTime.date(of: Instant(secondsSinceEpoch: bars.times[index])))
        }
        return daily
    }

    private func kept(
        _ symbol: Symbol, _ timeframe: Timeframe, _ first: CivilDate, _ last: CivilDate
    ) async throws -> IntradayBars {
        let partition = CachePartition(feed: cached.feed, symbol: symbol, timeframe: timeframe)
        var bars = BarColumns()
        var sessions: [CivilDate] = []
        var damages: [String] = []
        for listing in try await cached.cache.store.list(partition.prefix) {
            guard let month = CachePartition.parse(listing.name)?.month, month.dates.overlaps(first...last),
                let blob = try await cached.cache.store.read(listing.name)
            else { continue }
            do {
                let kept = try CachedMonth(blob.bytes, partition: partition, month: month)
                bars.append(kept.bars)
                sessions += kept.sessions
            } catch {
                damages.append("\(listing.name) is damaged: \(error)")
            }
        }
        // From the first bar on: before a symbol was listed there is nothing to miss.
        guard let start = bars.times.first.map({ NewYorkTime.date(of: Instant(secondsSinceEpoch: $0)) }),
            let end = sessions.last
        else {
            throw PlaybookError(
                .sourceUnavailable, "the cache \(cached.cache.store.location) has no \(timeframe) bars of \(symbol)",
                nextStep: timeframe == .minutes(1)
                    ? "Name dates with --start and --end: then they are fetched."
                    : "Fetch them: trading-playbook fetch --symbol \(symbol) --start YYYY-MM-DD.")
        }
        bars = bars.slice(bars.range(on: first).lowerBound..<bars.range(on: last).upperBound)
        return IntradayBars(timeframe: timeframe, bars: bars, coverage: start...end, warnings: damages)
    }
}
