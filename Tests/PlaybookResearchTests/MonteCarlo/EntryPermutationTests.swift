import PlaybookCore
import PlaybookMarketData
import Testing

@testable import PlaybookResearch

@Suite("Permutation of the entries")
struct EntryPermutationTests {
    @Test("p counts the draws that are as high")
    func counting() throws {
        func of(_ actual: Double, _ others: [Double]) -> EntryAlternatives {
            EntryAlternatives(actual: actual, isInR: true, others: others)
        }
        // The best of each: one draw in four is as high.
        let best = try #require(
            EntryPermutation([of(3, [1, 3]), of(2, [0, 2])], isInR: true, draws: 4_000, seed: 1))
        #expect(best.actual == 2.5)
        #expect(abs(best.p - 0.25) < 0.03)
        let worst = try #require(
            EntryPermutation([of(1, [1, 3]), of(0, [0, 2])], isInR: true, draws: 1_000, seed: 1))
        #expect(worst.p == 1)
        #expect(EntryPermutation([], isInR: true, draws: 10, seed: 1) == nil)
    }

    func history(_ playbook: Playbook) async throws -> BarHistory {
        let symbol = try #require(Symbol("QQQ"))
        return try await HistoryLoader(source: SampleSource()).load(
            HistoryRequest(
                symbol: symbol, sessions: date("2024-01-02")...date("2024-06-28"), playbooks: [playbook]))
    }

    @Test(
        "the real entry is among those drawn, and gives what it gave",
        arguments: ["dp20", "opening-range", "timed-entry"])
    func real(name: String) async throws {
        let overrides = ["dp20": ["trend-period": "5"], "timed-entry": ["stop-atr": "6"]][name] ?? [:]
        let playbook = try builtIn(name, overrides)
        let found = try await Backtest(history: history(playbook)).entryAlternatives(playbook)
        #expect(found.count > 20)
        #expect(found.allSatisfy { $0.isInR && $0.others.count > 10 })
        // Orders at the open of a bar can be drawn; stop orders fill at prices that no open has.
        guard name != "opening-range" else { return }
        #expect(found.allSatisfy { trade in trade.others.contains { isClose($0, trade.actual, 1e-9) } })
    }

    @Test("only bars after the window's, at most one more than it has")
    func window() async throws {
        let playbook = try builtIn("dp20", ["trend-period": "5", "window-start": "10:00", "window-end": "10:30"])
        let found = try await Backtest(history: history(playbook)).entryAlternatives(playbook)
        // 10:00 to 10:30 are 16 bars of two minutes.
        #expect(found.allSatisfy { $0.others.count <= 16 })
        #expect(found.contains { $0.others.count == 16 })
    }

    @Test("without an edge of the moment p is not small, and costs do not count")
    func fair() async throws {
        let playbook = try builtIn("dp20", ["trend-period": "5", "slippage-bps": "20"])
        let found = try #require(EntryPermutation(playbook, over: [try await history(playbook)]))
        #expect(found.p > 0.001)
        let free = try builtIn("dp20", ["trend-period": "5"])
        let without = try #require(EntryPermutation(free, over: [try await history(free)]))
        #expect(isClose(found.actual, without.actual))
    }
}
