import PlaybookCore

/// The page of a report.
struct ReportPage {
    let report: Report
    let figures: Figures

    init(_ report: Report) {
        self.report = report
        figures = Figures(report.rows)
    }

    var performance: Performance { figures.performance }

    /// The whole page.
    func markup() -> Markup {
        Markup { page in
            page.doctype()
            page.element(.html, .lang("en")) { page in
                page.element(.head) { page in
                    page.empty(.meta, .charset("utf-8"))
                    page.empty(.meta, .name("viewport"), .content("width=device-width,initial-scale=1"))
                    page.empty(.meta, .policy(), .content(Self.policy))
                    page.empty(.link, .relation("icon"), .link(.nothing))
                    page.element(.title, text: title)
                    page.style(.page)
                }
                page.element(.body) { page in
                    page.element(.a, .style(.skip), .link(.place("equity")), text: "Skip to the results")
                    page.element(.header) { header(&$0) }
                    page.element(.main) { sections(&$0) }
                    page.element(.footer) { footer(&$0) }
                    page.script(.sorting)
                }
            }
        }
    }

    /// Nothing is loaded from anywhere, whatever a text could do.
    private static let policy =
        "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:; base-uri 'none'; "
        + "form-action 'none'"

    /// `dp20 on QQQ`.
    var title: String {
        guard let first = figures.rows.first else { return "No rows" }
        let symbols = figures.symbols
        let names = symbols.count > 6 ? "\(symbols.count) symbols" : symbols.joined(separator: ", ")
        return "\(first.strategy) on \(names)"
    }

    /// First and last session, in words.
    var range: String {
        guard let first = figures.days.first?.date, let last = figures.days.last?.date else { return "" }
        return first == last ? DateAxis.text(first) : "\(DateAxis.text(first)) to \(DateAxis.text(last))"
    }

    private func header(_ page: inout Markup) {
        page.element(.h1, text: title)
        var parts = [
            range, Numerals.counted(performance.sessions, "session"), Numerals.counted(performance.trades, "trade"),
        ]
        if let first = figures.rows.first {
            parts.append(
                first.parameters.isEmpty || first.parameters == "defaults" ? "default parameters" : first.parameters)
            if first.mode != .backtest { parts.append(first.mode.rawValue) }
        }
        page.element(.p, .style(.note), text: parts.filter { !$0.isEmpty }.joined(separator: " · "))
        if figures.isSynthetic {
            page.element(.p) { page in
                page.element(.strong, text: "Synthetic data: ")
                page.text("these rows were made from the built-in sample, which is not the market.")
            }
        }
        verdict(&page)
        if performance.sessions < Self.fewSessions, performance.sessions > 0 {
            page.nothing(
                "\(performance.sessions == 1 ? "One session tells" : "\(performance.sessions) sessions tell") little: it takes "
                    + "\(Self.fewSessions) at least. "
                    + "Run more:", next: moreSessions)
        }
        headline(&page)
    }

    /// Fewer sessions than this say little.
    private static let fewSessions = 30

    private func sections(_ page: inout Markup) {
        page.element(.section, .id("equity")) { equity(&$0) }
        page.element(.nav, .label("On this page")) { page in
            page.element(.ul, .style(.contents)) { page in
                for (id, name, _) in parts {
                    page.element(.li) { $0.element(.a, .link(.place(id)), text: name) }
                }
            }
        }
        for (id, name, body) in parts {
            page.element(.section, .id(id)) { page in
                page.element(.h2, text: name)
                body(&page)
            }
        }
    }

    /// The page's parts below the first screen; without a trade those that would be empty are left out.
    private var parts: [(id: String, name: String, body: (inout Markup) -> Void)] {
        let ofTrades: [(id: String, name: String, body: (inout Markup) -> Void)] = [
            ("results", "How trades went", results), ("months", "Months", months),
            ("groups", "Where it comes from", groups), ("lately", "Does it still work?", lately),
            ("costs", "Costs", costs),
        ]
        let ofAll: [(id: String, name: String, body: (inout Markup) -> Void)] = [
            ("untraded", "Days without a trade", untraded), ("data", "Data", data),
            ("provenance", "Where this comes from", provenance), ("trades", "All trades", trades),
        ]
        return performance.trades > 0 ? ofTrades + ofAll : ofAll
    }

    private func footer(_ page: inout Markup) {
        page.element(
            .p,
            text:
                "Made by trading-playbook \(report.version). A backtest says what rules would have done with the bars "
                + "that they were given, not what they will earn. Nothing here is investment advice.")
    }
}

extension ReportPage {
    // MARK: - First screen

    private func verdict(_ page: inout Markup) {
        let verdict = report.verdict ?? Self.opinion(performance)
        page.element(.p, .style(.verdict)) { page in
            page.element(.span, .style(.tag)) { page in
                page.add(Self.mark(verdict.mark))
                page.text(Self.words(verdict.grade))
            }
            page.text(" \(verdict.sentence)")
        }
        for line in verdict.lines { page.element(.p, .style(.note), text: line) }
    }

    /// A grade as words.
    static func words(_ grade: String) -> String {
        let words = grade.split(separator: "-").joined(separator: " ")
        return words.prefix(1).uppercased() + words.dropFirst() + "."
    }

    /// A shape beside the word, which tells without a colour.
    static func mark(_ mark: Report.Verdict.Mark) -> Markup {
        Markup { page in
            page.element(.svg, .viewBox(0, 0, 16, 16), .hidden()) { page in
                var path = StrokePath()
                switch mark {
                case .holds:
                    path.move(to: 2, 8)
                    path.line(to: 6, 13)
                    path.line(to: 14, 3)
                case .open:
                    page.empty(.circle, .center(8), .middle(8), .radius(6), .style(.ring))
                case .against:
                    path.move(to: 3, 3)
                    path.line(to: 13, 13)
                    path.move(to: 13, 3)
                    path.line(to: 3, 13)
                }
                if !path.isEmpty { page.empty(.path, .style(.ring), .path(path)) }
            }
        }
    }

    /// What the trades alone allow to say.
    static func opinion(_ performance: Performance) -> Report.Verdict {
        guard performance.trades > 0 else {
            return .init(grade: "no-trade", sentence: "There is nothing to judge.", mark: .open)
        }
        let mean = performance.net / Double(performance.trades)
        let each = "a trade brought \(Numerals.signed(mean, 2)) USD on average after costs"
        guard let interval = performance.intervals?.meanNet else {
            return .init(
                grade: "too-few-trades",
                sentence:
                    "With fewer than \(BootstrapIntervals.leastWinners) winners or losers nobody can tell this from "
                    + "luck: \(each).", mark: .open)
        }
        let range = "\(Numerals.signed(interval.lowerBound, 2)) to \(Numerals.signed(interval.upperBound, 2)) USD"
        if interval.lowerBound <= 0 {
            return .init(
                grade: interval.upperBound < 0 ? "loses" : "could-be-luck",
                sentence: "\(each.prefix(1).uppercased() + each.dropFirst()), with a 95% interval of \(range)"
                    + (interval.upperBound < 0 ? "." : ", which includes 0."), mark: .against)
        }
        if performance.trades < 100 {
            return .init(
                grade: "too-few-trades",
                sentence: "The 95% interval of a trade's average, \(range) after costs, lies above 0, but "
                    + "\(performance.trades) trades are few: it takes 100 at least.", mark: .open)
        }
        return .init(
            grade: "not-tested-yet",
            sentence: "The 95% interval of a trade's average, \(range) after costs, lies above 0. It was not tested on "
                + "sessions outside those that it was chosen on.", mark: .open)
    }

    private func headline(_ page: inout Markup) {
        page.element(.dl, .style(.figures)) { page in
            for (name, value, interval) in headlineFigures {
                page.element(.div) { page in
                    page.element(.dt, text: name)
                    page.element(.dd) { page in
                        page.element(.div, .style(.value), text: value)
                        page.element(.div, .style(.interval), text: interval)
                    }
                }
            }
        }
    }

    private var headlineFigures: [(String, String, String)] {
        func ends(_ range: ClosedRange<Double>?, _ format: (Double) -> String) -> String {
            guard performance.trades > 0 else { return "no trade" }
            return range.map { "95%: \(format($0.lowerBound)) to \(format($0.upperBound))" }
                ?? "no interval: too few winners or losers"
        }
        func text(_ number: Double?, _ format: (Double) -> String) -> String { number.map(format) ?? "–" }
        let mean = performance.trades > 0 ? performance.net / Double(performance.trades) : nil
        var figures: [(String, String, String)] = [
            (
                "Net P&L, USD", Numerals.signed(performance.net, 2),
                "after \(Numerals.fixed(performance.costs, 2)) of costs"
            ),
            (
                "A trade, net USD", text(mean) { Numerals.signed($0, 2) },
                ends(performance.intervals?.meanNet) { Numerals.signed($0, 2) }
            ),
            (
                "Win rate, %", text(performance.winRate) { Numerals.percent($0) },
                ends(performance.winRateInterval) { Numerals.percent($0) }
            ),
        ]
        figures.append(
            performance.expectancy == nil && performance.trades > 0
                ? ("Expectancy, R", "–", "no stop, so no R")
                : (
                    "Expectancy, gross R", text(performance.expectancy) { Numerals.signed($0, 3) },
                    ends(performance.intervals?.expectancy) { Numerals.signed($0, 3) }
                ))
        figures.append(
            performance.profitFactor == nil && performance.trades > 0
                ? ("Profit factor", "–", "no trade lost")
                : (
                    "Profit factor", text(performance.profitFactor) { Numerals.fixed($0, 2) },
                    ends(performance.intervals?.profitFactor) { Numerals.fixed($0, 2) }
                ))
        figures.append(
            ("Maximum drawdown, USD", Numerals.fixed(performance.maximumDrawdown, 2), drawdownLength))
        return figures
    }

    private var drawdownLength: String {
        guard let drawdown = figures.drawdown else {
            return performance.trades > 0 ? "never below its peak" : "no trade"
        }
        let length = Numerals.counted(drawdown.length(of: figures.days.count), "session")
        return drawdown.recovery == nil ? "\(length) so far" : "over \(length)"
    }

    private func equity(_ page: inout Markup) {
        guard performance.trades > 0 else {
            page.nothing(
                "No trade was taken, so there is no equity curve. The reasons are below, under Days without a trade.")
            return
        }
        page.figure("", { EquityChart(figures: figures, holding: report.holding).picture(width: $0) })
        // The same in figures, for those who cannot see it.
        page.element(.details) { page in
            page.element(.summary, text: "The curve in figures")
            let table = DataTable(
                columns: [.words("Quarter"), .numbers("Net P&L so far, USD"), .numbers("Lowest drawdown, USD")],
                caption: "Net P&L and drawdown by quarter")
            page.add(
                table.markup { page in
                    page.element(.tbody) { page in
                        for quarter in quarters {
                            DataTable.row(
                                quarter.name,
                                [
                                    .number(Numerals.signed(quarter.equity, 2)),
                                    .number(Numerals.fixed(quarter.fall, 2)),
                                ],
                                to: &page)
                        }
                    }
                })
        }
    }

    private var quarters: [(name: String, equity: Double, fall: Double)] {
        var quarters: [(name: String, equity: Double, fall: Double)] = []
        for day in figures.days {
            let name = "\(day.date.year) Q\((day.date.month + 2) / 3)"
            if quarters.last?.name != name { quarters.append((name, 0, 0)) }
            quarters[quarters.count - 1].equity = day.equity
            quarters[quarters.count - 1].fall = min(quarters[quarters.count - 1].fall, day.fall)
        }
        return quarters
    }
}
