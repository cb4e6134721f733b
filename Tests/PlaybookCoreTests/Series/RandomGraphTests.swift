import PlaybookTestSupport
import Testing

@testable import PlaybookCore

/// What must hold of any graph, to the last bit: no value knows a later bar, none depends on the range asked for, on what
/// else was asked for, or on who keeps it.
@Suite struct RandomGraphTests {
    private static func market(_ seed: UInt64, sessions: Int = 30) throws -> MemoryMarket {
        try RandomMarket(
            seed: seed, from: "2024-10-28", sessions: sessions, missing: 0.04,
            splits: [Split(date: try .of("2024-12-04"), ratio: 3)]
        ).makeWithDailyRanges()
    }

    @Test(arguments: [UInt64(1), 2, 3])
    func `a value at a bar is the same when nothing after it exists yet`(seed: UInt64) async throws {
        let market = try Self.market(seed)
        let made = RandomGraph(seed: seed)
        func history(_ market: MemoryMarket) async throws -> BarHistory {
            try await market.history(on: "2024-10-28", through: "2024-12-05", dailyLookBack: made.graph.dailyLookBack)
        }
        let whole = try await history(market)
        let range = try #require(whole.slices.last).bars
        let bars = [0, 1, 7, 8, 30, 64, range.count - 2]
        let expected = ColumnBank.with(made.graph, over: whole) { bank in
            bank.open(whole.slices.count - 1)
            return bars.map { made.values(bank, $0) }
        }
        let known = expected.joined().filter { !$0.isNaN }
        #expect(known.count > 200, "there is something to compare")
        for (place, bar) in bars.enumerated() {
            let last = whole.bars.times[range.lowerBound + bar]
            let prefix = try await history(market.keeping { $0.time <= last })
            let found = ColumnBank.with(made.graph, over: prefix) { bank in
                bank.open(prefix.slices.count - 1)
                #expect(bank.count == bar + 1)
                return made.values(bank, bar)
            }
            if let difference = made.difference(found, expected[place]) {
                Issue.record("at bar \(bar), without and with later bars: \(difference)")
            }
        }
    }

    @Test(arguments: [UInt64(4), 5, 6])
    func `a value does not depend on where the range begins, nor on the order of questions`(seed: UInt64) async throws {
        let made = RandomGraph(seed: seed)
        let warmUp = made.graph.warmUpSessions(of: .minutes(2))
        let sessions = warmUp + 30
        let market = try RandomMarket(
            seed: seed, from: "2024-01-02", sessions: 260, missing: 0.04,
            splits: [Split(date: try .of("2024-12-04"), ratio: 3)]
        ).makeWithDailyRanges()
        let short = try await market.history(
            on: "2024-12-05", warmUp: warmUp, dailyLookBack: made.graph.dailyLookBack)
        let long = try await market.history(
            on: "2024-12-05", warmUp: sessions, dailyLookBack: made.graph.dailyLookBack + 20)
        let expected = ColumnBank.with(made.graph, over: long) { bank in
            bank.open(long.slices.count - 1)
            return (-1..<bank.count).map { made.values(bank, $0) }
        }
        ColumnBank.with(made.graph, over: short) { bank in
            bank.open(short.slices.count - 1)
            #expect(bank.count + 1 == expected.count)
            var order = Array(-1..<bank.count)
            var random = SeededGenerator(seed: seed)
            order.shuffle(using: &random)
            for bar in order {
                guard let difference = made.difference(made.values(bank, bar), expected[bar + 1]) else { continue }
                Issue.record("at bar \(bar), in the short and in the long range: \(difference)")
                return
            }
        }
    }

    @Test(arguments: [UInt64(7), 8])
    func `columns that are kept are those that are computed`(seed: UInt64) async throws {
        let made = RandomGraph(seed: seed)
        let history = try await Self.market(seed).history(
            on: "2024-12-02", through: "2024-12-06", warmUp: made.graph.warmUpSessions(of: .minutes(2)),
            dailyLookBack: made.graph.dailyLookBack)
        ColumnBank.with(made.graph, over: history) { bank in
            HistoryColumns.with(made.graph, over: history) { columns in
                var random = SeededGenerator(seed: seed)
                for round in 0..<3 {
                    for index in history.slices.indices.suffix(4) {
                        bank.open(index)
                        columns.open(index)
                        // Each round asks for other bars, so that some are kept and some are not.
                        for bar in (-1..<bank.count).filter({ _ in random.unit() < 0.1 }) {
                            if let difference = made.difference(made.values(columns, bar), made.values(bank, bar)) {
                                Issue.record("round \(round), session \(index), bar \(bar): \(difference)")
                                return
                            }
                        }
                        for ref in made.truths {
                            let first = Int.random(in: 0..<bank.count, using: &random)
                            let end = Int.random(in: first...bank.count, using: &random)
                            let expected = (first..<end).first { bank.truth(ref, $0) == true }
                            #expect(columns.firstTrue(ref, in: first..<end) == expected)
                            #expect(bank.firstTrue(ref, in: first..<end) == expected)
                        }
                        for ref in made.numbers where made.graph.isKnownAtOpen(ref) {
                            let (one, other) = (columns.sessionNumber(ref), bank.sessionNumber(ref))
                            #expect(one == other || one.isNaN && other.isNaN)
                        }
                        for ref in made.truths where made.graph.isKnownAtOpen(ref) {
                            #expect(columns.sessionTruth(ref) == bank.sessionTruth(ref))
                        }
                    }
                }
            }
        }
    }

    @Test(arguments: [UInt64(9), 10])
    func `equal numbers and conditions are computed once`(seed: UInt64) {
        var made = RandomGraph(seed: seed)
        let count = made.graph.nodes.count
        // Put together anew, so that they are equal and not the same.
        let again = RandomGraph(seed: seed)
        let (numbers, truths) = (made.numbers, made.truths)
        for (place, series) in again.series.enumerated() { #expect(made.graph.number(series) == numbers[place]) }
        for (place, condition) in again.conditions.enumerated() {
            #expect(made.graph.truth(condition) == truths[place])
        }
        #expect(made.graph.nodes.count == count && count > 200)
        // No two nodes do the same to the same.
        var seen: Set<String> = []
        for node in made.graph.nodes {
            let isNew = seen.insert("\(node.withoutDepth)").inserted
            #expect(isNew, "\(node)")
        }
    }

    @Test func `the premarket is what opens from 04:00 to the open, as of the splits`() async throws {
        let market = try Self.market(11)
        var history = try await market.history(on: "2024-12-02", through: "2024-12-05", dailyLookBack: 20)
        var early = BarColumns()
        let dates = ["2024-12-03", "2024-12-05"]
        for slice in history.slices where dates.contains("\(slice.session.date)") {
            let open = slice.session.open.secondsSinceEpoch
            // 5 h 30 min before the open is 04:00: the first bar opens too early, the last one at the open.
            for (minutes, price) in [(-331, 90.0), (-330, 10), (-200, 12), (-1, 11), (0, 80)] {
                early.append(
                    Bar(
                        time: open + Int64(minutes * 60), open: price, high: price + 1, low: price - 1, close: price,
                        volume: 5))
            }
        }
        var graph = SeriesGraph()
        #expect(!graph.readsPremarket)
        let part = Series.premarket
        let refs = [part.open, part.high, part.low, part.close, part.volume].map { graph.number($0) }
        #expect(graph.readsPremarket)
        history.premarket = PremarketBars(early, slices: history.slices, hours: history.market.hours)
        ColumnBank.with(graph, over: history) { bank in
            for (index, slice) in history.slices.enumerated() {
                bank.open(index)
                let values = refs.map { bank.sessionNumber($0) }
                if dates.contains("\(slice.session.date)") {
                    #expect(values == [10, 13, 9, 11, 15])
                } else {
                    #expect(values.filter { $0.isNaN }.count == 5)
                }
                // As seen after the split of 2024-12-04, 3 for 1.
                guard "\(slice.session.date)" == dates[0] else { continue }
                bank.open(index, asOf: history.slices.count - 1)
                let later = refs.map { bank.sessionNumber($0) }
                let expected: [Double] = [10.0 / 3, 13.0 / 3, 3, 11.0 / 3, 45]
                #expect(later == expected)
            }
        }
        history.premarket = nil
        ColumnBank.with(graph, over: history) { bank in
            bank.open(1)
            #expect(bank.sessionNumber(refs[0]).isNaN)
        }
    }
}

extension ColumnNode {
    /// What it computes.
    fileprivate var withoutDepth: ColumnNode {
        var node = self
        (node.depth, node.fast) = (0, -1)
        return node
    }
}
