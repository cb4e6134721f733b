import PlaybookCore
import PlaybookReports

/// The use case behind the dashboard: a page for a path.
public struct DashboardJob: Sendable {
    private let settings: Settings
    private let refresh: Int

    /// Pages about the journal and the runs of `settings`.
    ///
    /// - Throws: a `PlaybookError` that names a setting at fault.
    public init(settings: Settings) throws {
        self.settings = settings
        let text = settings[.dashboardRefresh] ?? ""
        guard let seconds = Int(text), seconds == 0 || (5...86_400).contains(seconds) else {
            throw settings.wrong(.dashboardRefresh, "'\(text.prefix(40))' is not a number of seconds from 5 on, or 0")
        }
        refresh = seconds
    }

    /// How many rows a page of the journal has.
    private static let rowsOfPage = 50

    /// The page at a path; nil where there is none.
    ///
    /// - Parameter query: what stands behind the path, by name.
    /// - Throws: a `PlaybookError`.
    public func page(_ path: String, query: [String: String], isLoggedIn: Bool) async throws -> [UInt8]? {
        func page(_ content: Dashboard.Content, refresh: Int = 0) -> [UInt8] {
            DashboardPage(content, refresh: refresh, isLoggedIn: isLoggedIn).html()
        }
        switch path {
        case "/":
            var overview = try await overview()
            overview.asksForToken = isLoggedIn
            return page(.overview(overview), refresh: refresh)
        case "/journal": return page(.journal(try await rows(query)))
        case "/session": return try await session(query).map { page($0) }
        case "/playbooks":
            return page(
                .playbooks(
                    try settings.playbookDescriptors().map { descriptor in
                        Dashboard.PlaybookText(
                            name: descriptor.name, summary: descriptor.summary, rules: descriptor.rules,
                            parameters: descriptor.parameters.map {
                                (name: $0.name, value: $0.defaultText, help: $0.help)
                            })
                    }))
        case "/report":
            var selection = try selection(query)
            if selection.strategy == nil {
                let playbook = try settings.strategy(nil, overrides: [:])
                (selection.strategy, selection.parametersID) = (playbook.name, playbook.parametersID)
            }
            return try await ReportJob(settings: settings, selection: selection).page().bytes
        default:
            guard path.hasPrefix("/runs/") else { return nil }
            return try await run(String(path.dropFirst(6))).map { page($0) }
        }
    }

    /// A page that says what happened.
    public static func message(_ title: String, _ text: String) -> [UInt8] {
        DashboardPage(.message(title: title, text: text)).html()
    }

    /// The page to log in with.
    public static func login(asksForUser: Bool, failure: String, next: String) -> [UInt8] {
        DashboardPage(.login(asksForUser: asksForUser, failure: failure, next: next)).html()
    }

    /// The page about the service's operations.
    public static func operations(
        _ operations: [(method: String, path: String, summary: String, answers: [(status: String, text: String)])]
    ) -> [UInt8] {
        DashboardPage(
            .operations(
                operations.map {
                    Dashboard.Operation(method: $0.method, path: $0.path, summary: $0.summary, answers: $0.answers)
                })
        ).html()
    }

    /// The style sheets and scripts that pages hold.
    public static var styles: [String] { DashboardPage.styles }
    public static var scripts: [String] { DashboardPage.scripts }

    // MARK: - Overview

    private func overview() async throws -> Dashboard.Overview {
        let journal = try settings.journals()[0]
        let playbook = try settings.strategy(nil, overrides: [:])
        let symbols = try settings.symbolsIfSet().map { Set($0.map(\.name)) }
        let markets = try settings.symbolMarkets()
        let now = try settings.clock().now()
        let survey = try await journal.reader.survey(
            JournalSelection(strategy: playbook.name, parametersID: playbook.parametersID, mode: .backtest),
            into: JournalSurvey(now: now, skipsSynthetic: !settings.isSampleChosen, markets: markets))
        guard
            let standing = try await JournalStanding.all(
                [survey], of: [journal], symbols: symbols, now: now,
                minimumCompleteness: settings.minimumCompleteness(), markets: markets
            ).first
        else { return .init(headline: "No journal", state: .bad, facts: [], problems: [], symbols: [], runs: []) }
        let since = standing.nextMarket.clock.date(of: now).adding(days: -JournalStanding.recentDays)
        let recent = try await journal.reader.records(
            JournalSelection(
                strategy: playbook.name, parametersID: playbook.parametersID, mode: .backtest, first: since)
        ).map { try JournalRow($0) }
        let runs = try await RunOverview(settings: settings)
        let lines = standing.series.map { series -> Dashboard.SymbolLine in
            let rows = recent.filter { $0.symbol.name == series.symbol }
            let trades = rows.compactMap(\.trade)
            return Dashboard.SymbolLine(
                name: series.symbol, lastSession: rows.map(\.tradeDate).max()?.description ?? "before \(since)",
                trades: trades.count, net: trades.reduce(0) { $0 + $1.net }, problem: Self.problem(series))
        }
        var facts = [
            (name: "Journal", text: journal.place.location),
            (name: "Playbook", text: "\(playbook.name), \(playbook.parametersID)"),
            (name: "Last session", text: standing.lastSession?.description ?? "none"),
        ]
        if let next = standing.nextSession {
            facts.append((name: "Next run", text: "after the close, \(Self.time(next.close, in: standing.nextMarket))"))
        }
        facts.append((name: "Last \(JournalStanding.recentDays) days", text: standing.recentLine))
        if let rate = runs?.successRate {
            facts.append((name: "Runs that went well", text: "\(fixed(rate * 100, 0))%"))
        }
        let latest = runs?.runs.first
        let (headline, state) = Self.headline(
            latest, lines, standing, in: standing.nextMarket, isSlow: latest.map { runs?.isSlow($0) ?? false } ?? false)
        return Dashboard.Overview(
            headline: headline, state: state, facts: facts,
            problems: lines.filter { !$0.problem.isEmpty }.map { "\($0.name): \($0.problem)" }
                + (latest?.errorMessages ?? []),
            symbols: lines,
            runs: (runs?.runs.prefix(20) ?? []).map { line($0, runs, standing.nextMarket) })
    }

    /// `2025-11-04 16:30` and the name of the market's clocks.
    private static func time(_ instant: Instant, in market: Market) -> String {
        "\(market.clock.date(of: instant)) \(market.clock.timeOfDay(of: instant)), \(market.clock.name)"
    }

    /// What is wrong with a symbol's rows, in words; empty for nothing.
    private static func problem(_ series: JournalCheck.Series) -> String {
        if let end = series.dataEnd { return "its data ended on \(end)" }
        if let first = series.missing.first {
            return "\(counted(series.missing.count, "session")) without a row, the first \(first)"
        }
        if let partial = series.partial.first { return "\(partial.date): \(partial.problem)" }
        if let short = series.short.first { return "bars are missing: \(short)" }
        return series.isClean ? "" : "its rows are not right: see journal verify"
    }

    private static func headline(
        _ latest: RunSummary?, _ lines: [Dashboard.SymbolLine], _ standing: JournalStanding, in market: Market,
        isSlow: Bool
    ) -> (String, Dashboard.State) {
        let good = lines.count { $0.problem.isEmpty }
        let symbols = "\(good) of \(lines.count) symbols"
        guard let latest, let start = latest.start else {
            return ("No run is remembered yet: \(symbols) are up to date", standing.isClean ? .warning : .bad)
        }
        let time = "\(market.clock.date(of: start)), \(market.clock.timeOfDay(of: start))"
        let took = fixed(latest.durationSeconds, latest.durationSeconds < 1 ? 2 : latest.durationSeconds < 10 ? 1 : 0)
        let text = ": \(symbols), \(time), \(took) s"
        let bad = "\(lines.count - good) of \(lines.count) symbols, \(time), \(took) s"
        if !latest.isGood {
            return (good < lines.count ? "Last run failed for \(bad)" : "Last run failed: \(time), \(took) s", .bad)
        }
        if good < lines.count { return ("Last run left gaps in \(bad)", .bad) }
        return isSlow ? ("Last run was slow\(text)", .warning) : ("Last run went well\(text)", .good)
    }

    private func line(_ run: RunSummary, _ overview: RunOverview?, _ market: Market) -> Dashboard.RunLine {
        Dashboard.RunLine(
            id: run.runId, start: run.start.map { Self.time($0, in: market) } ?? run.runId, trigger: run.trigger,
            status: run.status + (run.reason.map { ", \($0)" } ?? ""),
            state: run.isGood ? .good : run.exitCode == PlaybookError.Code.tryAgain.rawValue ? .warning : .bad,
            symbols: run.symbols.count, rows: run.rowsWritten.values.max() ?? 0, seconds: run.durationSeconds,
            isSlow: overview?.isSlow(run) ?? false)
    }

    // MARK: - Rows and runs

    private func selection(_ query: [String: String]) throws -> JournalSelection {
        func text(_ name: String) -> String? { query[name].flatMap { $0.isEmpty ? nil : $0 } }
        func date(_ name: String) throws -> CivilDate? {
            guard let text = text(name) else { return nil }
            guard let date = CivilDate(text) else {
                throw PlaybookError(.usage, "\(name): '\(text.prefix(40))' is not a date YYYY-MM-DD")
            }
            return date
        }
        return JournalSelection(
            symbols: text("symbol").map { [$0.uppercased()] }, strategy: text("strategy"), parametersID: text("params"),
            mode: text("mode").flatMap(JournalMode.init), first: try date("start"), last: try date("end"))
    }

    private func rows(_ query: [String: String]) async throws -> Dashboard.Rows {
        let records = try await settings.journals()[0].reader.records(selection(query))
        let pages = max(1, (records.count + Self.rowsOfPage - 1) / Self.rowsOfPage)
        let page = min(max(Int(query["page"] ?? "1") ?? 1, 1), pages)
        let rows = try records.reversed().dropFirst((page - 1) * Self.rowsOfPage).prefix(Self.rowsOfPage)
            .map { try JournalRow($0) }
        return Dashboard.Rows(
            rows: rows, count: records.count, pages: pages, page: page,
            filters: query.filter { ["symbol", "strategy", "start", "end"].contains($0.key) && !$0.value.isEmpty })
    }

    private func session(_ query: [String: String]) async throws -> Dashboard.Content? {
        var query = query
        (query["start"], query["end"]) = (query["date"], query["date"])
        let rows = try await settings.journals()[0].reader.records(selection(query)).map { try JournalRow($0) }
        guard let first = rows.first else { return nil }
        let charts = await ReportCharts(settings: settings, journal: try settings.journals()[0])
            .charts(of: rows, all: true)
        return .session(rows, charts.charts[first.key.session])
    }

    private func run(_ id: String) async throws -> Dashboard.Content? {
        guard let overview = try await RunOverview(settings: settings),
            let run = overview.runs.first(where: { $0.runId == id })
        else { return nil }
        let facts = [
            (name: "Why", text: run.trigger), (name: "Symbols", text: run.symbols.joined(separator: ", ")),
            (name: "Playbook", text: run.strategy ?? ""),
            (
                name: "Sessions",
                text: [run.firstSession, run.lastSession].compactMap { $0 }.joined(separator: " through ")
            ),
            (
                name: "Rows written",
                text: run.rowsWritten.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", ")
            ),
            (name: "Trades", text: "\(run.trades)"), (name: "Warnings", text: "\(run.warnings)"),
            (name: "Took", text: "\(fixed(run.durationSeconds, 3)) s"), (name: "Exit code", text: "\(run.exitCode)"),
        ]
        return .run(line(run, overview, .xnys), facts, errors: run.errorMessages)
    }
}
