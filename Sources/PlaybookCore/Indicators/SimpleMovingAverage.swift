/// Mean of the `period` daily closes strictly before a session, in price units as of that session: closes before a
/// split are divided by its ratio from the split's session on, and not earlier.
///
/// Source: NIST/SEMATECH e-Handbook of Statistical Methods, 6.4.2 "Moving averages".
public struct SimpleMovingAverage: Sendable {
    /// In sessions, 1 or more.
    public let period: Int

    /// - Parameter period: in sessions, 1 or more.
    public init(period: Int) { self.period = period }

    /// How many sessions back the daily bars may lie. Older ones do not count: a mean over closes with a hole of a
    /// quarter in them is not the mean that its name promises, and the range asked for must not matter.
    /// They are a quarter more than closes, and a week.
    public var lookBackSessions: Int { period + period / 4 + 5 }

    /// The value known before `slice` opens; nil when there are too few daily bars.
    public func value(before slice: SessionSlice, in history: BarHistory) -> Double? {
        let end = slice.dailyBarsBefore
        let start = end - period
        guard start >= 0, history.daily.dates[start] >= oldest(before: slice, in: history) else { return nil }
        let first = history.daily.dates[start]
        let splits = history.splits.filter { $0.date > first && $0.date <= slice.session.date }
        guard splits.isEmpty else { return adjustedSum(start..<end, splits, history) / Double(period) }
        return history.dailySums.sum(start..<end) / Double(period)
    }

    /// In words, what is missing where there is no value: the closes begin too late, or too many of them are too old.
    public func shortage(before slice: SessionSlice, in history: BarHistory) -> String {
        let end = slice.dailyBarsBefore
        let start = history.daily.count(before: oldest(before: slice, in: history))
        let limit = "the \(lookBackSessions) sessions before"
        guard start < end else { return "no daily close in \(limit); older ones do not count" }
        let (first, last) = (history.daily.dates[start], history.daily.dates[end - 1])
        let sessions = history.calendar.sessions(from: first, through: slice.session.date.adding(days: -1)).count
        let found = "only \(end - start) of \(period) daily closes"
        guard sessions > end - start else { return "\(found) before the session" }
        return "\(found) in \(limit) (\(first) through \(last)); older ones do not count"
    }

    /// The oldest date whose close counts.
    private func oldest(before slice: SessionSlice, in history: BarHistory) -> CivilDate {
        history.calendar.allSessions[max(0, slice.calendarIndex - lookBackSessions)].date
    }

    /// The sum of the closes at `range`, each divided by the ratios of the splits after it. Between splits the sums are
    /// exact, so that where a history begins cannot matter here either.
    private func adjustedSum(_ range: Range<Int>, _ splits: [Split], _ history: BarHistory) -> Double {
        var sum = 0.0
        var start = range.lowerBound
        for (number, split) in splits.enumerated() {
            let end = min(range.upperBound, history.daily.count(before: split.date))
            let ratio = splits[number...].reduce(1) { $0 * $1.ratio }
            sum += history.dailySums.sum(start..<end) / ratio
            start = end
        }
        return sum + history.dailySums.sum(start..<range.upperBound)
    }
}
