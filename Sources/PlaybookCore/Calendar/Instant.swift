/// A point in time, to the second, independent of any time zone.
public struct Instant: Hashable, Sendable {
    /// Seconds since 1970-01-01T00:00:00Z; earlier instants are negative. Leap seconds are not counted.
    public let secondsSinceEpoch: Int64

    /// The instant the given number of seconds after 1970-01-01T00:00:00Z.
    public init(secondsSinceEpoch: Int64) {
        self.secondsSinceEpoch = secondsSinceEpoch
    }

    /// The date and the second of the day on a clock that is ahead of UTC by the given number of seconds.
    ///
    /// Instants more than 5.8 million years away give the last date that can be told.
    func local(utcOffset: Int) -> (date: CivilDate, secondOfDay: Int) {
        let (day, second) = (
            secondsSinceEpoch.flooredQuotient(by: Self.secondsPerDay),
            secondsSinceEpoch.flooredRemainder(by: Self.secondsPerDay) + Int64(utcOffset)
        )
        let date = CivilDate(daysSinceEpoch: Int32(clamping: day + second.flooredQuotient(by: Self.secondsPerDay)))
        return (date, Int(second.flooredRemainder(by: Self.secondsPerDay)))
    }

    static let secondsPerDay: Int64 = 86_400
}

extension Instant: Comparable {
    public static func < (left: Instant, right: Instant) -> Bool {
        left.secondsSinceEpoch < right.secondsSinceEpoch
    }
}

extension Instant: CustomStringConvertible {
    /// The instant in ISO 8601 form in UTC, such as "2013-10-07T13:30:00Z".
    public var description: String {
        FixedWidthWriter.string(capacity: 24) { writer in
            let (date, secondOfDay) = local(utcOffset: 0)
            writer.write(date)
            writer.write(secondOfDay: secondOfDay)
            writer.write("Z")
        }
    }
}

extension Instant {
    /// The instant that `text` names, strictly `YYYY-MM-DDTHH:MM:SSZ`; nil for anything else.
    public init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard bytes.count == 20, bytes[10] == UInt8(ascii: "T"), bytes[16] == UInt8(ascii: ":"),
            bytes[19] == UInt8(ascii: "Z"), let date = CivilDate(text.prefix(10)),
            let time = TimeOfDay(text.dropFirst(11).prefix(5)), let second = Int64(text.dropFirst(17).prefix(2)),
            (0..<60).contains(second)
        else { return nil }
        self.init(secondsSinceEpoch: Int64(date.daysSinceEpoch) * 86_400 + Int64(time.minutes) * 60 + second)
    }
}
