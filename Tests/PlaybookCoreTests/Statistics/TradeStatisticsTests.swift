import PlaybookCore
import Testing

@Suite("Statistics of trades")
struct TradeStatisticsTests {
    /// Trades of 10 shares at 100 with a stop at 98, one a day from 2013-10-01 on, that end at these prices.
    static func trades(_ exits: Double...) throws -> [ClosedTrade] { ClosedTrade.trades(of: try rows(exits)) }

    static func rows(_ exits: [Double]) throws -> [JournalRow] {
        let sessions = TradingCalendar.nyse.sessions(from: try .of("2013-10-01"), through: try .of("2013-12-31"))
        return try zip(sessions, exits).map { try .made(on: $0.date.description, trade: .made(exit: $1)) }
    }

    @Test("expectancy is the mean R")
    func expectancyOfTrades() throws {
        // R: 1, -1, 2.5, -0.5
        let trades = try Self.trades(102, 98, 105, 99)
        #expect(trades.map(\.rMultiple) == [1, -1, 2.5, -0.5])
        #expect(expectancy(trades) == 0.5)
        #expect(expectancy([]) == nil)
    }

    @Test("expectancy leaves out trades without a risk to measure by")
    func expectancyWithoutStops() throws {
        let rows = [
            try JournalRow.made(on: "2013-10-01", trade: .made(exit: 103)),
            try .made(on: "2013-10-02", trade: .made(exit: 200, stop: nil)),
            try .made(on: "2013-10-03", trade: .made(exit: 200, stop: 100)),
        ]
        let trades = ClosedTrade.trades(of: rows)
        #expect(trades.map(\.rMultiple) == [1.5, nil, nil])
        #expect(expectancy(trades) == 1.5)
        #expect(expectancy(Array(trades[1...])) == nil)
    }

    @Test("a win is a net result above 0, after costs")
    func winRateOfTrades() throws {
        let rows = [
            try JournalRow.made(on: "2013-10-01", trade: .made(exit: 101)),
            try .made(on: "2013-10-02", trade: .made(exit: 101, costs: 10)),
            try .made(on: "2013-10-03", trade: .made(exit: 101, costs: 10.5)),
            try .made(on: "2013-10-04", trade: .made(exit: 100.5, costs: 1)),
            try .made(on: "2013-10-07", trade: .made(exit: 99)),
        ]
        let trades = ClosedTrade.trades(of: rows)
        #expect(trades.map(\.net) == [10, 0, -0.5, 4, -10])
        #expect(trades.map(\.isWin) == [true, false, false, true, false])
        #expect(winRate(trades) == 0.4)
        #expect(winRate([]) == nil)
        #expect(try winRate(Self.trades(99)) == 0)
    }

    @Test("profit factor is gross profit over gross loss, and absent without a loss")
    func profitFactorOfTrades() throws {
        // 20 + 50 over 20 + 5
        #expect(try profitFactor(Self.trades(102, 98, 105, 99.5)) == 2.8)
        #expect(try profitFactor(Self.trades(98, 99)) == 0)
        #expect(try profitFactor(Self.trades(102, 105)) == nil)
        #expect(try profitFactor(Self.trades(100)) == nil)
        #expect(profitFactor([]) == nil)
    }

    @Test("the win rate's interval is Wilson's")
    func wilson() throws {
        // 1 of 4, z² = 3.841459: (0.25 + 0.480182 ± 1.959964 sqrt(0.046875 + 0.060023)) / 1.960365.
        let range = try #require(try winRateInterval(Self.trades(102, 98, 99, 99)))
        #expect(isClose(range.lowerBound, 0.045_587, within: 1e-6))
        #expect(isClose(range.upperBound, 0.699_358, within: 1e-6))
        let none = try #require(try winRateInterval(Self.trades(98, 98)))
        // 0 of 2: from 0 to z² / (2 + z²).
        #expect(none.lowerBound == 0 && isClose(none.upperBound, 0.657_620, within: 1e-6))
        #expect(winRateInterval([]) == nil)
    }

    @Test("drawdown is the deepest fall from the running peak, which starts at 0")
    func drawdown() throws {
        #expect(maximumDrawdown([]) == 0)
        #expect(try maximumDrawdown(Self.trades(101, 102, 103)) == 0)
        // -10, -30, -10, 40: the peak is 0 at first.
        #expect(try maximumDrawdown(Self.trades(99, 98, 102, 105)) == 30)
        // 50, 30, 40, 5, 25, 65, 35: 50 -> 5 is 45.
        #expect(try maximumDrawdown(Self.trades(105, 98, 101, 96.5, 102, 104, 97)) == 45)
        // The deepest at the end: 20, 10, 40, -10.
        #expect(try maximumDrawdown(Self.trades(102, 99, 103, 95)) == 50)
    }

    @Test("drawdown follows the order in which trades were entered, however the rows lie")
    func drawdownOrder() throws {
        // In order: 20, 0, 20: 20 deep. Losses first would be 20 deep from 0, wins first 20 from 40.
        let early = try JournalRow.made(on: "2013-10-01", symbol: "BBB", trade: .made(exit: 98, at: "10:06"))
        let late = try JournalRow.made(on: "2013-10-01", symbol: "AAA", trade: .made(exit: 98, at: "10:20"))
        let next = try JournalRow.made(on: "2013-10-02", symbol: "AAA", trade: .made(exit: 103, at: "10:06"))
        let same = try JournalRow.made(on: "2013-10-02", symbol: "BBB", trade: .made(exit: 101, at: "10:06"))
        let untraded = try JournalRow.made(on: "2013-10-03")
        let trades = ClosedTrade.trades(of: [same, untraded, next, late, early])
        #expect(trades.map(\.net) == [-20, -20, 30, 10])
        #expect(maximumDrawdown(trades) == 40)
        #expect(ClosedTrade.trades(of: [untraded]).isEmpty)
    }

    @Test("excursions are means in price units and in R")
    func excursions() throws {
        let rows = [
            try JournalRow.made(on: "2013-10-01", trade: .made(exit: 101, stop: 98, mae: -1, mfe: 3)),
            try .made(on: "2013-10-02", trade: .made(exit: 101, stop: 96, mae: -2, mfe: 6)),
            try .made(on: "2013-10-03", trade: .made(exit: 101, stop: nil, mae: -6, mfe: 0)),
        ]
        let excursions = try #require(Excursions(ClosedTrade.trades(of: rows)))
        // (1 + 2 + 6) / 3 and (3 + 6 + 0) / 3; in R -1/2 and -2/4, 3/2 and 6/4.
        #expect(excursions.mae == -3)
        #expect(excursions.mfe == 3)
        #expect(excursions.maeInR == -0.5)
        #expect(excursions.mfeInR == 1.5)
        #expect(Excursions([]) == nil)
        let unstopped = try #require(Excursions(ClosedTrade.trades(of: [rows[2]])))
        #expect(unstopped.maeInR == nil)
        #expect(unstopped.mfeInR == nil)
    }
}
