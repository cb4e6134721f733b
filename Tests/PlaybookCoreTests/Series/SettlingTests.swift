import PlaybookTestSupport
import Testing

@testable import PlaybookCore

/// What a session's first bars tell is kept as one value where no bar is missing. It is what the column says that is
/// computed bar by bar.
@Suite struct SettlingTests {
    private static let range = Series.first(minutes: 30)
    private static let numbers: [Series] = [
        range.open, range.high, range.low, range.close, range.volume, range.high - range.low, range.high + range.low,
        range.high * 0.5, range.low / Series.prior.close, range.low / (range.close - range.close), -range.high,
        .abs(.gap - range.low),
        .max(range.high, Series.first(minutes: 60).high), .min(range.low, Series.prior.close),
        Series.first(minutes: 390).high, Series.first(minutes: 2).close - .sessionOpen,
    ]
    private static let conditions: [Condition] = [
        range.high > range.low, range.close < range.open, range.close >= range.open, range.high <= range.high,
        range.high > Series.prior.close, range.low / (range.close - range.close) > 0,
        range.high * 0.5 + 1 < Series.first(minutes: 60).low,
    ]

    @Test(arguments: [0.0, 0.002])
    func `a value is that of its column, and knows no later bar`(missing: Double) async throws {
        let market = try RandomMarket(
            seed: 21, from: "2024-11-11", sessions: 24, missing: missing,
            splits: [Split(date: try .of("2024-12-10"), ratio: 4)]
        ).makeWithDailyRanges()
        var graph = SeriesGraph()
        let numbers = Self.numbers.map { graph.number($0) }
        let truths = Self.conditions.map { graph.truth($0) }
        let settling = graph.settled(sessionBars: 195)
        for ref in numbers.map(\.index) + truths.map(\.index) { #expect(settling.nodes[ref].settles, "\(ref)") }
        let history = try await market.history(on: "2024-11-11", through: "2024-12-12", dailyLookBack: 10)
        let last = try #require(history.slices.last)
        let prefix = try await market.keeping { $0.time <= history.bars.times[last.bars.lowerBound + 40] }
            .history(on: "2024-11-11", through: "2024-12-12", dailyLookBack: 10)
        var known = 0
        ColumnBank.with(graph, over: history) { bank in
            HistoryColumns.with(graph, over: history) { columns in
                for index in history.slices.indices.dropFirst() {
                    bank.open(index)
                    columns.open(index)
                    for bar in -1..<bank.count {
                        for ref in numbers {
                            let (one, other) = (bank.number(ref, bar), columns.number(ref, bar))
                            #expect(one == other || one.isNaN && other.isNaN, "\(index), \(bar), \(ref)")
                            if !one.isNaN { known += 1 }
                        }
                        for ref in truths { #expect(bank.truth(ref, bar) == columns.truth(ref, bar)) }
                    }
                    for ref in truths {
                        for first in [0, 14, 15, 40] {
                            #expect(
                                bank.firstTrue(ref, in: first..<bank.count)
                                    == columns.firstTrue(ref, in: first..<bank.count))
                        }
                    }
                }
            }
            #expect(known > 10_000)
            ColumnBank.with(graph, over: prefix) { early in
                early.open(prefix.slices.count - 1)
                bank.open(history.slices.count - 1)
                for bar in 0..<early.count {
                    for ref in numbers {
                        let (one, other) = (bank.number(ref, bar), early.number(ref, bar))
                        #expect(one == other || one.isNaN && other.isNaN, "\(bar), \(ref)")
                    }
                    for ref in truths { #expect(bank.truth(ref, bar) == early.truth(ref, bar)) }
                }
            }
        }
    }
}
