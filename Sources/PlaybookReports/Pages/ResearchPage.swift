import PlaybookCore
import PlaybookResearch

/// The page of a sweep.
struct ResearchPage {
    let report: ResearchReport

    private var table: SweepTable { report.table }
    private var grid: Grid { report.table.grid }

    /// Axes with more than one value.
    private var axes: [Int] { grid.axes.indices.filter { grid.axes[$0].values.count > 1 } }

    private var title: String {
        "Sweep of \(report.strategy) on "
            + (report.symbols.count > 6 ? "\(report.symbols.count) symbols" : report.symbols.joined(separator: ", "))
    }

    /// `stop-atr 1.2, window-end 10:30`.
    private func words(_ set: Int) -> String {
        zip(grid.axes.map(\.name), grid.values(of: set)).map { "\($0) \($1)" }.joined(separator: ", ")
    }

    /// The whole page.
    func markup() -> Markup {
        PageFrame(
            title: title, policy: PageFrame.filePolicy, start: (id: "sets", words: "Skip to the results")
        ).markup { page in
            page.element(.header) { header(&$0) }
            page.element(.main) { page in
                page.element(.section, .id("sets")) { maps(&$0) }
                page.parts(parts)
            }
            page.element(.footer) { $0.disclaimer(report.version) }
        }
    }

    private var parts: [PagePart] {
        var parts = [PagePart("luck", "How likely is it luck?", luck)]
        if !axes.isEmpty { parts.append(PagePart("effects", "What each value comes to", effects)) }
        parts += [
            PagePart("outside", "Outside the sessions it was chosen on", outside),
            PagePart("draws", "What might have been", draws),
        ]
        if let comparison = report.comparison {
            parts.append(PagePart("holding", "Against buying and holding") { $0.comparison(comparison) })
        }
        return parts + [
            PagePart("best", "The best sets", best), PagePart("provenance", "How to make it again", provenance),
        ]
    }

    private func header(_ page: inout Markup) {
        page.element(.h1, text: title)
        let parts = [
            "\(DateAxis.text(report.sessions.lowerBound)) to \(DateAxis.text(report.sessions.upperBound))",
            Numerals.counted(report.sessionCount, "session"), Numerals.counted(grid.count, "set"),
            Numerals.counted(report.trades, "trade"),
        ]
        page.element(.p, .style(.note), text: parts.joined(separator: " · "))
        if report.isSynthetic {
            page.element(.p) { page in
                page.element(.strong, text: "Synthetic data: ")
                page.text("these sets ran over the built-in sample, which is not the market.")
            }
        }
        page.verdict(report.verdict)
        page.element(.p, .style(.note), text: "Judged: \(words(report.set)).")
        page.headline(
            report.headline.map { figure in
                func text(_ value: Double) -> String {
                    figure.isSigned ? Numerals.signed(value, figure.decimals) : Numerals.fixed(value, figure.decimals)
                }
                let interval = figure.interval.map { ": \(text($0.lowerBound)) to \(text($0.upperBound))" } ?? ""
                return (figure.name, figure.value.map(text) ?? "–", figure.note + interval)
            })
    }

    // MARK: - Sets

    /// More pairs than this would be a page of maps alone.
    private static let mostMaps = 10

    private func maps(_ page: inout Markup) {
        guard !axes.isEmpty else {
            return page.nothing(
                "The sweep has one set, so there is nothing to compare. Give a parameter several values:",
                next: "trading-playbook sweep --grid name=first:last:step")
        }
        var pairs: [(down: Int?, across: Int)] = []
        for (place, one) in axes.enumerated() { for other in axes[(place + 1)...] { pairs.append((one, other)) } }
        if pairs.isEmpty { pairs = [(nil, axes[0])] }
        for pair in pairs.prefix(Self.mostMaps) {
            let (down, across) = oriented(pair.down, pair.across)
            map(HeatMap(table, around: report.set, down: down, across: across), &page)
        }
        if pairs.count > Self.mostMaps {
            page.element(
                .p, .style(.note),
                text: "\(pairs.count - Self.mostMaps) more pairs of parameters are not drawn; results.csv has all sets."
            )
        }
    }

    /// Numbers find room in few columns: the longer axis goes down where that helps.
    private func oriented(_ down: Int?, _ across: Int) -> (Int?, Int) {
        guard let down else { return (nil, across) }
        let (rows, columns) = (grid.axes[down].values.count, grid.axes[across].values.count)
        return columns > HeatMap.mostNumbered && rows <= HeatMap.mostNumbered && columns <= 40
            ? (across, down) : (down, across)
    }

    private func map(_ map: HeatMap, _ page: inout Markup) {
        let names = map.isRow ? map.across.name : "\(map.down.name) and \(map.across.name)"
        page.element(.h3, text: "\(map.title), by \(names)")
        var parts: [String] = []
        let others = axes.filter { ![map.down.name, map.across.name].contains(grid.axes[$0].name) }
        if !others.isEmpty {
            let values = grid.values(of: report.set)
            parts.append(
                "With " + others.map { "\(grid.axes[$0].name) \(values[$0])" }.joined(separator: ", ") + ".")
        }
        parts.append("Solid outline: the set judged; dashed: its plateau, the sets one step away.")
        if !map.hatched.isEmpty { parts.append("Hatched: \(map.hatched).") }
        if map.clipped > 0 {
            parts.append(
                "\(Numerals.counted(map.clipped, "set")) farther than \(Numerals.fixed(map.limit, map.decimals)) from "
                    + "\(Numerals.fixed(map.neutral, 0)) \(map.clipped == 1 ? "has" : "have") the strongest colour.")
        }
        page.element(.p, .style(.note), text: parts.joined(separator: " "))
        let picture = map.picture()
        page.element(.div, .style(.scroll, .map), .role("region"), .label("By \(names)"), .focusable()) {
            $0.add(picture.fixed())
        }
        page.element(.details) { page in
            page.element(.summary, text: "The map in figures")
            let table = DataTable(
                columns: [.words(map.isRow ? "" : "\(map.down.name), down")] + map.across.values.map { .numbers($0) },
                caption: "\(map.title) by \(names)")
            page.add(
                table.markup { page in
                    page.element(.tbody) { page in
                        for (row, cells) in map.cells.enumerated() {
                            DataTable.row(
                                map.isRow ? map.across.name : map.down.values[row],
                                cells.map { cell in
                                    switch cell {
                                    case .value(let number): .signed(map.text(cell), number - map.neutral)
                                    case .missing(let why): .number(why)
                                    }
                                }, to: &page)
                        }
                    }
                })
        }
    }

    private func effects(_ page: inout Markup) {
        page.element(
            .p, .style(.note),
            text:
                "Over all sets that have the value, those with fewer than \(table.minimumTrades) trades left out: the box "
                + "is their middle half, the line their median.")
        let all = table.effects
        let decimals =
            table.metric == .net ? Numerals.decimals(ofMoney: all.compactMap(\.quartiles).joined().map { $0 }) : 2
        let found = axes.map { axis in (grid.axes[axis].name, all.filter { $0.parameter == grid.axes[axis].name }) }
        let title = table.metric.title
        page.element(.div, .style(.pair)) { page in
            for (name, effects) in found {
                page.element(.div) { page in
                    guard effects.contains(where: { $0.quartiles != nil }) else {
                        return page.nothing("No set of \(name) has \(table.minimumTrades) trades.")
                    }
                    let chart = EffectChart(effects: effects, title: title, decimals: decimals)
                    page.figure("", { chart.picture(width: $0) }, wide: 520)
                }
            }
        }
        page.element(.details) { page in
            page.element(.summary, text: "All in figures")
            let table = DataTable(
                columns: [
                    .words("Parameter"), .words("Value"), .numbers("Sets"), .numbers("25%"), .numbers("Median"),
                    .numbers("75%"),
                ], caption: title)
            page.add(
                table.markup { page in
                    page.element(.tbody) { page in
                        for (name, effects) in found {
                            for effect in effects {
                                let quartiles = effect.quartiles.map { $0.map { Numerals.fixed($0, decimals) } }
                                DataTable.row(
                                    name,
                                    [.text(effect.value), .number(Numerals.count(effect.sets))]
                                        + (quartiles ?? ["–", "–", "–"]).map { .number($0) }, to: &page)
                            }
                        }
                    }
                })
        }
    }

    /// How many of the best are listed.
    private static let mostListed = 20

    private func best(_ page: inout Markup) {
        let ranked = table.ranked.prefix(Self.mostListed)
        guard !ranked.isEmpty else {
            return page.nothing(
                "No set has \(table.minimumTrades) trades. Take more sessions, or fewer trades:",
                next: "trading-playbook sweep --min-trades 10")
        }
        let thin = table.thin > 0 ? "; \(Numerals.counted(table.thin, "set")) with fewer trades left out" : ""
        page.element(
            .p, .style(.note),
            text:
                "By \(table.metric.title), of sets with \(table.minimumTrades) trades or more\(thin). Plateau: the mean "
                + "and the worst of the sets one step away. A press on a title sorts.")
        let decimals = Numerals.decimals(ofMoney: ranked.compactMap { $0.figures.value(.net) })
        let data = DataTable(
            columns: [.words("Set")] + grid.axes.map { .numbers($0.name) } + [
                .numbers("Trades"), .numbers("Net, USD"), .numbers("Expectancy"), .numbers("Sharpe"),
                .numbers("Drawdown, %"), .numbers("Plateau"), .numbers("Worst"), .words("Note"),
            ], caption: "The best sets")
        page.add(
            data.markup(isSortable: true) { page in
                for row in ranked {
                    func text(_ value: Double?, _ decimals: Int) -> DataTable.Cell {
                        .number(value.map { Numerals.fixed($0, decimals) } ?? "–")
                    }
                    let net = row.figures.value(.net)
                    page.element(.tbody) { page in
                        DataTable.row(
                            "\(row.set)",
                            grid.values(of: row.set).map { .number($0) } + [
                                .number(Numerals.count(row.trades)),
                                .signed(net.map { Numerals.signed($0, decimals) } ?? "–", net ?? 0),
                                text(row.figures.value(.expectancy), 3), text(row.figures.value(.sharpe), 2),
                                text(row.figures.value(.maxDrawdownPercent), 2), text(row.plateau?.mean, 2),
                                text(row.plateau?.worst, 2),
                                .text((row.set == report.set ? "judged " : "") + (row.plateau?.note ?? "")),
                            ], to: &page)
                    }
                }
            })
    }

    private func provenance(_ page: inout Markup) {
        page.facts(report.facts.map { ($0.name, $0.text) } + [("Program", "trading-playbook \(report.version)")])
        for warning in report.warnings { page.element(.p, text: warning) }
        page.element(.h3, text: "Make it again")
        page.element(.pre) { $0.element(.code, text: report.command) }
        page.element(.details) { page in
            page.element(.summary, text: "The playbook")
            page.element(.pre) { $0.element(.code, text: report.playbookText) }
        }
    }
}
