import PlaybookCore

/// A page of the dashboard.
public struct DashboardPage: Sendable {
    private let content: Dashboard.Content
    private let refresh: Int
    private let isLoggedIn: Bool

    /// A page.
    ///
    /// - Parameters:
    ///   - refresh: after so many seconds it is loaded anew; 0 for never.
    ///   - isLoggedIn: whether there is something to log out of.
    public init(_ content: Dashboard.Content, refresh: Int = 0, isLoggedIn: Bool = false) {
        self.content = content
        self.refresh = refresh
        self.isLoggedIn = isLoggedIn
    }

    /// The style sheets and scripts that pages hold, for a policy that allows just these.
    public static let styles = [StyleSheet.page.text]
    public static let scripts = [PageScript.sorting.text, PageScript.refreshing.text]

    /// The page.
    public func html() -> [UInt8] {
        PageFrame(
            title: "\(title) – trading-playbook", start: (id: "content", words: "Skip to the content"),
            scripts: [.sorting, .refreshing], refresh: refresh
        ).markup { page in
            page.element(.header) { header(&$0) }
            page.element(.main, .id("content")) { body(&$0) }
            page.element(.footer) { $0.element(.p, text: "trading-playbook \(programVersion)") }
        }.bytes
    }

    private var title: String {
        switch content {
        case .overview(let overview): overview.headline
        case .journal: "Journal"
        case .session(let rows, _): rows.first.map { "\($0.symbol) \($0.tradeDate)" } ?? "Session"
        case .playbooks: "Playbooks"
        case .run(let run, _, _): "Run \(run.id)"
        case .login: "Log in"
        case .operations: "The service's operations"
        case .message(let title, _): title
        }
    }

    private func header(_ page: inout Markup) {
        if case .login = content {
        } else {
            page.element(.nav, .label("Pages")) { page in
                page.element(.ul, .style(.contents)) { page in
                    for (path, name) in [
                        ("/", "Overview"), ("/journal", "Journal"), ("/report", "Report"), ("/playbooks", "Playbooks"),
                        ("/docs", "API"),
                    ] {
                        page.element(.li) { $0.element(.a, .link(.page(path)), text: name) }
                    }
                }
            }
        }
        if case .overview(let overview) = content {
            page.element(.h1) { page in
                page.element(.span, .style(.tag)) { $0.add(Self.mark(overview.state)) }
                page.text(overview.headline)
            }
        } else {
            page.element(.h1, text: title)
        }
    }

    /// A state as a shape.
    private static func mark(_ state: Dashboard.State) -> Markup {
        switch state {
        case .good: ReportPage.mark(.holds)
        case .warning: ReportPage.mark(.open)
        case .bad: ReportPage.mark(.against)
        }
    }

    private func body(_ page: inout Markup) {
        switch content {
        case .overview(let overview): self.overview(overview, &page)
        case .journal(let rows): journal(rows, &page)
        case .session(let rows, let chart): session(rows, chart, &page)
        case .playbooks(let playbooks): self.playbooks(playbooks, &page)
        case .run(let run, let facts, let errors):
            page.element(.p) { page in
                page.element(.span, .style(.tag)) { $0.add(Self.mark(run.state)) }
                page.text(run.status)
            }
            page.facts(facts.map { ($0.name, $0.text) })
            for error in errors { page.element(.pre, text: error) }
        case .login(let asksForUser, let failure, let next): login(asksForUser, failure, next, &page)
        case .operations(let operations): self.operations(operations, &page)
        case .message(_, let text): page.element(.p, text: text)
        }
    }

    // MARK: - Pages

    private func overview(_ overview: Dashboard.Overview, _ page: inout Markup) {
        page.facts(overview.facts.map { ($0.name, $0.text) })
        if !overview.problems.isEmpty {
            page.element(.h2, text: "To look at")
            page.element(.ul) { page in
                for problem in overview.problems { page.element(.li, text: problem) }
            }
        }
        page.element(.h2, text: "Symbols")
        if overview.symbols.isEmpty {
            page.nothing(
                "The journal has no rows yet. The next run writes some:", next: "trading-playbook backtest --catch-up")
        } else {
            let table = DataTable(
                columns: [
                    .words("Symbol"), .words("Last session"), .numbers("Trades, 30 days"),
                    .numbers("Net, 30 days, USD"),
                    .words("State"),
                ], caption: "Symbols")
            page.add(
                table.markup(isSortable: true) { page in
                    for symbol in overview.symbols {
                        page.element(.tbody) { page in
                            page.element(.tr) { page in
                                page.element(.th, .row()) {
                                    $0.element(
                                        .a, .link(.page("/report", [("symbol", symbol.name)])), text: symbol.name)
                                }
                                DataTable.write(.text(symbol.lastSession), to: &page)
                                DataTable.write(.number(Numerals.count(symbol.trades)), to: &page)
                                DataTable.write(.signed(Numerals.signed(symbol.net, 2), symbol.net), to: &page)
                                page.element(.td, .style(.words)) { page in
                                    page.element(.span, .style(.tag)) {
                                        $0.add(Self.mark(symbol.problem.isEmpty ? .good : .bad))
                                    }
                                    page.text(symbol.problem.isEmpty ? "ok" : symbol.problem)
                                }
                            }
                        }
                    }
                })
        }
        page.element(.h2, text: "Runs")
        if overview.runs.isEmpty {
            page.nothing("No run is remembered yet.")
        } else {
            runs(overview.runs, &page)
        }
        guard overview.asksForToken else { return }
        page.element(.h2, text: "Run today's session now")
        page.element(.form, .method("post"), .action(.page("/run"))) { page in
            page.element(.label) { page in
                page.text("Token ")
                page.empty(.input, .kind("password"), .name("token"), .completes("current-password"), .required())
            }
            page.text(" ")
            page.element(.button, .kind("submit"), text: "Run")
        }
        guard isLoggedIn else { return }
        page.element(.form, .method("post"), .action(.page("/logout"))) {
            $0.element(.button, .kind("submit"), text: "Log out")
        }
    }

    private func runs(_ runs: [Dashboard.RunLine], _ page: inout Markup) {
        let table = DataTable(
            columns: [
                .words("Started"), .words("Why"), .words("Ended"), .numbers("Symbols"), .numbers("Rows"),
                .numbers("Seconds"),
            ], caption: "Runs")
        page.add(
            table.markup { page in
                page.element(.tbody) { page in
                    for run in runs {
                        page.element(.tr) { page in
                            page.element(.th, .row()) {
                                $0.element(.a, .link(.page("/runs/\(run.id)")), text: run.start)
                            }
                            DataTable.write(.text(run.trigger), to: &page)
                            page.element(.td) { page in
                                page.element(.span, .style(.tag)) { $0.add(Self.mark(run.state)) }
                                page.text(run.status)
                            }
                            DataTable.write(.number(Numerals.count(run.symbols)), to: &page)
                            DataTable.write(.number(Numerals.count(run.rows)), to: &page)
                            DataTable.write(
                                .number(Numerals.fixed(run.seconds, 2) + (run.isSlow ? " slow" : "")), to: &page)
                        }
                    }
                }
            })
    }

    private func journal(_ rows: Dashboard.Rows, _ page: inout Markup) {
        page.element(.form, .method("get"), .action(.page("/journal"))) { page in
            for (name, label) in [
                ("symbol", "Symbol"), ("strategy", "Playbook"), ("start", "From"), ("end", "Through"),
            ] {
                page.element(.label) { page in
                    page.text("\(label) ")
                    page.empty(.input, .kind("text"), .name(name), .value(rows.filters[name] ?? ""))
                }
                page.text(" ")
            }
            page.element(.button, .kind("submit"), text: "Show")
        }
        guard !rows.rows.isEmpty else { return page.nothing("There is no such row.") }
        page.element(
            .p, .style(.note), text: "\(Numerals.counted(rows.count, "row")), page \(rows.page) of \(rows.pages)")
        let table = DataTable(
            columns: [
                .words("Date"), .words("Symbol"), .words("Playbook"), .words("Side"), .words("In"), .numbers("Entry"),
                .words("Out"), .numbers("Exit"), .numbers("R"), .numbers("Net, USD"), .words("What happened"),
            ], caption: "Rows of the journal")
        let prices = Numerals.decimals(ofPricesIn: rows.rows.compactMap(\.trade))
        page.add(
            table.markup { page in
                page.element(.tbody) { page in
                    for row in rows.rows { Self.write(row, prices, &page) }
                }
            })
        page.element(.nav, .label("Parts of the journal")) { page in
            for (offset, name) in [(-1, "Later"), (1, "Earlier")]
            where (1...rows.pages).contains(rows.page + offset) {
                let query = rows.filters.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
                page.element(
                    .a, .link(.page("/journal", query + [("page", "\(rows.page + offset)")])), text: name)
                page.text(" ")
            }
        }
    }

    private static func write(_ row: JournalRow, _ prices: Int, _ page: inout Markup) {
        let trade = row.trade
        let query = [
            ("date", "\(row.tradeDate)"), ("symbol", row.symbol.name), ("strategy", row.strategy),
            ("params", row.parametersID), ("mode", row.mode.rawValue),
        ]
        page.element(.tr) { page in
            page.element(.th, .row()) {
                $0.element(.a, .link(.page("/session", query)), text: row.tradeDate.description)
            }
            let cells: [DataTable.Cell] = [
                .text(row.symbol.name), .text(row.strategy), .text(trade?.side.rawValue ?? ""),
                .text(trade?.entryTime.description ?? ""),
                .number(trade.map { Numerals.fixed($0.entry, prices) } ?? ""),
                .text(trade?.exitTime.description ?? ""),
                .number(trade.map { Numerals.fixed($0.exit, prices) } ?? ""),
                trade?.rMultiple.map { .signed(Numerals.signed($0, 2), $0) } ?? .number(""),
                trade.map { .signed(Numerals.signed($0.net, 2), $0.net) } ?? .number(""), .wide(row.notes),
            ]
            for cell in cells { DataTable.write(cell, to: &page) }
        }
    }

    private func session(_ rows: [JournalRow], _ chart: Report.Chart?, _ page: inout Markup) {
        switch chart {
        case .drawn(let chart)?: page.element(.div, .style(.chart)) { chart.write(to: &$0) }
        case .none(let why)?: page.nothing("No chart: \(why)")
        case nil: break
        }
        for row in rows {
            page.element(.h2, text: row.trade == nil ? "No trade" : "Trade \(row.tradeNumber)")
            let fields = zip(JournalColumn.names, row.fields).filter { !$0.1.isEmpty }
            page.facts(fields.map { ($0.0, Numerals.minus(first: $0.1)) })
        }
    }

    private func playbooks(_ playbooks: [Dashboard.PlaybookText], _ page: inout Markup) {
        for playbook in playbooks {
            page.element(.h2, text: playbook.name)
            page.element(.p, text: playbook.summary)
            if !playbook.rules.isEmpty {
                page.element(.ul) { page in
                    for rule in playbook.rules { page.element(.li, text: rule) }
                }
            }
            let table = DataTable(
                columns: [.words("Parameter"), .words("Default"), .words("What it is")],
                caption: "Parameters of \(playbook.name)")
            page.add(
                table.markup { page in
                    page.element(.tbody) { page in
                        for parameter in playbook.parameters {
                            DataTable.row(
                                parameter.name, [.text(parameter.value), .wide(parameter.help)], to: &page)
                        }
                    }
                })
        }
    }

    private func login(_ asksForUser: Bool, _ failure: String, _ next: String, _ page: inout Markup) {
        if !failure.isEmpty { page.element(.p, .role("alert"), text: failure) }
        page.element(.form, .method("post"), .action(.page("/login"))) { page in
            if asksForUser {
                page.element(.p) { page in
                    page.element(.label) { page in
                        page.text("User ")
                        page.empty(.input, .kind("text"), .name("user"), .completes("username"), .required())
                    }
                }
            }
            page.element(.p) { page in
                page.element(.label) { page in
                    page.text(asksForUser ? "Password " : "Token ")
                    page.empty(
                        .input, .kind("password"), .name(asksForUser ? "password" : "token"),
                        .completes("current-password"), .required())
                }
            }
            page.empty(.input, .kind("hidden"), .name("next"), .value(next))
            page.element(.button, .kind("submit"), text: "Log in")
        }
    }

    private func operations(_ operations: [Dashboard.Operation], _ page: inout Markup) {
        page.element(.p) { page in
            page.text("The same as a document for programs: ")
            page.element(.a, .link(.page("/openapi.json")), text: "openapi.json")
        }
        for operation in operations {
            page.element(.h2) { page in
                page.element(.code, text: "\(operation.method) \(operation.path)")
            }
            page.element(.p, text: operation.summary)
            let answers = operation.answers.sorted { ($0.status, $0.text) < ($1.status, $1.text) }
            page.facts(answers.map { ($0.status, $0.text) })
        }
    }
}
