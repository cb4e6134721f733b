import PlaybookYardsticks
import Testing

@testable import PlaybookCore

@Suite("Look-ahead")
struct LookAheadTests {
    static let seed: UInt64 = 150

    /// Sessions over a month's end, with missing bars and a split among those before them, of which two are cut: one
    /// that closes early and a whole one.
    static func replay(
        _ playbook: Playbook, missing: Double = 0.01, leak: PeekingValues.Leak? = nil
    ) throws -> LookAheadReplay {
        let splits = [Split(date: try .of("2013-11-26"), ratio: 2)]
        let market = try RandomMarket(
            seed: Self.seed, from: "2013-11-18", sessions: 12, missing: missing, splits: splits)
        return LookAheadReplay(
            market: market.make(), playbook: playbook, sessions: (try .of("2013-11-27"))...(try .of("2013-12-03")),
            leak: leak)
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

    @Test("changes nothing that dp20 did: every prefix gives the same past and the same orders")
    func dp20Holds() async throws {
        var reasons: Set<ExitReason> = []
        for overrides in Self.looseRules + [[:]] {
            let (contradictions, prefixes, trades) = try await Self.replay(try dp20(overrides))
                .run(cutting: try Self.dates())
            Self.expectNone(contradictions)
            #expect(prefixes > 2 * (100 + 185))
            reasons.formUnion(trades.compactMap(\.reason))
        }
        #expect(reasons.isSuperset(of: [.stopLoss, .stopGap, .endOfDay]), "\(reasons)")
    }

    @Test("changes nothing where bars are missing: orders are refused by what was missing at their decision")
    func missingBarsHold() async throws {
        var (refused, traded) = (0, 0)
        for overrides in Self.looseRules {
            let replay = try Self.replay(try dp20(overrides), missing: 0.12)
            let dates = try Self.dates()
            Self.expectNone(try await replay.run(cutting: dates).contradictions)
            let rows = try await replay.market.journal(replay.playbook, on: "2013-11-27", through: "2013-12-03")
            for row in rows where dates.contains(row.tradeDate) {
                refused += row.noTrade == NoTradeCode.tooFewBars ? 1 : 0
                traded += row.trade == nil ? 0 : 1
            }
        }
        #expect(refused > 0 && traded > 0, "\(refused) refused, \(traded) traded")
    }

    @Test(
        "changes nothing that orders without steps and stop orders both ways did",
        arguments: [
            ("timed-entry", ["stop-atr": "2", "entry-time": "11:00"]),
            ("opening-range", ["range": "4m", "target": "1", "last-entry": "15:00"]),
        ])
    func othersHold(name: String, overrides: [String: String]) async throws {
        let playbook = try StrategyCatalog.playbook(name, overrides: overrides)
        let (contradictions, _, trades) = try await Self.replay(playbook).run(cutting: try Self.dates())
        Self.expectNone(contradictions)
        #expect(trades.count >= 2)
    }

    @Test("changes no row of the sessions before, whatever comes later")
    func pastRowsHold() async throws {
        let replay = try Self.replay(try dp20(Self.looseRules[0]))
        let whole = try await replay.market.journal(replay.playbook, on: "2013-11-27", through: "2013-12-03")
        for (place, date) in try Self.dates().enumerated() {
            let bars = replay.market.bars(on: date)
            for closed in stride(from: 1, through: bars.count, by: 23) {
                var known = replay.market
                known.daily = replay.market.daily?.changing { $0 < date ? $1 : nil }
                known.listedSplits = replay.market.listedSplits.filter { $0.date <= date }
                known.bars = replay.market.bars.slice(0..<(bars.lowerBound + closed))
                let rows = try await known.journal(replay.playbook, on: "2013-11-27", through: date.description)
                #expect(rows.count == place + 2)
                #expect(rows.dropLast() == whole.prefix(place + 1))
            }
        }
    }

    @Test("is caught in values that peek, whichever way", arguments: PeekingValues.Leak.allCases)
    func leaksAreCaught(leak: PeekingValues.Leak) async throws {
        let replay = try Self.replay(try dp20(Self.looseRules[1]), leak: leak)
        let (contradictions, _, _) = try await replay.run(cutting: try Self.dates(), limit: 20)
        #expect(!contradictions.isEmpty)
        if leak != .barCount {
            let expected = leak == .nextTruth ? "steps" : "position"
            #expect(contradictions.contains { $0.what == expected }, "\(contradictions.prefix(5))")
        }
    }
}
