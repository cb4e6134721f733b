/// A month of a year, such as September 2025.
public struct Month: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// Months since January of the year 0.
    private let index: Int

    private init(index: Int) { self.index = index }

    /// The month that `date` lies in.
    public init(_ date: CivilDate) {
        let (year, month, _) = date.components
        index = year * 12 + month - 1
    }

    /// The month that `text` names, strictly `YYYY-MM`; nil for anything else.
    public init?(_ text: some StringProtocol) {
        guard let first = CivilDate(text + "-01") else { return nil }
        self.init(first)
    }

    /// The months from that of `first` through that of `last`.
    public static func months(from first: CivilDate, through last: CivilDate) -> [Month] {
        guard first <= last else { return [] }
        return (Month(first).index...Month(last).index).map { Month(index: $0) }
    }

    /// The first and the last day.
    public var dates: ClosedRange<CivilDate> {
        let next = Month(index: index + 1)
        return firstDay...next.firstDay.adding(days: -1)
    }

    private var firstDay: CivilDate {
        CivilDate(validYear: index / 12, month: index % 12 + 1, day: 1)
    }

    /// `2025-09`.
    public var description: String { String(firstDay.description.prefix(7)) }

    public static func < (left: Month, right: Month) -> Bool { left.index < right.index }
}
