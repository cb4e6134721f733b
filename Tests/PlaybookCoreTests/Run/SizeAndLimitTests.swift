import Testing

@testable import PlaybookCore

/// Sizes, refusals, limits and second trades, by hand.
@Suite("Sizes and limits")
struct SizeAndLimitTests {
    typealias Rules = FillRuleTests

    @Test("shares, notional and risk, rounded down to the step", arguments: Side.allCases)
    func sizes(side: Side) throws {
        let stop = Rules.setup(side, stop: 98)
        func shares(_ size: Plan.Size, _ setup: Setup? = nil) throws -> Double {
            try Rules.trade(setup ?? stop, [Rules.quiet, Rules.quiet], size: size).0.shares
        }
        #expect(try shares(.shares(7.9)) == 7)
        // 1999 / 100; 1999 / 100 in steps of 0.1.
        #expect(try shares(Plan.Size(.notional, 1999)) == 19)
        #expect(abs(try shares(Plan.Size(.notional, 1999, step: 0.1)) - 19.9) < 1e-12)
        // 99 / 2; at most 3000 / 100; 0.3 / 0.1 is 3, whatever its last binary place.
        #expect(try shares(Plan.Size(.risk, 99)) == 49)
        #expect(try shares(Plan.Size(.risk, 99, atMost: 3000)) == 30)
        var near = Rules.setup(side, stop: 99.9)
        near.entry = .market
        #expect(try shares(Plan.Size(.risk, 0.3), near) == 3)
    }

    @Test("costs: slippage and fees at the entry and at the exit", arguments: Side.allCases)
    func costs(side: Side) throws {
        let prices = Rules.mirrored(side, [Rules.quiet, (100, 101, 99.5, 101)])
        let plan = try Plan.of(
            Rules.setup(side), costs: Plan.Costs(slippageBps: 2, feePerShare: 0.01))
        let trade = try #require(SessionSheet(prices).play(plan).trades.first)
        // (100 + 101) x 20 x 0.0002 + 2 x 20 x 0.01, for a short (100 + 99).
        #expect(abs(trade.costs - ((100 + Rules.price(side, 101)) * 20 * 0.0002 + 0.4)) < 1e-12)
        #expect(trade.gross == 20)
        #expect(trade.net == trade.gross - trade.costs)
    }

    @Test("what refuses a fill", arguments: Side.allCases)
    func refusals(side: Side) throws {
        func refusal(_ setup: Setup, _ size: Plan.Size = .shares(20)) throws -> NoTrade? {
            let played = SessionSheet(Rules.mirrored(side, [Rules.quiet, Rules.quiet])).play(try .of(setup, size: size))
            #expect(played.trades.isEmpty)
            return played.noTrade[0]
        }
        #expect(try refusal(Rules.setup(side, stop: 100)) == .refused(.stop))
        #expect(try refusal(Rules.setup(side, stop: .nan)) == .refused(.stop))
        #expect(try refusal(Rules.setup(side, target: 100)) == .refused(.target))
        #expect(try refusal(Rules.setup(side, target: .nan)) == .refused(.target))
        #expect(try refusal(Rules.setup(side), .shares(0.5)) == .refused(.size))
        #expect(try refusal(Rules.setup(side), Plan.Size(.notional, .constant(.nan))) == .refused(.size))
        var unpriced = Rules.setup(side)
        unpriced.entry = .stop(price: .constant(.nan))
        #expect(try refusal(unpriced) == .refused(.price))
        unpriced.entry = .limit(price: 100, until: .constant(.nan))
        #expect(try refusal(unpriced) == .refused(.price))
    }

    @Test("too few bars: fewer than 95% of those due, and more than one missing")
    func tooFewBars() throws {
        var values = TableValues()
        let setup = Setup(steps: [Setup.Step("now", when: values.holds(at: 17))])
        let plan = try Plan.of(setup)
        // Bar 17 of those that exist is number 18 or 19: one, or two of 20 are missing.
        var prices: [SessionSheet.Prices?] = Array(repeating: Rules.quiet, count: 30)
        prices[3] = nil
        #expect(SessionSheet(prices).play(plan, values).trades.count == 1)
        prices[4] = nil
        let refused = SessionSheet(prices).play(plan, values)
        #expect(refused.noTrade == [.refused(.bars)])
        #expect(refused.steps == [[17]])
        // What is missing after the decision changes nothing: the order waits for the next bar that there is.
        prices[3] = Rules.quiet
        prices[4] = Rules.quiet
        for missing in 18...22 { prices[missing] = nil }
        #expect(SessionSheet(prices).play(plan, values).trades.first?.entryBar == 18)
    }

    @Test("after a trade setups begin again at the bar after the exit and the pause")
    func secondTrade() throws {
        var values = TableValues()
        var setup = Setup(steps: [Setup.Step("now", when: values.holds(at: 0, 2, 3, 4, 5))])
        setup.exits = [Setup.Exit("quick", .after(bars: 2))]
        let sheet = SessionSheet(Array(repeating: Rules.quiet, count: 14))
        // Entered at bar 1, left at the close of bar 2; bar 3 is the first that is tested; entered at 4, left at 5.
        let two = sheet.play(try .of(setup, limits: Plan.Limits(trades: 2)), values)
        #expect(two.trades.map(\.entryBar) == [1, 4])
        #expect(two.exits.map(\.bar) == [2, 5])
        #expect(two.trades.map { Array(two.stepBars[$0.steps]) } == [[0], [3]])
        // With a pause of two bars bar 5 is the first.
        let paused = sheet.play(try .of(setup, limits: Plan.Limits(trades: 2, pause: 2)), values)
        #expect(paused.trades.map(\.entryBar) == [1, 6])
        #expect(sheet.play(try .of(setup), values).trades.count == 1)
        setup.trades = 1
        #expect(sheet.play(try .of(setup, limits: Plan.Limits(trades: nil)), values).trades.count == 1)
    }

    @Test("losses and their sum end the session", arguments: Side.allCases)
    func losses(side: Side) throws {
        var values = TableValues()
        var setup = Rules.setup(side, stop: 95, target: nil)
        setup.steps = [Setup.Step("always", when: .constant(true))]
        setup.exits = [Setup.Exit("quick", .after(bars: 1))]
        _ = values.holds(at: 0)
        // Each trade is entered at 100 and left at 99.5, 20 shares: 10 USD lost.
        let prices = Rules.mirrored(side, Array(repeating: (100, 100, 99, 99.5), count: 20))
        func trades(_ limits: Plan.Limits) throws -> Int {
            SessionSheet(prices).play(try .of(setup, limits: limits), values).trades.count
        }
        #expect(try trades(Plan.Limits(trades: nil, losses: 2)) == 2)
        #expect(try trades(Plan.Limits(trades: nil, loss: 30)) == 3)
        #expect(try trades(Plan.Limits(trades: nil, loss: 30.01)) == 4)
        #expect(try trades(Plan.Limits(trades: 5, losses: 9, loss: 1000)) == 5)
        // 20 bars: a step, an entry, a step, an entry.
        #expect(try trades(Plan.Limits(trades: nil)) == 10)
    }

    @Test("filters are looked at in order, and the exit after them")
    func filters() throws {
        var values = TableValues()
        values.sessionTruths = [true, false, nil]
        let sheet = SessionSheet([Rules.quiet, Rules.quiet])
        func verdict(_ filters: [Int], exit: Formula? = nil) throws -> NoTrade? {
            let named = filters.map { Plan.Filter("f\($0)", TruthRef($0)) }
            return sheet.play(try .of(Rules.setup(.long), exit: exit, filters: named), values).noTrade[0]
        }
        #expect(try verdict([0]) == nil)
        #expect(try verdict([0, 1]) == .filter(1))
        #expect(try verdict([2, 1]) == .filter(0))
        #expect(try verdict([0], exit: .constant(.nan)) == .exitUnknown)
        #expect(try verdict([0, 1], exit: .constant(.nan)) == .filter(1))
    }

    @Test("a plan whose parts contradict each other is refused")
    func contradictions() {
        #expect(throws: PlanError.self) { try Plan.of() }
        #expect(throws: PlanError.self) { try Plan.of(Setup(targets: [Setup.Target(at: .r)])) }
        #expect(throws: PlanError.self) { try Plan.of(Setup(stop: .r)) }
        #expect(throws: PlanError.self) { try Plan.of(Setup(), size: Plan.Size(.risk, 100)) }
        #expect(throws: PlanError.self) { try Plan.of(Setup(window: Setup.Window(from: 600, to: 630))) }
        #expect(throws: PlanError.self) {
            let targets = [Setup.Target(at: 101, share: 0.6), Setup.Target(at: 102, share: 0.5)]
            return try Plan.of(Setup(targets: targets))
        }
        #expect(throws: PlanError.self) {
            let when = TradeCondition.compared(.step(0, .high), .above, 1)
            return try Plan.of(Setup(steps: [Setup.Step("a", when: when)]))
        }
        #expect(throws: PlanError.self) { try Plan.of(Setup(), Setup()) }
        #expect(throws: PlanError.self) { try Plan.of(Setup(), resolve: .minutes(3)) }
    }
}
