import Testing

@testable import PlaybookCore

/// Trailing, breakeven and exits with shares, by hand; the entry is at 100 as in `FillRuleTests`.
@Suite("Stops that move")
struct StopMoveTests {
    typealias Rules = FillRuleTests

    @Test("a trailing stop follows the best price from the next bar on, and never goes back", arguments: Side.allCases)
    func trail(side: Side) throws {
        var setup = Rules.setup(side, target: nil)
        setup.trail = Setup.Trail(.by(.risk))
        let prices: [SessionSheet.Prices?] = [
            // Best 100.5: the stop goes to 99.5. Its own low below that changes nothing any more.
            (100, 100.5, 99.25, 100),
            // Best 102: the stop goes to 101.
            (100, 102, 99.75, 101.5), (101.5, 101.75, 100.5, 101),
        ]
        let (trade, exits) = try Rules.trade(setup, prices)
        #expect(exits.map(\.reason) == [.trailingStop])
        #expect(trade.exit == Rules.price(side, 101))
        #expect(exits[0].bar == 2)
        #expect(trade.rMultiple == 1)
        #expect(trade.stop == Rules.price(side, 99))
    }

    @Test("`after` begins it at the first close at which the best price reached it", arguments: Side.allCases)
    func trailAfter(side: Side) throws {
        var setup = Rules.setup(side, target: nil)
        setup.trail = Setup.Trail(.by(.risk), after: .entry + .r)
        let prices: [SessionSheet.Prices?] = [
            (100, 100.75, 99.5, 100), (100, 100.75, 99.25, 100.5), (100.5, 101, 100, 101), (101, 101, 99.75, 100),
        ]
        let (trade, exits) = try Rules.trade(setup, prices)
        #expect(exits.map(\.reason) == [.trailingStop])
        #expect(exits[0].bar == 3)
        #expect(trade.exit == 100)
    }

    @Test(
        "a stop moved above the close fills at the next open, one moved to the close is ordinary",
        arguments: Side.allCases)
    func forced(side: Side) throws {
        var values = TableValues()
        var setup = Rules.setup(side, target: nil)
        setup.trail = Setup.Trail(.to(values.number([.nan, .nan, Rules.price(side, 100.25)])))
        // At the close of bar 1, at 100, the stop goes to 100.25: bar 2 opens above it and is filled there all the same.
        let (trade, exits) = try Rules.trade(
            setup, [Rules.quiet, Rules.quiet, (100.75, 101, 100.5, 101)], values: values)
        #expect(exits.map(\.reason) == [.stopGap])
        #expect(trade.exit == Rules.price(side, 100.75))
        var equal = TableValues()
        setup.trail = Setup.Trail(.to(equal.number([.nan, .nan, 100])))
        let (_, kept) = try Rules.trade(
            setup, [Rules.quiet, Rules.quiet, (100.75, 101, 100.5, 101), (100.5, 101, 100, 100)], values: equal)
        #expect(kept.map(\.reason) == [.trailingStop])
        #expect(kept[0].bar == 3)
    }

    @Test("breakeven acts once, before the trail, and names the exit", arguments: Side.allCases)
    func breakeven(side: Side) throws {
        var setup = Rules.setup(side, target: nil)
        setup.breakeven = Setup.Breakeven(to: .entry, after: .entry + .r)
        let prices: [SessionSheet.Prices?] = [Rules.quiet, (100, 101, 99.5, 101), (101, 101, 99.5, 100)]
        let (trade, exits) = try Rules.trade(setup, prices)
        #expect(exits.map(\.reason) == [.breakevenStop])
        #expect(trade.exit == 100)
        #expect(trade.gross == 0)
        // At the same close the trail goes further: it moved the stop last.
        setup.trail = Setup.Trail(.by(.constant(0.5)), after: .entry + .r)
        let (both, trailed) = try Rules.trade(setup, prices)
        #expect(trailed.map(\.reason) == [.trailingStop])
        #expect(both.exit == Rules.price(side, 100.5))
    }

    @Test("without a stop the trail places the first one, and there is no R", arguments: Side.allCases)
    func trailWithoutStop(side: Side) throws {
        var setup = Rules.setup(side, stop: nil, target: nil)
        setup.trail = Setup.Trail(.by(.constant(1)))
        let (trade, exits) = try Rules.trade(setup, [(100, 100.5, 90, 100), (100, 100, 99.5, 100)])
        #expect(exits.map(\.reason) == [.trailingStop])
        #expect(trade.exit == Rules.price(side, 99.5))
        #expect(trade.stop == nil)
        #expect(trade.rMultiple == nil)
        #expect(trade.mae == -10)
    }

    @Test("an unknown price or a distance of nothing moves no stop", arguments: Side.allCases)
    func unknownTrail(side: Side) throws {
        for place in [Formula.constant(.nan), 0, -1] {
            var setup = Rules.setup(side, target: nil)
            setup.trail = Setup.Trail(.by(place))
            let (_, exits) = try Rules.trade(setup, [(100, 105, 99.5, 105), (100, 105, 99.5, 100)])
            #expect(exits.map(\.reason) == [.sessionEnd])
        }
    }

    @Test("an exit with a share acts once, in shares of the entry, rounded down", arguments: Side.allCases)
    func shares(side: Side) throws {
        var values = TableValues()
        var setup = Rules.setup(side)
        setup.exits = [Setup.Exit("part", .condition(values.holds(at: 0, 1), share: 0.5))]
        let prices: [SessionSheet.Prices?] = [
            Rules.quiet, (100.25, 100.5, 99.5, 100), Rules.quiet, (100, 102, 99.5, 102),
        ]
        let (trade, exits) = try Rules.trade(setup, prices, size: .shares(7), values: values)
        #expect(exits.map(\.reason) == [.signal, .target])
        #expect(exits.map(\.lots) == [3, 4])
        let gross: Double = 3 * 0.25 + 4 * 2
        #expect(trade.gross == gross)
        // One that rounds to nothing has acted all the same.
        let (_, none) = try Rules.trade(setup, prices, size: .shares(1), values: values)
        #expect(none.map(\.reason) == [.target])
    }

    @Test("formulas of exits know how long and how well a trade goes", arguments: Side.allCases)
    func held(side: Side) throws {
        var setup = Rules.setup(side)
        let isOld = TradeCondition.compared(.trade(.held), .atLeast, 2)
        let isBehind = TradeCondition.compared(.trade(.profit), .below, .constant(0.25))
        setup.exits = [Setup.Exit("slow", .condition(.and(isOld, isBehind)))]
        let prices: [SessionSheet.Prices?] = [
            Rules.quiet, (100, 100.5, 99.5, 100.25), (100, 100.5, 99.5, 100.125), Rules.quiet,
        ]
        let (_, exits) = try Rules.trade(setup, prices)
        #expect(exits.map(\.reason) == [.signal])
        #expect(exits[0].bar == 3)
    }
}
