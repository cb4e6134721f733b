import PlaybookCore
import PlaybookUseCases

extension ReportPage {
    // MARK: - How trades went

    func results(_ page: inout Markup) {
        page.element(.div, .style(.pair)) { page in
            page.element(.div) { page in
                page.element(.h3, text: "What they ended with")
                let multiples = figures.multiples
                if multiples.isEmpty {
                    page.nothing(
                        "These trades have no stop, so they have no R. To see it, give the playbook a stop:",
                        next: "trading-playbook strategies")
                } else {
                    page.figure(
                        "Trades by R: what they made against what they risked. \(Self.one(multiples.count))",
                        { MultipleHistogram(multiples: multiples).picture(width: $0) }, wide: 520)
                }
            }
            page.element(.div) { page in
                page.element(.h3, text: "How far they went, against and for")
                if let chart = ExcursionChart(figures.trades) {
                    let stop =
                        chart.hasStop
                        ? "On the dashed line, or left of it, the stop was reached." : "They have no stop."
                    page.figure("Dots won, crosses lost. \(stop)", { chart.picture(width: $0) }, wide: 520)
                }
            }
        }
        page.element(.details) { page in
            page.element(.summary, text: "Both in figures")
            page.add(breakdown("R", performance.byR))
            if let excursions = performance.excursions {
                page.facts([
                    ("Mean worst price", against(excursions.mae, excursions.maeInR)),
                    ("Mean best price", against(excursions.mfe, excursions.mfeInR)),
                ])
            }
        }
    }

    private func against(_ price: Double, _ multiple: Double?) -> String {
        "\(Numerals.signed(price, 3)) a share against the entry"
            + (multiple.map { ", \(Numerals.signed($0, 2)) R" } ?? "")
    }

    private static func one(_ count: Int) -> String { count == 1 ? "There is only one yet." : "" }

    // MARK: - Months

    func months(_ page: inout Markup) {
        let byMonth = Dictionary(performance.byMonth.map { ($0.group, $0) }) { first, _ in first }
        let nets = performance.byMonth.map(\.net)
        let decimals = Numerals.decimals(ofMoney: nets)
        let largest = nets.map(abs).max() ?? 0
        let years = Array(Set(figures.days.map(\.date.year))).sorted()
        let sessions = Set(figures.days.map { Month($0.date) })
        page.element(
            .p, .style(.note),
            text: "Net P&L by month of the session, USD. A dot: sessions, but no trade. Empty: outside the range. "
                + worst(performance.byMonth))
        let table = DataTable(
            columns: [.words("Year")] + DateAxis.months.map { .numbers($0) } + [.numbers("Year"), .numbers("Trades")],
            caption: "Net P&L by month")
        page.add(
            table.markup { page in
                page.element(.tbody) { page in
                    for year in years {
                        page.element(.tr) { page in
                            page.element(.th, .row(), text: "\(year)")
                            var (net, trades) = (0.0, 0)
                            for month in 1...12 {
                                let name = "\(year)-\(month < 10 ? "0" : "")\(month)"
                                if let group = byMonth[name] {
                                    net += group.net
                                    trades += group.trades
                                    let text = Numerals.signed(group.net, decimals)
                                    page.element(.td, Self.tint(group.net, of: largest), text: text)
                                } else {
                                    let isInRange = Month(name).map(sessions.contains) ?? false
                                    page.element(.td, .style(.number), text: isInRange ? "·" : "")
                                }
                            }
                            DataTable.write(.signed(Numerals.signed(net, decimals), net), to: &page)
                            DataTable.write(.number("\(trades)"), to: &page)
                        }
                    }
                }
            })
    }

    private func worst(_ months: [Breakdown]) -> String {
        guard months.count > 1, let worst = months.min(by: { $0.net < $1.net }),
            let best = months.max(by: { $0.net < $1.net })
        else { return "" }
        return "Worst: \(worst.group), \(Numerals.signed(worst.net, 2)). Best: \(best.group), "
            + "\(Numerals.signed(best.net, 2))."
    }

    /// How strongly a number is coloured: the same steps for gains and losses.
    private static func tint(_ number: Double, of largest: Double) -> Attribute {
        guard largest > 0, number != 0 else { return .style(.number) }
        let step = min(4, Int(abs(number) / largest * 5))
        let tints: [Style] = [.tint1, .tint2, .tint3, .tint4, .tint5]
        return .style(.number, number > 0 ? .gain : .loss, tints[step])
    }

    // MARK: - Groups

    /// Fewer trades than this say little.
    static let few = 20

    func groups(_ page: inout Markup) {
        page.element(
            .p, .style(.note),
            text: "Groups of fewer than \(Self.few) trades are grey: they say little. Bars show the expectancy, to the "
                + "left a loss. Entry times are those of the market's clocks"
                + (performance.entryClock.map { ", \($0)" } ?? "") + "; ATR / price is in thirds.")
        var parts: [(String, [Breakdown])] = [
            ("Weekday", performance.byWeekday),
            ("Entry time", performance.byEntryBucket),
            ("Exit reason", performance.byExitReason), ("Side", performance.bySide),
        ]
        if performance.bySetup.count > 1 { parts.append(("Setup", performance.bySetup)) }
        if figures.symbols.count > 1 { parts.insert(("Symbol", bySymbol), at: 0) }
        if !performance.byTrueRangeTercile.isEmpty { parts.append(("ATR / price", performance.byTrueRangeTercile)) }
        page.element(.div, .style(.pair)) { page in
            for (name, groups) in parts where !groups.isEmpty {
                page.element(.div) { $0.add(breakdown(name, groups)) }
            }
        }
    }

    private var bySymbol: [Breakdown] {
        Breakdown.bySetup(figures.trades, setups: figures.traded.map(\.symbol.name))
    }

    func breakdown(_ name: String, _ groups: [Breakdown]) -> Markup {
        let hasR = groups.contains { $0.expectancy != nil }
        let means = groups.map { $0.expectancy ?? ($0.trades > 0 ? $0.net / Double($0.trades) : 0) }
        let largest = means.map(abs).max() ?? 0
        let decimals = Numerals.decimals(ofMoney: groups.map(\.net))
        let table = DataTable(
            columns: [
                .words(name), .numbers("Trades"), .numbers("Won, %"),
                .numbers(hasR ? "Expectancy, R" : "A trade, USD"), .words(""), .numbers("Net, USD"),
            ], caption: "By \(name)")
        return table.markup { page in
            page.element(.tbody) { page in
                for (group, mean) in zip(groups, means) {
                    DataTable.row(
                        Self.name(group.group),
                        [
                            .number(Numerals.count(group.trades)),
                            .number(group.winRate.map { Numerals.percent($0) } ?? "–"),
                            .number(group.trades == 0 ? "–" : Numerals.signed(mean, hasR ? 3 : 2)),
                            .picture(Self.strip(mean, of: largest)),
                            .signed(Numerals.signed(group.net, decimals), group.net),
                        ], isFew: group.trades < Self.few, to: &page)
                }
            }
        }
    }

    /// `stop_loss` as words.
    static func name(_ code: String) -> String {
        let words = String(code.map { $0 == "_" ? " " : $0 })
        // A minus before a number, not a hyphen within a word or a time.
        return words.hasPrefix("-") || words.hasPrefix("below -") ? Numerals.minus(words) : words
    }

    /// A bar from the middle, to the left for a loss.
    private static func strip(_ value: Double, of largest: Double) -> Markup {
        let length = largest > 0 ? Int((abs(value) / largest * 48).rounded()) : 0
        return Markup { page in
            page.element(.svg, .viewBox(0, 0, 100, 16), .hidden()) { page in
                if length > 0 {
                    page.empty(
                        .rect, .x(value < 0 ? 50 - length : 50), .y(4), .width(length), .height(8),
                        .style(value < 0 ? .loss : .gain))
                }
                var middle = StrokePath()
                middle.move(to: 50, 0)
                middle.vertical(by: 16)
                page.empty(.path, .style(.axis), .path(middle))
            }
        }
    }

    // MARK: - Lately

    func lately(_ page: inout Markup) {
        guard let rolling = RollingFigures(figures.trades) else {
            return page.nothing(
                "There are \(Numerals.counted(performance.trades, "trade")): it takes \(RollingFigures.window) to look at the last "
                    + "\(RollingFigures.window). More sessions bring more:", next: moreSessions)
        }
        let dates = figures.traded.dropFirst(RollingFigures.window - 1).map(\.tradeDate)
        page.element(
            .p, .style(.note),
            text:
                "Each point is over the \(RollingFigures.window) trades until then; the dashed line is over all trades."
        )
        page.element(.div, .style(.pair)) { page in
            let rate = RollingChart(
                title: "Win rate, %", values: rolling.winRate.map { $0 * 100 },
                overall: (performance.winRate ?? 0) * 100, decimals: 1, isSigned: false, dates: dates)
            page.figure("", { rate.picture(width: $0) }, wide: 520)
            if let values = rolling.expectancy {
                let expectancy = RollingChart(
                    title: "Expectancy, R", values: values, overall: performance.expectancy ?? 0, decimals: 2,
                    isSigned: true, dates: dates)
                page.figure("", { expectancy.picture(width: $0) }, wide: 520)
            } else {
                page.nothing("Some trades have no stop, so there is no expectancy in R.")
            }
        }
        let last = Array(figures.trades.suffix(RollingFigures.window))
        let groups = [("The last \(RollingFigures.window)", last), ("All", figures.trades)]
        page.add(
            breakdown(
                "Over",
                groups.flatMap { name, trades in
                    Breakdown.bySetup(trades, setups: Array(repeating: name, count: trades.count))
                }))
    }

    /// A command that runs more sessions.
    var moreSessions: String {
        guard let row = figures.rows.first else { return "trading-playbook backtest --help" }
        let last = figures.days.last?.date ?? row.tradeDate
        return shellCommand(
            [
                "trading-playbook", "backtest", "--symbol", row.symbol.name, "--strategy", row.strategy, "--start",
                "\(row.tradeDate.adding(days: -365))", "--end", "\(last)",
            ] + source(of: row))
    }

    // MARK: - Costs

    func costs(_ page: inout Markup) {
        let gross = figures.trades.reduce(0) { $0 + $1.gross }
        let wins = figures.trades.reduce(0) { $0 + max(0, $1.gross) }
        if performance.costs == 0 {
            page.nothing(
                "No slippage and no fees were assumed. Real trading has both; see what is left with, for instance:",
                next: "--param slippage-bps=2 --param fee-per-share=0.005")
        } else if wins > 0 {
            page.element(
                .p,
                text:
                    "Slippage and fees took \(Numerals.percent(performance.costs / wins))% of what winning trades made "
                    + "before costs.")
        }
        let count = Double(performance.trades)
        let table = DataTable(
            columns: [.words(""), .numbers("All trades, USD"), .numbers("A trade, USD")], caption: "Costs")
        page.add(
            table.markup { page in
                page.element(.tbody) { page in
                    for (name, sum) in [
                        ("Gross P&L", gross), ("Slippage and fees", -performance.costs), ("Net P&L", performance.net),
                    ] {
                        DataTable.row(
                            name, [.number(Numerals.signed(sum, 2)), .number(Numerals.signed(sum / count, 2))],
                            to: &page)
                    }
                }
            })
    }
}
