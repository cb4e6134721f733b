extension CivilDate {
    /// The `ordinal`-th (from 1) given weekday of a month: the third Monday, say.
    static func nth(_ ordinal: Int, _ weekday: Weekday, ofMonth month: Int, in year: Int) -> CivilDate {
        CivilDate(validYear: year, month: month, day: 1).first(weekday).adding(days: 7 * (ordinal - 1))
    }

    /// The last given weekday of a month.
    static func last(_ weekday: Weekday, ofMonth month: Int, in year: Int) -> CivilDate {
        let nextMonth =
            month == 12
            ? CivilDate(validYear: year + 1, month: 1, day: 1)
            : CivilDate(validYear: year, month: month + 1, day: 1)
        return nextMonth.first(weekday).adding(days: -7)
    }

    /// The first given weekday on this date or after it.
    private func first(_ weekday: Weekday) -> CivilDate {
        adding(days: (weekday.rawValue - self.weekday.rawValue).flooredRemainder(by: 7))
    }
}
