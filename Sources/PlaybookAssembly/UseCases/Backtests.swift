package import PlaybookCore
import PlaybookReports
package import PlaybookSettings
package import PlaybookUseCases

extension BacktestJob {
    /// A job wired from `settings`.
    ///
    /// - Parameters:
    ///   - runID: the journal's `run_id`; nil for a new one.
    ///   - budget: what the run may cost; nil for anything.
    /// - Throws: a `PlaybookError` that names the setting or parameter at fault.
    package init(
        _ request: BacktestRequest, settings: Settings, runID: String? = nil, budget: RequestBudget? = nil
    ) throws {
        let (symbols, task): ([Symbol], String?) =
            if let symbols = request.symbols { (symbols, nil) } else { try settings.taskShare(of: settings.symbols()) }
        let chosen = try settings.chosenScript(request)
        var strategies: [Market: Playbook] = [:]
        for market in Set(symbols.map(\.market)) {
            strategies[market] = try settings.playbook(chosen, request.parameters, for: symbols, market).playbook
        }
        let usual = try settings.playbook(chosen, request.parameters, for: symbols)
        let markets = try settings.symbolMarkets(symbols)
        let market = try settings.marketData()
        let isStrict = try settings.flag(.strict)
        var inputs = Inputs(
            symbols: symbols, script: chosen.script, strategies: strategies, usual: usual, markets: markets,
            market: market, journals: try settings.journals(), clock: try settings.clock(),
            minimumCompleteness: try settings.minimumCompleteness(), drawing: ChartDrawing())
        inputs.task = task
        inputs.isStrict = isStrict
        inputs.isSample = settings.isSampleChosen
        inputs.chartFolder = try request.charts.map { try settings.chartFolder($0) }
        inputs.budget = budget
        self.init(request, inputs, runID: runID)
    }
}

extension BacktestRunner {
    /// A runner under `settings`.
    ///
    /// - Parameters:
    ///   - log: where to tell of runs; nil for nowhere.
    ///   - budget: what a run may cost; nil for anything.
    ///   - warn: takes what went wrong in telling of a run when there is no log.
    /// - Throws: a `PlaybookError` that names a setting at fault.
    package init(
        settings: Settings, log: EventLog?, budget: RequestBudget? = nil,
        warn: @escaping @Sendable (String) -> Void = { _ in }
    ) throws {
        self.init(
            settings: settings, log: log, notifier: try settings.notifier(), heartbeat: try settings.heartbeat(),
            budget: budget, warn: warn)
    }

    package init(
        settings: Settings, log: EventLog?, notifier: Notifier, heartbeat: (any RunWatch)? = nil,
        budget: RequestBudget? = nil, warn: @escaping @Sendable (String) -> Void = { _ in }
    ) {
        let tools = Tools(
            job: { request, runID in
                try settings.requireLastingJournal()
                // What is in a bucket is read anew for each run.
                let settings =
                    request.playbookText == nil ? try await settings.loaded(for: request.strategy) : settings
                return try BacktestJob(request, settings: settings, runID: runID, budget: budget)
            }, now: { (try? settings.clock().now()) ?? SystemClock().now() },
            remembers: (try? settings.remembersRuns()) ?? false,
            expectedRuntime: (try? settings.expectedRuntime()) ?? nil,
            journals: { try settings.journals() }, words: EdgeWords.log)
        self.init(tools, log: log, notifier: notifier, heartbeat: heartbeat, warn: warn)
    }

    /// Tells `log` of a run of `request` that could not even start.
    package static func tell(_ error: PlaybookError, of request: BacktestRequest, in log: EventLog) {
        tell(error, of: request, in: log, now: SystemClock().now(), words: EdgeWords.log)
    }
}

extension ParameterLedger {
    /// - Parameter limit: how many sets a day may begin.
    package init(settings: Settings, limit: Int) {
        self.init(
            limit: limit, usual: { try await settings.loaded().strategy(nil, overrides: [:]) },
            journals: { try settings.journals() }, today: { try settings.today() },
            clock: { try settings.markets()[0].clock })
    }
}

extension Settings {
    /// What a request to `serve` may cost, and the symbols that it may name.
    package func serviceBudget() throws -> RequestBudget {
        let limits = try serverLimits()
        return RequestBudget(
            sessions: limits.sessions, megabytes: limits.megabytes, newParameterSets: limits.newParameterSets,
            symbols: limits.symbols)
    }

    /// The folder, or the place in a bucket, that charts go to.
    ///
    /// - Throws: a `PlaybookError` when `text` is neither.
    fileprivate func chartFolder(_ text: String) throws -> ChartFolder {
        var place = text[...]
        while place.count > 1, place.last == "/" { place.removeLast() }
        guard let found = StorePlace(String(place)) else {
            throw PlaybookError(
                .usage, "--charts: charts cannot be there", nextStep: "Name a folder or gs://BUCKET/PREFIX.")
        }
        return ChartFolder(try chartStore(found), place: String(place))
    }
}
