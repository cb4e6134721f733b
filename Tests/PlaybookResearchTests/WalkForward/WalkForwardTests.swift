import PlaybookCore
import PlaybookResearch
import Testing

@Suite("Walk-forward")
struct WalkForwardTests {
    let calendar = sessions("2023-01-03", "2023-12-29")

    func windows(_ train: String, _ test: String, anchored: Bool = false) throws -> [WalkForwardWindow] {
        try WalkForwardWindows.of(
            calendar, from: date("2023-01-03"), train: #require(WindowLength(train)),
            test: #require(WindowLength(test)), isAnchored: anchored, market: .xnys)
    }

    @Test("windows follow one another by the length of a test; a last one at least half as long is kept")
    func bySessions() throws {
        #expect(calendar.count == 250)
        let found = try windows("100", "60")
        #expect(found.map(\.train) == [0..<100, 60..<160, 120..<220])
        #expect(found.map(\.test) == [100..<160, 160..<220, 220..<250])
        #expect(try windows("100", "62").map(\.test) == [100..<162, 162..<224])
        #expect(try windows("100", "60", anchored: true).map(\.train) == [0..<100, 0..<160, 0..<220])
    }

    @Test("months are those of the calendar from the first date on")
    func byMonths() throws {
        let found = try windows("6mo", "3mo")
        #expect(found.count == 2)
        #expect(calendar.dates[found[0].test.lowerBound] == date("2023-07-03"))
        #expect(calendar.dates[found[1].test.lowerBound] == date("2023-10-03"))
        #expect(found[1].test.upperBound == calendar.count)
        #expect(WindowLength("2y") == .months(24))
        for text in ["0", "mo", "-3", "1.5y", "12m"] { #expect(WindowLength(text) == nil) }
        #expect(throws: PlaybookError.self) { try windows("6mo", "60") }
        #expect(throws: PlaybookError.self) { try windows("250", "60") }
    }

    @Test("a day that a month lacks is its last")
    func shortMonths() throws {
        let year = sessions("2023-01-31", "2023-12-29")
        let found = try WalkForwardWindows.of(
            year, from: date("2023-01-31"), train: .months(1), test: .months(1), isAnchored: false, market: .xnys)
        // From Feb 28, Mar 31, Apr 30 (a Sunday: May 1) on.
        #expect(
            found.prefix(3).map { year.dates[$0.test.lowerBound] } == [
                date("2023-02-28"), date("2023-03-31"), date("2023-05-01"),
            ])
    }

    var grid: Grid {
        get throws {
            try Grid(
                axes: [GridAxis(name: "ema-period", values: ["10", "20", "30"])], of: parameters(of: "dp20"),
                in: .xnys)
        }
    }

    /// Three sets with a trade each session: the first gains in the first half of the year, the second in the other one.
    func histories(_ change: (Int, Int) -> Double = { _, _ in 0 }) -> [[[TradeOutcome]?]] {
        [
            (0..<3).map { set -> [TradeOutcome]? in
                set == 2
                    ? nil
                    : (0..<250).map { session in
                        let isGood = (session < 125) == (set == 0)
                        return trade(session, (isGood ? 20 : -10) + Double(session % 3) + change(set, session))
                    }
            }
        ]
    }

    func walk(_ trades: [[[TradeOutcome]?]], minimumTrades: Int = 30, isPerSymbol: Bool = false) throws -> WalkForward {
        WalkForward(
            trades, try windows("100", "50"), try grid, calendar, metric: .net, minimumTrades: minimumTrades,
            capital: 100_000, isPerSymbol: isPerSymbol)
    }

    @Test("the best of each train window is judged on the test window")
    func chosen() throws {
        let found = try walk(histories())
        #expect(found.windows.map(\.set) == [0, 0, 1])
        #expect(found.windows.map(\.window.test) == [100..<150, 150..<200, 200..<250])
        #expect(found.sessions == 100..<250)
        #expect(found.trades.count == 150)
        #expect(found.joined.returns.count == 150)
        #expect(found.results.count == 3)
        #expect(found.choices.map(\.windows) == [2, 1, 0])
        let sums = (
            found.windows.compactMap { $0.train.value(.net) }.reduce(0, +) / 300,
            found.windows.compactMap { $0.test.value(.net) }.reduce(0, +) / 150
        )
        #expect(isClose(found.efficiency.value, sums.1 / sums.0))
    }

    @Test("what comes after a train window changes nothing that is chosen on it")
    func blind() throws {
        let chosen = try walk(histories()).windows.map(\.set)
        for (place, window) in try windows("100", "50").enumerated() {
            let changed = try walk(
                histories { set, session in session >= window.train.upperBound ? Double(set * 999) : 0 })
            #expect(changed.windows.prefix(place + 1).map(\.set) == Array(chosen.prefix(place + 1)))
        }
        // The test can fail: within the train window it does change something.
        let other = try walk(histories { set, session in session < 100 ? Double(set * 999) : 0 })
        #expect(other.windows.map(\.set) != chosen)
    }

    @Test("windows without a set that has enough trades are skipped, as sessions without a trade")
    func skipped() throws {
        let found = try walk(histories(), minimumTrades: 101)
        #expect(found.skipped == 3)
        #expect(found.windows.allSatisfy { $0.set == nil })
        #expect(found.joined.returns == Array(repeating: 0, count: 150))
        #expect(found.efficiency == .absent(.notPositive))
        #expect(found.results == [])
    }

    @Test("each symbol may have its own set")
    func perSymbol() throws {
        let one = histories()[0]
        let trades = [one, [one[1], one[0], nil]]
        let own = try walk(trades, isPerSymbol: true)
        #expect(own.windows.filter { $0.symbols == [0] }.map(\.set) == [0, 0, 1])
        #expect(own.windows.filter { $0.symbols == [1] }.map(\.set) == [1, 1, 0])
        #expect(own.windowCount == 3)
        #expect(own.results.count == 3)
        let together = try walk(trades)
        #expect(together.windows.map(\.symbols) == [[0, 1], [0, 1], [0, 1]])
        #expect(together.trades.count == 300)
    }
}
