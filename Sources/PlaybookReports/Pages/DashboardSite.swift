package import PlaybookCore
package import PlaybookUseCases

/// The dashboard's pages: HTML for what there is at a path.
public struct DashboardSite: Sendable {
    private let job: DashboardJob
    private let refresh: Int
    private let words: any Vocabulary

    /// Pages of what `job` finds.
    ///
    /// - Parameters:
    ///   - refresh: after how many seconds the first page loads itself anew; 0 for never.
    ///   - words: those that its readers have for settings and commands.
    package init(_ job: DashboardJob, refresh: Int, words: any Vocabulary) {
        (self.job, self.refresh, self.words) = (job, refresh, words)
    }

    /// The page at a path; nil where there is none.
    ///
    /// - Parameter query: what stands behind the path, by name.
    /// - Throws: a `PlaybookError`.
    public func page(_ path: String, query: [String: String], isLoggedIn: Bool) async throws -> [UInt8]? {
        func page(_ content: Dashboard.Content, refresh: Int = 0) -> [UInt8] {
            DashboardPage(content, refresh: refresh, isLoggedIn: isLoggedIn).html()
        }
        switch try await job.view(path, query: query) {
        case nil: return nil
        case .overview(let found)?:
            var overview =
                found.map(Self.overview)
                ?? Dashboard.Overview(
                    headline: "No journal", state: .bad, facts: [], problems: [], symbols: [], runs: [])
            overview.asksForToken = isLoggedIn
            return page(.overview(overview), refresh: refresh)
        case .journal(let found)?:
            return page(
                .journal(
                    Dashboard.Rows(
                        rows: found.rows, count: found.count, pages: found.pages, page: found.page,
                        filters: found.filters)))
        case .session(let rows, let chart)?: return page(.session(rows, chart.map { Report.Chart($0, words) }))
        case .playbooks(let descriptors)?:
            return page(
                .playbooks(
                    descriptors.map { descriptor in
                        Dashboard.PlaybookText(
                            name: descriptor.name, summary: descriptor.summary, rules: descriptor.rules,
                            parameters: descriptor.parameters.map {
                                (name: $0.name, value: $0.defaultText, help: $0.help)
                            })
                    }))
        case .report(let found)?: return await ReportFile(found, words: words).bytes
        case .run(let run, let overview)?: return page(Self.run(run, overview))
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

    private static func overview(_ found: DashboardJob.Overview) -> Dashboard.Overview {
        let (standing, recent, since, runs) = (found.standing, found.recent, found.since, found.runs)
        let lines = standing.series.map { series -> Dashboard.SymbolLine in
            let rows = recent.filter { $0.symbol.name == series.symbol }
            let trades = rows.compactMap(\.trade)
            return Dashboard.SymbolLine(
                name: series.symbol, lastSession: rows.map(\.tradeDate).max()?.description ?? "before \(since)",
                trades: trades.count, net: trades.reduce(0) { $0 + $1.net }, problem: problem(series))
        }
        var facts = [
            (name: "Journal", text: found.place.location),
            (name: "Playbook", text: "\(found.playbook.name), \(found.playbook.parametersID)"),
            (name: "Last session", text: standing.lastSession?.description ?? "none"),
        ]
        if let next = standing.nextSession {
            facts.append((name: "Next run", text: "after the close, \(time(next.close, in: standing.nextMarket))"))
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

    private static func line(_ run: RunSummary, _ overview: RunOverview?, _ market: Market) -> Dashboard.RunLine {
        Dashboard.RunLine(
            id: run.runId, start: run.start.map { time($0, in: market) } ?? run.runId, trigger: run.trigger,
            status: run.status + (run.reason.map { ", \($0)" } ?? ""),
            state: run.isGood ? .good : run.exitCode == PlaybookError.Code.tryAgain.exitCode ? .warning : .bad,
            symbols: run.symbols.count, rows: run.rowsWritten.values.max() ?? 0, seconds: run.durationSeconds,
            isSlow: overview?.isSlow(run) ?? false)
    }

    // MARK: - Runs

    private static func run(_ run: RunSummary, _ overview: RunOverview) -> Dashboard.Content {
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
