public import PlaybookCore
import PlaybookParquet

extension CachedSource {
    /// What to fetch into the cache.
    public typealias FetchRequest = CacheFetchRequest
    /// What there is of a symbol after a fetch.
    public typealias FetchOutcome = CacheFetchOutcome

    /// Fetches what the cache lacks, month by month; interrupted, it goes on from there the next time.
    ///
    /// - Parameters:
    ///   - progress: called with the number of sessions done and of all.
    ///   - warn: called with what is doubtful, in words.
    /// - Throws: a `PlaybookError` when nothing more could be fetched; what came before is kept.
    public func fetch(
        _ requests: [FetchRequest], timeframe: Timeframe, through last: CivilDate,
        progress: (Int, Int) -> Void, warn: (NeutralText) -> Void
    ) async throws -> [Symbol: FetchOutcome] {
        let now = clock.now()
        var plan = Plan()
        for request in requests { try await self.plan(request, timeframe, through: last, now, &plan, warn) }
        let total = plan.missing.values.reduce(0) { $0 + $1.count }
        var done = 0
        progress(done, total)
        let filler = CacheFiller(source: base, cache: cache, feed: feed, now: now)
        func fill(_ missing: [Symbol: [TradingSession]]) async throws {
            let report = try await filler.fill(timeframe, missing: missing, known: plan.known) { month in
                try await cache.keep(month)
                cache.statistics.add { $0.sessionsFetched += month.sessions.count }
                plan.outcomes[month.partition.symbol]?.fetched += month.sessions.count
                done += month.known.count
                progress(done, total)
            }
            report.warnings.forEach(warn)
        }
        do {
            try await fill(plan.missing)
        } catch let error as PlaybookError where error.code == .badData && plan.missing.count > 1 {
            // One symbol's bars are not right: the others get theirs on their own.
            for request in requests where plan.missing[request.symbol] != nil {
                let symbol = request.symbol
                var again = Plan()
                try await self.plan(request, timeframe, through: last, now, &again) { _ in }
                do { try await fill(again.missing) } catch let error as PlaybookError where error.code == .badData {
                    plan.outcomes[symbol]?.error = error
                }
            }
        }
        for (symbol, before) in plan.outcomes {
            guard let missing = plan.missing[symbol] else { continue }
            var outcome = before
            outcome.pending = missing.count - outcome.fetched
            if !plan.known.contains(symbol), outcome.fetched == 0, outcome.error == nil {
                outcome.error = PlaybookError(
                    .sourceUnavailable, "\(label) has no \(timeframe) bars of \(symbol)",
                    nextStep: "Check the symbol, the dates and the feed.")
            }
            plan.outcomes[symbol] = outcome
        }
        return plan.outcomes
    }

    /// Where the cache is.
    public var location: String { cache.store.location }

    /// What the cache holds of this source's feed.
    ///
    /// - Parameter symbol: the symbol to look at, its bars before the open among them; nil for all.
    public func inventory(of symbol: Symbol? = nil) async throws -> CacheInventory {
        let symbols = symbol.map { Set([$0, $0.inPremarket].compactMap { $0 }) }
        return try await CacheInventory(of: cache.store, feed: feed, symbols: symbols)
    }

    /// Sets damaged files of a symbol aside, those of bars before the open among them, and fetches their sessions and those
    /// missing between others.
    ///
    /// - Returns: what was done, in words.
    public func repair(_ symbol: Symbol) async throws -> [String] {
        var repairs: [String] = []
        let inventory = try await inventory(of: symbol)
        for splits in inventory.damagedSplits {
            repairs.append(try await cache.setAside(splits.name, because: ParquetError(splits.problem)))
            try await fetchSplits(of: [symbol], through: symbol.market.clock.date(of: clock.now()))
        }
        for entry in inventory.entries where !entry.damaged.isEmpty || !entry.holes.isEmpty {
            let partition = CachePartition(feed: feed, symbol: entry.symbol, timeframe: entry.timeframe)
            let months = try await cache.store.list(partition.prefix).compactMap {
                CachePartition.parse($0.name)?.month
            }
            guard let firstMonth = months.first, let lastMonth = months.last else { continue }
            // No more than there was, unless the file at an end is damaged: then its whole month.
            let first = entry.sessions.first.map { Month($0) == firstMonth ? $0 : nil } ?? nil
            let last = entry.sessions.last.map { Month($0) == lastMonth ? $0 : nil } ?? nil
            let request = FetchRequest(
                symbol: entry.symbol, from: first ?? firstMonth.dates.lowerBound, isUpdate: false)
            let outcomes = try await fetch(
                [request], timeframe: entry.timeframe, through: last ?? lastMonth.dates.upperBound,
                progress: { _, _ in },
                warn: { repairs.append("\($0.description)") })
            let outcome = outcomes[entry.symbol] ?? FetchOutcome()
            if let error = outcome.error { throw error }
            let bars = "\(entry.timeframe)\(entry.symbol.market.isPremarket ? " before the open" : "")"
            repairs.append("\(bars): \(outcome.fetched) sessions fetched again")
        }
        return repairs
    }

    private struct Plan {
        var missing: [Symbol: [TradingSession]] = [:]
        var known: Set<Symbol> = []
        var outcomes: [Symbol: FetchOutcome] = [:]
    }

    private func plan(
        _ request: FetchRequest, _ timeframe: Timeframe, through last: CivilDate, _ now: Instant, _ plan: inout Plan,
        _ warn: (NeutralText) -> Void
    ) async throws {
        let partition = CachePartition(feed: feed, symbol: request.symbol, timeframe: timeframe)
        var outcome = FetchOutcome()
        defer { plan.outcomes[request.symbol] = outcome }
        let cachedMonths = try await cache.store.list(partition.prefix).compactMap {
            CachePartition.parse($0.name)?.month
        }
        let end = request.isUpdate ? cachedMonths.last?.dates.lowerBound : nil
        guard let first = end ?? request.first else {
            outcome.error = PlaybookError(
                .usage, "\(request.symbol) has no \(timeframe) bars in the cache yet",
                nextStep: "Say from when on with \(.set(.start)).")
            return
        }
        outcome.first = first
        let settled = now.secondsSinceEpoch - MarketDataSettling.seconds
        let sessions = request.symbol.market.calendar.sessions(from: first, through: last)
            .prefix { $0.close.secondsSinceEpoch <= settled }
        var covered: Set<CivilDate> = []
        if !cachedMonths.isEmpty { plan.known.insert(request.symbol) }
        for month in Month.months(from: first, through: sessions.last?.date ?? first) where cachedMonths.contains(month)
        {
            covered.formUnion(
                try await cache.read(partition, month, damage: { warn(NeutralText($0)) })?.month.sessions ?? [])
        }
        var missing = sessions.filter { !covered.contains($0.date) }
        outcome.present = sessions.count - missing.count
        if let oldest = base.oldestSession(of: request.symbol, timeframe: timeframe),
            let gone = missing.last(where: { $0.date < oldest })
        {
            warn(
                "\(label) gives no \(timeframe) bars of \(request.symbol) any more of \(missing[0].date) to \(gone.date)"
            )
            missing.removeAll { $0.date < oldest }
        }
        cache.statistics.add { $0.sessionsFromCache += outcome.present }
        if !missing.isEmpty { plan.missing[request.symbol] = Array(missing) }
    }
}
