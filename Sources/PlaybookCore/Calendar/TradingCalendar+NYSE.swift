extension TradingCalendar {
    /// The New York Stock Exchange, from 1998-01-01 through 2035-12-31.
    ///
    /// Dates yet to come follow today's holiday rules. The calendar is built on first use.
    public static let nyse: TradingCalendar = TradingCalendar(nyseYears: 1998...2035)

    /// The premarkets of the New York Stock Exchange.
    public static let nysePremarket: TradingCalendar = TradingCalendar(
        premarketOf: .nyse, minutes: Market.xnys.hours.premarketMinutes)

    /// Builds the sessions of whole years, week by week.
    ///
    /// Every run of a program pays for this, so it does no more than it must.
    init(nyseYears years: ClosedRange<Int>) {
        let first = CivilDate(validYear: years.lowerBound, month: 1, day: 1)
        let dates = first...CivilDate(validYear: years.upperBound, month: 12, day: 31)
        let closures = Self.closures(in: years, within: dates)
        let earlyCloses = Self.earlyCloses(in: years, within: dates)
        let hours = Market.xnys.hours
        var sessions: [TradingSession] = []
        sessions.reserveCapacity(years.count * Self.mostSessionsInAYear)
        var monday = first.adding(days: Weekday.monday.rawValue - first.weekday.rawValue)
        while monday <= dates.upperBound {
            // Clocks change on Sundays only.
            let offset = NewYorkTime.utcOffset(on: monday)
            for day in 0..<5 {
                let date = monday.adding(days: day)
                if !dates.contains(date) || closures.contains(date) { continue }
                let isEarlyClose = earlyCloses.contains(date)
                sessions.append(
                    TradingSession(
                        date: date, start: hours.start, minutes: isEarlyClose ? hours.fewestMinutes : hours.minutes,
                        utcOffset: offset, isEarlyClose: isEarlyClose))
            }
            monday = monday.adding(days: 7)
        }
        self.init(
            supportedDates: dates, sessions: sessions, closureReason: Self.nyseClosureReason,
            earlyCloseReason: Self.nyseEarlyCloseReason)
    }

    @Sendable private static func nyseClosureReason(on date: CivilDate) -> String? {
        let weekday = date.weekday
        if weekday.isWeekend { return weekday.name }
        if let exception = NYSEException.closures.first(where: { $0.date == date }) { return exception.reason }
        let year = date.year
        return NYSEHoliday.allCases.first { $0.closure(in: year) == date }?.reason(in: year)
    }

    @Sendable private static func nyseEarlyCloseReason(on date: CivilDate) -> String? {
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
