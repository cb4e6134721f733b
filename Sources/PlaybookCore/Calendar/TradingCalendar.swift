/// The days and hours of an exchange's regular trading sessions.
public struct TradingCalendar: Sendable {
    /// The New York Stock Exchange, from 1998-01-01 through 2035-12-31.
    ///
    /// Dates yet to come follow today's holiday rules. The calendar is built on first use.
    public static let nyse = TradingCalendar(nyseYears: 1998...2035)

    /// The dates the calendar knows; outside them it has no sessions and no closures.
    public let supportedDates: ClosedRange<CivilDate>

    /// Every session of the supported dates, in the order of their dates.
    public let allSessions: [TradingSession]

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
