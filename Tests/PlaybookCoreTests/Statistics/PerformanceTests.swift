import PlaybookCore
import Testing

@Suite("Performance")
struct PerformanceTests {
    @Test("of rows counts sessions and sums up trades")
    func summary() throws {
        var incomplete = try JournalRow.made(on: "2013-10-01")
        incomplete.noTrade = "refused:bars"
        let rows = [
            incomplete, try .made(on: "2013-10-02"),
            try .made(
                on: "2013-10-03",
                trade: .made(exit: 104, costs: 1, at: "10:08", trueRange: 1, mae: -0.5, mfe: 5, reason: .endOfDay)),
            try .made(
                on: "2013-10-04",
                trade: .made(exit: 98, costs: 2, at: "10:12", trueRange: 2, mae: -2, mfe: 1, reason: .stopLoss)),
            try .made(
                on: "2013-10-07",
                trade: .made(exit: 97, costs: 3, at: "10:14", trueRange: 3, mae: -3, mfe: 0, reason: .stopGap)),
            try .made(
                on: "2013-10-08",
                trade: .made(exit: 98, costs: 2, at: "10:32", trueRange: 4, mae: -2, mfe: 0, reason: .stopLoss)),
        ]
        let performance = Performance(rows)
        #expect(performance.sessions == 6)
        #expect(performance.incomplete == 1)
        #expect(performance.trades == 4)
        #expect(performance.winRate == 0.25)
        // R: 2, -1, -1.5, -1
        #expect(performance.expectancy == -0.375)
        // One winner is too few.
        #expect(performance.intervals == nil)
        #expect(performance.winRateInterval?.contains(0.25) == true)
        #expect(performance.sessionsByTrades.map(\.trades) == [0, 1])
        #expect(performance.sessionsByTrades.map(\.sessions) == [2, 4])
        // Net: 39, -22, -33, -22
        #expect(performance.net == -38)
        #expect(performance.costs == 8)
        let profitFactor: Double = 39 / 77
        #expect(performance.profitFactor == profitFactor)
        #expect(performance.maximumDrawdown == 77)
        #expect(performance.excursions?.mae == -1.875)
        #expect(performance.excursions?.mfe == 1.5)
        #expect(performance.exits.map(\.reason) == ["stop_loss", "end_of_day", "stop_gap"])
        #expect(performance.exits.map(\.count) == [2, 1, 1])
        #expect(performance.byEntryBucket.map(\.group) == ["10:00-10:10", "10:10-10:20", "10:30-10:40"])
        #expect(performance.byEntryBucket.map(\.net) == [39, -55, -22])
        #expect(performance.byTrueRangeTercile.map(\.trades) == [1, 1, 2])
        #expect(performance.byTrueRangeTercile.map(\.net) == [39, -22, -55])
        #expect(performance.bySide.map(\.group) == ["long"] && performance.bySetup.isEmpty)
        #expect(performance.byExitReason.map(\.group) == ["end_of_day", "stop_gap", "stop_loss"])
        #expect(performance.byExitReason.map(\.net) == [39, -33, -44])
        #expect(performance.byMonth.map(\.group) == ["2013-10"])
        // The 3rd is a Thursday.
        #expect(performance.byWeekday.map(\.group) == ["mon", "tue", "thu", "fri"])
        #expect(performance.byWeekday.map(\.net) == [-33, -22, 39, -22])
        #expect(performance.byR.map(\.group) == ["below -1 R", "-1 to 0 R", "0 to 1 R", "1 to 2 R", "2 to 3 R"])
        #expect(performance.byR.map(\.trades) == [1, 2, 0, 0, 1])
    }

    @Test("of nothing, or of sessions without trades, has no means")
    func empty() throws {
        for rows in [[], [try JournalRow.made()]] {
            let performance = Performance(rows)
            #expect(performance.sessions == rows.count)
            #expect(performance.trades == 0)
            #expect(performance.winRate == nil)
            #expect(performance.expectancy == nil)
            #expect(performance.intervals == nil && performance.winRateInterval == nil)
            #expect(performance.profitFactor == nil)
            #expect(performance.net == 0)
            #expect(performance.maximumDrawdown == 0)
            #expect(performance.excursions == nil)
            #expect(performance.exits.isEmpty)
            #expect(performance.byEntryBucket.isEmpty)
            #expect(performance.byTrueRangeTercile.isEmpty)
        }
    }

    @Test("of a backtest's rows agrees with the rows")
    func ofABacktest() async throws {
        let market = try RandomMarket(seed: 101, from: "2013-08-01", sessions: 80, missing: 0.01).make()
        let strategy = try dp20(["window-end": "12:00", "slippage-bps": "1", "reversal-strength": "0.3"])
        let rows = try await market.journal(strategy, on: "2013-08-12", through: "2013-11-15")
        let performance = Performance(rows.reversed())
        let trades = rows.compactMap(\.trade)
        #expect(trades.count > 20)
        #expect(performance.trades == trades.count)
        #expect(performance.sessions == rows.count)
        #expect(isClose(performance.net, trades.map(\.net).reduce(0, +)))
        #expect(isClose(performance.costs, trades.map(\.costs).reduce(0, +)))
        let multiples = trades.compactMap(\.rMultiple)
        #expect(isClose(performance.expectancy, multiples.reduce(0, +) / Double(multiples.count)))
        let exits = performance.exits.map(\.count).reduce(0, +)
        #expect(exits == trades.count)
        let inBuckets = performance.byEntryBucket.map(\.trades).reduce(0, +)
        #expect(inBuckets == trades.count)
        let inTerciles = performance.byTrueRangeTercile.map(\.trades).reduce(0, +)
        #expect(inTerciles == trades.count)
        let netOfTerciles = performance.byTrueRangeTercile.map(\.net).reduce(0, +)
        #expect(isClose(netOfTerciles, performance.net))
        #expect(performance.intervals?.expectancy?.contains(performance.expectancy ?? .nan) == true)
    }
}
