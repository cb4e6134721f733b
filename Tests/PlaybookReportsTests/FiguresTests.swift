import PlaybookCore
import Testing

@testable import PlaybookReports

@Suite struct FiguresTests {
    @Test func equityAndDrawdownGoTradeByTrade() throws {
        // 10, 4, 7, then two trades of a day: 1 and 9, then 12.
        let nets: [(String, [Double])] = [
            ("2025-01-02", [10]), ("2025-01-03", [-6]), ("2025-01-06", [3]), ("2025-01-07", [-6, 8]),
            ("2025-01-08", [3]),
        ]
        let rows = nets.flatMap { date, nets in
            nets.enumerated().map {
                Fixture.trade(date, net: $1, r: $1 / 20, number: $0 + 1, of: nets.count)
            }
        }
        let figures = Figures(rows)
        #expect(figures.days.map(\.equity) == [10, 4, 7, 9, 12])
        #expect(figures.days.map(\.fall) == [0, -6, -3, -9, 0])
        let drawdown = try #require(figures.drawdown)
        #expect(drawdown.depth == 9)
        #expect(drawdown.depth == Performance(rows).maximumDrawdown)
        #expect((drawdown.peak, drawdown.trough) == (0, 3))
        #expect(drawdown.recovery == 4)
        #expect(drawdown.length(of: 5) == 4)
    }

    /// As research counts it: a peak lasts while nothing falls from it.
    @Test func aDrawdownStartsWhereTheLastSessionAtThePeakIs() throws {
        let figures = Figures([
            Fixture.session("2025-01-02"), Fixture.trade("2025-01-03", net: 10), Fixture.session("2025-01-06"),
            Fixture.trade("2025-01-07", net: -4), Fixture.trade("2025-01-08", net: 6),
        ])
        let drawdown = try #require(figures.drawdown)
        #expect((drawdown.peak, drawdown.trough) == (2, 3))
        #expect(drawdown.recovery == 4)
        #expect(drawdown.length(of: 5) == 2)
    }

    @Test func aDrawdownFromTheStartThatGoesOnCountsToTheEnd() throws {
        let figures = Figures([
            Fixture.trade("2025-01-02", net: -5), Fixture.session("2025-01-03"), Fixture.trade("2025-01-06", net: 1),
        ])
        let drawdown = try #require(figures.drawdown)
        #expect(drawdown.peak == -1)
        #expect(drawdown.recovery == nil)
        #expect(drawdown.length(of: 3) == 3)
        #expect(Figures([Fixture.trade("2025-01-02", net: 5)]).drawdown == nil)
    }

    @Test func rollingFiguresNeedThirtyTrades() throws {
        let trades = Figures(
            Fixture.dates(31).enumerated().map { Fixture.trade($1, net: $0 == 0 ? 20 : -20, r: $0 == 0 ? 1 : -1) }
        ).trades
        #expect(RollingFigures(Array(trades.dropLast(2))) == nil)
        let rolling = try #require(RollingFigures(trades))
        #expect(rolling.winRate == [1.0 / 30, 0])
        #expect(rolling.expectancy == [-28.0 / 30, -1])
        #expect(
            RollingFigures(
                trades.map { trade in
                    var trade = trade
                    trade.rMultiple = nil
                    return trade
                })?.expectancy == nil)
    }
}
