import Testing

@testable import PlaybookCore

/// What must hold of any graph: no value knows a later bar, none depends on the range asked for.
@Suite struct SeriesPropertyTests {
    @Test func `a value at a bar is the same when nothing after it exists yet`() async throws {
        let market = try RandomMarket(seed: 11, from: "2024-11-11", sessions: 24, missing: 0.05).makeWithDailyRanges()
        let whole = try await market.history(on: "2024-11-11", through: "2024-12-12", dailyLookBack: 260)
        let range = try #require(whole.slices.last).bars
        var graph = SeriesGraph()
        let numbers = SeriesSamples.numbers.map { graph.number($0.series) }
        let truths = SeriesSamples.conditions.map { graph.truth($0.condition) }
        let (all, allTruths) = ColumnBank.with(graph, over: whole) { bank in
            bank.open(whole.slices.count - 1)
            return (
                numbers.map { ref in (0..<bank.count).map { bank.number(ref, $0) } },
                truths.map { ref in (0..<bank.count).map { bank.truth(ref, $0) } }
            )
        }
        for bar in [0, 1, 6, 7, 8, 20, 63, range.count - 2] {
            let last = whole.bars.times[range.lowerBound + bar]
            let prefix = try await market.keeping { $0.time <= last }
                .history(on: "2024-11-11", through: "2024-12-12", dailyLookBack: 260)
            ColumnBank.with(graph, over: prefix) { bank in
                bank.open(prefix.slices.count - 1)
                #expect(bank.count == bar + 1)
                for (place, ref) in numbers.enumerated() {
                    let (now, later) = (bank.number(ref, bar), all[place][bar])
                    #expect(agree(now, later, within: 1e-13), "\(SeriesSamples.numbers[place].text) at \(bar)")
                }
                for (place, ref) in truths.enumerated() {
                    #expect(
                        bank.truth(ref, bar) == allTruths[place][bar],
                        "\(SeriesSamples.conditions[place].text) at \(bar)")
                }
            }
        }
    }

    @Test func `a value does not depend on the range asked for, nor on what was asked before`() async throws {
        let market = try RandomMarket(
            seed: 12, from: "2024-09-03", sessions: 70, missing: 0.02,
            splits: [Split(date: try .of("2024-12-03"), ratio: 3)]
        ).makeWithDailyRanges()
        var graph = SeriesGraph()
        let numbers = SeriesSamples.numbers.map { graph.number($0.series) }
        let truths = SeriesSamples.conditions.map { graph.truth($0.condition) }
        let warmUp = graph.warmUpSessions(of: .minutes(2))
        let long = try await market.history(
            on: "2024-09-03", through: "2024-12-06", dailyLookBack: graph.dailyLookBack)
        let short = try await market.history(
            on: "2024-12-06", warmUp: warmUp, dailyLookBack: graph.dailyLookBack)
        ColumnBank.with(graph, over: long) { walked in
            // One session after the other, asked for from the end.
            for index in long.slices.indices.suffix(4) {
                walked.open(index)
                for ref in numbers { _ = walked.number(ref, walked.count - 1) }
            }
            ColumnBank.with(graph, over: short) { bank in
                bank.open(short.slices.count - 1)
                for bar in stride(from: -1, to: bank.count, by: 5) {
                    for (place, ref) in numbers.enumerated() {
                        #expect(
                            agree(bank.number(ref, bar), walked.number(ref, bar), within: 1e-12),
                            "\(SeriesSamples.numbers[place].text) at \(bar)")
                    }
                    for ref in truths { #expect(bank.truth(ref, bar) == walked.truth(ref, bar)) }
                }
            }
        }
    }

    @Test func `averages of closes and true ranges are the numbers of the indicators, to the last bit`() async throws {
        let market = try RandomMarket(
            seed: 13, from: "2024-11-11", sessions: 24, missing: 0.03,
            splits: [Split(date: try .of("2024-12-10"), ratio: 0.2)]
        ).makeWithDailyRanges()
        let history = try await market.history(on: "2024-11-11", through: "2024-12-12", dailyLookBack: 260)
        let average = ExponentialMovingAverage(period: 20)
        let range = AverageTrueRange(period: 14)
        var graph = SeriesGraph()
        let (ema, atr) = (graph.number(.ema(.close, 20)), graph.number(.atr(14)))
        let trend = graph.number(.daily(.sma(.close, 200)))
        history.bars.withPointers { pointers in
            ColumnBank.with(graph, over: history) { bank in
                for (index, slice) in history.slices.enumerated() {
                    bank.open(index)
                    let (averages, ranges) = (
                        Self.values(average, history, pointers, index), Self.values(range, history, pointers, index)
                    )
                    #expect((0..<bank.count).map { bank.number(ema, $0) } == averages)
                    #expect((0..<bank.count).map { bank.number(atr, $0) } == ranges)
                    let mean = SimpleMovingAverage(period: 200).value(before: slice, in: history)
                    #expect(mean != nil && bank.sessionNumber(trend) == mean)
                }
            }
        }
    }

    /// An indicator's values in a session: started as many bars before it as matter, then in pieces of eight bars.
    private static func values(
        _ indicator: some BarIndicator, _ history: BarHistory, _ bars: BarPointers, _ index: Int
    ) -> [Double] {
        let slices = history.slices
        let session = slices[index].bars
        let oldest = slices[max(0, index - indicator.warmUpSessions(of: history.timeframe))].bars.lowerBound
        var start = max(oldest, session.lowerBound - indicator.warmUpBars)
        var state = IndicatorState()
        for place in 1..<max(2, index + 1) where place <= index && slices[place].splitRatio != 1 {
            let split = slices[place].bars.lowerBound
            guard split > start else { continue }
            indicator.carry(&state, over: bars, range: start..<split)
            indicator.rescale(&state, by: 1 / slices[place].splitRatio)
            start = split
        }
        indicator.carry(&state, over: bars, range: start..<session.lowerBound)
        var values = [Double](repeating: .nan, count: session.count)
        values.withUnsafeMutableBufferPointer { values in
            for first in stride(from: 0, to: session.count, by: 8) {
                let end = min(first + 8, session.count)
                indicator.advance(
                    &state, over: bars, range: (session.lowerBound + first)..<(session.lowerBound + end),
                    into: values.baseAddress! + first)
            }
        }
        return values
    }

    @Test func `the first true bar is the first of those asked for`() async throws {
        let market = try RandomMarket(seed: 14, from: "2024-12-02", sessions: 6).makeWithDailyRanges()
        let history = try await market.history(on: "2024-12-02", through: "2024-12-06", dailyLookBack: 260)
        var graph = SeriesGraph()
        let rare = graph.truth(Series.close.crosses(above: .highest(.high, 30)[1]))
        let never = graph.truth(.close > 1e9)
        let always = graph.truth(.sessionOpen > 0)
        ColumnBank.with(graph, over: history) { bank in
            for start in 0..<195 {
                // Unopened each time, so that the search itself computes what it looks at.
                bank.open(4)
                let expected = (start..<195).first { bar in
                    let bars = history.slices[4].bars.lowerBound + bar
                    func beats(_ place: Int) -> Bool {
                        bank.equality.isAbove(
                            history.bars.close[place], history.bars.high[(place - 30)..<place].max() ?? 0)
                    }
                    return beats(bars) && !beats(bars - 1)
                }
                #expect(bank.firstTrue(rare, in: start..<195) == expected)
                #expect(bank.firstTrue(never, in: start..<195) == nil)
                #expect(bank.firstTrue(always, in: start..<195) == start)
                if let expected { #expect(bank.firstTrue(rare, in: start..<expected) == nil) }
            }
        }
    }

    @Test func `equal numbers are computed once`() {
        var graph = SeriesGraph()
        let one = graph.number(.ema(.close, 20))
        let count = graph.nodes.count
        #expect(graph.number(.ema(.close, 20)) == one)
        _ = graph.truth(.close < .ema(.close, 20))
        #expect(graph.nodes.count == count + 1)
    }

    @Test func `a graph says how much it needs before a session`() {
        var graph = SeriesGraph()
        _ = graph.number(.ema(.close, 20))
        #expect(graph.warmUpSessions(of: .minutes(2)) == 5)
        #expect(graph.dailyBars == 0)
        // ceil(53 ln 2 / -ln(1 - 2/201)) = 3674 bars, of which an early close has 105.
        _ = graph.number(.ema(.hl2, 200))
        #expect(graph.warmUpSessions(of: .minutes(2)) == 3675 / 105 + 1)
        _ = graph.number(.daily(.sma(.close, 200)))
        #expect(graph.dailyBars == 200 && graph.dailyLookBack == 255)
        _ = graph.number(.bars(minutes: 30, .sma(.close, 50)))
        #expect(graph.longerMinutes == [30])
    }
}
