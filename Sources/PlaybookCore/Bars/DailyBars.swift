/// Daily bars: entry `i` of `dates` is the session that bar `i` of `bars` belongs to.
public struct DailyBars: Sendable, Equatable {
    /// Session dates, ascending, without doubles.
    public var dates: [CivilDate] = []
    /// The bars, as traded.
    public var bars = BarColumns()

    /// No daily bars.
    public init() {}

    /// The bars of a source that stamps each with New York midnight of its session.
    public init(stampedWithMidnight bars: BarColumns) {
        dates = bars.times.map { NewYorkTime.date(of: Instant(secondsSinceEpoch: $0)) }
        self.bars = bars
    }

    /// Adds the daily bar of `date`, which must lie after all others.
    public mutating func append(_ bar: Bar, on date: CivilDate) {
        dates.append(date)
        bars.append(bar)
    }

    /// How many daily bars lie strictly before `date`.
    public func count(before date: CivilDate) -> Int {
        var low = 0
        var high = dates.count
        while low < high {
            let middle = (low + high) / 2
            if dates[middle] < date { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
