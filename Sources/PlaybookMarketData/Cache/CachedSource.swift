public import PlaybookCore
import PlaybookParquet

/// Any source with a cache of sealed Parquet files before it: a file a symbol, timeframe and month.
///
/// What is kept is never wrong later: bars are raw, splits are kept beside them and applied when bars are read; only
/// sessions that are over and settled are kept; every file carries a checksum, and a damaged one is set aside and its
/// sessions are fetched again. What is there is not asked for again, be it a session without bars.
public struct CachedSource: MarketDataSource {
    /// The source behind the cache.
    public let base: any MarketDataSource
    let cache: BarCache
    let feed: String
    let clock: any WallClock
    /// Sessions whose bars are asked for again, though they are kept.
    var again: Set<CivilDate> = []
    private let flights = SingleFlight<CachePartition>()

    /// A cache in `store` before `base`.
    ///
    /// - Parameters:
    ///   - feed: a name for what `base` hands out, safe in file names: bars of different feeds are kept apart.
    ///   - statistics: counts what the cache was good for.
    public init(
        _ base: any MarketDataSource, in store: any BlobStore, feed: String, clock: any WallClock,
        statistics: CacheStatistics = CacheStatistics()
    ) {
        self.base = base
        self.feed = feed
        self.clock = clock
        cache = BarCache(store: store, statistics: statistics)
    }

    public var label: String { base.label }

    /// The same source, which asks for the bars of some sessions again as long as they may be repaired, though it keeps
    /// some.
    public func asking(againFor dates: Set<CivilDate>) -> CachedSource {
        var source = self
        source.again = dates
        return source
    }

    public var hasRegularHoursOnly: Bool { base.hasRegularHoursOnly }

    public func intradayBars(
        of symbol: Symbol, timeframe: Timeframe, from first: CivilDate, through last: CivilDate
    ) async throws -> IntradayBars {
        try await bars(of: symbol, timeframe, from: first, through: last)
    }

    public func dailyBars(of symbol: Symbol, from first: CivilDate, through last: CivilDate) async throws -> DailyBars?
    {
        let found = try await bars(of: symbol, .day, from: first, through: last)
        return DailyBars(stampedWithMidnight: found.bars, on: symbol.market.clock, warnings: found.warnings)
    }

    public func hasSessionBars(
        of symbol: Symbol, timeframe: Timeframe, from first: CivilDate, through last: CivilDate, daily: DailyBars?
    ) async throws -> Bool {
        try await base.hasSessionBars(of: symbol, timeframe: timeframe, from: first, through: last, daily: daily)
    }

    public func calendarCheck(from first: CivilDate, through last: CivilDate) async throws -> CalendarCheck {
        try await base.calendarCheck(from: first, through: last)
    }

    private func bars(
        of symbol: Symbol, _ timeframe: Timeframe, from first: CivilDate, through last: CivilDate
    ) async throws -> IntradayBars {
        let partition = CachePartition(feed: feed, symbol: symbol, timeframe: timeframe)
        return try await flights.run(partition) { try await bars(partition, from: first, through: last) }
    }

    private func bars(
        _ partition: CachePartition, from first: CivilDate, through last: CivilDate
    ) async throws -> IntradayBars {
        let now = clock.now()
        let market = partition.symbol.market
        let sessions = market.calendar.sessions(from: first, through: last).prefix { $0.close <= now }
        var (stock, older, warnings) = try await kept(
            partition, from: first, through: sessions.last?.date ?? first,
            repairsFrom: RepairWindow.start(now, in: market))
        let missing = stock.missing(sessions)
        cache.statistics.add { $0.sessionsFromCache += sessions.count - missing.count }
        var end = last
        if !missing.isEmpty {
            let filler = CacheFiller(source: base, cache: cache, feed: feed, now: now)
            let known: Set<Symbol> = stock.hasBars ? [partition.symbol] : []
            var unkept: PlaybookError?
            do {
                let report = try await filler.fill(
                    partition.timeframe, missing: [partition.symbol: missing], known: known
                ) { month in
                    cache.statistics.add { $0.sessionsFetched += month.known.count }
                    let before = older[month.month]
                    stock.add(before?.only(month.known.contains).updated(with: month) ?? month)
                    // A cache that cannot be written costs time, not results.
                    guard unkept == nil else { return }
                    do {
                        try await cache.keep(month, again: before?.known ?? [])
                    } catch let error as PlaybookError { unkept = error }
                }
                warnings += report.warnings
                end = report.ends[partition.symbol] ?? last
            } catch let error as PlaybookError where error.code != .badData && kept(older, holds: missing) {
                warnings.append("bars could not be asked for again, those kept are used: \(error.message)")
            }
            if let unkept { warnings.append("the cache could not be written: \(unkept.message)") }
        }
        // What the source does not have any more is there still.
        for month in older.values { stock.add(month) }
        let bars = stock.joined()
        let lastSession = market.calendar.sessions(from: first, through: last).last?.date
        let isWhole = end >= last && sessions.last?.date == lastSession
        guard bars.count > 0 || !isWhole || market.isPremarket else {
            throw PlaybookError(
                .sourceUnavailable,
                "\(base.label) has no \(partition.timeframe) bars of \(partition.symbol) from \(first) through \(last)",
                nextStep: "Check the symbol, the dates and the feed.")
        }
        let covered = min(end, sessions.last?.date ?? first.adding(days: -1))
        return IntradayBars(
            timeframe: partition.timeframe, bars: bars, coverage: isWhole ? nil : Self.coverage(first, covered),
            warnings: warnings)
    }

    /// Whether all of `missing` is only asked for again.
    private func kept(_ older: [Month: CachedMonth], holds missing: [TradingSession]) -> Bool {
        missing.allSatisfy { older[Month($0.date)]?.known.contains($0.date) ?? false }
    }

    /// From `first` through `last`; the day before `first` when nothing is covered.
    private static func coverage(_ first: CivilDate, _ last: CivilDate) -> ClosedRange<CivilDate> {
        last < first ? last...last : first...last
    }
}
