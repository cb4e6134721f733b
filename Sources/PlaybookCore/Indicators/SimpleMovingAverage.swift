/// Mean of the `period` daily closes strictly before a session, in price units as of that session: closes before a
/// split are divided by its ratio from the split's session on, and not earlier.
///
/// Source: NIST/SEMATECH e-Handbook of Statistical Methods, 6.4.2 "Moving averages".
public struct SimpleMovingAverage: SessionIndicator {
    /// In sessions, 1 or more.
    public let period: Int

    /// - Parameter period: in sessions, 1 or more.
    public init(period: Int) { self.period = period }

    public var name: String { "sma(\(period))" }

    public var dailyBars: Int { period }

    public func value(before slice: SessionSlice, in history: BarHistory) -> Double? {
        let end = slice.dailyBarsBefore
        let start = end - period
        guard start >= 0,
            history.daily.dates[start]
                >= history.calendar.allSessions[max(0, slice.calendarIndex - lookBackSessions)].date
        else { return nil }
        let closes = history.daily.bars.close
        let first = history.daily.dates[start]
        guard history.splits.isEmpty else {
            let splits = history.splits.filter { $0.date > first && $0.date <= slice.session.date }
            var sum = 0.0
            for index in start..<end {
                let date = history.daily.dates[index]
                sum += splits.reduce(closes[index]) { $1.date > date ? $0 / $1.ratio : $0 }
            }
            return sum / Double(period)
        }
        return history.dailySums.sum(start..<end) / Double(period)
    }
}
