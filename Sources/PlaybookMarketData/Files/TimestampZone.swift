import PlaybookCore

/// How timestamps without an offset are read.
public enum TimestampZone: Hashable, Sendable, CustomStringConvertible {
    case utc
    case newYork
    /// Seconds east of UTC.
    case fixed(Int)

    /// `UTC`, `America/New_York` or an offset `+HH:MM`; nil for anything else.
    public init?(_ text: String) {
        switch text {
        case "UTC", "Z", "Etc/UTC": self = .utc
        case "America/New_York", "US/Eastern": self = .newYork
        default:
            let bytes = Array(text.utf8)
            guard bytes.count == 6, bytes[3] == UInt8(ascii: ":"),
                let time = TimeOfDay(String(text.dropFirst())), time.minutes <= 14 * 60
            else { return nil }
            switch bytes[0] {
            case UInt8(ascii: "+"): self = .fixed(time.minutes * 60)
            case UInt8(ascii: "-"): self = .fixed(-time.minutes * 60)
            default: return nil
            }
        }
    }

    public var description: String {
        switch self {
        case .utc: "UTC"
        case .newYork: "America/New_York"
        case .fixed(let seconds):
            "\(seconds < 0 ? "-" : "+")\(TimeOfDay(minutes: abs(seconds) / 60))"
        }
    }

    /// The instant at which clocks of this zone show `secondOfDay` on `date`.
    func seconds(_ date: CivilDate, secondOfDay: Int64) -> Int64 {
        let local = Int64(date.daysSinceEpoch) * 86_400 + secondOfDay
        switch self {
        case .utc: return local
        case .newYork:
            let minute = TimeOfDay(minutes: Int(secondOfDay / 60))
            return NewYorkTime.instant(date, minute).secondsSinceEpoch + secondOfDay % 60
        case .fixed(let offset): return local - Int64(offset)
        }
    }
}
