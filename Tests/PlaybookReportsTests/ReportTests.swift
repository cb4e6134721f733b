import PlaybookCore
import Testing

@testable import PlaybookReports

@Suite struct ReportTests {
    @Test func theSameRowsGiveTheSameBytes() {
        let rows = Fixture.dates(40).enumerated().map {
            Fixture.trade($1, net: $0 % 3 == 0 ? 30 : -20, r: $0 % 3 == 0 ? 1.5 : -1)
        }
        #expect(Fixture.report(rows).html() == Fixture.report(rows.reversed()).html())
    }

    @Test func rowsWrittenBesideEachOtherStandInTheirOrder() async {
        let rows = Fixture.dates(503).enumerated().map { place, date in
            Fixture.trade(date, net: place % 3 == 0 ? 30 : -20, notes: "note \(place)")
        }
        let whole = Fixture.report(rows).html()
        var drawn = Fixture.report(rows)
        await drawn.draw()
        #expect((drawn.written?.rows.count ?? 0) > 1)
        #expect(drawn.html() == whole)
    }

    @Test func hostileTextsStayTexts() {
        var row = Fixture.trade("2025-01-02", net: 5, notes: "<script>alert(1)</script>")
        row.chartLink = "javascript:alert(1)"
        row.values = "a=\"><img src=x onerror=alert(1)>"
        let page = Fixture.page([row])
        #expect(!page.contains("<script>alert"))
        #expect(!page.contains("<img"))
        #expect(!page.contains("href=\"javascript"))
        #expect(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;"))
    }

    @Test(arguments: [
        ("charts/QQQ/a.svg", true), ("https://example.com/a?b=c", true), ("HTTP://example.com", true),
        ("javascript:alert(1)", false), ("data:text/html,x", false), ("//example.com", false), ("", false),
        (" javascript:x", false), ("java\tscript:x", false), ("\\\\host", false), ("vbscript:x", false),
    ])
    func linksLeadWhereTheyMay(text: String, may: Bool) {
        #expect((Link(text) != nil) == may)
    }

    @Test func emptyStatesSayWhyAndWhatNext() {
        let none = Fixture.page([Fixture.session("2025-01-02")])
        #expect(none.contains("No trade was taken, so there is no equity curve"))
        #expect(none.contains("One session tells little"))
        #expect(!none.contains("NaN") && !none.contains("inf"))
        let one = Fixture.page([Fixture.trade("2025-01-02", net: 5, r: 0.25)])
        #expect(one.contains("There is only one yet."))
        #expect(one.contains("it takes 30 to look at the last 30"))
        #expect(one.contains("no interval: too few winners or losers"))
        let stopless = Fixture.page(Fixture.dates(31).map { Fixture.trade($0, net: 5) })
        #expect(stopless.contains("These trades have no stop, so they have no R"))
        #expect(stopless.contains("Some trades have no stop, so there is no expectancy in R"))
        let bare = Fixture.page([Fixture.session("2025-01-02", notes: "no bars", code: "no-bars")])
        #expect(bare.contains("<dt>Sessions without a bar<dd>1"))
        #expect(Fixture.page([]).contains("No rows"))
    }

    @Test func theOpinionFollowsTheInterval() {
        func opinion(_ nets: [Double]) -> String {
            let rows = zip(Fixture.dates(nets.count), nets).map { Fixture.trade($0, net: $1, r: $1 / 20) }
            return ReportPage.opinion(Performance(rows)).grade
        }
        #expect(opinion([]) == "no-trade")
        #expect(opinion((0..<99).map { $0 % 10 == 0 ? -10 : 10 }) == "too-few")
        #expect(opinion((0..<120).map { $0 % 2 == 0 ? 10 : -10 }) == "no-edge")
        #expect(opinion((0..<120).map { $0 % 10 == 0 ? 10 : -10 }) == "no-edge")
        #expect(opinion((0..<120).map { $0 % 60 == 0 ? 10 : -10 }) == "no-edge")
        #expect(opinion((0..<120).map { $0 % 10 == 0 ? -10 : 10 }) == "untested")
    }

    @Test func aVerdictTakesThePlaceOfTheOpinion() {
        var report = Fixture.report([Fixture.trade("2025-01-02", net: 5)])
        report.verdict = .init(
            grade: "likely-luck", sentence: "Said elsewhere.", note: "Sharpe ratio -0.32 +- 0.5.",
            facts: [.init("Tried", "7 sets")],
            missing: [.init("No walk-forward: run one:", command: "trading-playbook walk-forward")], mark: .against)
        let page = String(decoding: report.html(), as: UTF8.self)
        #expect(page.contains("Likely luck.</span> Said elsewhere."))
        #expect(page.contains("Sharpe ratio \u{2212}0.32 ± 0.5."))
        #expect(page.contains("<dt>Tried<dd>7 sets"))
        #expect(page.contains("No walk-forward: run one: <code>trading-playbook walk-forward</code>"))
    }

    @Test func figuresOfHoldingStandBesideTheStrategys() {
        var report = Fixture.report([Fixture.trade("2025-01-02", net: 5)])
        var line = Report.Comparison.Line(
            "Max drawdown, USD", own: 12, held: 3_400, interval: 5...40, decimals: 2, isSigned: false)
        line.isNinety = true
        report.comparison = .init(
            name: "Playbook", heading: "On a capital of 100,000 USD.",
            lines: [line, .init("Sharpe", own: -0.5, held: nil, decimals: 2, isSigned: true)])
        let page = String(decoding: report.html(), as: UTF8.self)
        #expect(page.contains("<th scope=row>Max drawdown, USD<td class=n>12.00<td class=n>90%: 5.00 to 40.00"))
        #expect(page.contains("<td class=n>3,400.00"))
        #expect(page.contains("<th scope=row>Sharpe<td class=n>\u{2212}0.50<td class=n><td class=n>–"))
        report.comparison?.missing = .init("No bars are at hand.", command: "trading-playbook report")
        let without = String(decoding: report.html(), as: UTF8.self)
        #expect(!without.contains("3,400.00"))
        #expect(without.contains("No bars are at hand. <code>trading-playbook report</code>"))
    }

    @Test func aMinusIsKnownFromADash() {
        #expect(
            Numerals.minus(within: "-0.3 to -1, no-edge 2025-01-02 (-5) x=-2")
                == "\u{2212}0.3 to \u{2212}1, no-edge 2025-01-02 (\u{2212}5) x=\u{2212}2")
        #expect(Numerals.minus(within: "2 +- 1, +3") == "2 ± 1, +3")
    }

    @Test func reasonsAreCountedAndOrdered() {
        let report = Fixture.report([
            Fixture.session("2025-01-02", notes: "a", code: "step:x"), Fixture.session("2025-01-03"),
            Fixture.session("2025-01-06"), Fixture.session("2025-01-07", notes: "b", code: "step:x"),
            Fixture.session("2025-01-08", notes: "b", code: "step:x"),
        ])
        let page = ReportPage(report, Figures(report.rows))
        #expect(page.reasons.map(\.code) == ["step:x", "filter:uptrend"])
        #expect(page.reasons.map(\.words) == ["b", "no uptrend"])
        #expect(page.reasons.map(\.rows.count) == [3, 2])
    }

    @Test func theCommandMakesTheRowsAgain() {
        var row = Fixture.trade("2025-01-02", net: 5)
        row.parameters = "stop-atr=1.5 weekdays=mon+tue"
        row.dataSource = "alpaca/iex/split"
        #expect(
            Fixture.page([row]).contains(
                "trading-playbook backtest --strategy dp20 --symbol QQQ --start 2025-01-02 --end 2025-01-02 "
                    + "--param stop-atr=1.5 --param weekdays=mon+tue --source alpaca"))
    }

    @Test func numeralsAreThoseOfPrintedTables() {
        #expect(Numerals.fixed(-1234.5, 2) == "\u{2212}1,234.50")
        #expect(Numerals.fixed(-0.001, 2) == "0.00")
        #expect(Numerals.signed(0.001, 2) == "0.00")
        #expect(Numerals.signed(1_000_000, 0) == "+1,000,000")
        #expect(Numerals.percent(0.2241) == "22.4")
        #expect(Numerals.brief(-41.61) == "\u{2212}41.61")
        #expect(Numerals.brief(12_345.6) == "+12,346")
        #expect(Numerals.brief(1_234_567) == "+1,235k")
        #expect(Numerals.brief(-2.5e9) == "\u{2212}2,500M")
    }

    /// Ten years of a trade a day stay small enough to be sent.
    @Test func tenYearsStaySmall() {
        let dates = Market.xnys.calendar.sessions(from: CivilDate("2016-01-04")!, through: CivilDate("2025-12-31")!)
        let rows = dates.enumerated().map {
            let net = Double($0 * 7919 % 400) - 200
            return Fixture.trade(
                "\($1.date)", net: net, r: net / 200, mae: -Double($0 * 31 % 97) / 97, mfe: Double($0 * 17 % 301) / 100)
        }
        let size = Fixture.report(rows).html().count
        #expect(size < 400_000)
        #expect(size > 200_000)
    }
}
