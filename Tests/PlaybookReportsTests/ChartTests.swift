import PlaybookCore
import Testing

@testable import PlaybookReports

@Suite struct ChartTests {
    @Test func strokesAreRelative() {
        var path = StrokePath()
        path.move(to: 10, 20)
        path.line(to: 12, 17)
        path.line(to: 15, 18)
        path.line(to: 15, 10)
        path.line(to: 15, 11)
        path.line(to: 20, 11)
        path.move(to: 0, 0)
        path.box(1, 2, width: 3, height: 4)
        path.move(to: 1, 1)
        #expect(path.text == "m10 20 2-3 3 1v-8 1h5m-20-11m1 2h3v4h-3zm0-1")
    }

    @Test func missingPointsAreGaps() {
        let points: [(x: Int, y: Int)?] = [(0, 0), (1, 1), nil, (3, 3), (4, 5)]
        #expect(StrokePath(through: points).text == "m0 0 1 1m2 2 1 2")
    }

    @Test func linesAreStraightenedByAPlaceAtMost() {
        func straightened(_ points: [(x: Int, y: Int)?]) -> [[Int]] {
            StrokePath.straightened(points).map { $0.map { [$0.x, $0.y] } ?? [] }
        }
        #expect(straightened([(0, 0), (6, 1), (13, 2), (19, 4), (26, 5)]) == [[0, 0], [26, 5]])
        #expect(
            straightened([(0, 0), (6, 9), (13, 0), nil, nil, (19, 4), nil, (26, 4), (32, 5)])
                == [[0, 0], [6, 9], [13, 0], [], [19, 4], [], [26, 4], [32, 5]])
    }

    /// What is said of `straightened`, point by point.
    @Test(arguments: 1...40 as ClosedRange<UInt64>)
    func whatIsLeftOutLiesByTheLine(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        var points: [(x: Int, y: Int)?] = []
        var (x, y) = (0, 0)
        for _ in 0..<120 {
            x += random.index(below: 4)
            y += random.index(below: 5) - 2
            points.append(random.index(below: 20) == 0 ? nil : (x, y))
        }
        var kept: [[Int]] = []
        var start = 0
        while start < points.count {
            guard let first = points[start] else {
                if !kept.isEmpty, kept[kept.count - 1] != [] { kept.append([]) }
                start += 1
                continue
            }
            kept.append([first.x, first.y])
            var end = start + 1
            while end + 1 < points.count, let next = points[end + 1], points[end] != nil {
                let passed = points[(start + 1)...end].compactMap { $0 }
                guard
                    passed.allSatisfy({
                        abs(($0.y - first.y) * (next.x - first.x) - (next.y - first.y) * ($0.x - first.x))
                            <= next.x - first.x
                    })
                else { break }
                end += 1
            }
            start = end
        }
        #expect(StrokePath.straightened(points).map { $0.map { [$0.x, $0.y] } ?? [] } == kept)
    }

    @Test func numbersOfAnySizeAreWrittenOut() {
        var path = StrokePath()
        for number in [0, 9, -10, 99, 100, -999, 1_000, 123_456, Int.max / 4] {
            path.move(to: 0, 0)
            path.horizontal(by: number)
            path.close(at: 0, 0)
        }
        #expect(
            path.text
                == "m0 0h0zm0 0h9zm0 0h-10zm0 0h99zm0 0h100zm0 0h-999zm0 0h1000zm0 0h123456zm0 0h2305843009213693951z")
    }

    @Test func placesAreRoundedAsNumbersAre() {
        for number in [0.5, -0.5, 1.5, 2.4999999999999996, 0.49999999999999994, -2.5, 7, -0.0, 1e9 + 0.5, -1e9 - 0.5] {
            #expect(Int(rounding: number) == Int(number.rounded()))
        }
    }

    @Test func pointsThatChangeNothingAreLeftOut() {
        func thinned(_ points: [(x: Int, y: Int)]) -> [[Int]] {
            StrokePath.thinned(points).compactMap { $0.map { [$0.x, $0.y] } }
        }
        #expect(thinned([(0, 0), (1, 1), (2, 2), (3, 4)]) == [[0, 0], [2, 2], [3, 4]])
        // At one place: first, lowest, highest, last.
        #expect(
            thinned([(0, 0), (1, 5), (1, 6), (1, 2), (1, 9), (1, 7), (2, 0)])
                == [[0, 0], [1, 5], [1, 2], [1, 9], [1, 7], [2, 0]])
    }

    @Test(arguments: [
        (-13.4, 41.6, 6, [-10.0, 0, 10, 20, 30, 40]), (0, 1, 6, [0, 0.2, 0.4, 0.6, 0.8, 1]),
        (-16_829, 0, 3, [-10_000, 0]),
        (3, 3, 5, [3]),
    ])
    func ticksAreRoundAndFew(low: Double, high: Double, count: Int, expected: [Double]) {
        let ticks = Scale.ticks(low, high, count)
        #expect(ticks.count == expected.count)
        for (tick, wanted) in zip(ticks, expected) { #expect(abs(tick - wanted) < 1e-9) }
    }

    @Test func labelsAreSpread() {
        #expect(Scale.spread([10, 12, 50], gap: 16, in: 0...100) == [10, 26, 50])
        #expect(Scale.spread([98, 97], gap: 16, in: 0...100) == [100, 84])
    }

    @Test func timeAxesHaveAtMostSixLabels() {
        let calendar = Market.xnys.calendar
        for (first, last) in [("2016-01-04", "2025-12-31"), ("2025-01-02", "2025-11-04"), ("2025-03-03", "2025-03-20")]
        {
            let dates = calendar.sessions(from: CivilDate(first)!, through: CivilDate(last)!).map(\.date)
            let ticks = DateAxis(dates: dates, from: 0, to: 1_000).ticks()
            #expect((1...6).contains(ticks.count))
            #expect(ticks.map(\.index) == ticks.map(\.index).sorted())
        }
        let year = calendar.sessions(from: CivilDate("2025-01-02")!, through: CivilDate("2025-11-04")!).map(\.date)
        #expect(DateAxis(dates: year, from: 0, to: 1_000).ticks().map(\.label) == ["Mar", "May", "Jul", "Sep", "Nov"])
    }

    @Test func histogramsHoldEveryTradeOnce() {
        let multiples = [-5, -1, -1, -0.999_999_999_9, -0.2, 0, 0.4, 0.5, 2.9, 12]
        let bars = MultipleHistogram(multiples: multiples).bars(width: 0.5)
        #expect(bars.reduce(0) { $0 + $1.count } == multiples.count)
        func count(_ from: Double) -> Int? { bars.first { $0.from == from }?.count }
        #expect(count(-3) == 1)
        #expect(count(-1) == 3)
        #expect(count(-0.5) == 1)
        #expect(count(0) == 2)
        #expect(count(0.5) == 1)
        #expect(count(7.5) == 1)
    }

    @Test func excursionsAreInRWhereThereAreStops() throws {
        let trades = [
            Fixture.trade("2025-01-02", net: 5, r: 0.25, mae: -0.5, mfe: 2).trade,
            Fixture.trade("2025-01-03", net: 5, mae: -0.5, mfe: 2).trade,
        ].compactMap { $0 }
        let withStop = try #require(ExcursionChart(trades))
        #expect(withStop.unit == "R")
        #expect(withStop.points == [.init(against: -0.5, inFavour: 2, isWin: true)])
        let without = try #require(ExcursionChart([trades[1]]))
        #expect(!without.hasStop)
        #expect(without.points == [.init(against: -0.5, inFavour: 2, isWin: true)])
        #expect(ExcursionChart([]) == nil)
    }
}
