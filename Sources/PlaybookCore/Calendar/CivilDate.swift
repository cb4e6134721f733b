/// A day of the Gregorian calendar, without a time of day or a time zone.
///
/// Dates are compared, counted and hashed by their number of days since 1970-01-01.
public struct CivilDate: Hashable, Sendable {
    /// Days since 1970-01-01, which is 0; earlier dates are negative.
    public let daysSinceEpoch: Int32

    /// The date that lies the given number of days after 1970-01-01.
    public init(daysSinceEpoch: Int32) {
        self.daysSinceEpoch = daysSinceEpoch
    }

    /// The date with the given year (1 to 9999), month (1 to 12) and day of the month (from 1).
    ///
    /// A day that the calendar does not have, such as February 30, gives `nil`.
    public init?(year: Int, month: Int, day: Int) {
        guard (1...9999).contains(year), (1...12).contains(month) else { return nil }
        guard day >= 1, day <= Self.length(ofMonth: month, in: year) else { return nil }
        self.init(validYear: year, month: month, day: day)
    }

    /// The date of a year, month and day that are known to exist.
    init(validYear year: Int, month: Int, day: Int) {
        // Years are counted from March, so that a leap day is the last day of its year.
        let marchYear = month > 2 ? year : year - 1
        let marchMonth = month > 2 ? month - 3 : month + 9
        let cycle = marchYear.flooredQuotient(by: Self.yearsPerCycle)
        let yearOfCycle = marchYear - cycle * Self.yearsPerCycle
        let dayOfYear = (153 * marchMonth + 2) / 5 + day - 1
        let dayOfCycle = yearOfCycle * 365 + yearOfCycle / 4 - yearOfCycle / 100 + dayOfYear
        daysSinceEpoch = Int32(cycle * Self.daysPerCycle + dayOfCycle - Self.daysFromCycleStartToEpoch)
    }

    /// The year, such as 2013.
    public var year: Int { components.year }

    /// The month, 1 to 12.
    public var month: Int { components.month }

    /// The day of the month, 1 to 31.
    public var day: Int { components.day }

    /// The day of the week.
    public var weekday: Weekday {
        // 1970-01-01 was a Thursday.
        switch (Int(daysSinceEpoch) + Weekday.thursday.rawValue).flooredRemainder(by: 7) {
        case 0: .sunday
        case 1: .monday
        case 2: .tuesday
        case 3: .wednesday
        case 4: .thursday
        case 5: .friday
        default: .saturday
        }
    }

    /// The date the given number of days later, or earlier when `days` is negative; at most 5.8 million years away.
    public func adding(days: Int) -> CivilDate {
        CivilDate(daysSinceEpoch: Int32(Int(daysSinceEpoch) + days))
    }

    /// The year, month and day of the month, worked out together.
    var components: (year: Int, month: Int, day: Int) {
        let days = Int(daysSinceEpoch) + Self.daysFromCycleStartToEpoch
        let cycle = days.flooredQuotient(by: Self.daysPerCycle)
        let dayOfCycle = days - cycle * Self.daysPerCycle
        let yearOfCycle = (dayOfCycle - dayOfCycle / 1_460 + dayOfCycle / 36_524 - dayOfCycle / 146_096) / 365
        let dayOfYear = dayOfCycle - (365 * yearOfCycle + yearOfCycle / 4 - yearOfCycle / 100)
        let marchMonth = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * marchMonth + 2) / 5 + 1
        let month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
        let year = cycle * Self.yearsPerCycle + yearOfCycle + (month <= 2 ? 1 : 0)
        return (year, month, day)
    }

    /// The Gregorian calendar repeats after 400 years.
    private static let yearsPerCycle = 400
    private static let daysPerCycle = 146_097

    /// Days from March 1 of the year 0 to 1970-01-01.
    private static let daysFromCycleStartToEpoch = 719_468

    private static func length(ofMonth month: Int, in year: Int) -> Int {
        switch month {
        case 2: isLeap(year) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    private static func isLeap(_ year: Int) -> Bool {
        year.isMultiple(of: 4) && (!year.isMultiple(of: 100) || year.isMultiple(of: 400))
    }
}

extension CivilDate: Comparable {
    public static func < (left: CivilDate, right: CivilDate) -> Bool {
        left.daysSinceEpoch < right.daysSinceEpoch
    }
}
