/// What can go wrong when a trading calendar is asked about a date.
public enum CalendarError: Error, Hashable, Sendable {
    /// The date lies outside the dates the calendar covers.
    case unsupportedDate(CivilDate, supported: ClosedRange<CivilDate>)
}

extension CalendarError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .unsupportedDate(let date, let supported):
            "The trading calendar does not cover \(date). "
                + "Use a date from \(supported.lowerBound) through \(supported.upperBound)."
        }
    }
}
