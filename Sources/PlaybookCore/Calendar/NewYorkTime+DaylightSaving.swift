extension NewYorkTime {
    /// Eastern standard time, in seconds ahead of UTC.
    static let standardOffset = -18_000

    /// Eastern daylight time, in seconds ahead of UTC.
    static let daylightOffset = -14_400

    /// Whether daylight-saving time is in force at an instant.
    static func isDaylightSaving(at instant: Instant) -> Bool {
        let second = instant.secondsSinceEpoch
        if let index = table.index(of: second) {
            return second >= table.starts[index] && second < table.ends[index]
        }
        let year = instant.local(utcOffset: standardOffset).date.year
        let period = period(in: min(max(year, 1), 9999))
        return second >= period.start && second < period.end
    }

    /// Every instant that is converted is looked up here.
    private static let table = Table(years: 1967...2099)

    /// The seconds at which daylight-saving time starts and ends, year by year.
    private struct Table {
        private(set) var starts: [Int64] = []
        private(set) var ends: [Int64] = []
        private let firstSecond: Int64

        init(years: ClosedRange<Int>) {
            let newYearsDay = CivilDate(validYear: years.lowerBound, month: 1, day: 1)
            firstSecond = Int64(newYearsDay.daysSinceEpoch) * Instant.secondsPerDay
            starts.reserveCapacity(years.count)
            ends.reserveCapacity(years.count)
            for year in years {
                let period = period(in: year)
                starts.append(period.start)
                ends.append(period.end)
            }
        }

        /// The index of the year in which a second lies, or `nil` when the table does not have it.
        ///
        /// Counted in years of 365.25 days, which are at most a day off the calendar's from 1901 to 2099: too little
        /// to matter, as no clock changes so close to New Year's Day.
        func index(of second: Int64) -> Int? {
            let index = Int((second &- firstSecond).flooredQuotient(by: 31_557_600))
            return starts.indices.contains(index) ? index : nil
        }
    }

    /// One year's daylight-saving time, in seconds since 1970-01-01T00:00:00Z.
    private static func period(in year: Int) -> (start: Int64, end: Int64) {
        let (start, end) = changes(in: year)
        return (change(on: start, offset: standardOffset), change(on: end, offset: daylightOffset))
    }

    /// The second at which clocks change on a date: when they show 02:00, still with the old offset.
    private static func change(on date: CivilDate, offset: Int) -> Int64 {
        Int64(date.daysSinceEpoch) * Instant.secondsPerDay + Int64(2 * 3_600 - offset)
    }

    /// The dates of a year on which clocks go forward and back.
    private static func changes(in year: Int) -> (start: CivilDate, end: CivilDate) {
        switch year {
        case 2007...:
            // Energy Policy Act of 2005.
            (.nth(2, .sunday, ofMonth: 3, in: year), .nth(1, .sunday, ofMonth: 11, in: year))
        case 1987...:
            // Public Law 99-359 of 1986.
            (.nth(1, .sunday, ofMonth: 4, in: year), .last(.sunday, ofMonth: 10, in: year))
        case 1975:
            // Public Law 93-434 of 1974.
            (CivilDate(validYear: year, month: 2, day: 23), .last(.sunday, ofMonth: 10, in: year))
        case 1974:
            // Emergency Daylight Saving Time Energy Conservation Act of 1973.
            (CivilDate(validYear: year, month: 1, day: 6), .last(.sunday, ofMonth: 10, in: year))
        default:
            // Uniform Time Act of 1966.
            (.last(.sunday, ofMonth: 4, in: year), .last(.sunday, ofMonth: 10, in: year))
        }
    }
}
