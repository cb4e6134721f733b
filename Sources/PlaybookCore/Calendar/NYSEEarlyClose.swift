/// The days on which the New York Stock Exchange has regularly closed at 13:00 since 1998.
enum NYSEEarlyClose: CaseIterable {
    /// July 3 from Monday to Thursday; on a Friday it is Independence Day, kept early.
    ///
    /// Until 2012 it was a full session on a Wednesday, and the Friday after the holiday closed early instead.
    case dayBeforeIndependenceDay

    /// The Friday after the fourth Thursday of November.
    case dayAfterThanksgiving

    /// December 24 from Monday to Thursday; on a Friday it is Christmas Day, kept early.
    case christmasEve

    /// The weekday that closes early in a year, or `nil` when there is none.
    func date(in year: Int) -> CivilDate? {
        switch self {
        case .dayBeforeIndependenceDay:
            let date = CivilDate(validYear: year, month: 7, day: 3)
            if date.weekday == .wednesday, year < 2013 { return nil }
            return Self.isMondayToThursday(date) ? date : nil
        case .dayAfterThanksgiving:
            return NYSEHoliday.thanksgiving(in: year).adding(days: 1)
        case .christmasEve:
            let date = CivilDate(validYear: year, month: 12, day: 24)
            return Self.isMondayToThursday(date) ? date : nil
        }
    }

    /// Why the session is short.
    var reason: String {
        switch self {
        case .dayBeforeIndependenceDay: "Day before Independence Day"
        case .dayAfterThanksgiving: "Day after Thanksgiving Day"
        case .christmasEve: "Christmas Eve"
        }
    }

    private static func isMondayToThursday(_ date: CivilDate) -> Bool {
        let weekday = date.weekday
        return weekday != .friday && !weekday.isWeekend
    }
}
