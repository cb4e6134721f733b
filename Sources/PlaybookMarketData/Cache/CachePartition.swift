import PlaybookCore
import PlaybookParquet

/// The part of the cache that belongs to a symbol's bars of one timeframe and feed: a file a month.
struct CachePartition: Hashable {
    /// The first component of every name: another layout will have another.
    static let layout = "v1"

    let feed: String
    let symbol: Symbol
    let timeframe: Timeframe

    init(feed: String, symbol: Symbol, timeframe: Timeframe) {
        self.feed = feed
        self.symbol = symbol
        self.timeframe = timeframe
    }

    /// The blobs' names start with this.
    var prefix: String { "\(Self.layout)/\(feed)/\(Self.folder(of: symbol))/\(timeframe)/" }

    /// The folder of a symbol's blobs: with the market behind `@` where it is not the usual one.
    static func folder(of symbol: Symbol) -> String {
        symbol.market.isUsual ? symbol.fileName : "\(symbol.fileName)@\(symbol.market)"
    }

    /// The symbol whose blobs a folder holds; nil for any other folder.
    static func symbol(ofFolder name: some StringProtocol) -> Symbol? {
        Symbol(
            String(name.map { $0 == "_" ? "/" : $0 }),
            markets: Market.all.flatMap { [$0] + [$0.premarket].compactMap { $0 } })
    }

    /// The name of a month's blob.
    func name(of month: Month) -> String { "\(prefix)\(month).parquet" }

    /// The partition and month of a blob; nil for a blob that is none of theirs.
    static func parse(_ name: String) -> (partition: CachePartition, month: Month)? {
        let parts = name.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 5, parts[0] == layout, parts[4].hasSuffix(".parquet"),
            let symbol = symbol(ofFolder: parts[2]),
            let timeframe = Timeframe(parts[3]), let month = Month(parts[4].dropLast(8))
        else { return nil }
        return (CachePartition(feed: String(parts[1]), symbol: symbol, timeframe: timeframe), month)
    }
}

/// One month of a partition: bars, and the sessions that they are all the bars of.
struct CachedMonth {
    let partition: CachePartition
    let month: Month
    /// The bars of `sessions` and of `provisional`.
    var bars = BarColumns()
    /// Sessions whose bars are final, ascending; one without bars is known to have none.
    var sessions: [CivilDate] = []
    /// Sessions whose bars may still change, ascending: to be used, not to be kept.
    var provisional: [CivilDate] = []
    /// When the last of them were fetched.
    var fetchedAt: Instant
    /// What the source called the bars.
    var source: String
    /// The files that the bars came from, each with its digest, where the source tells.
    var origins: [String] = []

    /// All sessions that there is something known of.
    var known: Set<CivilDate> { Set(sessions).union(provisional) }

    /// The month with the sessions of `other` that it does not have.
    func merging(_ other: CachedMonth) -> CachedMonth {
        let added = other.known.subtracting(known)
        guard !added.isEmpty else { return self }
        var merged = self
        merged.sessions = (sessions + other.sessions.filter(added.contains)).sorted()
        merged.provisional = (provisional + other.provisional.filter(added.contains)).sorted()
        merged.fetchedAt = max(fetchedAt, other.fetchedAt)
        merged.origins += other.origins.filter { !origins.contains($0) }
        merged.bars = BarColumns(capacity: bars.count + other.bars.count)
        for date in merged.known.sorted() {
            let from = added.contains(date) ? other.bars : bars
            merged.bars.append(from, range(on: date, of: from))
        }
        return merged
    }

    /// The month with only some of its sessions.
    func only(_ isWanted: (CivilDate) -> Bool) -> CachedMonth {
        var part = self
        part.sessions = sessions.filter(isWanted)
        part.provisional = provisional.filter(isWanted)
        guard part.known.count < known.count else { return self }
        part.bars = BarColumns(capacity: bars.count)
        for date in part.known.sorted() { part.bars.append(bars, range(on: date, of: bars)) }
        return part
    }

    /// The month with the sessions of `later`, which was fetched later, in the place of its own where they have no fewer
    /// bars.
    func updated(with later: CachedMonth) -> CachedMonth {
        let taken = later.known.filter { date in
            !known.contains(date) || range(on: date, of: later.bars).count >= range(on: date, of: bars).count
        }
        return later.only(taken.contains).merging(self)
    }

    /// Whether the bars of one of its sessions go on until its last ten minutes; of daily bars, whether there is one.
    func reachesEnd(of session: TradingSession) -> Bool {
        let range = range(on: session.date, of: bars)
        guard let last = bars.times[range].last else { return false }
        return partition.timeframe == .day || last >= session.close.secondsSinceEpoch - MarketDataSettling.tail
    }

    /// The places of a session's bars among `bars`.
    func range(on date: CivilDate, of bars: BarColumns) -> Range<Int> {
        bars.range(on: date, partition.symbol.market, partition.timeframe)
    }

    /// Without what must not be kept.
    var final: CachedMonth {
        guard !provisional.isEmpty else { return self }
        return only(Set(sessions).contains)
    }
}

extension BarColumns {
    /// The places of the bars of a date; where sessions go on after midnight, of the session that starts on it.
    func range(on date: CivilDate, _ market: Market, _ timeframe: Timeframe) -> Range<Int> {
        if timeframe != .day, market.hours.crossesMidnight, let session = market.calendar.session(on: date) {
            return firstIndex(at: session.open.secondsSinceEpoch)..<firstIndex(at: session.close.secondsSinceEpoch)
        }
        return firstIndex(
            at: market.clock.midnight(of: date))..<firstIndex(
                at: market.clock.midnight(of: date.adding(days: 1)))
    }
}
