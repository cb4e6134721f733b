@testable import PlaybookCore
import Testing

/// Buys after a close below an average and one above it, in one of many ways that differ in one thing each.
private enum Turn: Strategy {
    static let variants = 28

    static let descriptor = StrategyDescriptor(
        name: "turn", summary: "Buy a turn", rules: [],
        parameters: [
            .whole("variant", 0, 0...(variants - 1), unit: "", help: "what is done in another way"),
            .whole("average", 5, 1...100, unit: "bars", help: "period of the average"),
            .whole("within", 3, 1...100, unit: "bars", help: "bars from below to above"),
            .whole("last", 660, 0...960, unit: "minutes", help: "the window's last time"),
        ] + ParameterSpec.costs)

    static func write(_ playbook: inout PlaybookBuilder, _ parameters: ParameterSet) throws {
        let average = Series.ema(.close, parameters.whole("average"))
        let range = playbook.formula(.atr(14))
        let below = playbook.condition(.close < .ema(.close, 9))
        let noon = Formula.time(TimeOfDay(minutes: 720))
        playbook.filter("weekday", .weekday(in: [.monday, .tuesday, .wednesday, .thursday]))
        var setup = Setup(
            window: Setup.Window(
                from: .time(TimeOfDay(minutes: 600)), to: .constant(Double(parameters.whole("last")))),
            steps: [
                playbook.step("below", .close < average),
                playbook.step("above", .close > average, quality: .position > 0.5, within: parameters.whole("within")),
            ],
            stop: .entry - 2 * range)
        switch parameters.whole("variant") {
        case 1: setup.stop = .entry - 3 * range
        case 2: setup.stop = .step(0, .low) - range
        case 3: setup.targets = [Setup.Target(at: .entry + .r)]
        case 4: setup.targets = [Setup.Target(at: .entry + .r, share: 0.5)]
        case 5: setup.targets = [Setup.Target(at: .entry + 2 * .r, share: 0.5)]
        case 6: setup.trail = Setup.Trail(.by(range))
        case 7: setup.trail = Setup.Trail(.by(range), after: .entry + .r)
        case 8: setup.trail = Setup.Trail(.to(.step(1, .lowSince) - range))
        case 9: setup.breakeven = Setup.Breakeven(to: .entry, after: .entry + .r)
        case 10: setup.breakeven = Setup.Breakeven(to: .entry + 0.1 * .r, after: .entry + .r)
        case 11: setup.exits = [Setup.Exit("cross", .condition(below))]
        case 12: setup.exits = [Setup.Exit("cross", .condition(below, share: 0.5))]
        case 13: setup.exits = [Setup.Exit("later", .after(bars: 9))]
        case 14: playbook.size = Plan.Size(.notional, 10_000)
        case 15: playbook.size = Plan.Size(.notional, 10_000, step: 10)
        case 16: playbook.size = Plan.Size(.risk, 100, atMost: 5_000)
        case 17: playbook.exit = noon
        case 18: (setup.side, setup.stop) = (.short, .entry + 2 * range)
        case 19: setup.entry = .stop(price: .step(1, .high))
        case 20: setup.entry = .stop(price: .step(1, .high), bars: 2)
        case 21: setup.entry = .limit(price: .step(1, .low), until: noon)
        case 22: setup.entry = .at(time: noon)
        case 23: playbook.limits = Plan.Limits(trades: nil, pause: 3)
        case 24: (playbook.limits, setup.trades) = (Plan.Limits(trades: nil), 2)
        case 25: setup.steps[1].restarts = true
        case 26: setup.window = nil
        case 27: setup.cancel = playbook.condition(.close < .ema(.close, 100))
        default: break
        }
        playbook.setups = [setup]
    }
}

@Suite("What sets of a sweep share")
struct SweepOutcomeTests {
    static func sets(_ variant: Int, _ costs: [String: String] = [:]) throws -> [Playbook] {
        var sets: [Playbook] = []
        for average in ["5", "9", "20"] {
            for (within, last) in [("2", "660"), ("12", "660"), ("12", "750")] {
                let values = ["variant": "\(variant)", "average": average, "within": within, "last": last]
                sets.append(try Playbook(Turn.self, overrides: values.merging(costs) { $1 }))
            }
        }
        return sets
    }

    @Test("goes by keys that were made for these rules: a new rule must be looked at there, and have a variant here")
    func rules() throws {
        func names(_ value: Any) -> [String] { Mirror(reflecting: value).children.compactMap(\.label) }
        let plan = try Self.sets(0)[0].plan
        #expect(
            names(plan) == [
                "timeframe", "filters", "setups", "exit", "size", "limits", "resolve", "costs", "isKnownBeforeOpen",
                "journal",
            ])
        #expect(names(plan.size) == ["kind", "amount", "atMost", "step", "hasUsualStep"])
        #expect(names(plan.limits) == ["trades", "losses", "loss", "pause"])
        #expect(names(plan.costs) == ["slippageBps", "feePerShare"])
        let setup = try #require(plan.setups.first)
        #expect(
            names(setup) == [
                "name", "side", "window", "trades", "steps", "cancel", "entry", "stop", "targets", "trail", "breakeven",
                "exits",
            ])
        #expect(try names(#require(setup.window)) == ["from", "to"])
        #expect(try names(#require(setup.steps.first)) == ["name", "when", "quality", "within", "restarts"])
        #expect(names(Setup.Target(at: .entry)) == ["price", "share"])
        #expect(names(Setup.Trail(.by(.entry))) == ["place", "after"])
        #expect(names(Setup.Breakeven(to: .entry, after: .entry)) == ["to", "after"])
        #expect(names(Setup.Exit("later", .after(bars: 9))) == ["name", "when"])
    }

    @Test("is what each of them does alone, whatever the others differ in")
    func variants() async throws {
        var groups = try (0..<Turn.variants).map { try Self.sets($0) }
        groups.append(try Self.sets(0, ["slippage-bps": "1"]))
        groups.append(try Self.sets(0, ["fee-per-share": "0.01"]))
        // Sets of all kinds side by side.
        let sets = groups[0].indices.flatMap { set in groups.map { $0[set] } }
        let market = try RandomMarket(seed: 72, from: "2013-07-01", sessions: 110, missing: 0.003).make()
        let history = try await market.history(for: sets, on: "2013-08-01", through: "2013-11-29")
        let backtest = Backtest(history: history)
        var swept: [[Int: [SessionTrade]]] = Array(repeating: [:], count: sets.count)
        backtest.sweep(sets) { place, slice, trade in swept[place][slice, default: []].append(trade) }
        for (place, set) in sets.enumerated() {
            var alone: [Int: [SessionTrade]] = [:]
            for outcome in backtest.outcomes(set) where !outcome.trades.isEmpty {
                alone[outcome.slice] = outcome.trades.map(\.fill)
            }
            #expect(swept[place] == alone, "set \(place)")
            #expect(!alone.isEmpty, "set \(place)")
        }
        // Each variant does something that no other does.
        let perVariant = groups.indices.map { variant in
            swept.indices.filter { $0 % groups.count == variant }.map { swept[$0] }
        }
        #expect(Set(perVariant).count == groups.count)
    }
}
