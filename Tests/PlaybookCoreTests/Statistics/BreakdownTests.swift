import PlaybookCore
import Testing

@Suite("Breakdowns")
struct BreakdownTests {
    static func trade(
        day: Int, exit: Double, at time: String = "10:08", trueRange: Double? = 1
    ) throws -> JournalRow {
        try .made(
            on: day < 10 ? "2013-10-0\(day)" : "2013-10-\(day)",
            trade: .made(exit: exit, at: time, trueRange: trueRange))
    }

    @Test("by entry bucket group trades by ten minutes, in the order of the day")
    func buckets() throws {
        let rows = [
            try Self.trade(day: 1, exit: 102, at: "10:32"), try Self.trade(day: 2, exit: 98, at: "10:08"),
            try Self.trade(day: 3, exit: 104, at: "10:00"), try Self.trade(day: 4, exit: 101, at: "10:10"),
            try Self.trade(day: 7, exit: 99, at: "09:58"),
        ]
        let groups = Breakdown.byEntryBucket(ClosedTrade.trades(of: rows))
        #expect(groups.map(\.group) == ["09:50-10:00", "10:00-10:10", "10:10-10:20", "10:30-10:40"])
        #expect(groups.map(\.trades) == [1, 2, 1, 1])
        #expect(groups.map(\.net) == [-10, 20, 10, 20])
        #expect(groups.map(\.winRate) == [0, 0.5, 1, 1])
        // R of the second: -1 and 2.
        #expect(groups.map(\.expectancy) == [-0.5, 0.5, 0.5, 1])
        #expect(Breakdown.byEntryBucket([]).isEmpty)
    }

    @Test(
        "by ATR cut the trades into thirds by rank",
        arguments: [
            (3, [1, 1, 1]), (4, [1, 1, 2]), (5, [1, 2, 2]), (6, [2, 2, 2]), (7, [2, 2, 3]), (8, [2, 3, 3]),
            (9, [3, 3, 3]),
        ])
    func sizes(count: Int, sizes: [Int]) throws {
        let rows = try (1...count).map { try Self.trade(day: $0, exit: 101, trueRange: Double($0)) }
        let thirds = Breakdown.byTrueRangeTercile(ClosedTrade.trades(of: rows.filter { _ in true }))
        #expect(thirds.map(\.group) == ["low", "middle", "high"])
        #expect(thirds.map(\.trades) == sizes)
    }

    @Test("by ATR put the lowest share of the price first")
    func terciles() throws {
        // ATR 6, 1, 5, 2, 4, 3: low are the second and fourth, middle the sixth and fifth, high the third and first.
        let rows = try zip([6, 1, 5, 2, 4, 3], [101, 102, 103, 104, 105, 106]).enumerated().map { index, pair in
            try Self.trade(day: index + 1, exit: Double(pair.1), trueRange: Double(pair.0))
        }
        let thirds = Breakdown.byTrueRangeTercile(ClosedTrade.trades(of: rows))
        #expect(thirds.map(\.net) == [60, 110, 40])
        #expect(thirds.map(\.expectancy) == [1.5, 2.75, 1])
    }

    @Test("by ATR keep the order of entry among equals")
    func ties() throws {
        let rows = try [101.0, 102, 104].enumerated().map { try Self.trade(day: $0 + 1, exit: $1) }
        let thirds = Breakdown.byTrueRangeTercile(ClosedTrade.trades(of: rows.reversed()))
        #expect(thirds.map(\.net) == [10, 20, 40])
    }

    @Test("by ATR are empty with fewer than three trades, and leave out those without one")
    func few() throws {
        let known = try [1, 2].map { try Self.trade(day: $0, exit: 101) }
        let unknown = try [3, 4, 7].map { try Self.trade(day: $0, exit: 101, trueRange: nil) }
        #expect(Breakdown.byTrueRangeTercile(ClosedTrade.trades(of: known + unknown)).isEmpty)
        let third = try Self.trade(day: 8, exit: 101)
        let thirds = Breakdown.byTrueRangeTercile(ClosedTrade.trades(of: known + unknown + [third]))
        #expect(thirds.map(\.trades) == [1, 1, 1])
    }

    @Test("by side and setup keep sides and setups apart")
    func sidesAndSetups() throws {
        var rows = [
            try Self.trade(day: 1, exit: 102), try Self.trade(day: 2, exit: 98), try Self.trade(day: 3, exit: 104),
        ]
        for (index, setup) in ["up", "down", "up"].enumerated() { rows[index].setup = setup }
        rows[1].trade?.side = .short
        let performance = Performance(rows)
        #expect(performance.bySide.map(\.group) == ["long", "short"] && performance.bySide.map(\.net) == [60, -20])
        #expect(performance.bySetup.map(\.group) == ["down", "up"] && performance.bySetup.map(\.trades) == [1, 2])
    }

    @Test("by month follow the calendar across years")
    func months() throws {
        let dates = try ["2013-12-31", "2014-01-02", "2013-02-01"].map { try CivilDate.of($0) }
        let trades = try TradeStatisticsTests.trades(102, 98, 104)
        let groups = Breakdown.byMonth(trades, dates: dates)
        #expect(groups.map(\.group) == ["2013-02", "2013-12", "2014-01"] && groups.map(\.net) == [40, 20, -20])
    }

    @Test("by R put a loss of just 1 R where it belongs, and what is beyond the ends at the ends")
    func multiples() throws {
        // R: -1, -1.25, 0, 3.5, 9.
        let groups = Breakdown.byR(try TradeStatisticsTests.trades(98, 97.5, 100, 107, 118))
        #expect(groups.map(\.trades) == [1, 1, 1, 0, 0, 2] && groups.last?.group == "3 R and more")
        #expect(Breakdown.byR([try .made(exit: 101, stop: nil)]).isEmpty)
    }
}
