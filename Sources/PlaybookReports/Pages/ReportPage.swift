import PlaybookCore
import PlaybookResearch

/// The page of a report, but for the rows of its trades.
struct ReportPage {
    let report: Report
    let figures: Figures
    let performance: Performance

    /// - Parameter figures: those of the report's rows.
    init(_ report: Report, _ figures: Figures) {
        self.report = report
        self.figures = figures
        performance = Performance(report.rows)
    }

    /// The whole page, with a gap for the rows of the trades that it lists.
    func markup() -> Markup {
        PageFrame(
            title: title, policy: PageFrame.filePolicy, start: (id: "equity", words: "Skip to the results")
        ).markup { page in
            page.element(.header) { header(&$0) }
            page.element(.main) { page in
                page.element(.section, .id("equity")) { equity(&$0) }
                page.parts(parts)
            }
            page.element(.footer) { $0.disclaimer(report.version) }
        }
    }

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
        page.verdict(verdict)
        if performance.sessions < Self.fewSessions, performance.sessions > 0 {
            page.nothing(
                "\(performance.sessions == 1 ? "One session tells" : "\(performance.sessions) sessions tell") little: it takes "
                    + "\(Self.fewSessions) at least. "
                    + "Run more:", next: moreSessions)
        }
        page.headline(headlineFigures)
    }

    /// Fewer sessions than this say little.
    private static let fewSessions = 30

    /// The page's parts below the first screen; without a trade those that would be empty are left out.
    private var parts: [PagePart] {
        var ofTrades = [
            PagePart("luck", "How likely is it luck?") { $0.evidence(verdict) },
            PagePart("results", "How trades went", results), PagePart("months", "Months", months),
            PagePart("groups", "Where it comes from", groups), PagePart("lately", "Does it still work?", lately),
            PagePart("costs", "Costs", costs),
        ]
        if let comparison = report.comparison {
            ofTrades.append(PagePart("holding", "Against buying and holding") { $0.comparison(comparison) })
        }
        let ofAll = [
            PagePart("untraded", "Days without a trade", untraded), PagePart("data", "Data", data),
            PagePart("provenance", "How to make it again", provenance), PagePart("trades", "All trades", trades),
        ]
        return performance.trades > 0 ? ofTrades + ofAll : ofAll
    }
}

extension ReportPage {
    // MARK: - First screen

    private var verdict: Report.Verdict { report.verdict ?? Self.opinion(performance) }

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

    /// What the trades alone allow to say: the grades of research, as far as they go.
    static func opinion(_ performance: Performance) -> Report.Verdict {
        guard performance.trades > 0 else {
            return .init(grade: "no-trade", sentence: "There is nothing to judge.", mark: .open)
        }
        let interval = performance.intervals?.meanNet
        let range = interval.map {
            ", 95% interval \(Numerals.signed($0.lowerBound, 2)) to \(Numerals.signed($0.upperBound, 2))"
        }
        let mean = performance.net / Double(performance.trades)
        let facts = [
            Report.Fact(
                "A trade's average",
                "\(Numerals.signed(mean, 2)) USD after costs"
                    + (range ?? ", no interval: fewer than \(BootstrapIntervals.leastWinners) winners or losers"))
        ]
        let grade: Verdict.Grade =
            performance.trades < Verdict.fewestTrades
            ? .tooFew : interval.map { $0.lowerBound > 0 } ?? false ? .untested : .noEdge
        return .init(
            grade: grade.rawValue, sentence: grade.sentence, facts: facts, mark: grade == .noEdge ? .against : .open)
    }

    private var headlineFigures: [(name: String, value: String, interval: String)] {
        func ends(_ range: ClosedRange<Double>?, _ format: (Double) -> String) -> String {
            guard performance.trades > 0 else { return "no trade" }
            return range.map { "95%: \(format($0.lowerBound)) to \(format($0.upperBound))" }
                ?? "no interval: too few winners or losers"
        }
        func text(_ number: Double?, _ format: (Double) -> String) -> String { number.map(format) ?? "–" }
        let mean = performance.trades > 0 ? performance.net / Double(performance.trades) : nil
        var figures: [(name: String, value: String, interval: String)] = [
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
        let curve = EquityChart(figures: figures, performance: performance, holding: report.holding)
        page.figure("", { curve.picture(width: $0) })
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
