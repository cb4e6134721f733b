import PlaybookCore
import PlaybookYardsticks
import Testing

@Suite("Several strategies at once")
struct SweepTests {
    static func strategies() throws -> [Playbook] {
        var result: [Playbook] = []
        for average in ["5", "20", "100"] {
            for strength in ["0.2", "0.6"] {
                for trend in ["20", "200"] {
                    result.append(
                        try dp20([
                            "ema-period": average, "reversal-strength": strength, "trend-period": trend,
                            "window-end": "12:00",
                        ]))
                }
            }
        }
        // The same twice, one that shares only the ATR, and one without daily values, in the middle and at the end.
        result.insert(try timedEntry(["stop-atr": "2"]), at: 3)
        result.append(result[5])
        result.append(try timedEntry(["atr-period": "20", "stop-atr": "1", "entry-time": "10:00"]))
        return result
    }

    static func market(splits: [Split] = []) throws -> MemoryMarket {
        try RandomMarket(seed: 71, from: "2013-07-01", sessions: 90, missing: 0.01, splits: splits).make()
    }

    @Test("give exactly the outcomes of separate runs over the same history")
    func sameHistory() async throws {
        let strategies = try Self.strategies()
        let market = try Self.market(splits: [Split(date: try .of("2013-09-18"), ratio: 2)])
        let history = try await market.history(for: strategies, on: "2013-09-03", through: "2013-10-31")
        let backtest = Backtest(history: history)
        var together: [[ContiguousArray<SessionTrade>]] = Array(repeating: [], count: strategies.count)
        var slices: [[Int]] = Array(repeating: [], count: strategies.count)
        backtest.run(strategies) { place, slice, trades in
            together[place].append(trades)
            slices[place].append(slice)
        }
        var outcomes: Set<[SessionOutcome]> = []
        for (place, strategy) in strategies.enumerated() {
            let alone = backtest.outcomes(strategy)
            outcomes.insert(alone)
            #expect(alone.count == 43)
            #expect(slices[place] == alone.map(\.slice))
            #expect(together[place].map(Array.init) == alone.map { $0.trades.map(\.fill) })
        }
        #expect(together.joined().count { !$0.isEmpty } > 60)
        // They are not all the same: but for the one that is there twice.
        #expect(outcomes.count == strategies.count - 1)
    }

    @Test("give the trades of separate runs when nothing but trades is asked for")
    func tradesAlone() async throws {
        var strategies = try Self.strategies()
        // The same entries with other stops, sizes and ends; one search serves them.
        for stop in ["0.5", "3"] {
            for exit in ["13:00", "15:55"] {
                let values = ["stop-atr": stop, "exit-time": exit, "shares": "7", "window-end": "12:00"]
                strategies.append(try dp20(values))
            }
        }
        for range in ["4m", "30m"] {
            strategies.append(try StrategyCatalog.playbook("opening-range", overrides: ["range": range]))
        }
        let market = try Self.market(splits: [Split(date: try .of("2013-09-18"), ratio: 2)])
        let history = try await market.history(for: strategies, on: "2013-09-03", through: "2013-10-31")
        let backtest = Backtest(history: history)
        var swept: [[Int: [SessionTrade]]] = Array(repeating: [:], count: strategies.count)
        var order: [[Int]] = []
        backtest.sweep(strategies) { place, slice, trade in
            swept[place][slice, default: []].append(trade)
            order.append([place, slice])
        }
        for (place, strategy) in strategies.enumerated() {
            let outcomes = backtest.outcomes(strategy)
            for outcome in outcomes { #expect(swept[place][outcome.slice] ?? [] == outcome.trades.map(\.fill)) }
            // A run of one playbook goes by blocks of sessions, and calls for each in its order.
            var slices: [Int] = []
            var alone: [[SessionTrade]] = []
            backtest.run([strategy]) { _, slice, trades in
                slices.append(slice)
                alone.append(Array(trades))
            }
            #expect(slices == outcomes.map(\.slice))
            #expect(alone == outcomes.map { $0.trades.map(\.fill) })
        }
        #expect(swept.suffix(2).allSatisfy { $0.count > 10 })
        for place in strategies.indices {
            let slices = order.filter { $0[0] == place }.map { $0[1] }
            #expect(slices == slices.sorted())
        }
        var together: [[Int: [SessionTrade]]] = Array(repeating: [:], count: strategies.count)
        backtest.run(strategies) { place, slice, trades in
            if !trades.isEmpty { together[place][slice] = Array(trades) }
        }
        #expect(together == swept)
    }

    @Test("give the rows of separate runs over histories loaded for each alone")
    func ownHistories() async throws {
        let strategies = try Self.strategies()
        let market = try Self.market()
        let shared = Backtest(
            history: try await market.history(for: strategies, on: "2013-09-03", through: "2013-10-31"))
        for strategy in strategies {
            let rows = shared.journal(strategy, dataSource: "memory", runID: "run")
            let alone = try await market.journal(strategy, on: "2013-09-03", through: "2013-10-31")
            #expect(rows == alone)
            #expect(rows.count == 43)
        }
    }

    @Test("are called session by session, and within a session in their order")
    func order() async throws {
        let strategies = try [dp20(), timedEntry(), dp20(["shares": "1"])]
        let history = try await Self.market().history(for: strategies, on: "2013-09-03", through: "2013-09-06")
        var calls: [[Int]] = []
        Backtest(history: history).run(strategies) { place, slice, _ in calls.append([slice, place]) }
        let wanted: [[Int]] = history.requested.flatMap { slice in (0..<3).map { [slice, $0] } }
        #expect(calls == wanted)
    }

    @Test("may be none")
    func none() async throws {
        let history = try await Self.market().history(for: [try dp20()], on: "2013-09-03")
        Backtest(history: history).run([]) { _, _, _ in Issue.record("there is no strategy to be called for") }
    }
}
