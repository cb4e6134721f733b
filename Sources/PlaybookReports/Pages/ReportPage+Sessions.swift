import PlaybookCore
import PlaybookUseCases

extension ReportPage {
    // MARK: - Days without a trade

    /// Sessions without a trade for one reason.
    struct Reason {
        /// `filter:uptrend`; empty in rows of the first schema.
        let code: String
        /// What the rows say, most often.
        let words: String
        /// By date and symbol.
        let rows: [JournalRow]
    }

    /// The reasons, the most frequent first.
    var reasons: [Reason] {
        Dictionary(grouping: figures.untraded) { $0.noTrade.isEmpty ? $0.notes : $0.noTrade }
            .map { _, rows in
                let notes = Dictionary(grouping: rows, by: \.notes).mapValues(\.count)
                let words = notes.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key ?? ""
                return Reason(code: rows[0].noTrade, words: Self.rule(words), rows: rows)
            }
            .sorted { ($1.rows.count, $0.code, $0.words) < ($0.rows.count, $1.code, $1.words) }
    }

    /// A row's words without the numbers of its day, which stand behind them in brackets.
    static func rule(_ words: String) -> String {
        guard words.last == ")", let start = words.firstRange(of: " (") else { return words }
        return String(words[..<start.lowerBound])
    }

    /// How many dates are listed at the most, so that the page stays small.
    private static let mostDates = 3_000

    func untraded(_ page: inout Markup) {
        let reasons = reasons
        guard !reasons.isEmpty else { return page.nothing("Every session had a trade.") }
        page.element(
            .p, .style(.note),
            text:
                "\(Numerals.count(figures.untraded.count)) of \(Numerals.count(performance.sessions)) sessions had no trade."
        )
        let table = DataTable(
            columns: [
                .words("Why"), .numbers("Sessions"), .numbers("Share, %"), .words("Latest"), .words("Code"),
            ], caption: "Sessions without a trade by reason")
        page.add(
            table.markup { page in
                page.element(.tbody) { page in
                    for reason in reasons {
                        DataTable.row(
                            reason.words.isEmpty ? reason.code : reason.words,
                            [
                                .number(Numerals.count(reason.rows.count)),
                                .number(Numerals.percent(Double(reason.rows.count) / Double(performance.sessions))),
                                .text(reason.rows.last?.tradeDate.description ?? ""), .text(reason.code),
                            ], to: &page)
                    }
                }
            })
        page.element(.h3, text: "The latest")
        latest(&page)
        page.element(.h3, text: "All of them")
        var left = Self.mostDates
        for reason in reasons {
            let rows = reason.rows.suffix(left)
            left -= rows.count
            guard !rows.isEmpty else { continue }
            page.element(.details) { page in
                let omitted = reason.rows.count - rows.count
                page.element(
                    .summary,
                    text: "\(reason.words.isEmpty ? reason.code : reason.words) (\(Numerals.count(reason.rows.count))"
                        + (omitted > 0 ? ", the latest \(Numerals.count(rows.count)))" : ")"))
                page.element(.div, .style(.dates)) { page in
                    for (place, row) in rows.enumerated() {
                        if place > 0 { page.empty(.br) }
                        page.text("\(row.tradeDate) \(row.tradeDate.weekday.shortName)")
                        if figures.symbols.count > 1 { page.text(" \(row.symbol.name)") }
                    }
                }
            }
        }
    }

    private func latest(_ page: inout Markup) {
        let hasSymbols = figures.symbols.count > 1
        let table = DataTable(
            columns: [.words("Date"), .words("Day")] + (hasSymbols ? [.words("Symbol")] : []) + [
                .words("Why no trade")
            ],
            caption: "The latest sessions without a trade")
        page.add(
            table.markup { page in
                page.element(.tbody) { page in
                    for row in figures.untraded.suffix(10).reversed() {
                        DataTable.row(
                            row.tradeDate.description,
                            [.text(row.tradeDate.weekday.name)] + (hasSymbols ? [.text(row.symbol.name)] : [])
                                + [.wide(row.notes.isEmpty ? row.noTrade : row.notes)], to: &page)
                    }
                }
            })
    }

    // MARK: - Data

    func data(_ page: inout Markup) {
        // Rows are large: they are looked at where they are.
        let rows = figures.rows
        let sessions = rows.indices.filter { rows[$0].tradeNumber == 1 }
        let known = sessions.count { rows[$0].completeness != nil }
        let short = sessions.filter { (rows[$0].completeness ?? 1) < 0.95 }.map { rows[$0] }
        let ambiguous = figures.trades.count { $0.isAmbiguous == true }
        let none = sessions.count { rows[$0].noTrade == NoTradeCode.noBars }
        page.facts([
            ("Bars from", Set(sessions.map { rows[$0].dataSource }).sorted().joined(separator: ", ")),
            ("Sessions without a bar", Numerals.count(none)),
            ("Sessions with under 95% of their bars", Numerals.count(short.count)),
            ("Refused for lack of bars", Numerals.count(performance.incomplete - none)),
            (
                "Rows that do not tell",
                known < sessions.count
                    ? "\(Numerals.count(sessions.count - known)), of an earlier version" : ""
            ),
            (
                "Trades that bars leave open",
                "\(Numerals.count(ambiguous))"
                    + (ambiguous > 0 ? ": a bar could not tell what came first, and the worse was taken" : "")
            ),
        ])
        for warning in report.warnings.prefix(20) { page.element(.p, text: warning) }
        if report.warnings.count > 20 {
            page.element(.p, .style(.note), text: "and \(report.warnings.count - 20) more")
        }
        guard !short.isEmpty else { return }
        page.element(.h3, text: "The shortest sessions")
        let table = DataTable(
            columns: [.words("Date"), .words("Symbol"), .numbers("Bars there, %"), .words("What became of it")],
            caption: "The shortest sessions")
        let order = short.sorted { ($0.completeness ?? 1, $0.key) < ($1.completeness ?? 1, $1.key) }
        page.add(
            table.markup { page in
                page.element(.tbody) { page in
                    for row in order.prefix(10) {
                        DataTable.row(
                            row.tradeDate.description,
                            [
                                .text(row.symbol.name), .number(Numerals.percent(row.completeness ?? 0)),
                                .wide(row.notes),
                            ], to: &page)
                    }
                }
            })
    }

    // MARK: - Provenance

    func provenance(_ page: inout Markup) {
        guard let first = figures.rows.first, let last = figures.rows.last else { return }
        let runs = Set(figures.rows.map(\.runID))
        page.facts([
            ("Playbook", first.strategy),
            ("Parameters", first.parameters.isEmpty ? "not told by the rows" : first.parameters),
            ("Digest of both", first.parametersID), ("Mode", first.mode.rawValue),
            ("Symbols", figures.symbols.joined(separator: ", ")),
            ("Sessions", "\(first.tradeDate) through \(last.tradeDate)"), ("Rows from", report.place),
            ("Bars from", Set(figures.rows.map(\.dataSource)).sorted().joined(separator: ", ")),
            ("Digest of the bars", dataDigest),
            ("Runs", runs.count == 1 ? first.runID : "\(runs.count), the last \(runs.max() ?? "")"),
            ("Program", "trading-playbook \(report.version)"),
        ])
        page.element(.h3, text: "Make it again")
        page.element(.pre) { $0.element(.code, text: command) }
        if let text = report.playbookText {
            page.element(.details) { page in
                page.element(.summary, text: "The playbook")
                page.element(.pre) { $0.element(.code, text: text) }
            }
        }
    }

    /// One digest of all rows' digests of bars.
    private var dataDigest: String {
        var digest = StableDigest()
        for row in figures.rows where row.tradeNumber == 1 { digest.add(row.dataID) }
        return "d\(digest.shortText)"
    }

    /// The command that makes the rows again.
    private var command: String {
        guard let first = figures.rows.first, let last = figures.rows.last else { return "" }
        var words = [
            "trading-playbook", "backtest", "--strategy", first.strategy, "--symbol",
            figures.symbols.joined(separator: ","), "--start", "\(first.tradeDate)", "--end", "\(last.tradeDate)",
        ]
        if first.parameters != "defaults" {
            for part in first.parameters.split(separator: " ") { words += ["--param", String(part)] }
        }
        return shellCommand(words + source(of: first))
    }

    /// The option that names where a row's bars came from.
    func source(of row: JournalRow) -> [String] {
        if figures.isSynthetic { return ["--source", "sample"] }
        return row.dataSource.split(separator: "/").first.map { ["--source", String($0)] } ?? []
    }
}
