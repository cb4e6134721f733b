import PlaybookCore

/// Cuts a symbol's stream of bars into months: keeps the bars of the sessions wanted, drops the others (extended hours,
/// sessions that are there already), and knows when a month is over.
struct MonthAssembler {
    private let partition: CachePartition
    private let wanted: [TradingSession]
    private let now: Instant
    private let source: String
    /// Dates whose bars are not final, whatever the time.
    private let doubtful: Set<CivilDate>
    /// Whether the symbol is known to have bars; a month without bars is handed out only then, since a misspelt symbol
    /// has none either.
    private var hasBars: Bool
    /// Whether there were bars before the session that is looked at.
    private var hadBars: Bool
    /// The first of `wanted` that is not over in the stream.
    private var next = 0
    private var current: CachedMonth?
    private var finished: [CachedMonth] = []

    /// - Parameter wanted: sessions, ascending.
    init(
        _ partition: CachePartition, wanted: [TradingSession], isKnown: Bool, doubtful: Set<CivilDate> = [],
        now: Instant, source: String
    ) {
        self.partition = partition
        self.wanted = wanted
        self.now = now
        self.source = source
        self.doubtful = doubtful
        hasBars = isKnown
        hadBars = isKnown
    }

    /// Takes the next bars of the stream.
    mutating func take(_ bars: BarColumns) {
        var index = 0
        while index < bars.count, next < wanted.count {
            let hours = hours(of: wanted[next])
            while index < bars.count, bars.times[index] < hours.lowerBound { index += 1 }
            let start = index
            while index < bars.count, bars.times[index] < hours.upperBound { index += 1 }
            if index > start {
                hasBars = true
                hadBars = true
                open(Month(wanted[next].date))
                current?.bars.append(bars, start..<index)
            }
            // Bars left over lie after this session.
            if index < bars.count { close(wanted[next]) }
        }
    }

    /// Ends the stream: sessions through `last` are there, later ones are not.
    mutating func finish(through last: CivilDate) {
        while next < wanted.count, wanted[next].date <= last { close(wanted[next]) }
        if next < wanted.count, let bars = current?.bars {
            // Without the bars of a session that is not all there.
            let kept = bars.slice(0..<bars.firstIndex(at: hours(of: wanted[next]).lowerBound))
            current?.bars = kept
        }
        current.map { finished.append($0) }
        current = nil
    }

    /// The months that are over, and no longer held here.
    mutating func takeFinished() -> [CachedMonth] {
        guard hasBars else { return [] }
        defer { finished = [] }
        return finished
    }

    private mutating func open(_ month: Month) {
        if current?.month == month { return }
        current.map { finished.append($0) }
        current = CachedMonth(partition: partition, month: month, fetchedAt: now, source: source)
    }

    private mutating func close(_ session: TradingSession) {
        open(Month(session.date))
        let isSettled =
            session.close.secondsSinceEpoch + MarketDataSettling.seconds <= now.secondsSinceEpoch
            && (reachesEnd(of: session) || session.date < RepairWindow.start(now, in: partition.symbol.market)
                || isBeforeFirstBar(session))
        if isSettled, !doubtful.contains(session.date) {
            current?.sessions.append(session.date)
        } else {
            current?.provisional.append(session.date)
        }
        next += 1
    }

    /// Whether a session of days ago lies before all bars of the symbol, as far as is known: it was not listed yet.
    private func isBeforeFirstBar(_ session: TradingSession) -> Bool {
        !hadBars && session.close.secondsSinceEpoch + MarketDataSettling.secondsBeforeFirstBar <= now.secondsSinceEpoch
    }

    /// Whether the bars go on until the session's last ten minutes; of daily bars, whether there is one.
    private func reachesEnd(of session: TradingSession) -> Bool {
        guard let last = current?.bars.times.last else { return false }
        return last
            >= (partition.timeframe == .day
                ? hours(of: session).lowerBound : hours(of: session).upperBound - MarketDataSettling.tail)
    }

    private func hours(of session: TradingSession) -> Range<Int64> {
        if partition.timeframe == .day {
            let midnight = partition.symbol.market.clock.midnight(of: session.date)
            return midnight..<(midnight + 1)
        }
        return session.open.secondsSinceEpoch..<session.close.secondsSinceEpoch
    }
}

/// When the bars of a session are taken to be final.
enum MarketDataSettling {
    /// Seconds after the close: late trades and, on free plans, the last quarter of an hour have come in by then.
    static let seconds: Int64 = 20 * 60
    /// A session without a bar in this many seconds before its close is a quiet symbol's, or one that the source has not
    /// got whole: it is not kept while it may be repaired.
    static let tail: Int64 = 600
    /// Seconds after the close of a session before a symbol's first bar.
    static let secondsBeforeFirstBar: Int64 = 3 * 24 * 3600
}
