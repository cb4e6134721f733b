/// The days and hours of a market's regular trading sessions.
public struct TradingCalendar: Sendable {
    /// The dates the calendar knows; outside them it has no sessions and no closures.
    public let supportedDates: ClosedRange<CivilDate>

    /// Every session of the supported dates, in the order of their dates.
    public let allSessions: [TradingSession]

    private let reasonOfClosure, reasonOfEarlyClose: @Sendable (CivilDate) -> String?

    /// A calendar.
    ///
    /// - Parameters:
    ///   - sessions: the sessions of `supportedDates`, ascending.
    ///   - closureReason: why there is none on a date, as far as it is known.
    ///   - earlyCloseReason: why the session of a date closes early, as far as it is known.
    public init(
        supportedDates: ClosedRange<CivilDate>, sessions: [TradingSession],
        closureReason: @escaping @Sendable (CivilDate) -> String? = { _ in nil },
        earlyCloseReason: @escaping @Sendable (CivilDate) -> String? = { _ in nil }
    ) {
        self.supportedDates = supportedDates
        allSessions = sessions
        reasonOfClosure = closureReason
        reasonOfEarlyClose = earlyCloseReason
    }

    /// The time before the open of each of a calendar's sessions.
    public init(premarketOf calendar: TradingCalendar, minutes: Int) {
        self.init(
            supportedDates: calendar.supportedDates,
            sessions: calendar.allSessions.map { $0.premarket(minutes: minutes) },
            closureReason: calendar.reasonOfClosure)
    }

    /// Why the market does not trade on a date: "Saturday", "Thanksgiving Day", "Hurricane Sandy".
    ///
    /// `nil` when there is a session, when the reason is not known, and when the date is not supported.
    public func closureReason(on date: CivilDate) -> String? {
        supportedDates.contains(date) ? reasonOfClosure(date) : nil
    }

    /// Why the session of a date closes early: "Christmas Eve", "Day after Thanksgiving Day".
    ///
    /// `nil` when there is a full session or none, when the reason is not known, and when the date is not supported.
    public func earlyCloseReason(on date: CivilDate) -> String? {
        supportedDates.contains(date) ? reasonOfEarlyClose(date) : nil
    }

    /// The session on a date, or `nil` when the exchange is closed then or the date is not supported.
    public func session(on date: CivilDate) -> TradingSession? {
        sessionIndex(on: date).map { allSessions[$0] }
    }

    /// The sessions from one date through another, both included.
    ///
    /// Dates outside the supported ones add none, nor does a `first` later than `last`. The slice keeps the indices
    /// of ``allSessions``.
    public func sessions(from first: CivilDate, through last: CivilDate) -> ArraySlice<TradingSession> {
        let from = max(first, supportedDates.lowerBound)
        let through = min(last, supportedDates.upperBound)
        guard from <= through else { return [] }
        return allSessions[countOfSessions(before: from)..<countOfSessions(before: through.adding(days: 1))]
    }

    /// The index in ``allSessions`` of the session on a date, or `nil` when there is none or the date is not supported.
    public func sessionIndex(on date: CivilDate) -> Int? {
        guard let index = sessionIndex(onOrAfter: date), allSessions[index].date == date else { return nil }
        return index
    }

    /// The index in ``allSessions`` of the first session on a date or after it.
    ///
    /// `nil` when the date is not supported or no known session follows it.
    public func sessionIndex(onOrAfter date: CivilDate) -> Int? {
        guard supportedDates.contains(date) else { return nil }
        let index = countOfSessions(before: date)
        return index < allSessions.count ? index : nil
    }

    /// The index in ``allSessions`` of the last session before a date.
    ///
    /// `nil` when the date is not supported or no known session precedes it.
    public func sessionIndex(before date: CivilDate) -> Int? {
        guard supportedDates.contains(date) else { return nil }
        let index = countOfSessions(before: date) - 1
        return index >= 0 ? index : nil
    }

    /// Makes sure that the calendar knows a date.
    ///
    /// - Throws: ``CalendarError/unsupportedDate(_:supported:)`` when the date lies outside ``supportedDates``.
    public func requireSupported(_ date: CivilDate) throws(CalendarError) {
        guard supportedDates.contains(date) else {
            throw .unsupportedDate(date, supported: supportedDates)
        }
    }

    /// The number of sessions before a date, found by halving the sessions it can lie among.
    private func countOfSessions(before date: CivilDate) -> Int {
        var low = 0
        var high = allSessions.count
        while low < high {
            let middle = (low + high) / 2
            if allSessions[middle].date < date { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
