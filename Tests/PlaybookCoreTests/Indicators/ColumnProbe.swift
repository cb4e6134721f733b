import PlaybookCore
import Testing

/// What series are at the bars of a history's requested sessions.
struct ColumnProbe {
    /// Which bars are looked at, and in which order.
    enum Look: Sendable {
        case forward, backward
        case only([Int])
    }

    let series: [Series]
    let look: Look

    init(_ series: Series..., look: Look = .forward) {
        self.series = series
        self.look = look
    }

    /// For each session, for each series, the values by bar.
    func columns(
        of market: MemoryMarket, on first: String, through last: String
    ) async throws -> [CivilDate: [[Int: Double]]] {
        var graph = SeriesGraph()
        let refs = series.map { graph.number($0) }
        let history = try await market.history(
            on: first, through: last, warmUp: graph.warmUpSessions(of: .minutes(2)))
        var columns: [CivilDate: [[Int: Double]]] = [:]
        ColumnBank.with(graph, over: history) { bank in
            for index in history.requested {
                bank.open(index)
                let count = history.slices[index].bars.count
                let bars: [Int] =
                    switch look {
                    case .forward: Array(0..<count)
                    case .backward: Array((0..<count).reversed())
                    case .only(let bars): bars
                    }
                columns[history.slices[index].session.date] = refs.map { ref in
                    var column: [Int: Double] = [:]
                    for bar in bars { column[bar] = bank.number(ref, bar) }
                    return column
                }
            }
        }
        return columns
    }
}

/// What an indicator is by its definition, one bar after the other from the first there is.
enum PlainIndicator {
    static func average(_ values: [Double], period: Int) -> [Double] {
        let k = 2 / Double(period + 1)
        var result: [Double] = []
        for value in values { result.append(result.last.map { k * value + (1 - k) * $0 } ?? value) }
        return result
    }

    static func trueRanges(_ bars: BarColumns) -> [Double] {
        (0..<bars.count).map { index in
            guard index > 0 else { return bars.high[index] - bars.low[index] }
            let before = bars.close[index - 1]
            return max(
                bars.high[index] - bars.low[index], abs(bars.high[index] - before), abs(bars.low[index] - before))
        }
    }
}
