/// A day of the week; raw values count from Sunday as 0.
public enum Weekday: Int, CaseIterable, Hashable, Sendable {
    case sunday = 0
    case monday
    case tuesday
    case wednesday
    case thursday
    case friday
    case saturday

    /// Reads a weekday's English name, whole ("monday") or its first three letters ("mon"), in any letter case.
    ///
    /// Any other text, including surrounding spaces, gives `nil`.
    public init?(_ text: some StringProtocol) {
        let wanted = text.lowercased()
        let match = Self.allCases.first { weekday in
            wanted == weekday.name.lowercased() || wanted == weekday.shortName.lowercased()
        }
        guard let match else { return nil }
        self = match
    }

    /// The English name, such as "Sunday".
    public var name: String {
        switch self {
        case .sunday: "Sunday"
        case .monday: "Monday"
        case .tuesday: "Tuesday"
        case .wednesday: "Wednesday"
        case .thursday: "Thursday"
        case .friday: "Friday"
        case .saturday: "Saturday"
        }
    }

    /// The first three letters of the English name, such as "Sun".
    public var shortName: String {
        String(name.prefix(3))
    }

    /// Whether the day is a Saturday or a Sunday.
    public var isWeekend: Bool {
        self == .saturday || self == .sunday
    }
}

extension Weekday: CustomStringConvertible {
    public var description: String { name }
}
