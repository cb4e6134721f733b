/// For how long a session whose bars are missing is asked for again: late data comes within days, and so do repairs.
public enum RepairWindow {
    /// For how many sessions after it.
    public static let sessions = 10
    /// A session that lacks this many minutes of bars or more may have been cut off, and is told of.
    public static let minutes = 10.0

    /// The first date whose missing bars are still asked for at `now`.
    public static func start(_ now: Instant, in market: Market = .xnys) -> CivilDate {
        let calendar = market.calendar
        var last = calendar.sessionIndex(onOrAfter: market.clock.date(of: now)) ?? calendar.allSessions.count - 1
        while last > 0, calendar.allSessions[last].close > now { last -= 1 }
        return calendar.allSessions[max(0, last - sessions)].date
    }

    /// The earliest of these dates in several markets.
    public static func start(_ now: Instant, in markets: some Sequence<Market>) -> CivilDate {
        markets.map { start(now, in: $0) }.min() ?? start(now)
    }

    /// Whether the session of a date lacks so many of its bars that it is told of.
    ///
    /// - Parameter completeness: the share of its bars that exist, 0 to 1.
    public static func isTold(_ completeness: Double, on date: CivilDate, in market: Market = .xnys) -> Bool {
        guard let session = market.calendar.session(on: date) else { return false }
        // The journal keeps four decimals of the share.
        return (1 - completeness) * Double(session.tradingMinutes) >= minutes - 0.03
    }
}
