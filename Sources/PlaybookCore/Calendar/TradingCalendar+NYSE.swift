extension TradingCalendar {
    /// The market identifier (ISO 10383) of the New York Stock Exchange.
    public static let nyseMarket = "XNYS"

    /// Builds the sessions of whole years, week by week.
    ///
    /// Every run of a program pays for this, so it does no more than it must.
    init(nyseYears years: ClosedRange<Int>) {
        let first = CivilDate(validYear: years.lowerBound, month: 1, day: 1)
        let dates = first...CivilDate(validYear: years.upperBound, month: 12, day: 31)
        let closures = Self.closures(in: years, within: dates)
        let earlyCloses = Self.earlyCloses(in: years, within: dates)
        var sessions: [TradingSession] = []
        sessions.reserveCapacity(years.count * Self.mostSessionsInAYear)
        var monday = first.adding(days: Weekday.monday.rawValue - first.weekday.rawValue)
        while monday <= dates.upperBound {
            // Clocks change on Sundays only.
            let isDaylightSaving = NewYorkTime.utcOffset(on: monday) == NewYorkTime.daylightOffset
            for day in 0..<5 {
                let date = monday.adding(days: day)
                if !dates.contains(date) || closures.contains(date) { continue }
                let isEarlyClose = earlyCloses.contains(date)
                sessions.append(
                    TradingSession(date: date, isEarlyClose: isEarlyClose, isDaylightSaving: isDaylightSaving))
            }
            monday = monday.adding(days: 7)
        }
        supportedDates = dates
        allSessions = sessions
    }

    /// Why the exchange does not trade on a date: "Saturday", "Thanksgiving Day", "Hurricane Sandy".
    ///
    /// `nil` when there is a session, and when the date is not supported.
    public func closureReason(on date: CivilDate) -> String? {
        guard supportedDates.contains(date) else { return nil }
        let weekday = date.weekday
        if weekday.isWeekend { return weekday.name }
        if let exception = NYSEException.closures.first(where: { $0.date == date }) { return exception.reason }
        let year = date.year
        return NYSEHoliday.allCases.first { $0.closure(in: year) == date }?.reason(in: year)
    }

    /// Why the session of a date closes early: "Christmas Eve", "Day after Thanksgiving Day".
    ///
    /// `nil` when there is a full session or none, and when the date is not supported.
    public func earlyCloseReason(on date: CivilDate) -> String? {
        guard supportedDates.contains(date) else { return nil }
        if let exception = NYSEException.earlyCloses.first(where: { $0.date == date }) { return exception.reason }
        let year = date.year
        return NYSEEarlyClose.allCases.first { $0.date(in: year) == date }?.reason
    }

    /// Of a year's 260 to 262 weekdays at least eight are holidays.
    private static let mostSessionsInAYear = 254

    private static func closures(in years: ClosedRange<Int>, within dates: ClosedRange<CivilDate>) -> DaySet {
        var days = DaySet(within: dates)
        for year in years {
            for holiday in NYSEHoliday.allCases {
                if let date = holiday.closure(in: year) { days.insert(date) }
            }
        }
        for exception in NYSEException.closures { days.insert(exception.date) }
        return days
    }

    private static func earlyCloses(in years: ClosedRange<Int>, within dates: ClosedRange<CivilDate>) -> DaySet {
        var days = DaySet(within: dates)
        for year in years {
            for earlyClose in NYSEEarlyClose.allCases {
                if let date = earlyClose.date(in: year) { days.insert(date) }
            }
        }
        for exception in NYSEException.earlyCloses { days.insert(exception.date) }
        return days
    }
}
