import PlaybookResearch
import Testing

@Suite("Figures of trades")
struct TradeFigureTests {
    @Test("net R is net P&L over what was at risk; trades without a stop have none")
    func netR() {
        let results = NetResults([trade(0, 200), trade(1, -50), trade(2, 900, risk: .nan)])
        #expect(results.isInR)
        #expect(results.values == [2, -0.5])
        #expect(results.expectancy == .value(0.75))
    }

    @Test("without any stop the expectancy is the mean P&L, and Kelly has no meaning")
    func noStop() {
        let results = NetResults([trade(0, 30, risk: .nan), trade(1, -10, risk: .nan)])
        #expect(!results.isInR)
        #expect(results.expectancy == .value(10))
        #expect(results.kelly == .absent(.noStop))
        #expect(NetResults([TradeOutcome]()).expectancy == .absent(.noTrades))
    }

    @Test("SQN: sqrt(min(n, 100)) x mean / deviation")
    func systemQuality() {
        // R 3, -1, 3, -1: mean 1, deviation sqrt(16 / 3).
        let four = (0..<4).map { trade($0, $0 % 2 == 0 ? 300 : -100) }
        #expect(isClose(NetResults(four).systemQuality.value, 2 / (16.0 / 3).squareRoot()))
        let many = (0..<400).map { trade($0, $0 % 2 == 0 ? 300 : -100) }
        #expect(isClose(NetResults(many).systemQuality.value, 10 / (400 * 4.0 / 399).squareRoot()))
        #expect(NetResults([trade(0, 5)]).systemQuality == .absent(.oneTrade))
        #expect(NetResults([trade(0, 5), trade(1, 5)]).systemQuality == .absent(.noVariance))
    }

    @Test("Kelly of two outcomes is p - q / b")
    func kelly() {
        // 60% win 2 R, 40% lose 1 R: 0.6 - 0.4 / 2.
        let trades = (0..<10).map { trade($0, $0 < 6 ? 200 : -100) }
        #expect(isClose(NetResults(trades).kelly.value, 0.4, 1e-12))
        #expect(NetResults([trade(0, 100), trade(1, -100)]).kelly == .value(0))
        #expect(NetResults([trade(0, 100), trade(1, 50)]).kelly == .absent(.noLoser))
        // A loss of 4 R in a hundred bounds the share below 1/4: f = (0.99 x 4 - 0.01 x 16 ...) solved by hand:
        // 99 / (1 + f) = 4 / (1 - 4 f), f = 95 / 400.
        let rare = (0..<100).map { trade($0, $0 < 99 ? 100 : -400) }
        #expect(isClose(NetResults(rare).kelly.value, 95.0 / 400, 1e-12))
    }

    @Test("exposure counts minutes that overlap once")
    func exposed() {
        // 10 to 60 and 40 to 70 make an hour; another session has 30 minutes. Of 780.
        let trades = [trade(0, 1, from: 40, to: 70), trade(0, 1, from: 10, to: 60), trade(1, 1, from: 0, to: 30)]
        #expect(exposure(trades, minutes: 780) == .value(90.0 / 780))
        #expect(exposure([trade(0, 1, from: 5, to: 5)], minutes: 390) == .value(0))
    }

    @Test("doubled costs are at least 2 bps of what is bought and sold")
    func doubled() {
        // 10,000 USD bought and sold: 4 USD at least.
        #expect(isClose(trade(0, 10, costs: 0).atDoubledCosts.net, 6))
        #expect(isClose(trade(0, 10, costs: 1).atDoubledCosts.net, 7))
        #expect(isClose(trade(0, 10, costs: 5).atDoubledCosts.net, 5))
    }

    @Test("a run's figures by name")
    func byName() {
        let trades = (0..<40).map { trade($0, $0 % 2 == 0 ? 300 : -100) }
        let figures = sessions("2024-01-02", "2024-02-28").figures(trades, capital: 100_000)
        #expect(figures.value(.net) == 4_000)
        #expect(figures.value(.profitFactor) == 3)
        #expect(figures.value(.winRate) == 0.5)
        #expect(figures.all.map(\.name) == FigureName.allCases)
        #expect(Set(FigureName.allCases.map(\.name)).count == FigureName.allCases.count)
    }
}
