/// A set of days from a range of dates, at one bit a day.
struct DaySet {
    private let firstDay: Int32
    private var words: [UInt64]

    /// An empty set of days from the given dates.
    init(within dates: ClosedRange<CivilDate>) {
        firstDay = dates.lowerBound.daysSinceEpoch
        let days = Int(dates.upperBound.daysSinceEpoch - firstDay) + 1
        words = [UInt64](repeating: 0, count: (days + UInt64.bitWidth - 1) / UInt64.bitWidth)
    }

    func contains(_ date: CivilDate) -> Bool {
        let (word, bit) = position(of: date)
        return words[word] & bit != 0
    }

    mutating func insert(_ date: CivilDate) {
        let (word, bit) = position(of: date)
        words[word] |= bit
    }

    private func position(of date: CivilDate) -> (word: Int, bit: UInt64) {
        let (word, bit) = Int(date.daysSinceEpoch - firstDay).quotientAndRemainder(dividingBy: UInt64.bitWidth)
        return (word, 1 << UInt64(bit))
    }
}
