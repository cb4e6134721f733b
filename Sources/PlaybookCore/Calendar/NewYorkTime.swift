/// The time on the clocks of New York, by the daylight-saving rules of the United States.
///
/// Exact to the second for the years 1967 to 2099; other years are given the rule of the nearest of these.
public enum NewYorkTime {
    /// The offset of New York's clocks from UTC at an instant, in seconds: -18000 in winter, -14400 in summer.
    public static func utcOffset(at instant: Instant) -> Int {
        isDaylightSaving(at: instant) ? daylightOffset : standardOffset
    }

    /// The offset of New York's clocks from UTC at noon of a date, in seconds.
    public static func utcOffset(on date: CivilDate) -> Int {
        // Clocks change in the morning, so noon of standard time will do for both.
        let noon = Int64(date.daysSinceEpoch) * Instant.secondsPerDay + Int64(12 * 3_600 - standardOffset)
        return utcOffset(at: Instant(secondsSinceEpoch: noon))
    }

    /// The date in New York at an instant.
    public static func date(of instant: Instant) -> CivilDate {
        instant.local(utcOffset: utcOffset(at: instant)).date
    }

    /// The time of day in New York at an instant; seconds are dropped.
    public static func timeOfDay(of instant: Instant) -> TimeOfDay {
        TimeOfDay(minutes: instant.local(utcOffset: utcOffset(at: instant)).secondOfDay / 60)
    }

    /// The instant at which New York's clocks show a time on a date.
    ///
    /// A time that occurs twice, when clocks go back from 02:00 to 01:00, means its first occurrence. A time that is
    /// left out, when clocks go forward from 02:00 to 03:00, is counted on from 02:00: 02:30 means 03:30.
    public static func instant(_ date: CivilDate, _ time: TimeOfDay) -> Instant {
        let local = Int64(date.daysSinceEpoch) * Instant.secondsPerDay + Int64(time.minutes) * 60
        let asDaylight = Instant(secondsSinceEpoch: local - Int64(daylightOffset))
        // A left-out time read as daylight time lies before the clocks go forward, and so is standard time.
        if utcOffset(at: asDaylight) == daylightOffset { return asDaylight }
        return Instant(secondsSinceEpoch: local - Int64(standardOffset))
    }

    /// The instant in ISO 8601 form with New York's offset, such as "2013-10-07T09:30:00-04:00".
    public static func string(_ instant: Instant) -> String {
        FixedWidthWriter.string(capacity: 32) { writer in
            let offset = utcOffset(at: instant)
            let (date, secondOfDay) = instant.local(utcOffset: offset)
            writer.write(date)
            writer.write(secondOfDay: secondOfDay)
            writer.write("-")
            writer.write(twoDigits: -offset / 3_600)
            writer.write(":")
            writer.write(twoDigits: 0)
        }
    }
}
