/// Which sessions of those looked at a source covers: from the first to the last that has a bar within its hours, of all
/// that the source has. Bars before the open or after the close do not count.
struct SessionCoverage {
    /// The sessions through the last one covered, without one that is late. Earlier ones than the first one covered may be
    /// among them: those are looked at, and have no row.
    private(set) var sessions: ArraySlice<TradingSession>
    /// The place in `sessions` of the first one asked for that is covered; nil when there is none.
    private(set) var requestedFrom: Int?
    /// The last one looked at, when it closed so lately that its missing bars may still come.
    private(set) var late: LateSession?
    /// The first and last date covered, as far as is known; nil when there is no bar at all.
    private(set) var dates: ClosedRange<CivilDate>?

    /// - Parameters:
    ///   - looked: successive sessions, of which `intraday` are the bars.
    ///   - daily: the source's own daily bars, also of earlier sessions; nil where they are not known.
    /// - Throws: what the source throws, which is asked when bars are missing at either end.
    init(
        of looked: ArraySlice<TradingSession>, _ request: HistoryRequest, _ intraday: IntradayBars, _ daily: DailyBars?,
        _ source: any MarketDataSource
    ) async throws {
        let known = intraday.coverage
        sessions = looked.filter { known?.contains($0.date) ?? true }[...]
        dates = known
        guard let first = sessions.first?.date, let last = sessions.last?.date else {
            takeOutLate(looked, bars: 0..<0, intraday, request)
            return
        }
        let bars = intraday.bars.ranges(of: sessions)
        let present = sessions.indices.filter { !bars[$0].isEmpty }
        var (start, end) = (present.first ?? sessions.endIndex, (present.last ?? -1) + 1)
        let market = request.symbol.market
        let supported = market.calendar.supportedDates
        let wanted = request.sessions.lowerBound
        if start > sessions.startIndex, sessions[start - 1].date >= wanted,
            known.map({ $0.lowerBound <= first }) ?? true,
            try await source.hasSessionBars(
                of: request.symbol, timeframe: request.sourceTimeframe, from: supported.lowerBound,
                through: first.adding(days: -1), daily: daily)
        {
            start = sessions.startIndex
        }
        // What has not been traded yet need not be asked for.
        let newest = min(request.now.map { market.clock.date(of: $0) } ?? supported.upperBound, supported.upperBound)
        if end < sessions.endIndex, start < sessions.endIndex, last < newest,
            known.map({ $0.upperBound > last }) ?? true,
            try await source.hasSessionBars(
                of: request.symbol, timeframe: request.sourceTimeframe, from: last.adding(days: 1), through: newest,
                daily: nil)
        {
            end = sessions.endIndex
        }
        let isWhole = start == sessions.startIndex && end == sessions.endIndex
        if start < end, known != nil || !isWhole {
            let isFromStart = start == sessions.startIndex || sessions[start - 1].date < wanted
            let oldest = isFromStart ? known?.lowerBound : nil
            let newest = end == sessions.endIndex ? known?.upperBound : nil
            dates = (oldest ?? sessions[start].date)...(newest ?? sessions[end - 1].date)
        } else if start >= end {
            dates = nil
        }
        if start < end { requestedFrom = sessions[start..<end].firstIndex { $0.date >= wanted } }
        sessions = start < end ? sessions[..<end] : []
        takeOutLate(looked, bars: start < end ? bars[end - 1] : 0..<0, intraday, request)
    }

    /// Takes the last session looked at out when it is late, or notes that it is not there yet.
    private mutating func takeOutLate(
        _ looked: ArraySlice<TradingSession>, bars: Range<Int>, _ intraday: IntradayBars, _ request: HistoryRequest
    ) {
        guard let now = request.now, let session = looked.last else { return }
        if sessions.last?.date == session.date {
            late = LateSession(session, bars: intraday.bars.times[bars], intraday.timeframe, now: now)
            if late != nil {
                sessions.removeLast()
                if requestedFrom == sessions.endIndex { requestedFrom = nil }
            }
        } else if intraday.coverage?.contains(session.date) ?? true, let end = sessions.last?.date ?? dates?.upperBound,
            request.symbol.market.calendar.sessions(from: end.adding(days: 1), through: session.date).count == 1
        {
            late = LateSession(session, bars: [], intraday.timeframe, now: now)
        }
    }
}

/// A session that closed less than four hours ago and has no bar in its last ten minutes: its bars may still come.
public struct LateSession: Sendable, Hashable {
    /// The session.
    public let session: TradingSession
    /// When its last bar opens; nil without bars.
    public let lastBar: Instant?

    /// A session without a bar this long before its close, in seconds, is short.
    static let tail: Int64 = 600
    /// For how long after the close bars may still come, in seconds.
    static let patience: Int64 = 4 * 3600

    /// Nil when the session is whole, or closed long enough ago.
    ///
    /// - Parameter bars: when the session's bars open, ascending.
    init?(_ session: TradingSession, bars: ArraySlice<Int64>, _ timeframe: Timeframe, now: Instant) {
        guard Self.mayStillCome(session, now: now),
            !Self.reachesEnd(session, lastBar: bars.last, timeframe)
        else { return nil }
        self.session = session
        lastBar = bars.last.map { Instant(secondsSinceEpoch: $0) }
    }

    /// Whether bars of a session that is not whole may still come.
    ///
    /// - Parameter now: nil for never.
    public static func mayStillCome(_ session: TradingSession, now: Instant?) -> Bool {
        now.map { $0.secondsSinceEpoch < session.close.secondsSinceEpoch + patience } ?? false
    }

    /// Whether a session's last bar lies within its last ten minutes.
    ///
    /// - Parameter lastBar: when it opens; nil without bars.
    static func reachesEnd(_ session: TradingSession, lastBar: Int64?, _ timeframe: Timeframe) -> Bool {
        lastBar.map { $0 + timeframe.seconds > session.close.secondsSinceEpoch - tail } ?? false
    }

    /// What a run that is not done says of it.
    public func error(of symbol: Symbol) -> PlaybookError {
        let end = session.timeOfDay(
            of: Instant(secondsSinceEpoch: session.close.secondsSinceEpoch + Self.patience))
        return PlaybookError(
            .tryAgain,
            "\(symbol): the session of \(session.date) "
                + (lastBar.map { "is not all there yet, its last bar is \(session.timeOfDay(of: $0))" }
                    ?? "has no bar yet") + ": no row is written",
            nextStep: "Run again later; from \(end) on, \(symbol.market.clock.name), it is taken as it is.")
    }
}

extension BarColumns {
    /// The places of the bars within the hours of each of `sessions`, ascending.
    func ranges(of sessions: ArraySlice<TradingSession>) -> [Range<Int>] {
        var index = 0
        return times.withUnsafeBufferPointer { times in
            sessions.map { session in
                let start = times.place(of: session.open.secondsSinceEpoch, from: index)
                index = times.place(of: session.close.secondsSinceEpoch, from: start)
                return start..<index
            }
        }
    }

    /// Whether a bar lies within the hours of one of `sessions`.
    public func hasBar(in sessions: ArraySlice<TradingSession>) -> Bool {
        ranges(of: sessions).contains { !$0.isEmpty }
    }
}

extension UnsafeBufferPointer<Int64> {
    /// The place of the first of ascending numbers that is `least` or more, at `start` or after it: near places are
    /// looked at first, in steps that double.
    fileprivate func place(of least: Int64, from start: Int) -> Int {
        var (low, step) = (start, 1)
        while low + step <= count, self[low + step - 1] < least {
            low += step
            step *= 2
        }
        var high = Swift.min(low + step, count)
        while low < high {
            let middle = (low + high) / 2
            if self[middle] < least { low = middle + 1 } else { high = middle }
        }
        return low
    }
}

extension BarHistory {
    /// What is said of sessions that were cut off when they were run.
    ///
    /// - Parameter minimumCompleteness: those with a smaller share of their bars, 0 to 1, are told of elsewhere.
    func shortSessionWarnings(minimumCompleteness: Double) -> [DataWarning] {
        func last(_ index: Int) -> Int64? {
            max(slices[index].bars.last.map { bars.times[$0] } ?? .min, quiet?.last[index] ?? .min)
        }
        let short = requested.filter { index in
            slices[index].completeness >= minimumCompleteness - 1e-9
                && !LateSession.reachesEnd(slices[index].session, lastBar: last(index), timeframe)
        }.map { slices[$0] }
        guard let first = short.first else { return [] }
        let last = first.bars.last.map { first.session.timeOfDay(of: Instant(secondsSinceEpoch: bars.times[$0])) }
        return [
            DataWarning(
                symbol: symbol,
                message:
                    "\(counted(short.count, "session")) without a bar in their last ten minutes; the first: \(first.session.date), "
                    + (last.map { "whose last bar is \($0)" } ?? "which has none"))
        ]
    }
}
