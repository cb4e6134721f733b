import Foundation
import PlaybookCore
import PlaybookMarketData
import Testing

@testable import PlaybookResearch

/// Where nothing can be won, hardly anything is found; where something can, it is. A few sweeps each, or, where
/// `RESEARCH_SWEEPS` says so, as many as it takes to count.
@Suite("Sweeps without and with an edge", .serialized)
struct NullTests {
    private static let whole = ProcessInfo.processInfo.environment["RESEARCH_SWEEPS"].flatMap { Int($0) }

    /// At most `limit` of 200, as far as fewer sweeps can tell: chance has room.
    private func most(_ limit: Int, of sweeps: Int) -> Int {
        Self.whole != nil ? limit * sweeps / 200 : max(2, limit * sweeps / 200 + 2)
    }

    /// Sweeps of a grid over the sample's bars of one symbol after the other: a fair game.
    private func sweeps(_ count: Int, _ axes: [GridAxis], fixed: [String: String]) async throws -> [Judged] {
        let (first, last) = (date("2021-01-04"), date("2023-12-29"))
        let calendar = SessionCalendar(.xnys, from: first, through: last)
        let windows = try WalkForwardWindows.of(
            calendar, from: first, train: .sessions(250), test: .sessions(60), isAnchored: false, market: .xnys)
        // Combinations in which the entry comes before the exit.
        let known = parameters(of: "timed-entry")
        let conditions =
            axes.contains { $0.name == "exit-time" }
            ? [try GridCondition("entry-time < exit-time", of: known, in: .xnys)] : []
        let grid = try Grid(axes: axes, fixed: fixed, conditions: conditions, of: known, in: .xnys)
        let playbooks = try (0..<grid.count).map {
            try builtIn("timed-entry", grid.overrides(of: $0))
        }
        var judged: [Judged] = []
        for number in 0..<count {
            let symbol = try #require(Symbol("NULL\(number)"))
            let history = try await HistoryLoader(source: SampleSource()).load(
                HistoryRequest(symbol: symbol, sessions: first...last, playbooks: playbooks))
            let trades = try await TradeSweep(history, calendar, minimumCompleteness: 0.95, cores: 2)
                .run(playbooks) { $1 }
            judged.append(await Judged(trades, grid, calendar, windows: windows, seed: UInt64(number)))
        }
        return judged
    }

    @Test("different sets in a fair game: luck is rarely taken for skill", .timeLimit(.minutes(30)))
    func martingale() async throws {
        let count = Self.whole ?? 10
        let hours = ["10:00", "10:40", "11:20", "12:00", "12:40", "13:20", "14:00", "14:40", "15:20"]
        let judged = try await sweeps(
            count,
            [
                GridAxis(name: "entry-time", values: hours),
                GridAxis(name: "exit-time", values: Array(hours.dropFirst()) + ["15:55"]),
            ],
            fixed: ["stop-atr": "6"])
        #expect(judged.allSatisfy { $0.correlation <= 0.6 })
        #expect(judged.allSatisfy { !$0.hasEqualSets })
        let deflated = judged.count { $0.deflated ?? 0 > 0.95 }
        let predictive = judged.count { $0.predictive ?? 1 <= 0.05 }
        let holds = judged.count { $0.verdict.grade == .holds }
        #expect(deflated <= most(17, of: count))
        #expect(predictive <= most(17, of: count))
        #expect(holds <= most(4, of: count))
        let overfitting = Moments(judged.compactMap(\.overfitting))
        #expect(overfitting.count == count)
        let room = 3 * overfitting.deviation / Double(count).squareRoot() + 0.03
        #expect(abs(overfitting.mean - 0.5) <= room)
        if Self.whole != nil {
            print(
                "null: \(deflated) deflated, \(predictive) predictive, \(holds) hold of \(count); PBO \(overfitting.mean)"
            )
        }
    }

    @Test("alike sets in a fair game", .timeLimit(.minutes(30)))
    func alike() async throws {
        let count = Self.whole ?? 5
        let stops = (0..<40).map { "\(5 + Double($0) / 10)" }
        let judged = try await sweeps(
            count, [GridAxis(name: "stop-atr", values: stops)],
            fixed: ["entry-time": "10:30", "exit-time": "14:00"])
        #expect(judged.allSatisfy { $0.correlation > 0.8 })
        let holds = judged.count { $0.verdict.grade == .holds }
        #expect(holds <= most(12, of: count))
        if Self.whole != nil { print("alike: \(holds) hold of \(count)") }
    }

    /// Sweeps of 20 sets with 600 trades each over ten years: R of mean 0.2 where there is an edge, of deviation 1, the stop
    /// 1% of the price away.
    private func planted(_ count: Int, hasEdge: (Int) -> Bool) async throws -> Int {
        let calendar = sessions("2015-01-02", "2024-12-31")
        let windows = try WalkForwardWindows.of(
            calendar, from: date("2015-01-02"), train: .sessions(500), test: .sessions(125), isAnchored: false,
            market: .xnys)
        let grid = try Grid(
            axes: [
                GridAxis(name: "ema-period", values: (1...10).map { "\($0)" }),
                GridAxis(name: "atr-period", values: ["10", "20"]),
            ], of: parameters(of: "dp20"), in: .xnys)
        var holds = 0
        for sweep in 0..<count {
            let trades = (0..<20).map { set -> [TradeOutcome] in
                var random = SplitMix64(seed: UInt64(sweep), unit: set)
                var places = Array(0..<calendar.count)
                for place in 0..<600 { places.swapAt(place, place + random.index(below: places.count - place)) }
                return places.prefix(600).sorted().map {
                    trade($0, (random.normal() + (hasEdge(set) ? 0.2 : 0)) * 100, value: 10_000)
                }
            }
            let judged = await Judged(trades, grid, calendar, windows: windows, seed: UInt64(sweep))
            if judged.verdict.grade == .holds { holds += 1 }
        }
        return holds
    }

    @Test("an edge in all sets is found", .timeLimit(.minutes(30)))
    func edge() async throws {
        let count = Self.whole.map { $0 / 2 } ?? 5
        let holds = try await planted(count) { _ in true }
        #expect(holds * 100 >= 80 * count - (Self.whole == nil ? 100 : 0))
        if Self.whole != nil { print("edge in all sets: \(holds) hold of \(count)") }
    }

    @Test("an edge in half of the sets is found", .timeLimit(.minutes(30)))
    func halfEdge() async throws {
        let count = Self.whole.map { $0 / 2 } ?? 5
        let holds = try await planted(count) { $0 < 10 }
        #expect(holds * 100 >= 60 * count - (Self.whole == nil ? 100 : 0))
        if Self.whole != nil { print("edge in half of the sets: \(holds) hold of \(count)") }
    }
}
