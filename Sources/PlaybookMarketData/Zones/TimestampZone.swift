import PlaybookCore

/// How timestamps without an offset are read.
public enum TimestampZone: Hashable, Sendable, CustomStringConvertible {
    case utc
    /// The clocks of US stocks.
    case eastern
    /// Seconds east of UTC.
    case fixed(Int)
    /// Any other zone of the IANA Time Zone Database.
    case named(String, ZoneRules)

    /// The rules of a zone; opaque outside this module.
    public struct ZoneRules: Hashable, Sendable {
        let rules: TimeZoneRules
    }

    /// A name of the IANA Time Zone Database (`America/Chicago`, `US/Eastern`, `UTC`), in any case, or an offset
    /// `+HH:MM`, `+HHMM` or `-HH`; nil for anything else.
    public init?(_ text: String) {
        switch text {
        case "UTC", "Z", "Etc/UTC", "GMT": self = .utc
        case Market.xnys.clock.zone, "US/Eastern": self = .eastern
        default:
            if let offset = Self.offset(text) {
                self = .fixed(offset)
            } else if let rules = TimeZoneRules(text) {
                switch rules.name {
                // Standard time all the year: nobody's clocks there, though many say so.
                case "EST", "MST", "HST": return nil
                case "UTC", "Etc/UTC", "GMT": self = .utc
                case Market.xnys.clock.zone, "US/Eastern": self = .eastern
                default: self = .named(rules.name, ZoneRules(rules: rules))
                }
            } else {
                return nil
            }
        }
    }

    /// Seconds east of UTC that `+HH:MM`, `+HHMM` or `+HH` tells; nil for anything else and beyond 14 hours.
    private static func offset(_ text: String) -> Int? {
        let bytes = Array(text.utf8)
        guard let sign = bytes.first, sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") else { return nil }
        var digits = bytes.dropFirst()
        if digits.count == 5, digits[3] == UInt8(ascii: ":") { digits.remove(at: 3) }
        guard digits.count == 2 || digits.count == 4, digits.allSatisfy({ $0 &- UInt8(ascii: "0") < 10 }),
            let number = Int(String(decoding: digits, as: UTF8.self))
        else { return nil }
        let (hours, minutes) = digits.count == 2 ? (number, 0) : number.quotientAndRemainder(dividingBy: 100)
        guard minutes < 60, hours * 60 + minutes <= 14 * 60 else { return nil }
        let seconds = hours * 3600 + minutes * 60
        return sign == UInt8(ascii: "-") ? -seconds : seconds
    }

    public var description: String {
        switch self {
        case .utc: "UTC"
        case .eastern: Market.xnys.clock.zone
        case .fixed(let seconds):
            "\(seconds < 0 ? "-" : "+")\(TimeOfDay(minutes: abs(seconds) / 60))"
        case .named(let name, _): name
        }
    }

    /// What a reading of a clock can mean.
    struct Reading: Hashable {
        /// Seconds since the epoch: of the first of two moments at which the clocks show it.
        var seconds: Int64
        /// How many seconds later they show it again, where clocks go back; else 0.
        var againAfter: Int64 = 0
        /// Whether clocks never show it, since they go forward over it: it is then counted on from before.
        var isSkipped = false

        /// Whether clocks show it once.
        var isPlain: Bool { againAfter == 0 && !isSkipped }
    }

    /// What it means that clocks of this zone show `secondOfDay` on `date`; nil before the years that are known.
    func reading(_ date: CivilDate, secondOfDay: Int64) -> Reading? {
        let local = Int64(date.daysSinceEpoch) * 86_400 + secondOfDay
        switch self {
        case .utc: return Reading(seconds: local)
        case .fixed(let offset): return Reading(seconds: local - Int64(offset))
        case .eastern:
            return Self.reading(local) { Market.xnys.clock.utcOffset(at: Instant(secondsSinceEpoch: $0)) }
        case .named(_, let zone):
            guard local - 86_400 >= TimeZoneRules.start else { return nil }
            return Self.reading(local, offset: zone.rules.offset)
        }
    }

    /// The instants at which clocks of this zone show `readings`, all in seconds, those of the clocks as if they were UTC;
    /// nil when clocks show one of them twice or never, or its year is not known.
    func instants(_ readings: [Int64]) -> [Int64]? {
        var instants = readings
        var day = Int64.min
        var offset: Int64?
        for index in readings.indices {
            let local = readings[index]
            let own = (local - (local % 86_400 + 86_400) % 86_400) / 86_400
            guard let date = Int32(exactly: own).map({ CivilDate(daysSinceEpoch: $0) }) else { return nil }
            if own != day {
                day = own
                offset = self.offset(allOf: date)
            }
            if let offset {
                instants[index] = local - offset
                continue
            }
            guard let reading = reading(date, secondOfDay: local - own * 86_400), reading.isPlain else { return nil }
            instants[index] = reading.seconds
        }
        return instants
    }

    /// Seconds east of UTC of a day on which clocks do not change; nil of another.
    private func offset(allOf date: CivilDate) -> Int64? {
        guard let start = reading(date, secondOfDay: 0), let end = reading(date, secondOfDay: 86_400), start.isPlain,
            end.isPlain, end.seconds - start.seconds == 86_400
        else { return nil }
        return Int64(date.daysSinceEpoch) * 86_400 - start.seconds
    }

    /// Clocks change at most once within a day before and after.
    private static func reading(_ local: Int64, offset: (Int64) -> Int) -> Reading {
        let before = offset(local - 86_400)
        let after = offset(local + 86_400)
        let first = local - Int64(before)
        guard before != after else { return Reading(seconds: first) }
        let second = local - Int64(after)
        switch (offset(first) == before, offset(second) == after) {
        case (true, true): return Reading(seconds: min(first, second), againAfter: abs(first - second))
        case (true, false): return Reading(seconds: first)
        case (false, true): return Reading(seconds: second)
        case (false, false): return Reading(seconds: first, isSkipped: true)
        }
    }
}
