import FoundationEssentials
package import PlaybookCore
package import PlaybookScript

/// The use case behind `backtest`: bars in, journal rows and statistics out.
public struct BacktestJob: Sendable {
    private let symbols: [Symbol]
    /// Which of several tasks this is, in words.
    private let task: String?
    /// The playbook, made for each of the symbols' markets.
    private let strategies: [Market: Playbook]
    package let strategy: Playbook
    /// What is doubtful about it.
    private let doubts: [String]
    package let markets: SymbolMarkets
    private let market: MarketData
    private let journals: [Journal]
    package let clock: any WallClock
    package let minimumCompleteness: Double
    package let isStrict: Bool
    private let dates: BacktestRequest.Dates
    package let isDryRun: Bool
    /// What the playbook is made of, with the parameters that differ from its defaults.
    package let script: (text: Script, parameters: [String: String])
    package let keepsCharts: Bool
    package let chartFolder: ChartFolder?
    private let budget: RequestBudget?
    /// Draws sessions.
    let drawing: any SessionDrawing
    private let isSample: Bool
    package let runID: String

    /// What a backtest is run with.
    package struct Inputs: Sendable {
        /// The symbols, each once.
        package var symbols: [Symbol]
        /// Which of several tasks this is, in words; nil where it is the only one.
        package var task: String?
        /// What the playbook is made of.
        package var script: Script
        /// The playbook, made for each of the symbols' markets.
        package var strategies: [Market: Playbook]
        /// The playbook as it is for the first symbol, and what is doubtful about it.
        package var usual: ChosenPlaybook
        package var markets: SymbolMarkets
        package var market: MarketData
        package var journals: [Journal]
        package var clock: any WallClock
        /// The share of the bars due that an order needs, 0 to 1.
        package var minimumCompleteness: Double
        /// Whether doubtful data is an error.
        package var isStrict = false
        /// Whether the bars are the built-in sample's.
        package var isSample = false
        /// Where charts go; nil for nowhere.
        package var chartFolder: ChartFolder?
        package var drawing: any SessionDrawing
        /// What the run may cost; nil for anything.
        package var budget: RequestBudget?

        package init(
            symbols: [Symbol], script: Script, strategies: [Market: Playbook], usual: ChosenPlaybook,
            markets: SymbolMarkets, market: MarketData, journals: [Journal], clock: any WallClock,
            minimumCompleteness: Double, drawing: any SessionDrawing
        ) {
            (self.symbols, self.script, self.strategies, self.usual) = (symbols, script, strategies, usual)
            (self.markets, self.market, self.journals, self.clock) = (markets, market, journals, clock)
            (self.minimumCompleteness, self.drawing) = (minimumCompleteness, drawing)
        }
    }

    /// A job.
    ///
    /// - Parameter runID: the journal's `run_id`; nil for a new one.
    package init(_ request: BacktestRequest, _ inputs: Inputs, runID: String? = nil) {
        (symbols, task) = (inputs.symbols, inputs.task)
        strategies = inputs.strategies
        strategy = inputs.usual.playbook
        doubts = inputs.usual.warnings
        (markets, market, journals) = (inputs.markets, inputs.market, inputs.journals)
        (isStrict, isSample) = (inputs.isStrict, inputs.isSample)
        (clock, minimumCompleteness) = (inputs.clock, inputs.minimumCompleteness)
        dates = request.dates
        isDryRun = request.isDryRun
        script = (inputs.script, request.parameters)
        keepsCharts = request.keepsCharts
        (chartFolder, drawing, budget) = (inputs.chartFolder, inputs.drawing, inputs.budget)
        self.runID = runID ?? Self.runID(clock.now())
    }

    /// Runs the job. One symbol that fails does not stop the others: their rows are written, and the result names it.
    ///
    /// - Parameter progress: called with the number of symbols done, from any thread.
    /// - Throws: a `PlaybookError` when nothing could be done.
    public func run(progress: @Sendable (Int, Int) -> Void = { _, _ in }) async throws -> BacktestResult {
        let start = ContinuousClock.now
        var result = BacktestResult(
            status: .completed, runID: runID, strategy: strategy.name,
            parameters: strategy.parameters.canonical, parametersID: strategy.parametersID, symbols: symbols,
            sessions: nil, dataSource: market.source.label)
        result.rules = strategy.rules?.canonical
        result.warnings = doubts.map { NeutralText($0) }
        let (plan, repairs) = try await plan()
        switch plan {
        case .nothing(let reason):
            result.status = .skipped(reason)
        case .run(let work, let unfinished):
            try requireWithinBudget(work)
            let dates = work.values.joined().flatMap { [$0.lowerBound, $0.upperBound] }
            if let first = dates.min(), let last = dates.max() { result.sessions = first...last }
            try await run(work, repairs, into: &result, progress: progress)
            if let first = unfinished.first {
                result.warnings.append(
                    "\(unfinished.count) sessions from \(first.date) on are not over yet and were left out")
            }
        }
        result.traffic = traffic
        result.elapsed = (ContinuousClock.now - start) / .seconds(1)
        return result
    }

    /// - Throws: a `PlaybookError` of code `usage` when `work` costs more than it may.
    private func requireWithinBudget(_ work: [Symbol: [ClosedRange<CivilDate>]]) throws {
        guard let budget else { return }
        let counts = work.map { symbol, ranges in
            ranges.reduce(0) {
                $0 + symbol.market.calendar.sessions(from: $1.lowerBound, through: $1.upperBound).count
            }
        }
        let (sessions, longest) = (counts.reduce(0, +), counts.max() ?? 0)
        var excess = budget.excess(sessions: sessions, longest: longest)
        for file in journals.compactMap(\.file) where excess == nil {
            // Only a large file needs to be looked at.
            excess = budget.excess(sessions: sessions, longest: longest, journalBytes: file.size ?? 0)
            if excess != nil, try file.isMergedAsRead() { excess = nil }
        }
        if let excess {
            throw PlaybookError(
                .usage, NeutralText(excess),
                nextStep: "Ask for fewer symbols or sessions, or use 'trading-playbook backtest'.")
        }
    }

    /// What the cache and the network did so far.
    package var traffic: DataTraffic { market.watch.traffic() }

    /// How the journal that lacks most stands, as far as the job's symbols, playbook and parameters go.
    package func standing() async throws -> JournalStanding? {
        let now = clock.now()
        var surveys: [JournalSurvey] = []
        for journal in journals {
            surveys.append(
                try await journal.reader.survey(
                    selection(from: nil), into: JournalSurvey(now: now, skipsSynthetic: !isSample, markets: markets)))
        }
        return try await JournalStanding.all(
            surveys, of: journals, symbols: Set(symbols.map(\.name)), now: now,
            minimumCompleteness: minimumCompleteness,
            markets: markets
        ).max { $0.missingSessions < $1.missingSessions }
    }

    /// The job's own rows: of its symbols, playbook and parameters.
    private func selection(from first: CivilDate?) -> JournalSelection {
        JournalSelection(strategy, symbols: Set(symbols.map(\.name)), first: first)
    }

    /// What each journal has from `first` on.
    private func sessions(from first: CivilDate?) async throws -> [JournalSessions] {
        var found: [JournalSessions] = []
        for journal in journals {
            found.append(
                try await journal.reader.collect(
                    selection(from: first),
                    into: JournalSessions(
                        recentStart: RepairWindow.start(clock.now(), in: Set(symbols.map(\.market))),
                        skipsSynthetic: !isSample)))
        }
        return found
    }

    /// What to run, and which of it only to look at again.
    private func plan() async throws -> (SessionPlan, RepairPlan?) {
        let now = clock.now()
        guard !symbols.isEmpty else {
            let reason = BacktestResult.SkipReason(
                "no symbol", detail: "\(task ?? "this task") has no symbol: nothing to do")
            return (.nothing(reason), nil)
        }
        switch dates {
        case .today:
            return (try SessionPlan(today: symbols, now: now), nil)
        case .days(let count):
            return (try SessionPlan(symbols, lastDays: count, now: now), nil)
        case .range(let first, let last):
            return (try SessionPlan(symbols, from: first, through: last, now: now), nil)
        case .catchUp(let first):
            let journals = try await sessions(from: first)
            let plan = try SessionPlan(catchingUp: symbols, from: first, journals: journals, now: now)
            let repairs = try RepairPlan(symbols, from: first, journals: journals, now: now)
            guard !repairs.dates.isEmpty else { return (plan, repairs) }
            let work = if case .run(let work, _) = plan { work } else { [Symbol: [ClosedRange<CivilDate>]]() }
            return (.run(repairs.added(to: work), unfinished: []), repairs)
        }
    }

    private func run(
        _ work: [Symbol: [ClosedRange<CivilDate>]], _ repairs: RepairPlan?, into result: inout BacktestResult,
        progress: @Sendable (Int, Int) -> Void
    ) async throws {
        let symbols = symbols.filter { work[$0] != nil }
        let (runs, used, isOther) = try await market.settled {
            await self.runs(symbols, work, repairs, $0, progress: progress)
        }
        result.dataSource = used.source.label
        if isOther { result.warnings.append(MarketData.feedWarning) }
        for symbol in symbols {
            guard let run = runs[symbol] else { continue }
            if result.rows.isEmpty { result.rows = run.rows } else { result.rows += run.rows }
            result.warnings += run.warnings.map(\.neutralText)
            result.charts.merge(run.charts) { $1 }
            if let holding = run.holding { result.holdings.append(holding) }
            result.failures += run.failures.map { (symbol, $0) }
        }
        // Where bars that are kept did, rows are written; the run is not done all the same.
        if result.failures.isEmpty, let symbol = symbols.first, let refusal = used.watch.refusal() {
            result.failures.append((symbol, refusal))
        }
        try await judgeEnds(of: runs, into: &result)
        if result.rows.isEmpty, let failure = result.failures.first {
            await keepEnds(told: [failure])
            throw failure.error
        }
        guard !result.rows.isEmpty else { return skip(runs, into: &result) }
        // Of one symbol they are in order already.
        let isSorted = result.rows.indices.dropFirst().allSatisfy {
            result.rows[$0 - 1].tradeDate < result.rows[$0].tradeDate
        }
        if !isSorted { result.rows.sort { $0.key < $1.key } }
        let rows = result.rows
        let records = [JournalRecord](count: rows.count, concurrently: { { JournalRecord(rows[$0]) } })
        // There is time for it while the disk or the network is waited for.
        async let performance = Performance(rows)
        let writers = TradeWriterGroup(journals.map { $0.makeWriter() })
        result.isDryRun = isDryRun
        result.outcomes = await isDryRun ? writers.preview(records) : writers.finish(records)
        result.performance = await performance
        if !isDryRun { result.warnings += await keepRules(where: result) }
        // What another error hides from whoever looks at the exit code is told again.
        if result.code == .sourceUnavailable {
            result.warnings += await keepEnds(told: result.failures)
        }
    }

    /// Keeps the rules of a playbook file beside each journal that was written, so that whoever reads it later knows them;
    /// those of the program's own playbooks are in it.
    ///
    /// - Returns: what went wrong with it, in words.
    private func keepRules(where result: BacktestResult) async -> [NeutralText] {
        guard let rules = strategy.rules, !BuiltInPlaybooks.names.contains(strategy.name) else { return [] }
        var problems: [NeutralText] = []
        for journal in journals where result.wrote(journal.place) {
            do {
                try await journal.playbooks.keep(
                    rules.canonical, as: "\(strategy.name)-\(strategy.parametersID)")
            } catch {
                let reason = (error as? PlaybookError)?.facts ?? "\(error)"
                problems.append(
                    "the rules of \(strategy.name) could not be kept beside \(journal.place.location): \(reason)")
            }
        }
        return problems
    }

    /// There was nothing to write: what was looked at again is as it was, or data has ended.
    private func skip(_ runs: [Symbol: SymbolRun], into result: inout BacktestResult) {
        guard let last = result.sessions?.upperBound else { return }
        let ended = runs.filter { $0.value.ended != nil }.map(\.key.name).sorted()
        result.status = .skipped(
            BacktestResult.SkipReason(
                "up to date",
                detail: "every session through \(last) has its row"
                    + (ended.isEmpty ? "" : ", but for those after the data of \(ended.joined(separator: ", ")) ended"))
        )
        result.sessions = nil
    }

    /// Makes failures of data that has ended, or warnings where that was told before.
    private func judgeEnds(of runs: [Symbol: SymbolRun], into result: inout BacktestResult) async throws {
        let ended = runs.compactMap { symbol, run in run.ended.map { (symbol, $0) } }.sorted { $0.0 < $1.0 }
        guard !ended.isEmpty else { return }
        let told = EndedData(journals, now: clock.now())
        var ends = result.rows.reduce(into: [:]) {
            $0[$1.symbol.name] = max($0[$1.symbol.name] ?? $1.tradeDate, $1.tradeDate)
        }
        for journal in try await sessions(from: nil) { ends.merge(journal.ends, uniquingKeysWith: max) }
        for (symbol, error) in ended {
            guard let end = error.dataEnd, await told.isSettled(symbol.name, in: symbol.market, end, ends: ends)
            else {
                result.failures.append((symbol, error))
                continue
            }
            result.warnings.append("\(symbol): no bars since \(end). \(HistoryLoader.ending(of: symbol, on: end))")
        }
    }

    /// Keeps of which symbols it was told that their data has ended.
    ///
    /// - Returns: what went wrong with it, in words.
    @discardableResult
    private func keepEnds(told failures: [(symbol: Symbol, error: PlaybookError)]) async -> [NeutralText] {
        guard !isDryRun, isDaily else { return [] }
        let told = EndedData(journals, now: clock.now())
        var problems: [NeutralText] = []
        for (symbol, error) in failures {
            guard let end = error.dataEnd else { continue }
            problems += await told.keep(symbol.name, end)
        }
        return problems
    }

    /// The playbook for a symbol's market.
    package func strategy(of symbol: Symbol) -> Playbook { strategies[symbol.market] ?? strategy }

    /// Whether the run is one that is repeated until every session has its row.
    package var isDaily: Bool { dates.isLeavingNothingOut }

    /// Sortable by time, and different for runs that start in the same second.
    package static func runID(_ now: Instant) -> String {
        let time = now.description.filter { $0 != "-" && $0 != ":" }
        let random = String(UInt32.random(in: 0...0xFF_FFFF) | 0x100_0000, radix: 16).dropFirst()
        return "\(time)-\(random)"
    }
}

extension JournalSelection {
    /// The rows of a backtest of `strategy` with just its parameters.
    package init(_ strategy: Playbook, symbols: Set<String>?, first: CivilDate? = nil) {
        self.init(
            symbols: symbols, strategy: strategy.name, parametersID: strategy.parametersID,
            mode: .backtest, first: first)
    }
}
