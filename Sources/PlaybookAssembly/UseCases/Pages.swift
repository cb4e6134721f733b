package import PlaybookCore
import PlaybookMarketData
package import PlaybookReports
import PlaybookScript
package import PlaybookSettings
package import PlaybookUseCases

extension ChartJob {
    /// A chart of the session on `date`, of the symbol, the playbook and the source that `settings` choose.
    package init(settings: Settings, parameters: [String: String], date: CivilDate) throws {
        let symbols = try settings.symbols()
        self.init(
            Inputs(
                symbols: symbols,
                playbook: {
                    let chosen = try settings.chosenScript(nil)
                    return (chosen.script, try settings.playbook(chosen, parameters, for: symbols).playbook)
                }, parameters: parameters, market: { try settings.marketData() },
                minimumCompleteness: try settings.minimumCompleteness(), drawing: ChartDrawing()), date: date)
    }
}

extension Settings {
    /// Draws sessions of a journal's rows.
    fileprivate func charts(of journal: Journal, _ shelf: any PlaybookShelf) -> ReportCharts {
        ReportCharts(
            shelf: shelf, bars: self, sample: MarketData(source: SampleSource()), journal: journal,
            minimumCompleteness: { try minimumCompleteness() }, drawing: ChartDrawing())
    }

    /// Judges rows.
    fileprivate func judge(_ account: AccountRequest) -> ReportJudge {
        ReportJudge(account, bars: self, research: self, markets: { try markets() })
    }

    /// What is reported of the rows that `selection` asks for.
    fileprivate func report(
        _ selection: JournalSelection, hasCharts: Bool, _ account: AccountRequest
    ) async throws -> JournalReport {
        let settings = try await loaded(all: true)
        let journal = try settings.journal()
        return try await ReportJob(
            shelf: settings, journal: journal, selection: selection, hasCharts: hasCharts,
            charts: { settings.charts(of: journal, $0) }, judge: settings.judge(account)
        ).run()
    }
}

extension ReportFile {
    /// The page of the rows that `selection` asks for, in the journal that `settings` choose.
    ///
    /// - Parameters:
    ///   - hasCharts: whether to draw the session of each trade, with bars of the source that `settings` choose.
    ///   - account: what the figures beside those of holding refer to.
    /// - Throws: a `PlaybookError`; also where the rows are of several playbooks, parameter sets or modes, or there are
    ///   none.
    package init(
        settings: Settings, selection: JournalSelection, hasCharts: Bool, account: AccountRequest
    ) async throws {
        await self.init(
            try await settings.report(selection, hasCharts: hasCharts, account), words: .commandLine)
    }

    /// The page of a run's rows; nil when it has none.
    ///
    /// - Parameter account: what the figures beside those of holding refer to.
    package init?(of result: BacktestResult, account: AccountRequest, settings: Settings) async {
        guard let found = await settings.judge(account).report(result) else { return nil }
        await self.init(found, words: .commandLine)
    }
}

extension ResearchReport {
    /// The page of the run called `name`; of a walk-forward that of the sweep over the same sets.
    ///
    /// - Parameter set: the set to judge; nil for the one with the highest Sharpe ratio.
    /// - Throws: a `PlaybookError`; also where parts of the run are missing.
    package init(settings: Settings, run name: String, set: String?) async throws {
        let job = ResearchPageJob(try settings.researchStore(), markets: { try settings.markets() })
        try self.init(await job.run(name, set: set))
    }
}

extension DashboardSite {
    /// Pages about the journal and the runs of `settings`.
    ///
    /// - Throws: a `PlaybookError` that names a setting at fault.
    package init(settings: Settings) throws {
        let world = DashboardJob.World(
            shelf: settings, journals: settings,
            status: {
                DashboardJob.Status(
                    playbook: try settings.strategy(nil, overrides: [:]),
                    symbols: try settings.symbolsIfSet().map { Set($0.map(\.name)) },
                    markets: try settings.symbolMarkets(), now: try settings.clock().now(),
                    isSample: settings.isSampleChosen, minimumCompleteness: try settings.minimumCompleteness())
            }, runs: { try await RunOverview(settings: settings) },
            charts: { settings.charts(of: $0, settings) },
            report: { try await settings.report($0, hasCharts: true, AccountRequest()) })
        self.init(DashboardJob(world), refresh: try settings.dashboardRefresh(), words: EdgeWords.commandLine)
    }
}
