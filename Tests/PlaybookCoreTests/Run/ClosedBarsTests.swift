import PlaybookTestSupport
import Testing

@testable import PlaybookCore

/// Bars that lie between two prices are passed over, several at a time where the processor can.
@Suite struct ClosedBarsTests {
    private static let hours = SessionHours(
        open: 0, start: 570, end: 960, isEarlyClose: false, equality: Equality(price: 100))

    @Test func `bars are passed over up to the first that touches a price, by any way of looking`() {
        var random = SeededGenerator(seed: 5)
        var (stopped, through) = (0, 0)
        for _ in 0..<20_000 {
            let count = Int.random(in: 1...45, using: &random)
            let lows = (0..<count).map { _ in 100 + Double(Int.random(in: 0..<50, using: &random)) }
            let highs = lows.map { $0 + Double(Int.random(in: 0..<9, using: &random)) }
            let first = Int.random(in: 0...count, using: &random)
            let range = first..<Int.random(in: first...count, using: &random)
            let floor = 96 + Double(Int.random(in: 0..<12, using: &random))
            let ceiling = 150 + Double(Int.random(in: 0..<14, using: &random))
            let isLong = Bool.random(using: &random)
            let (highest, lowest) = (Double.random(in: 100...160, using: &random), 130.0)
            // Bar by bar.
            var (end, most, least) = (range.lowerBound, highest, lowest)
            while end < range.upperBound, lows[end] > floor, highs[end] < ceiling {
                (most, least) = (max(most, highs[end]), min(least, lows[end]))
                end += 1
            }
            if end < range.upperBound { stopped += 1 } else { through += 1 }
            var bars = BarColumns()
            for bar in 0..<count {
                bars.append(
                    Bar(
                        time: Int64(bar) * 120, open: lows[bar], high: highs[bar], low: lows[bar], close: highs[bar],
                        volume: 1))
            }
            bars.withPointers { pointers in
                let closed = ClosedBars(pointers, first: 0, count: count, hours: Self.hours, secondsPerBar: 120)
                var (best, worst) = isLong ? (highest, lowest) : (-lowest, -highest)
                let bar = closed.passed(
                    range, sign: isLong ? 1 : -1, above: isLong ? floor : -ceiling,
                    below: isLong ? ceiling : -floor, best: &best, worst: &worst)
                #expect(bar == end)
                #expect(best == (isLong ? most : -least) && worst == (isLong ? least : -most))
                var (top, bottom) = (highest, lowest)
                #expect(closed.betweenByTwo(range, floor, ceiling, &top, &bottom) == end)
                #expect(top == most && bottom == least)
            }
        }
        #expect(stopped > 3000 && through > 1000)
    }
}
