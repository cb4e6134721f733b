import PlaybookCore

extension ReportPage {
    // MARK: - All trades

    /// How many trades are listed at the most, so that the page stays small.
    static let mostListed = 500

    func trades(_ page: inout Markup) {
        guard performance.trades > 0 else {
            return page.nothing("No trade was taken. Why, day by day:", next: "trading-playbook journal show")
        }
        page.element(
            .p, .style(.note),
            text: "By entry. The mark before a date unfolds what led to the trade. Times are those of bars' opens"
                + (performance.entryClock.map { ", \($0)" } ?? "") + ". A press on a title sorts.")
        let listed = listed
        if listed.count < figures.traded.count {
            page.element(
                .p,
                text:
                    "The latest \(Numerals.count(listed.count)) of \(Numerals.count(figures.traded.count)) trades are "
                    + "listed, to keep this page small; 'trading-playbook journal show' has all of them.")
        }
        var columns: [DataTable.Column] = [.words("Date")]
        if hasSymbols { columns.append(.words("Symbol")) }
        if hasSetups { columns.append(.words("Setup")) }
        columns += [
            .words("Side"), .words("In"), .numbers("Entry"), .numbers("Stop"), .words("Out"), .numbers("Exit"),
            .words("Ended by"), .numbers("R"), .numbers("Net, USD"),
        ]
        let table = DataTable(columns: columns, caption: "All trades")
        page.add(
            table.markup(isSortable: true) { page in
                if report.written.isEmpty {
                    page.add(rows(of: listed))
                } else {
                    for piece in report.written { page.add(piece) }
                }
            })
    }

    /// The rows of the trades that are listed, in the order in which these were entered.
    var listed: ArraySlice<JournalRow> { figures.traded.suffix(Self.mostListed) }

    private var hasSymbols: Bool { figures.symbols.count > 1 }
    private var hasSetups: Bool { performance.bySetup.count > 1 }

    /// A table's rows for some of the trades, each with what it unfolds.
    func rows(of listed: ArraySlice<JournalRow>) -> Markup {
        let prices = Numerals.decimals(ofPricesIn: figures.trades)
        let money = Numerals.decimals(ofMoney: figures.trades.map(\.net))
        let (hasSymbols, hasSetups) = (hasSymbols, hasSetups)
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
                            .text(Self.name(trade.exitReason)),
                            trade.rMultiple.map { .signed(Numerals.signed($0, 2), $0) } ?? .number("–"),
                            .signed(Numerals.signed(trade.net, money), trade.net),
                        ]
                        for cell in cells { DataTable.write(cell, to: &page) }
                    }
                    page.element(.tr, .style(.more)) { page in
                        page.element(.td, .span(columns: columns)) { details(of: row, trade, prices, &$0) }
                    }
                }
            }
        }
    }

    /// What led to a trade and how it went.
    private func details(of row: JournalRow, _ trade: ClosedTrade, _ prices: Int, _ page: inout Markup) {
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
        if case .drawn(let chart)? = report.charts[row.key.session] {
            facts.append(("Stop", chart.stops(ofTrade: row.tradeNumber, decimals: prices)))
        }
        page.facts(facts)
        chart(of: row, &page)
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
    private func chart(of row: JournalRow, _ page: inout Markup) {
        guard row.tradeNumber == 1 else {
            if report.charts[row.key.session] != nil {
                page.element(.p, .style(.note), text: "The session's chart is with its first trade.")
            }
            return
        }
        switch report.charts[row.key.session] {
        case .drawn(let chart)?:
            page.element(.div, .style(.chart)) { $0.add(chart.markup()) }
        case .none(let why)?: page.element(.p, .style(.note), text: "No chart: \(why)")
        case nil: break
        }
    }

    /// `top=101.2 bottom=100.4` with room around.
    private static func spaced(_ text: String) -> String {
        text.split(separator: " ").map {
            $0.split(separator: "=", maxSplits: 1).joined(separator: " ")
        }.joined(separator: ", ")
    }
}
