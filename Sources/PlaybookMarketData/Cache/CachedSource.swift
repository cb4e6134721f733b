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
        try await bars(of: symbol, onlyTimeframe ?? timeframe, from: first, through: last)
    }

    public var onlyTimeframe: Timeframe? { base.onlyTimeframe }

    public var hasDailyBars: Bool { base.hasDailyBars }

    public func remark(on symbol: Symbol) -> String? { base.remark(on: symbol) }

    public func oldestSession(of symbol: Symbol, timeframe: Timeframe) -> CivilDate? {
        base.oldestSession(of: symbol, timeframe: timeframe)
    }

    public func dailyBars(of symbol: Symbol, from first: CivilDate, through last: CivilDate) async throws -> DailyBars?
    {
        guard hasDailyBars else { return nil }
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
        var missing = stock.missing(sessions)
        cache.statistics.add { [missing] in $0.sessionsFromCache += sessions.count - missing.count }
        let forgotten = takeForgotten(partition, &missing, older)
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
                warnings.append("bars could not be asked for again, those kept are used: \(error.facts)")
            }
            if let unkept { warnings.append("the cache could not be written: \(unkept.facts)") }
        }
        // What the source does not have any more is there still.
        for month in older.values { stock.add(month) }
        let bars = stock.joined()
        let lastSession = market.calendar.sessions(from: first, through: last).last?.date
        let isWhole = end >= last && sessions.last?.date == lastSession && forgotten == nil
        if let forgotten, forgotten > sessions.last?.date ?? first {
            let oldest = base.oldestSession(of: partition.symbol, timeframe: partition.timeframe) ?? forgotten
            throw PlaybookError.forgotten(partition.symbol, base, partition.timeframe, before: oldest)
        }
        guard bars.count > 0 || !isWhole || market.isPremarket else {
            throw PlaybookError(
                .sourceUnavailable,
                "\(base.label) has no \(partition.timeframe) bars of \(partition.symbol) from \(first) through \(last)",
                nextStep: "Check the symbol, the dates and the feed.")
        }
        let covered = min(end, sessions.last?.date ?? first.adding(days: -1))
        var found = IntradayBars(
            timeframe: partition.timeframe, bars: bars,
            coverage: isWhole ? nil : Self.coverage(max(first, forgotten ?? first), covered), warnings: warnings)
        found.forgottenBefore = forgotten
        return found
    }

    /// Takes out of `missing` what the source does not give any more.
    ///
    /// - Returns: the first session from which on nothing is forgotten; nil where nothing is.
    private func takeForgotten(
        _ partition: CachePartition, _ missing: inout [TradingSession], _ older: [Month: CachedMonth]
    ) -> CivilDate? {
        guard let oldest = base.oldestSession(of: partition.symbol, timeframe: partition.timeframe) else { return nil }
        let isKept = { (session: TradingSession) in older[Month(session.date)]?.known.contains(session.date) ?? false }
        let gone = missing.last { $0.date < oldest && !isKept($0) }
        missing.removeAll { $0.date < oldest }
        return gone.flatMap { gone in
            partition.symbol.market.calendar.sessionIndex(onOrAfter: gone.date.adding(days: 1)).map {
                partition.symbol.market.calendar.allSessions[$0].date
            }
        }
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
