/// The clocks that a market goes by.
public struct MarketClock: Sendable {
    /// The zone's name in the time zone database, such as `Europe/Paris`.
    public let zone: String
    /// The place whose clocks they are, such as "Paris".
    public let place: String
    private let offset: @Sendable (Instant) -> Int

    /// Clocks of a zone.
    ///
    /// - Parameters:
    ///   - zone: the zone's name in the time zone database.
    ///   - place: the place whose clocks they are.
    ///   - offset: how far the clocks are ahead of UTC at an instant, in seconds.
    public init(zone: String, place: String, offset: @escaping @Sendable (Instant) -> Int) {
        self.zone = zone
        self.place = place
        self.offset = offset
    }

    /// Coordinated universal time: its clocks never change.
    public static let utc = MarketClock(zone: "UTC", place: "UTC") { _ in 0 }

    /// The clocks of New York.
    public static let newYork = MarketClock(zone: "America/New_York", place: "New York") {
        NewYorkTime.utcOffset(at: $0)
    }

    /// Whether they are those of coordinated universal time.
    public var isUTC: Bool { zone == "UTC" }

    /// What messages call its time, such as "Paris time".
    public var name: String { isUTC ? place : "\(place) time" }

    /// How far the clocks are ahead of UTC at an instant, in seconds.
    public func utcOffset(at instant: Instant) -> Int { offset(instant) }

    /// The date at an instant.
    public func date(of instant: Instant) -> CivilDate { instant.local(utcOffset: offset(instant)).date }

    /// The time of day at an instant; seconds are dropped.
    public func timeOfDay(of instant: Instant) -> TimeOfDay {
        TimeOfDay(minutes: instant.local(utcOffset: offset(instant)).secondOfDay / 60)
    }

    /// The instant at which the clocks show a time on a date; a time of 24:00 or more is one of the next day.
    ///
    /// A time that occurs twice, because clocks go back, means its first occurrence. A time that is left out, because they
    /// go forward, is counted on from when they did: with clocks that go from 02:00 to 03:00, 02:30 means 03:30.
    public func instant(_ date: CivilDate, _ time: TimeOfDay) -> Instant {
        let local = Int64(date.daysSinceEpoch) * Instant.secondsPerDay + Int64(time.minutes) * 60
        // Clocks do not change twice within two days.
        let before = offset(Instant(secondsSinceEpoch: local - Instant.secondsPerDay))
        let after = offset(Instant(secondsSinceEpoch: local + Instant.secondsPerDay))
        let early = Instant(secondsSinceEpoch: local - Int64(before))
        let late = Instant(secondsSinceEpoch: local - Int64(after))
        return offset(early) != before && offset(late) == after ? late : early
    }

    /// Midnight at the beginning of a date, in seconds since 1970-01-01T00:00:00Z.
    public func midnight(of date: CivilDate) -> Int64 { instant(date, TimeOfDay(minutes: 0)).secondsSinceEpoch }

    /// The instant in ISO 8601 form with the clocks' offset, such as "2013-10-07T09:30:00-04:00"; "Z" at UTC.
    public func string(_ instant: Instant) -> String {
        let offset = offset(instant)
        guard !isUTC else { return instant.description }
        return FixedWidthWriter.string(capacity: 32) { writer in
            let (date, secondOfDay) = instant.local(utcOffset: offset)
            writer.write(date)
            writer.write(secondOfDay: secondOfDay)
            writer.write(offset < 0 ? "-" : "+")
            writer.write(twoDigits: abs(offset) / 3_600)
            writer.write(":")
            writer.write(twoDigits: abs(offset) / 60 % 60)
        }
    }
}
