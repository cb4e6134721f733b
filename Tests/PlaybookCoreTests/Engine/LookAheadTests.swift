import PlaybookCore
import Testing

@Suite("Look-ahead")
struct LookAheadTests {
    static let seed: UInt64 = 150

    /// Sessions over a month's end, with missing bars and a split among those before them, of which two are cut: one
    /// that closes early and a whole one.
    static func replay(_ strategy: any Strategy, missing: Double = 0.01) throws -> LookAheadReplay {
        let splits = [Split(date: try .of("2013-11-26"), ratio: 2)]
        let market = try RandomMarket(
            seed: Self.seed, from: "2013-11-18", sessions: 12, missing: missing, splits: splits)
        return LookAheadReplay(
            market: market.make(), strategy: strategy, sessions: (try .of("2013-11-27"))...(try .of("2013-12-03")))
    }

    static func dates() throws -> [CivilDate] {
        try ["2013-11-29", "2013-12-02"].map { try CivilDate.of($0) }
    }

    static func expectNone(
        _ contradictions: [LookAheadReplay.Contradiction], sourceLocation: SourceLocation = #_sourceLocation
    ) {
        let count = contradictions.count
        #expect(count == 0, "\(contradictions.prefix(5))", sourceLocation: sourceLocation)
    }

    /// Rules loose enough to trade on most days.
    static let looseRules = [
        ["reversal-strength": "0.1", "window-end": "12:00", "stop-atr": "0.6", "trend-period": "30"],
        ["window-start": "09:30", "window-end": "12:50", "reversal-strength": "0", "trend-period": "30"],
        ["ema-period": "5", "atr-period": "3", "stop-atr": "4", "trend-period": "10", "window-end": "11:30"],
    ]

    @Test("changes nothing that DP20 decided: every prefix gives the same past", arguments: looseRules)
    func dp20Holds(overrides: [String: String]) async throws {
        let replay = try Self.replay(try dp20(overrides))
        let (contradictions, prefixes) = try await replay.run(cutting: try Self.dates())
        Self.expectNone(contradictions)
        #expect(prefixes > 2 * (100 + 185))
    }

    @Test("changes nothing that DP20 decided by its defaults")
    func defaultsHold() async throws {
        let replay = try Self.replay(try dp20())
        let (contradictions, prefixes) = try await replay.run(cutting: [try .of("2013-12-02")])
        Self.expectNone(contradictions)
        #expect(prefixes > 2 * 185)
    }

    @Test("changes nothing where bars are missing: orders are refused by what was missing at their decision")
    func missingBarsHold() async throws {
        var refused = 0
        var traded = 0
        for overrides in Self.looseRules {
            let replay = try Self.replay(try dp20(overrides), missing: 0.12)
            let dates = try Self.dates()
            Self.expectNone(try await replay.run(cutting: dates).contradictions)
            let rows = try await replay.market.journal(replay.strategy, on: "2013-11-27", through: "2013-12-03")
            for row in rows where dates.contains(row.tradeDate) {
                refused += row.noTrade == NoTradeCode.tooFewBars ? 1 : 0
                traded += row.trade == nil ? 0 : 1
            }
        }
        #expect(refused > 0 && traded > 0, "\(refused) refused, \(traded) traded")
    }

    @Test("sees trades that stop out, gap or end with the day in the sessions it cuts")
    func somethingHappens() async throws {
        var reasons: [Trade.ExitReason: Int] = [:]
        for overrides in Self.looseRules + [[:]] {
            let replay = try Self.replay(try dp20(overrides))
            let rows = try await replay.market.journal(
                replay.strategy, on: "2013-11-27", through: "2013-12-03")
            let dates = try Self.dates()
            for row in rows where dates.contains(row.tradeDate) {
                if let reason = row.trade?.reason { reasons[reason, default: 0] += 1 }
            }
        }
        for reason in [Trade.ExitReason.stopLoss, .stopGap, .endOfDay] { #expect(reasons[reason] != nil, "\(reasons)") }
        #expect(reasons.values.reduce(0, +) >= 5, "\(reasons)")
    }

    @Test("changes nothing that timed-entry decided")
    func timedEntryHolds() async throws {
        let strategy = try timedEntry(["bounce-bps": "20", "stop-atr": "2", "entry-time": "11:00"])
        let (contradictions, _) = try await Self.replay(strategy).run(cutting: try Self.dates())
        Self.expectNone(contradictions)
    }

    @Test("is caught in a strategy that peeks, whichever way", arguments: LeakingStrategy.Leak.allCases)
    func leaksAreCaught(leak: LeakingStrategy.Leak) async throws {
        let replay = try Self.replay(try LeakingStrategy(leak))
        let (contradictions, _) = try await replay.run(cutting: try Self.dates(), limit: 20)
        let expected =
            switch leak {
            case .lastClose, .barCount: "entry"
            case .nextBar: "pullback"
            case .closeOfEntryBar, .lowestLow, .laterIndicator: "stop"
            case .ownDailyClose, .lastDailyClose: "trend average"
            }
        let caught = contradictions.contains { $0.what == expected }
        #expect(caught, "\(contradictions.prefix(5))")
    }

    @Test("is not found in a strategy that does the same without peeking")
    func honestStrategyPasses() async throws {
        let replay = try Self.replay(try LeakingStrategy(nil))
        let (contradictions, _) = try await replay.run(cutting: [try .of("2013-11-29")])
        Self.expectNone(contradictions)
    }
}
