import PlaybookCore
import PlaybookResearch
import Testing

@testable import PlaybookReports

@Suite struct ResearchPageTests {
    static let calendar = SessionCalendar(
        .xnys, from: CivilDate("2024-01-02")!, through: CivilDate("2024-03-28")!)

    static func grid(_ axes: [(String, Int)]) throws -> Grid {
        try Grid(
            axes: axes.map { name, count in GridAxis(name: name, values: (1...count).map(String.init)) }, of: [],
            in: .xnys)
    }

    /// A row of a set whose 40 trades bring so much each, give or take 1.
    static func row(_ set: Int, _ net: Double, count: Int = 40) -> SweepRow {
        let trades = (0..<count).map {
            TradeOutcome(
                session: Int32($0), entry: 1_800, exit: 3_600, net: net + Double($0 % 2) * 2 - 1, risk: 100, costs: 0,
                entryValue: 10_000, exitValue: 10_000)
        }
        return SweepRow(set: set, trades, calendar, capital: 100_000)
    }

    /// 3 x 4 sets: set n brings n - 5 USD a trade; set 3 is refused, set 7 is thin.
    static func table(_ metric: Metric = .net) throws -> SweepTable {
        let rows = (0..<12).filter { $0 != 3 }.map { row($0, Double($0) - 5, count: $0 == 7 ? 10 : 40) }
        return SweepTable(try grid([("a", 3), ("b", 4)]), rows, metric: metric, minimumTrades: 30)
    }

    @Test func cellsAreTheSetsAroundTheChosenOne() throws {
        let map = HeatMap(try Self.table(), around: 6, down: 0, across: 1)
        #expect(map.cells.map(\.count) == [4, 4, 4])
        #expect(map.chosen == (1, 2))
        #expect(map.cells[1][2] == .value(40))
        #expect(map.cells[0][0] == .value(-200))
        #expect(map.cells[0][3] == .missing("refused"))
        #expect(map.cells[1][3] == .missing("too few trades"))
        #expect(map.hatched == "1 refused, 1 too few trades")
        #expect(map.isPlateau(0, 2) && map.isPlateau(1, 1) && !map.isPlateau(0, 1) && !map.isPlateau(1, 2))
        let turned = HeatMap(try Self.table(), around: 6, down: 1, across: 0)
        #expect(turned.cells[2][1] == .value(40))
        #expect(turned.chosen == (2, 1))
    }

    @Test func coloursAreCentredAndClipped() throws {
        let map = HeatMap(try Self.table(), around: 6, down: 0, across: 1)
        // -200 to 240; nothing is twice as far as the ninth of ten.
        #expect(map.limit == 240)
        #expect(map.clipped == 0)
        #expect(map.step(0) == 0 && map.step(-48) == 1 && map.step(240) == 4 && map.step(-200) == 4)
        var rows = (0..<12).map { Self.row($0, Double($0) - 5) }
        rows[11] = Self.row(11, 1_000)
        let table = SweepTable(try Self.grid([("a", 3), ("b", 4)]), rows, metric: .net, minimumTrades: 30)
        let clipped = HeatMap(table, around: 6, down: 0, across: 1)
        #expect(clipped.limit == 200)
        #expect(clipped.clipped == 1)
        #expect(clipped.step(40_000) == 4)
    }

    @Test func aProfitFactorIsCentredAtOne() throws {
        let rows = (0..<12).map { Self.row($0, Double($0) / 10 - 0.5) }
        let table = SweepTable(try Self.grid([("a", 3), ("b", 4)]), rows, metric: .profitFactor, minimumTrades: 30)
        let map = HeatMap(table, around: 6, down: 0, across: 1)
        #expect(map.neutral == 1)
        // 20 trades of +1.1 and 20 of -0.9: 1.22, shown without a sign.
        #expect(map.text(map.cells[1][2]) == "1.22")
    }

    @Test(arguments: [(12, true), (13, false)])
    func numbersStandInUpToTwelveColumns(columns: Int, has: Bool) throws {
        let rows = (0..<2 * columns).map { Self.row($0, Double($0) - 5) }
        let table = SweepTable(try Self.grid([("a", 2), ("b", columns)]), rows, metric: .net, minimumTrades: 30)
        let map = HeatMap(table, around: 0, down: 0, across: 1)
        let picture = String(decoding: map.picture().fixed().bytes, as: UTF8.self)
        #expect(picture.contains("class=\"ce mi\"") == has)
        // The solid outline, and the dashed one around the plateau.
        #expect(picture.contains("class=\"cs\"") && picture.contains("class=\"pl\""))
    }

    @Test func barsOfCountsAreRound() {
        let (bars, step) = CountChart.bars([0.2, 1.5, 1.6, 9.7], about: 10)
        #expect(step == 1)
        #expect(bars.map(\.from) == [0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
        #expect(bars.map(\.count) == [1, 2, 0, 0, 0, 0, 0, 0, 0, 1])
        #expect(CountChart.bars([5, 5], about: 10).bars.reduce(0) { $0 + $1.count } == 2)
    }

    @Test func lengthsAreWords() {
        #expect(ResearchPage.words(length: "12mo") == "12 months")
        #expect(ResearchPage.words(length: "1y") == "1 year")
        #expect(ResearchPage.words(length: "120") == "120 sessions")
    }

    static func report(_ table: SweepTable) -> ResearchReport {
        ResearchReport(
            run: "sweep-x", strategy: "<script>", symbols: ["QQQ"],
            sessions: CivilDate("2024-01-02")!...CivilDate("2024-03-28")!, sessionCount: 61, isSynthetic: true,
            table: table, set: 6, refused: 1, trades: 400,
            verdict: .init(grade: "too-few", sentence: "There are too few trades.", mark: .open),
            headline: [.init("Net P&L, USD", -12, isSigned: true, interval: -20...5, note: "95%")],
            walk: .none(.init("No walk-forward. Run one:", command: "trading-playbook walk-forward")),
            draws: .none(.init("no trade to redraw")), luck: .none(.init("fewer than 20 sets")),
            facts: [.init("Run", "sweep-x")], command: "trading-playbook sweep", playbookText: "<b>", version: "1")
    }

    @Test func emptyStatesSayWhyAndWhatNext() throws {
        let page = String(decoding: Self.report(try Self.table()).html(), as: UTF8.self)
        #expect(page.contains("No walk-forward. Run one: <code>trading-playbook walk-forward</code>"))
        #expect(page.contains("no trade to redraw") && page.contains("fewer than 20 sets"))
        #expect(page.contains("\u{2212}12.00") && page.contains("95%: \u{2212}20.00 to +5.00"))
        #expect(page.contains("Sweep of &lt;script&gt; on QQQ") && page.contains("<code>&lt;b&gt;</code>"))
        #expect(page.contains("Hatched: 1 refused, 1 too few trades."))
        let single = SweepTable(try Self.grid([("a", 1)]), [Self.row(0, 5)], metric: .net, minimumTrades: 30)
        var one = Self.report(single)
        one.set = 0
        #expect(String(decoding: one.html(), as: UTF8.self).contains("The sweep has one set"))
    }

    @Test func theSameGivesTheSameBytes() throws {
        #expect(Self.report(try Self.table()).html() == Self.report(try Self.table()).html())
    }
}
