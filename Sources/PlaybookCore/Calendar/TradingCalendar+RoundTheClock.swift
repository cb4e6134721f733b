extension TradingCalendar {
    /// Every UTC day. The calendar is built on first use.
    static let utcDays: TradingCalendar = TradingCalendar(daysStartingAt: TimeOfDay(minutes: 0))

    /// Sessions of 24 hours, one on each day, from 1998-01-01 through 2035-12-31.
    ///
    /// - Parameter start: when they start, UTC.
    init(daysStartingAt start: TimeOfDay) {
        let dates = CivilDate(validYear: 1998, month: 1, day: 1)...CivilDate(validYear: 2035, month: 12, day: 31)
        let days = dates.lowerBound.daysSinceEpoch...dates.upperBound.daysSinceEpoch
        self.init(
            supportedDates: dates,
            sessions: days.map {
                TradingSession(
                    date: CivilDate(daysSinceEpoch: $0), start: start, minutes: 1_440, utcOffset: 0)
            })
    }
}
