/// A time of day on the wall clock, to the minute.
///
/// Text and hour-and-minute values lie between 00:00 and 23:59. Arithmetic may step over midnight and then keeps
/// counting, so that order is kept: 24:10 is ten past midnight of the next day, and later than 23:59.
public struct TimeOfDay: Hashable, Sendable {
    /// Minutes since midnight.
    public let minutes: Int

    /// The time the given number of minutes after midnight.
    public init(minutes: Int) {
        self.minutes = minutes
    }

    /// The time with the given hour (0 to 23) and minute (0 to 59); anything else gives `nil`.
    public init?(hour: Int, minute: Int) {
        guard (0...23).contains(hour), (0...59).contains(minute) else { return nil }
        self.init(minutes: hour * 60 + minute)
    }

    /// Reads a time in the form HH:MM, 00:00 to 23:59: exactly five characters; anything else gives `nil`.
    public init?(_ text: some StringProtocol) {
        var reader = FixedWidthReader(text)
        guard let hour = reader.number(digits: 2), reader.skip(":"),
            let minute = reader.number(digits: 2), reader.isAtEnd()
        else { return nil }
        self.init(hour: hour, minute: minute)
    }

    /// The time as clocks show it: one after midnight of the next day without the hours of the day before. Midnight at the
    /// end of a day stays 24:00.
    public var onTheClock: TimeOfDay { minutes > 1_440 ? TimeOfDay(minutes: minutes % 1_440) : self }

    /// The time the given number of minutes later, or earlier when `minutes` is negative.
    public func adding(minutes: Int) -> TimeOfDay {
        TimeOfDay(minutes: self.minutes + minutes)
    }
}

extension TimeOfDay: Comparable {
    public static func < (left: TimeOfDay, right: TimeOfDay) -> Bool {
        left.minutes < right.minutes
    }
}

extension TimeOfDay: CustomStringConvertible {
    /// The time as HH:MM.
    public var description: String {
        FixedWidthWriter.string(capacity: 24) { writer in
            let (hour, minute) = minutes.magnitude.quotientAndRemainder(dividingBy: 60)
            if minutes < 0 { writer.write("-") }
            writer.write(anyNumber: Int(hour))
            writer.write(":")
            writer.write(twoDigits: Int(minute))
        }
    }
}
