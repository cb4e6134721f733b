import PlaybookCore

extension ReportPage {
    // MARK: - All trades

    func trades(_ page: inout Markup) {
        guard performance.trades > 0 else {
            return page.nothing("No trade was taken. Why, day by day:", next: "trading-playbook journal show")
        }
        page.element(
            .p, .style(.note),
            text: "By entry. The mark before a date unfolds what led to the trade. Times are those of bars' opens"
                + (performance.entryClock.map { ", \($0)" } ?? "") + ". A press on a title sorts.")
        let rows = TradeRows(report, figures)
        let listed = rows.listed
        if listed.count < figures.traded.count {
            page.element(
                .p,
                text:
                    "The latest \(Numerals.count(listed.count)) of \(Numerals.count(figures.traded.count)) trades are "
                    + "listed, to keep this page small; 'trading-playbook journal show' has all of them.")
        }
        var columns: [DataTable.Column] = [.words("Date")]
        if rows.hasSymbols { columns.append(.words("Symbol")) }
        if rows.hasSetups { columns.append(.words("Setup")) }
        columns += [
            .words("Side"), .words("In"), .numbers("Entry"), .numbers("Stop"), .words("Out"), .numbers("Exit"),
            .words("Ended by"), .numbers("R"), .numbers("Net, USD"),
        ]
        DataTable(columns: columns, caption: "All trades").write(to: &page, isSortable: true) { $0.leaveGap() }
    }
}

/// The rows of a report's trades, each with what it unfolds.
struct TradeRows {
    /// The rows of the trades that are listed, in the order in which these were entered.
    let listed: ArraySlice<JournalRow>
    let hasSymbols, hasSetups: Bool
    private let charts: [JournalSession: Report.Chart]
    /// How many decimals prices and amounts of money have.
    private let prices, money: Int

    /// How many trades are listed at the most, so that the page stays small.
    private static let mostListed = 500

    init(_ report: Report, _ figures: Figures) {
        listed = figures.traded.suffix(Self.mostListed)
        (hasSymbols, hasSetups) = (figures.symbols.count > 1, figures.hasSetups)
        charts = report.charts
        prices = Numerals.decimals(ofPricesIn: figures.trades)
        money = Numerals.decimals(ofMoney: figures.trades.map(\.net))
    }

    /// The rows of some of the trades.
    func markup(of listed: ArraySlice<JournalRow>) -> Markup {
        let columns = 10 + (hasSymbols ? 1 : 0) + (hasSetups ? 1 : 0)
        return Markup { page in
            for row in listed {
                guard let trade = row.trade else { continue }
                page.element(.tbody, .style(.trade)) { page in
                    page.element(.tr) { page in
                        page.element(.th, .row()) { page in
                            page.element(.label) { page in
                                page.empty(.input, .kind("checkbox"))
                                page.text(row.tradeDate.description)
                            }
                        }
                        var cells: [DataTable.Cell] = hasSymbols ? [.text(row.symbol.name)] : []
                        if hasSetups { cells.append(.text(row.setup)) }
                        cells += [
                            .text(trade.side.rawValue), .text(trade.entryTime.description),
                            .number(Numerals.fixed(trade.entry, prices)),
                            .number(trade.stop.map { Numerals.fixed($0, prices) } ?? "–"),
                            .text(trade.exitTime.description), .number(Numerals.fixed(trade.exit, prices)),
                            .text(ReportPage.name(trade.exitReason)),
                            trade.rMultiple.map { .signed(Numerals.signed($0, 2), $0) } ?? .number("–"),
                            .signed(Numerals.signed(trade.net, money), trade.net),
                        ]
                        for cell in cells { DataTable.write(cell, to: &page) }
                    }
                    page.element(.tr, .style(.more)) { page in
                        page.element(.td, .span(columns: columns)) { details(of: row, trade, &$0) }
                    }
                }
            }
        }
    }

    /// What led to a trade and how it went.
    private func details(of row: JournalRow, _ trade: ClosedTrade, _ page: inout Markup) {
        let chart = charts[row.key.session]
        var facts = [
            ("Steps", Self.spaced(row.steps)), ("Values", Self.spaced(row.values)), ("End", row.notes),
            ("Exits", trade.exits),
            ("Size", "\(Numerals.plain(trade.shares)) shares, costs \(Numerals.fixed(trade.costs, 2)) USD"),
            (
                "Worst, best",
                "\(Numerals.fixed(trade.mae, prices)), \(Numerals.signed(trade.mfe, prices)) from the entry"
            ),
        ]
        if trade.isAmbiguous == true {
            facts.append(("Left open", "a bar could not tell what came first; the worse was taken"))
        }
        if case .drawn(let picture)? = chart {
            facts.append(("Stop", picture.stops(ofTrade: row.tradeNumber, decimals: prices)))
        }
        page.facts(facts)
        draw(chart, of: row, &page)
        if !row.chartLink.isEmpty {
            page.element(.p) { page in
                if let link = Link(row.chartLink) {
                    page.element(.a, .link(link), text: "Chart: \(row.chartLink)")
                } else {
                    page.text("Chart: \(row.chartLink)")
                }
            }
        }
    }

    /// The session's chart, with its first trade.
    private func draw(_ chart: Report.Chart?, of row: JournalRow, _ page: inout Markup) {
        guard row.tradeNumber == 1 else {
            if chart != nil {
                page.element(.p, .style(.note), text: "The session's chart is with its first trade.")
            }
            return
        }
        switch chart {
        case .drawn(let picture)?: page.element(.div, .style(.chart)) { picture.write(to: &$0) }
        case .none(let why)?: page.element(.p, .style(.note), text: "No chart: \(why)")
        case nil: break
        }
    }

    /// `top=101.2 bottom=100.4` with room around.
    private static func spaced(_ text: String) -> String {
        var spaced = ""
        for (place, word) in text.utf8.split(separator: UInt8(ascii: " ")).enumerated() {
            if place > 0 { spaced += ", " }
            for (place, part) in word.split(separator: UInt8(ascii: "="), maxSplits: 1).enumerated() {
                if place > 0 { spaced += " " }
                spaced += Substring(part)
            }
        }
        return spaced
    }
}
