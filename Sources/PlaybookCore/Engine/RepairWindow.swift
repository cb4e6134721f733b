/// For how long a session whose bars are missing is asked for again: late data comes within days, and so do repairs.
public enum RepairWindow {
    /// For how many sessions after it.
    public static let sessions = 10
    /// A session that lacks this many minutes of bars or more may have been cut off, and is told of.
    public static let minutes = 10.0

    /// The first date whose missing bars are still asked for at `now`.
    public static func start(_ now: Instant, calendar: TradingCalendar = .nyse) -> CivilDate {
        let next = calendar.sessionIndex(onOrAfter: NewYorkTime.date(of: now)) ?? calendar.allSessions.count
        let isOver = next < calendar.allSessions.count && calendar.allSessions[next].close <= now
        let last = isOver ? next : next - 1
        return calendar.allSessions[max(0, last - sessions)].date
    }

    /// Whether the session of a date lacks so many of its bars that it is told of.
    ///
    /// - Parameter completeness: the share of its bars that exist, 0 to 1.
    public static func isTold(_ completeness: Double, on date: CivilDate, calendar: TradingCalendar = .nyse) -> Bool {
        guard let session = calendar.session(on: date) else { return false }
        // The journal keeps four decimals of the share.
        return (1 - completeness) * Double(session.minutes) >= minutes - 0.03
    }
}
