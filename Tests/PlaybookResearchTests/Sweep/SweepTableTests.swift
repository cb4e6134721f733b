import PlaybookCore
import PlaybookResearch
import Testing

@Suite("Sweep table")
struct SweepTableTests {
    let calendar = sessions("2024-01-02", "2024-03-28")

    func grid(_ conditions: [String] = []) throws -> Grid {
        let known = parameters(of: "dp20")
        return try Grid(
            axes: [
                GridAxis(name: "ema-period", values: ["10", "20", "30"]),
                GridAxis(name: "atr-period", values: ["1", "2", "3"]),
            ], conditions: conditions.map { try GridCondition($0, of: known, in: .xnys) }, of: known,
            in: .xnys)
    }

    /// A set with `count` trades of so much each, give or take 1.
    func row(_ set: Int, _ net: Double, count: Int = 40) -> SweepRow {
        SweepRow(
            set: set, (0..<count).map { trade($0, net + Double($0 % 2) * 2 - 1) }, calendar, capital: 100_000)
    }

    @Test("the plateau is what the sets one step away give, the set itself left out")
    func plateau() throws {
        // 10 20 30
        // 40 50 60
        // 70 80 90
        let rows = (0..<9).map { row($0, Double($0 + 1) * 10) }
        let table = SweepTable(try grid(), rows, metric: .net, minimumTrades: 30)
        let middle = try #require(table.rows[4].plateau)
        #expect(isClose(middle.mean, 40 * 50))
        #expect(isClose(middle.worst, 40 * 20))
        #expect(middle.neighbours == 4)
        #expect(middle.note == "")
        let corner = try #require(table.rows[0].plateau)
        #expect(isClose(corner.mean, 40 * 30))
        #expect(corner.note == "edge")
    }

    @Test("refused, left-out and thin neighbours make it incomplete")
    func incomplete() throws {
        var rows = (0..<9).map { row($0, Double($0 + 1) * 10) }
        rows[1] = row(1, 500, count: 10)
        rows.remove(at: 3)
        let table = SweepTable(try grid(), rows, metric: .net, minimumTrades: 30)
        let plateau = try #require(table.row(of: 4)?.plateau)
        #expect(plateau.neighbours == 2)
        #expect(plateau.isIncomplete)
        #expect(isClose(plateau.worst, 40 * 60))
        #expect(table.row(of: 3) == nil)
        #expect(table.thin == 1)
        let fewer = try grid(["ema-period != 10"])
        let part = SweepTable(fewer, (0..<6).map { row($0, 10) }, metric: .net, minimumTrades: 30)
        #expect(part.rows[1].plateau?.note == "incomplete edge" || part.rows[1].plateau?.isIncomplete == true)
    }

    @Test("sets with too few trades are not ranked; equal ones are in their order")
    func ranking() throws {
        let rows = [row(0, 10), row(1, 30), row(2, 30), row(3, 99, count: 29), row(4, -5)]
        let table = SweepTable(try grid(), rows, metric: .net, minimumTrades: 30)
        #expect(table.ranked.map(\.set) == [1, 2, 0, 4])
    }

    @Test("the effect of a value: linear quartiles over the sets that have it")
    func effects() throws {
        let rows = (0..<9).map { row($0, Double($0 + 1) * 10, count: $0 == 8 ? 5 : 40) }
        let effects = SweepTable(try grid(), rows, metric: .net, minimumTrades: 30).effects
        #expect(
            effects.map(\.parameter) == [
                "ema-period", "ema-period", "ema-period", "atr-period", "atr-period", "atr-period",
            ])
        // 400, 800, 1200.
        #expect(isClose(effects[0].quartiles?[0], 600))
        #expect(isClose(effects[0].quartiles?[1], 800))
        #expect(isClose(effects[0].quartiles?[2], 1_000))
        #expect(effects[2].sets == 2)
        #expect(isClose(effects[2].quartiles?[1], 3_000))
    }

    @Test("tasks share the units without gaps, whatever their number", arguments: [1, 3, 8, 20])
    func tasks(count: Int) throws {
        let ranges = try (0..<count).map { try #require(TaskShare($0, of: count)).units(of: 17) }
        #expect(ranges.flatMap { Array($0) } == Array(0..<17))
        #expect(TaskShare("3/8")?.partName == "part-00003-of-00008.parquet")
        for text in ["8/8", "-1/8", "1", "a/b", "1/0", "1/8/2"] { #expect(TaskShare(text) == nil) }
    }
}
