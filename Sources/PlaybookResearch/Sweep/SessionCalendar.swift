public import PlaybookCore

/// The sessions of a range, of one market: those that a daily series has a value for.
public struct SessionCalendar: Sendable {
    /// The sessions, ascending.
    public let sessions: [TradingSession]
    /// The market's sessions of a year.
    public let sessionsPerYear: Int

    /// The sessions of a market in a range of dates, those that are over by `now`.
    public init(_ market: Market, from first: CivilDate, through last: CivilDate, now: Instant? = nil) {
        let all = market.calendar.sessions(from: first, through: last)
        sessions = Array(now.map { now in all.filter { $0.close <= now } } ?? Array(all))
        sessionsPerYear = market.sessionsPerYear
    }

    /// The dates.
    public var dates: [CivilDate] { sessions.map(\.date) }

    /// How many sessions.
    public var count: Int { sessions.count }

    /// How many minutes all of them have.
    public var minutes: Int { sessions.reduce(0) { $0 + $1.tradingMinutes } }

    /// The place of the session on a date; nil where there is none.
    public func place(of date: CivilDate) -> Int? {
        var (low, high) = (0, sessions.count)
        while low < high {
            let middle = (low + high) / 2
            if sessions[middle].date < date { low = middle + 1 } else { high = middle }
        }
        return low < sessions.count && sessions[low].date == date ? low : nil
    }

    /// The sessions that the history has no bar of: they count as sessions that brought 0.
    public func missing(in history: BarHistory) -> [CivilDate] {
        var there: Set<CivilDate> = []
        for index in history.requested where !history.slices[index].bars.isEmpty {
            there.insert(history.slices[index].session.date)
        }
        return dates.filter { !there.contains($0) }
    }

    /// The series of what trades brought.
    public func series(_ trades: some Sequence<TradeOutcome>, capital: Double) -> ReturnSeries {
        ReturnSeries(net: trades.daily(count), capital: capital, sessionsPerYear: sessionsPerYear)
    }

    /// The figures of trades.
    public func figures(_ trades: [TradeOutcome], capital: Double) -> FigureSet {
        FigureSet(series(trades, capital: capital), trades: trades, minutes: minutes)
    }
}
