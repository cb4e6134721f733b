/// The yearly holidays on which the New York Stock Exchange has closed since 1998 (NYSE Rule 51, now Rule 7.2).
///
/// A holiday on a Saturday is kept on the Friday before, and one on a Sunday on the Monday after.
enum NYSEHoliday: CaseIterable {
    /// January 1. On a Saturday it is not kept at all: the Friday before ends the accounting year, and the exchange
    /// stays open.
    case newYearsDay

    /// The third Monday of January; the exchange first closed for it in 1998.
    case martinLutherKingDay

    /// The third Monday of February.
    case washingtonsBirthday

    /// The Friday before Easter Sunday.
    case goodFriday

    /// The last Monday of May.
    case memorialDay

    /// June 19; the exchange first closed for it in 2022.
    case juneteenth

    /// July 4.
    case independenceDay

    /// The first Monday of September.
    case laborDay

    /// The fourth Thursday of November.
    case thanksgivingDay

    /// December 25.
    case christmasDay

    /// The weekday on which the exchange closes for the holiday in a year, or `nil` when it does not.
    func closure(in year: Int) -> CivilDate? {
        if year < firstYear { return nil }
        let date = date(in: year)
        switch date.weekday {
        case .saturday: return self == .newYearsDay ? nil : date.adding(days: -1)
        case .sunday: return date.adding(days: 1)
        default: return date
        }
    }

    /// Why the exchange is closed then: the holiday's name, marked when it is kept on another date than its own.
    func reason(in year: Int) -> String {
        closure(in: year) == date(in: year) ? name : "\(name) (observed)"
    }

    /// The holiday's own date in a year.
    private func date(in year: Int) -> CivilDate {
        switch self {
        case .newYearsDay: CivilDate(validYear: year, month: 1, day: 1)
        case .martinLutherKingDay: .nth(3, .monday, ofMonth: 1, in: year)
        case .washingtonsBirthday: .nth(3, .monday, ofMonth: 2, in: year)
        case .goodFriday: Self.easterSunday(in: year).adding(days: -2)
        case .memorialDay: .last(.monday, ofMonth: 5, in: year)
        case .juneteenth: CivilDate(validYear: year, month: 6, day: 19)
        case .independenceDay: CivilDate(validYear: year, month: 7, day: 4)
        case .laborDay: .nth(1, .monday, ofMonth: 9, in: year)
        case .thanksgivingDay: Self.thanksgiving(in: year)
        case .christmasDay: CivilDate(validYear: year, month: 12, day: 25)
        }
    }

    private var name: String {
        switch self {
        case .newYearsDay: "New Year's Day"
        case .martinLutherKingDay: "Martin Luther King Jr. Day"
        case .washingtonsBirthday: "Washington's Birthday"
        case .goodFriday: "Good Friday"
        case .memorialDay: "Memorial Day"
        case .juneteenth: "Juneteenth National Independence Day"
        case .independenceDay: "Independence Day"
        case .laborDay: "Labor Day"
        case .thanksgivingDay: "Thanksgiving Day"
        case .christmasDay: "Christmas Day"
        }
    }

    /// The first year in which the exchange closed for the holiday; 1998 is as far back as the rules here go.
    private var firstYear: Int {
        self == .juneteenth ? 2022 : 1998
    }

    /// The fourth Thursday of November.
    static func thanksgiving(in year: Int) -> CivilDate {
        .nth(4, .thursday, ofMonth: 11, in: year)
    }

    /// Easter Sunday of the Gregorian calendar, by the Meeus/Jones/Butcher algorithm.
    private static func easterSunday(in year: Int) -> CivilDate {
        let goldenYear = year % 19
        let (century, yearOfCentury) = year.quotientAndRemainder(dividingBy: 100)
        let moonCorrection = (8 * century + 13) / 25
        let epact = (19 * goldenYear + century - century / 4 - moonCorrection + 15) % 30
        let weekdayShift = (32 + 2 * (century % 4) + 2 * (yearOfCentury / 4) - epact - yearOfCentury % 4) % 7
        let lateMoon = (goldenYear + 11 * epact + 22 * weekdayShift) / 451
        let (month, day) = (epact + weekdayShift - 7 * lateMoon + 114).quotientAndRemainder(dividingBy: 31)
        return CivilDate(validYear: year, month: month, day: day + 1)
    }
}
