import PlaybookCore
import Testing

@Suite("Trades on random bars")
struct BacktestPropertyTests {
    static let costs = ["slippage-bps": "1.5", "fee-per-share": "0.0035", "shares": "37"]

    static func strategies() throws -> [Playbook] {
        try [
            dp20(), dp20(costs),
            dp20(["reversal-strength": "0", "window-start": "09:32", "window-end": "15:30", "stop-atr": "0.4"]),
            dp20(["ema-period": "6", "atr-period": "3", "stop-atr": "6", "trend-period": "20", "window-end": "14:00"]),
            dp20(["ema-period": "3", "atr-period": "1", "trend-period": "5", "window-end": "11:30"]),
            timedEntry(), timedEntry(costs.merging(["stop-atr": "1", "entry-time": "09:32"]) { $1 }),
            timedEntry(["stop-atr": "3", "entry-time": "11:31", "weekdays": "mon+wed+fri"]),
        ]
    }

    static let markets = [
        (seed: 61 as UInt64, missing: 0.0, split: false), (62, 0.02, true), (63, 0.25, false), (64, 0.01, true),
    ]

    @Test("hold to all the rules of trading, in hundreds of sessions and with many parameters", arguments: markets)
    func invariants(seed: UInt64, missing: Double, split: Bool) async throws {
        let splits = [Split(date: try .of("2013-10-15"), ratio: 3), Split(date: try .of("2014-02-03"), ratio: 0.25)]
        let market = try RandomMarket(
            seed: seed, from: "2013-08-01", sessions: 160, missing: missing, splits: split ? splits : []
        ).make()
        let strategies = try Self.strategies()
        let history = try await market.history(for: strategies, on: "2013-08-12", through: "2014-03-14")
        let backtest = Backtest(history: history)
        let exit = TimeOfDay(minutes: 15 * 60 + 55)
        var violations: [String] = []
        var reasons: [ExitReason: Int] = [:]
        for strategy in strategies {
            let invariants = TradeInvariants(history: history, strategy: strategy, exitTime: exit)
            let outcomes = backtest.outcomes(strategy, minimumCompleteness: 0.1)
            #expect(outcomes.map(\.slice) == Array(history.requested))
            for outcome in outcomes {
                violations += invariants.violations(outcome)
                if let reason = outcome.trades.first?.reason { reasons[reason, default: 0] += 1 }
            }
            let rows = backtest.journal(strategy, minimumCompleteness: 0.1, dataSource: "random", runID: "r")
            for row in rows { violations += invariants.violations(row) }
            // One row a session, and so one trade at the most.
            #expect(Set(rows.map(\.key)).count == history.requested.count)
            #expect(
                rows.map { $0.trade?.entry } == outcomes.map { $0.trades.first.map { journalRounded($0.fill.entry) } })
            #expect(
                rows.map { $0.trade?.exit } == outcomes.map { $0.trades.first.map { journalRounded($0.fill.exit) } })
            #expect(rows.map { $0.trade?.exitReason } == outcomes.map { $0.trades.first?.reason?.rawValue })
            // What is read back is what was made.
            #expect(try rows.map { try JournalRow(JournalRecord($0)) } == rows)
        }
        let count = violations.count
        #expect(count == 0, "\(violations.prefix(5))")
        #expect(reasons.values.reduce(0, +) > 300, "\(reasons)")
        let seen: [ExitReason] =
            missing > 0.1 ? [.stopLoss, .stopGap, .endOfDay, .sessionEnd] : [.stopLoss, .stopGap, .endOfDay]
        for reason in seen { #expect(reasons[reason, default: 0] > 0, "\(reason)") }
    }
}
