import Foundation
import PlaybookCore
import PlaybookMarketData
import PlaybookTestSupport
import PlaybookYardsticks
import Testing

/// Nothing can be won on the sample. Four symbols of a year, or, where `SAMPLE_SYMBOLS` says so, more of ten years each.
@Suite("The built-in sample is a fair game")
struct SampleFairnessTests {
    private static let isWhole = wholeCount != nil
    private static let wholeCount = ProcessInfo.processInfo.environment["SAMPLE_SYMBOLS"].flatMap { Int($0) }

    /// Twenty pairs of an entry and an exit.
    private static let times: [(entry: TimeOfDay, exit: TimeOfDay)] = {
        var random = SeededGenerator(seed: 20)
        return (0..<20).map { _ in
            let entry = Int.random(in: 572...900, using: &random)
            return (TimeOfDay(minutes: entry), TimeOfDay(minutes: .random(in: entry + 10...957, using: &random)))
        }
    }()

    /// The trades of each playbook over all symbols and sessions.
    private func trades(_ playbooks: [Playbook]) async throws -> [[ClosedTrade]] {
        var trades = [[ClosedTrade]](repeating: [], count: playbooks.count)
        let first = try CivilDate.of(Self.isWhole ? "2016-01-01" : "2025-01-01")
        for number in 0..<(Self.wholeCount ?? 4) {
            let request = HistoryRequest(
                symbol: try .of("FAIR\(number)"), sessions: first...(try .of("2025-12-31")), playbooks: playbooks)
            let history = try await HistoryLoader(source: SampleSource()).load(request)
            let backtest = Backtest(history: history)
            for (index, playbook) in playbooks.enumerated() {
                trades[index] += backtest.journal(playbook, dataSource: "sample", runID: "test").compactMap(\.trade)
            }
        }
        return trades
    }

    /// The mean, in standard errors of the mean.
    private func distance(_ values: [Double]) -> Double {
        let count = Double(values.count)
        let mean = values.reduce(0, +) / count
        let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (count - 1)
        return mean / (variance / count).squareRoot()
    }

    @Test("to twenty timed entries and exits without a stop, and to entries with one", .timeLimit(.minutes(10)))
    func entries() async throws {
        let timed = try Self.times.map { times in
            try StrategyCatalog.playbook(
                "timed-entry", overrides: ["entry-time": "\(times.entry)", "exit-time": "\(times.exit)"])
        }
        let choices = ["0.5", "1", "3"]
        let stopped = try choices.map {
            try StrategyCatalog.playbook("timed-entry", overrides: ["entry-time": "10:30", "stop-atr": $0])
        }
        let trades = try await trades(timed + stopped)
        for (times, trades) in zip(Self.times, trades) {
            let gross = trades.map(\.gross)
            #expect(gross.count > (Self.isWhole ? 50_000 : 900))
            #expect(abs(distance(gross)) < 3, "\(times.entry) to \(times.exit): \(distance(gross)) standard errors")
        }
        for (choice, trades) in zip(choices, trades.dropFirst(timed.count)) {
            let multiples = trades.compactMap(\.rMultiple)
            #expect(multiples.count > 200 && multiples.count == trades.count)
            #expect(abs(distance(multiples)) < 3, "\(choice): \(distance(multiples)) standard errors")
        }
    }

    @Test("whose moves from bar to bar and from day to day tell nothing of the next")
    func memory() async throws {
        for symbol in ["QQQ", "SPY"] {
            let bars = try await SampleSource().intradayBars(
                of: .of(symbol), timeframe: .minutes(2), from: .of("2024-01-01"), through: .of("2024-12-31")
            ).bars
            let moves = (1..<bars.count).map { log(bars.close[$0] / bars.close[$0 - 1]) }
            for lag in [1, 2, 30] {
                #expect(abs(distance((lag..<moves.count).map { moves[$0] * moves[$0 - lag] })) < 3, "\(symbol), \(lag)")
            }
        }
        let days = try await Self.days("QQQ", from: "2010-01-01", through: "2025-12-31")
        #expect(abs(distance((1..<days.count).map { days[$0] * days[$0 - 1] })) < 3)
        #expect((0.007...0.015).contains(deviation(days[...])), "\(deviation(days[...]))")
        // Quiet and lively months follow one another.
        let months = stride(from: 0, to: days.count - 21, by: 21).map { deviation(days[$0..<$0 + 21]) }.sorted()
        #expect(months[months.count * 9 / 10] > 1.5 * months[months.count / 10])
        #expect(days.allSatisfy { abs($0) < 0.12 })
    }

    /// A symbol's daily moves.
    private static func days(_ symbol: String, from first: String, through last: String) async throws -> [Double] {
        let daily = try #require(
            try await SampleSource().dailyBars(of: .of(symbol), from: .of(first), through: .of(last)))
        return (1..<daily.dates.count).map { log(daily.bars.close[$0] / daily.bars.close[$0 - 1]) }
    }

    private func deviation(_ moves: ArraySlice<Double>) -> Double {
        (moves.reduce(0) { $0 + $1 * $1 } / Double(moves.count)).squareRoot()
    }

    @Test("at prices that stocks have")
    func prices() async throws {
        var closes: [Double] = []
        for number in 0..<40 {
            let daily = try #require(
                try await SampleSource().dailyBars(
                    of: .of("S\(number)"), from: .of("2025-06-30"), through: .of("2025-06-30")))
            closes += daily.bars.close.suffix(1)
        }
        closes.sort()
        #expect(closes[0] > 1 && closes[4] > 8 && closes[35] < 1_500, "\(closes)")
    }
}
