import PlaybookCore
import PlaybookResearch

extension ResearchPage {
    // MARK: - Luck

    func luck(_ page: inout Markup) {
        page.evidence(report.verdict)
        page.element(.h3, text: "How the best of half the sessions does in the other half")
        switch report.luck {
        case .none(let missing): page.nothing(missing.why, next: missing.command)
        case .found(let luck):
            let below = "\(Numerals.percent(luck.probability))% of the halves"
            page.figure(
                "The sessions are cut in halves in 12,870 ways. In \(below) the set that was best in one half is below the "
                    + "middle of all sets in the other: the probability of overfitting. The higher, the less the choice is "
                    + "worth; equally good sets give 50%.",
                { CountChart.overfitting(luck.ranks).picture(width: $0) })
            page.element(.details) { page in
                page.element(.summary, text: "The same in figures")
                counts(CountChart.overfitting(luck.ranks), "Logit of the rank, from", &page)
            }
        }
    }

    private func counts(_ chart: CountChart, _ name: String, _ page: inout Markup) {
        let sum = Double(max(1, chart.bars.reduce(0) { $0 + $1.count }))
        let decimals = Scale.decimals(of: chart.step)
        let table = DataTable(
            columns: [.numbers(name), .numbers("Count"), .numbers("Share, %")], caption: chart.title)
        page.add(
            table.markup { page in
                page.element(.tbody) { page in
                    for bar in chart.bars {
                        DataTable.row(
                            Numerals.fixed(bar.from, decimals),
                            [
                                .number(Numerals.count(bar.count)),
                                .number(Numerals.percent(Double(bar.count) / sum)),
                            ], to: &page)
                    }
                }
            })
    }

    // MARK: - Walk-forward

    func outside(_ page: inout Markup) {
        guard case .found(let walk) = report.walk else {
            if case .none(let missing) = report.walk { page.nothing(missing.why, next: missing.command) }
            return
        }
        let bars = Self.bars(walk)
        let skipped =
            bars.contains { $0.inside == nil } ? " A cross: no set had enough trades, the window is skipped." : ""
        page.figure(
            "Each window: hollow, the \(Self.words(length: walk.train)) on which a set was chosen; filled, the "
                + "\(Self.words(length: walk.test)) that followed."
                + skipped,
            { WindowChart(bars: bars).picture(width: $0) })
        page.facts([
            (
                "All test windows",
                "\(Numerals.counted(walk.trades, "trade"))"
                    + (walk.net.map { ", net \(Numerals.signed($0, 2)) USD" } ?? "")
            ),
            (
                "Their Sharpe ratio",
                walk.sharpe.map { ratio in
                    Numerals.fixed(ratio, 2) + (walk.sharpeError.map { " ± \(Numerals.fixed($0, 2))" } ?? "")
                } ?? "none"
            ),
            (
                "Efficiency",
                walk.efficiency.map { "\(Numerals.fixed($0, 2)) of the annual P&L of the train windows" }
                    ?? "none: the train windows made no money"
            ),
        ])
        windows(walk, &page)
        page.element(.h3, text: "How often each value was chosen")
        let table = DataTable(
            columns: [.words("Parameter"), .words("Value"), .numbers("Windows")], caption: "How often chosen")
        page.add(
            table.markup { page in
                page.element(.tbody) { page in
                    for choice in walk.choices where choice.windows > 0 {
                        DataTable.row(
                            choice.parameter, [.text(choice.value), .number(Numerals.count(choice.windows))], to: &page)
                    }
                }
            })
    }

    /// `12mo` as `12 months`.
    static func words(length: String) -> String {
        let number = length.prefix(while: \.isNumber)
        let unit =
            switch length.dropFirst(number.count) {
            case "mo": "month"
            case "y": "year"
            default: "session"
            }
        return "\(number) \(unit)" + (number == "1" ? "" : "s")
    }

    /// Windows with all their symbols.
    private static func bars(_ walk: ResearchReport.Walk) -> [WindowChart.Bar] {
        var bars: [WindowChart.Bar] = []
        for window in walk.windows {
            let inside = window.trainNet.map { $0 / Double(max(1, window.trainSessions)) }
            let outside = window.testNet.map { $0 / Double(max(1, window.testSessions)) }
            if let last = bars.last, last.date == window.test.lowerBound {
                func sum(_ one: Double?, _ other: Double?) -> Double? {
                    one == nil && other == nil ? nil : (one ?? 0) + (other ?? 0)
                }
                bars[bars.count - 1] = WindowChart.Bar(
                    date: last.date, inside: sum(last.inside, inside), outside: sum(last.outside, outside))
            } else {
                bars.append(WindowChart.Bar(date: window.test.lowerBound, inside: inside, outside: outside))
            }
        }
        return bars
    }

    private func windows(_ walk: ResearchReport.Walk, _ page: inout Markup) {
        let isPerSymbol = walk.windows.contains { $0.symbols.count < report.symbols.count }
        let money = Numerals.decimals(ofMoney: walk.windows.flatMap { [$0.trainNet, $0.testNet].compactMap { $0 } })
        let table = DataTable(
            columns: [.words("Tested from"), .words("Through")] + (isPerSymbol ? [.words("Symbol")] : []) + [
                .words("Set chosen"), .numbers("Chosen on, net USD"), .numbers("Tested, net USD"), .numbers("Trades"),
                .numbers("Sharpe"), .numbers("Efficiency"),
            ], caption: "Windows")
        page.add(
            table.markup { page in
                page.element(.tbody) { page in
                    for window in walk.windows {
                        func number(_ value: Double?) -> DataTable.Cell {
                            .number(value.map { Numerals.fixed($0, 2) } ?? "–")
                        }
                        func signed(_ value: Double?) -> DataTable.Cell {
                            value.map { .signed(Numerals.signed($0, money), $0) } ?? .number("–")
                        }
                        DataTable.row(
                            window.test.lowerBound.description,
                            [.text(window.test.upperBound.description)]
                                + (isPerSymbol ? [.text(window.symbols.joined(separator: ", "))] : []) + [
                                    .text(window.set ?? "skipped: too few trades"), signed(window.trainNet),
                                    signed(window.testNet), .number(Numerals.count(window.testTrades)),
                                    number(window.testSharpe), number(window.efficiency),
                                ], to: &page)
                    }
                }
            })
    }

    // MARK: - Monte-Carlo

    func draws(_ page: inout Markup) {
        guard case .found(let draws) = report.draws else {
            if case .none(let missing) = report.draws { page.nothing(missing.why, next: missing.command) }
            return
        }
        let (fan, result) = (draws.fan, draws.result)
        let block = result.block.map { ", in blocks of \(Numerals.fixed($0, 1)) on average" } ?? ""
        page.figure(
            "The sessions of the set judged, redrawn \(Numerals.count(result.runs)) times\(block), seed \(draws.seed). So "
                + "many % of the runs end below each line; the one in the colour of the text is the run as it was.",
            { FanChart(fan: fan).picture(width: $0) })
        page.element(.h3, text: "How deep the drawdown might have been")
        page.figure("The deepest of each run. The one that was is marked.", { drawdowns(draws).picture(width: $0) })
        let money = Numerals.decimals(ofMoney: result.final + result.drawdown)
        let table = DataTable(
            columns: [.words("Share of the runs below")] + MonteCarlo.percentiles.map { .numbers("\(Int($0))%") },
            caption: "Redrawn runs")
        page.add(
            table.markup { page in
                page.element(.tbody) { page in
                    for (name, values, decimals, isSigned) in [
                        ("Final P&L, USD", result.final, money, true),
                        ("Maximum drawdown, USD", result.drawdown, money, false),
                        ("Maximum drawdown, %", result.drawdownPercent, 2, false),
                        ("Longest losing streak, trades", result.streak, 0, false),
                    ] {
                        DataTable.row(
                            name,
                            values.map {
                                .number(isSigned ? Numerals.signed($0, decimals) : Numerals.fixed($0, decimals))
                            }, to: &page)
                    }
                }
            })
    }

    private func drawdowns(_ draws: ResearchReport.Draws) -> CountChart {
        let (bars, step) = CountChart.bars(draws.fan.drawdowns, about: 30)
        return CountChart(
            title: "Maximum drawdown of redrawn runs", unit: "maximum drawdown, USD", bars: bars, step: step,
            marks: [
                CountChart.Mark(name: "5%", value: draws.result.drawdown[0]),
                CountChart.Mark(name: "95%", value: draws.result.drawdown[4]),
                CountChart.Mark(name: "was", value: draws.fan.actualDrawdown),
            ])
    }
}

extension CountChart {
    /// Logits of ranks in the other half, in bars of a half.
    static func overfitting(_ ranks: OverfittingRanks) -> CountChart {
        let step = 0.5
        var counts: [Int: Int] = [:]
        for (rank, count) in ranks.counts.enumerated() where count > 0 {
            counts[Int((ranks.logit(rank) / step).rounded(.down)), default: 0] += count
        }
        let (first, last) = (min(counts.keys.min() ?? 0, -1), max(counts.keys.max() ?? 0, 0))
        return CountChart(
            title: "Where the best set of one half ranks in the other",
            unit: "logit of the rank: below 0, below the middle",
            bars: (first...last).map { Bar(from: Double($0) * step, count: counts[$0] ?? 0) }, step: step,
            isSigned: true)
    }
}
