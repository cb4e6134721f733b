package import PlaybookCore

/// The use case behind the dashboard: what there is to see at a path.
public struct DashboardJob: Sendable {
    private let world: World

    /// What the dashboard is about.
    package struct World: Sendable {
        package let shelf: any PlaybookShelf
        package let journals: any JournalProvider
        package let status: @Sendable () throws -> Status
        package let runs: @Sendable () async throws -> RunOverview?
        /// Draws sessions of a journal's rows.
        package let charts: @Sendable (Journal) throws -> ReportCharts
        /// Makes the report on rows.
        package let report: @Sendable (JournalSelection) async throws -> JournalReport

        package init(
            shelf: any PlaybookShelf, journals: any JournalProvider, status: @escaping @Sendable () throws -> Status,
            runs: @escaping @Sendable () async throws -> RunOverview?,
            charts: @escaping @Sendable (Journal) throws -> ReportCharts,
            report: @escaping @Sendable (JournalSelection) async throws -> JournalReport
        ) {
            (self.shelf, self.journals, self.status, self.runs) = (shelf, journals, status, runs)
            (self.charts, self.report) = (charts, report)
        }
    }

    /// What decides which rows count.
    package struct Status: Sendable {
        package let playbook: Playbook
        /// The symbols; nil for all.
        package let symbols: Set<String>?
        package let markets: SymbolMarkets
        package let now: Instant
        /// Whether the bars are the built-in sample's.
        package let isSample: Bool
        /// The share of bars that a session needs, 0 to 1.
        package let minimumCompleteness: Double

        package init(
            playbook: Playbook, symbols: Set<String>?, markets: SymbolMarkets, now: Instant, isSample: Bool,
            minimumCompleteness: Double
        ) {
            (self.playbook, self.symbols, self.markets, self.now) = (playbook, symbols, markets, now)
            (self.isSample, self.minimumCompleteness) = (isSample, minimumCompleteness)
        }
    }

    /// What a page shows.
    package enum View: Sendable {
        /// How the nightly runs and the journal stand; nil where there is no journal.
        case overview(Overview?)
        case journal(Rows)
        case session([JournalRow], ReportCharts.Chart?)
        case playbooks([StrategyDescriptor])
        case report(JournalReport)
        case run(RunSummary, RunOverview)
    }

    /// How the nightly runs and the journal stand.
    package struct Overview: Sendable {
        package let place: JournalPlace
        package let playbook: Playbook
        package let standing: JournalStanding
        /// The first date that counts as recent, and the rows since.
        package let since: CivilDate
        package let recent: [JournalRow]
        /// How runs went of late; nil where they are not remembered.
        package let runs: RunOverview?
        package let now: Instant
    }

    /// A page of the journal.
    package struct Rows: Sendable {
        /// The latest first.
        package let rows: [JournalRow]
        /// How many there are in all, on how many pages, which of them this is, from 1.
        package let count, pages, page: Int
        /// What was asked for, by the name of its field.
        package let filters: [String: String]
    }

    package init(_ world: World) { self.world = world }

    /// How many rows a page of the journal has.
    private static let rowsOfPage = 50

    /// What there is at a path; nil where there is nothing.
    ///
    /// - Parameter query: what stands behind the path, by name.
    /// - Throws: a `PlaybookError`.
    package func view(_ path: String, query: [String: String]) async throws -> View? {
        switch path {
        case "/": return .overview(try await overview())
        case "/journal": return .journal(try await rows(query))
        case "/session": return try await session(query)
        case "/playbooks": return .playbooks(try world.shelf.playbookDescriptors())
        case "/report":
            var selection = try selection(query)
            if selection.strategy == nil {
                let playbook = try world.status().playbook
                (selection.strategy, selection.parametersID) = (playbook.name, playbook.parametersID)
            }
            return .report(try await world.report(selection))
        default:
            guard path.hasPrefix("/runs/"), let overview = try await world.runs(),
                let run = overview.runs.first(where: { $0.runId == path.dropFirst(6) })
            else { return nil }
            return .run(run, overview)
        }
    }

    private func overview() async throws -> Overview? {
        let journal = try world.journals.journals()[0]
        let status = try world.status()
        let (playbook, now) = (status.playbook, status.now)
        let survey = try await journal.reader.survey(
            JournalSelection(strategy: playbook.name, parametersID: playbook.parametersID, mode: .backtest),
            into: JournalSurvey(now: now, skipsSynthetic: !status.isSample, markets: status.markets))
        guard
            let standing = try await JournalStanding.all(
                [survey], of: [journal], symbols: status.symbols, now: now,
                minimumCompleteness: status.minimumCompleteness, markets: status.markets
            ).first
        else { return nil }
        let since = standing.nextMarket.clock.date(of: now).adding(days: -JournalStanding.recentDays)
        let recent = try await journal.reader.records(
            JournalSelection(
                strategy: playbook.name, parametersID: playbook.parametersID, mode: .backtest, first: since)
        ).map { try JournalRow($0) }
        return Overview(
            place: journal.place, playbook: playbook, standing: standing, since: since, recent: recent,
            runs: try await world.runs(), now: now)
    }

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

    private func rows(_ query: [String: String]) async throws -> Rows {
        let records = try await world.journals.journals()[0].reader.records(selection(query))
        let pages = max(1, (records.count + Self.rowsOfPage - 1) / Self.rowsOfPage)
        let page = min(max(Int(query["page"] ?? "1") ?? 1, 1), pages)
        let rows = try records.reversed().dropFirst((page - 1) * Self.rowsOfPage).prefix(Self.rowsOfPage)
            .map { try JournalRow($0) }
        return Rows(
            rows: rows, count: records.count, pages: pages, page: page,
            filters: query.filter { ["symbol", "strategy", "start", "end"].contains($0.key) && !$0.value.isEmpty })
    }

    private func session(_ query: [String: String]) async throws -> View? {
        var query = query
        (query["start"], query["end"]) = (query["date"], query["date"])
        let journal = try world.journals.journals()[0]
        let rows = try await journal.reader.records(selection(query)).map { try JournalRow($0) }
        guard let first = rows.first else { return nil }
        let charts = await (try world.charts(journal)).charts(of: rows, all: true)
        return .session(rows, charts.charts[first.key.session])
    }
}
