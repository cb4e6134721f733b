public import PlaybookCore

/// What holding a symbol over the same sessions brings: close / close before (of the first session: its open) - 1,
/// splits applied, without dividends.
public struct BuyAndHold: Sendable {
    /// Of each session of the range, what a unit of money had become at its close; flat where there are no bars.
    public let growth: [Double]

    /// Holding the symbol of `history`.
    ///
    /// - Parameter dates: the sessions of the range.
    public init(_ history: BarHistory, dates: [CivilDate]) {
        var bySession: [CivilDate: Int] = [:]
        for index in history.requested { bySession[history.slices[index].session.date] = index }
        var (value, before): (Double, Double?) = (1, nil)
        // Splits of sessions without bars count as well.
        var ratio = 1.0
        growth = dates.map { date in
            guard let index = bySession[date] else { return value }
            let slice = history.slices[index]
            ratio *= slice.splitRatio
            guard let last = slice.bars.last else { return value }
            let close = history.bars.close[last]
            let start = before.map { $0 / ratio } ?? history.bars.open[slice.bars.lowerBound]
            value *= close / start
            (before, ratio) = (close, 1)
            return value
        }
    }

    /// What holding came to at the close of each of `dates`, as a multiple of the start; flat where it is not known.
    public init(_ held: [CivilDate: Double], dates: [CivilDate]) {
        var value = 1.0
        growth = dates.map { date in
            value = held[date] ?? value
            return value
        }
    }

    /// Several symbols, in equal parts at the start.
    public init(equalParts parts: [BuyAndHold]) {
        let count = parts.map(\.growth.count).min() ?? 0
        growth = (0..<count).map { place in
            parts.reduce(0) { $0 + $1.growth[place] } / Double(parts.count)
        }
    }

    /// The compounded series.
    public func series(capital: Double, sessionsPerYear: Int) -> ReturnSeries {
        var before = 1.0
        let returns = growth.map { value in
            defer { before = value }
            return value / before - 1
        }
        return ReturnSeries(
            returns: returns, capital: capital, isCompounded: true, sessionsPerYear: sessionsPerYear)
    }
}
