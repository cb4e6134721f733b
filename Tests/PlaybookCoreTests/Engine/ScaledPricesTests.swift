import Testing

@testable import PlaybookCore

/// A power of two changes no digit of a binary number, so nothing may come out differently by as much as the last place.
@Suite("The same bars at another price level")
struct ScaledPricesTests {
    static let factors = [2, 0.5, 1.0 / 16_384]

    @Test("give the same decisions and trades, at prices that are as many times as high", arguments: factors)
    func sameTrades(factor: Double) async throws {
        let splits = [Split(date: try .of("2013-10-15"), ratio: 3), Split(date: try .of("2013-12-03"), ratio: 0.25)]
        let market = try RandomMarket(seed: 81, from: "2013-08-01", sessions: 110, missing: 0.015, splits: splits)
            .make()
        var scaled = market.mapping { bar in
            Bar(
                time: bar.time, open: bar.open * factor, high: bar.high * factor, low: bar.low * factor,
                close: bar.close * factor, volume: bar.volume)
        }
        scaled.daily = market.daily?.changing { $1 * factor }
        var trades = 0
        var refusals = 0
        for strategy in try BacktestPropertyTests.strategies() {
            let before = try await Self.outcomes(market, strategy)
            let after = try await Self.outcomes(scaled, strategy)
            try #require(before.count == after.count)
            for (one, other) in zip(before, after) {
                trades += one.trades.count
                refusals += one.untraded?.reason == .refused(.bars) ? 1 : 0
                #expect(one.filters == other.filters)
                #expect(one.untraded.map(Self.decided) == other.untraded.map(Self.decided))
                #expect(
                    one.trades.map { Self.scaled($0.fill, by: factor) }
                        == other.trades.map { Self.scaled($0.fill, by: 1) })
                #expect(one.trades.map(\.steps) == other.trades.map(\.steps))
                #expect(one.trades.map(\.fill.rMultiple) == other.trades.map(\.fill.rMultiple))
            }
        }
        #expect(trades > 200 && refusals > 10, "\(trades) trades, \(refusals) refusals")
    }

    private static func outcomes(_ market: MemoryMarket, _ strategy: Playbook) async throws -> [SessionOutcome] {
        let history = try await market.history(for: [strategy], on: "2013-08-12", through: "2013-12-31")
        return Backtest(history: history).outcomes(strategy)
    }

    /// What was decided, but for the prices in it.
    private static func decided(_ untraded: SessionOutcome.Untraded) -> SessionOutcome.Untraded {
        var decided = untraded
        decided.values = []
        return decided
    }

    private static func scaled(_ trade: SessionTrade, by factor: Double) -> SessionTrade {
        var scaled = trade
        scaled.entry *= factor
        scaled.exit *= factor
        scaled.stop = trade.stop.map { $0 * factor }
        scaled.mae *= factor
        scaled.mfe *= factor
        scaled.gross *= factor
        // A fee a share does not grow with the price, what is paid by the value does.
        scaled.costs = 0
        return scaled
    }
}
