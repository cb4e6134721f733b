import PlaybookCore
import PlaybookResearch
import Testing

@Suite("Account")
struct AccountTests {
    /// A trade of 100 shares at 50 USD that risks 1 USD a share; times in minutes.
    func trade(
        _ from: Int, _ to: Int, _ net: Double, symbol: String = "QQQ", day: String = "2024-01-02", risk: Double? = 1
    ) -> AccountTrade {
        AccountTrade(
            date: date(day), symbol: symbol, strategy: "dp20", parametersID: "p", number: 1, entryAt: Int64(from * 60),
            exitAt: Int64(to * 60), entry: 50, shares: 100, net: net, riskPerShare: risk)
    }

    @Test("without rules rows stay what they are")
    func plain() {
        let trades = [trade(0, 10, 100), trade(20, 30, -40)]
        let account = Account(trades, AccountRules())
        #expect(account.taken.map(\.net) == [100, -40])
        #expect(account.taken.allSatisfy { $0.scale == 1 })
        let series = account.series(
            trades, AccountRules(), dates: [date("2024-01-02"), date("2024-01-03")], sessionsPerYear: 252)
        #expect(series.returns == [0.0006, 0])
        #expect(!series.isCompounded)
    }

    @Test("each trade risks a share of the equity at its entry, in which only what ended before counts")
    func risk() {
        var rules = AccountRules()
        rules.capital = 10_000
        rules.risk = 0.01
        // R of 1, 1 and -1: 100 shares risk 100 USD.
        let trades = [trade(0, 10, 100), trade(10, 20, 100), trade(30, 40, -100)]
        let account = Account(trades, rules)
        // The first has not ended strictly before the second begins.
        #expect(isClose(account.taken[0].net, 100))
        #expect(isClose(account.taken[1].net, 100))
        #expect(isClose(account.taken[2].net, -102))
    }

    @Test("without a stop a trade that is to risk a share is passed over")
    func noStop() {
        var rules = AccountRules()
        rules.risk = 0.01
        let account = Account([trade(0, 10, 100, risk: nil), trade(0, 10, 100)], rules)
        #expect(account.taken.count == 1)
        #expect(account.passedOver == [.noStop: 1])
    }

    @Test("trades that enter together are taken by symbol; no more positions than allowed")
    func positions() {
        var rules = AccountRules()
        rules.maximumPositions = 1
        let trades = [
            trade(0, 10, 1, symbol: "SPY"), trade(0, 10, 2, symbol: "IWM"), trade(10, 12, 3), trade(13, 20, 4),
        ]
        let account = Account(trades, rules)
        // IWM first; the third enters as it ends, the fourth after it.
        #expect(account.taken.map(\.place) == [1, 3])
        #expect(account.passedOver == [.positions: 2])
    }

    @Test("the leverage cuts a quantity to what fits")
    func leverage() {
        var rules = AccountRules()
        (rules.capital, rules.leverage) = (8_000, 1)
        // 5,000 USD each: the second gets 3,000.
        let account = Account([trade(0, 10, 100), trade(5, 10, 100)], rules)
        #expect(account.cut == 1)
        #expect(isClose(account.taken[1].scale, 0.6))
        #expect(isClose(account.taken[1].net, 60))
    }

    @Test("a trade that would raise the open risk above the limit is passed over whole")
    func openRisk() {
        var rules = AccountRules()
        (rules.capital, rules.risk, rules.maximumRisk) = (10_000, 0.01, 0.02)
        let account = Account((0..<3).map { trade($0, 100, 100) }, rules)
        #expect(account.taken.count == 2)
        #expect(account.passedOver == [.risk: 1])
    }

    @Test("returns of trades that risk a share refer to the equity before the session")
    func returns() {
        var rules = AccountRules()
        (rules.capital, rules.risk) = (10_000, 0.1)
        let trades = [trade(0, 10, 100), trade(2_000, 2_010, 100, day: "2024-01-03")]
        let account = Account(trades, rules)
        let series = account.series(
            trades, rules, dates: [date("2024-01-02"), date("2024-01-03")], sessionsPerYear: 252)
        #expect(series.isCompounded)
        #expect(isClose(series.returns[0], 0.1))
        #expect(isClose(series.returns[1], 0.1))
        #expect(isClose(series.equity[1], 12_100))
    }

    @Test("paired differences and their interval")
    func comparison() throws {
        let base = normals(400, seed: 8).map { $0 * 100 }
        let same = SeriesComparison(base, base)
        #expect(same.mean == 0)
        #expect(same.interval == 0...0)
        let better = SeriesComparison(base.map { $0 + 7 }, base)
        #expect(isClose(better.mean, 7))
        let other = SeriesComparison(base, normals(400, seed: 9).map { $0 * 100 })
        let interval = try #require(other.interval)
        #expect(interval.contains(other.mean))
        // 1.96 x sqrt(2) x 100 / sqrt(400) to either side.
        #expect((10...18).contains((interval.upperBound - interval.lowerBound) / 2))
        #expect(SeriesComparison([1, 2], [0, 0]).interval == nil)
    }
}
