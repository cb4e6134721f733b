public import PlaybookCore

/// The bars that are in a cache and nothing else: for looking at them.
public struct CacheOnlySource: MarketDataSource {
    private let cached: CachedSource

    /// What `cached` keeps.
    public init(_ cached: CachedSource) { self.cached = cached }

    public var label: String { "\(cached.label) (cache)" }

    public var hasRegularHoursOnly: Bool { cached.hasRegularHoursOnly }

    public func intradayBars(
        of symbol: Symbol, timeframe: Timeframe, from first: CivilDate, through last: CivilDate
    ) async throws -> IntradayBars {
        try await kept(symbol, onlyTimeframe ?? timeframe, first, last)
    }

    public var onlyTimeframe: Timeframe? { cached.onlyTimeframe }

    public var hasDailyBars: Bool { cached.hasDailyBars }

    public func dailyBars(of symbol: Symbol, from first: CivilDate, through last: CivilDate) async throws -> DailyBars?
    {
        guard hasDailyBars else { return nil }
        let found = try await kept(symbol, .day, first, last)
        return DailyBars(stampedWithMidnight: found.bars, on: symbol.market.clock, warnings: found.warnings)
    }

    /// Nothing lies beyond what is kept.
    public func hasSessionBars(
        of symbol: Symbol, timeframe: Timeframe, from first: CivilDate, through last: CivilDate, daily: DailyBars?
    ) async throws -> Bool {
        do {
            let found = try await kept(symbol, onlyTimeframe ?? timeframe, first, last)
            return found.bars.hasBar(in: symbol.market.calendar.sessions(from: first, through: last))
        } catch let error as PlaybookError where error.code == .sourceUnavailable {
            return false
        }
    }

    private func kept(
        _ symbol: Symbol, _ timeframe: Timeframe, _ first: CivilDate, _ last: CivilDate
    ) async throws -> IntradayBars {
        let partition = CachePartition(feed: cached.feed, symbol: symbol, timeframe: timeframe)
        var bars = BarColumns()
        var sessions: [CivilDate] = []
        var damages: [NeutralText] = []
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
        guard let start = bars.times.first.map({ symbol.market.sessionDate(at: Instant(secondsSinceEpoch: $0)) }),
            let end = sessions.last
        else {
            if symbol.market.isPremarket { return IntradayBars(timeframe: timeframe, bars: BarColumns()) }
            throw PlaybookError(
                .sourceUnavailable, "the cache \(cached.cache.store.location) has no \(timeframe) bars of \(symbol)",
                nextStep: timeframe == .minutes(1) && onlyTimeframe == nil
                    ? "Name dates with \(.set(.start)) and \(.set(.end)): then they are fetched."
                    : "Fetch them: \(.run(.fetchBars(symbol: symbol.qualifiedName, from: "YYYY-MM-DD"))).")
        }
        bars = bars.slice(
            bars.range(on: first, symbol.market, timeframe)
                .lowerBound..<bars.range(on: last, symbol.market, timeframe)
                .upperBound)
        return IntradayBars(timeframe: timeframe, bars: bars, coverage: start...end, warnings: damages)
    }
}
