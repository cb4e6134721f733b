import FoundationEssentials
import PlaybookCore
import PlaybookFileSystem
import PlaybookWriters

/// The use case behind `backtest`: bars in, journal rows and statistics out.
public struct BacktestJob: Sendable {
    private let symbols: [Symbol]
    /// Which of several tasks this is, in words.
    private let task: String?
    private let strategy: any Strategy
    private let market: MarketData
    private let journals: [Journal]
    private let clock: any WallClock
    private let minimumCompleteness: Double
    private let isStrict: Bool
    private let dates: BacktestRequest.Dates
    private let isDryRun: Bool
    private let budget: Settings.ServiceBudget?
    private let runID: String

    /// A job wired from `settings`.
    ///
    /// - Parameters:
    ///   - runID: the journal's `run_id`; nil for a new one.
    ///   - budget: what the run may cost; nil for anything.
    /// - Throws: a `PlaybookError` that names the setting or parameter at fault.
    public init(
        _ request: BacktestRequest, settings: Settings, runID: String? = nil, budget: Settings.ServiceBudget? = nil
    ) throws {
        (symbols, task) =
            if let symbols = request.symbols { (symbols, nil) } else { try settings.taskShare(of: settings.symbols()) }
        strategy = try settings.strategy(request.strategy, overrides: request.parameters)
        market = try settings.marketData()
        isStrict = try settings.flag(.strict)
        journals = try settings.journals()
        clock = try settings.clock()
        minimumCompleteness = try settings.minimumCompleteness()
        dates = request.dates
        isDryRun = request.isDryRun
        self.budget = budget
        self.runID = runID ?? Self.runID(clock.now())
    }

    /// Runs the job. One symbol that fails does not stop the others: their rows are written, and the result names it.
    ///
    /// - Parameter progress: called with the number of symbols done, from any thread.
    /// - Throws: a `PlaybookError` when nothing could be done.
    public func run(progress: @Sendable (Int, Int) -> Void = { _, _ in }) async throws -> BacktestResult {
        let start = ContinuousClock.now
        var result = BacktestResult(
            status: .completed, runID: runID, strategy: type(of: strategy).descriptor.name,
            parameters: strategy.parameters.canonical, parametersID: strategy.parametersID, symbols: symbols,
            sessions: nil, dataSource: market.source.label)
        switch try await plan() {
        case .nothing(let reason):
            result.status = .skipped(reason)
        case .run(let work, let unfinished):
            try requireWithinBudget(work)
            let dates = work.values.joined().flatMap { [$0.lowerBound, $0.upperBound] }
            if let first = dates.min(), let last = dates.max() { result.sessions = first...last }
            try await run(work, into: &result, progress: progress)
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
        let counts = work.values.map { ranges in
            ranges.reduce(0) {
                $0 + TradingCalendar.nyse.sessions(from: $1.lowerBound, through: $1.upperBound).count
            }
        }
        let (sessions, longest) = (counts.reduce(0, +), counts.max() ?? 0)
        var excess = budget.excess(sessions: sessions, longest: longest)
        for journal in journals where excess == nil && journal.place.writer == WriterKind.csv.rawValue {
            // Only a large file needs to be looked at.
            let path = journal.place.location
            excess = budget.excess(
                sessions: sessions, longest: longest, journalBytes: FileSystem.size(of: path) ?? 0)
            if excess != nil, try CSVJournalReader(path: path).isMergedAsRead() { excess = nil }
        }
        if let excess {
            throw PlaybookError(
                .usage, excess, nextStep: "Ask for fewer symbols or sessions, or use 'trading-playbook backtest'.")
        }
    }

    /// What the cache and the network did so far.
    var traffic: DataTraffic { DataTraffic(market) }

    /// How the journal that lacks most stands, as far as the job's symbols, playbook and parameters go.
    func standing() async throws -> JournalStanding? {
        let now = clock.now()
        var surveys: [JournalSurvey] = []
        for journal in journals {
            surveys.append(try await journal.reader.collect(selection(from: nil), into: JournalSurvey(now: now)))
        }
        return try JournalStanding.all(surveys, symbols: Set(symbols.map(\.name)), now: now)
            .max { $0.missingSessions < $1.missingSessions }
    }

    /// The job's own rows: of its symbols, playbook and parameters.
    private func selection(from first: CivilDate?) -> JournalSelection {
        JournalSelection(strategy, symbols: Set(symbols.map(\.name)), first: first)
    }

    /// What each journal has from `first` on.
    private func sessions(from first: CivilDate?) async throws -> [JournalSessions] {
        var found: [JournalSessions] = []
        for journal in journals {
            found.append(try await journal.reader.collect(selection(from: first), into: JournalSessions()))
        }
        return found
    }

    private func plan() async throws -> SessionPlan {
        let now = clock.now()
        guard !symbols.isEmpty else {
            return .nothing(
                BacktestResult.SkipReason("no symbol", detail: "\(task ?? "this task") has no symbol: nothing to do"))
        }
        switch dates {
        case .today:
            let date = NewYorkTime.date(of: now)
            return try SessionPlan(symbols, from: date, through: date, now: now)
        case .range(let first, let last):
            return try SessionPlan(symbols, from: first, through: last, now: now)
        case .catchUp(let first):
            return try SessionPlan(catchingUp: symbols, from: first, journals: await sessions(from: first), now: now)
        }
    }

    private func run(
        _ work: [Symbol: [ClosedRange<CivilDate>]], into result: inout BacktestResult,
        progress: @Sendable (Int, Int) -> Void
    ) async throws {
        let symbols = symbols.filter { work[$0] != nil }
        let (runs, used, isOther) = try await market.settled { await self.runs(symbols, work, $0, progress: progress) }
        result.dataSource = used.source.label
        if isOther { result.warnings.append(MarketData.feedWarning) }
        for symbol in symbols {
            guard let run = runs[symbol] else { continue }
            result.rows += run.rows
            result.warnings += run.warnings.map(\.description)
            result.failures += run.failures.map { (symbol, $0) }
        }
        if result.rows.isEmpty, let failure = result.failures.first { throw failure.error }
        result.rows.sort { $0.key < $1.key }
        let records = result.rows.map(JournalRecord.init)
        let writers = TradeWriterGroup(journals.map { $0.makeWriter() })
        result.isDryRun = isDryRun
        result.outcomes = await isDryRun ? writers.preview(records) : writers.finish(records)
    }

    /// Runs each symbol over its sessions, with bars of `market`.
    private func runs(
        _ symbols: [Symbol], _ work: [Symbol: [ClosedRange<CivilDate>]], _ market: MarketData,
        progress: @Sendable (Int, Int) -> Void
    ) async -> [Symbol: SymbolRun] {
        var runs: [Symbol: SymbolRun] = [:]
        // As many symbols at a time as there are cores, so that memory does not grow with their number.
        await withTaskGroup(of: (Symbol, SymbolRun).self) { group in
            var waiting = symbols.makeIterator()
            func start() {
                guard let next = waiting.next() else { return }
                group.addTask { (next, await run(next, work[next] ?? [], market)) }
            }
            for _ in 0..<ProcessInfo.processInfo.activeProcessorCount { start() }
            for await (symbol, run) in group {
                runs[symbol] = run
                progress(runs.count, symbols.count)
                start()
            }
        }
        return runs
    }

    /// What became of one symbol.
    private struct SymbolRun: Sendable {
        var rows: [JournalRow] = []
        var warnings: [DataWarning] = []
        var failures: [PlaybookError] = []
    }

    private func run(
        _ symbol: Symbol, _ ranges: [ClosedRange<CivilDate>], _ market: MarketData
    ) async -> SymbolRun {
        var run = SymbolRun()
        for sessions in ranges {
            do {
                try await add(symbol, sessions, market, to: &run)
            } catch let error as PlaybookError {
                run.failures.append(error)
            } catch is CancellationError {
                run.failures.append(
                    PlaybookError(.tryAgain, "\(symbol): the run was cancelled", nextStep: "Run it again."))
                break
            } catch {
                run.failures.append(PlaybookError(.badData, "\(symbol): \(error)"))
            }
        }
        return run
    }

    private func add(
        _ symbol: Symbol, _ sessions: ClosedRange<CivilDate>, _ market: MarketData, to run: inout SymbolRun
    ) async throws {
        var request = HistoryRequest(symbol: symbol, sessions: sessions, strategies: [strategy])
        let latest = try TradingCalendar.nyse.lastSession(before: clock.now()).date
        request.mayStillCome = isDaily && sessions.upperBound == latest
        let history = try await HistoryLoader(source: market.source).load(request)
        let doubts = history.doubts(minimumCompleteness: minimumCompleteness)
        if isStrict, let doubt = doubts.first {
            let others = doubts.count > 1 ? ", and \(doubts.count - 1) more doubts" : ""
            throw PlaybookError(
                .badData, "DATA_STRICT: \(doubt)\(others)",
                nextStep: "Correct the data, or unset DATA_STRICT to be warned only.")
        }
        let rows = Backtest(history: history).journal(
            strategy, minimumCompleteness: minimumCompleteness, dataSource: market.source.label, runID: runID)
        run.rows += rows
        run.warnings += doubts
        guard let gap = missing(rows, sessions) else { return }
        // A run that is to leave no session out is not done.
        if isDaily {
            run.failures.append(
                request.mayStillCome
                    ? PlaybookError(.tryAgain, "\(symbol): \(gap)", nextStep: "Run again later.")
                    : PlaybookError(.sourceUnavailable, "\(symbol): \(gap)", nextStep: "Add the missing data."))
        } else {
            run.warnings.append(DataWarning(symbol: symbol, message: gap))
        }
    }

    /// Whether the run is one that is repeated until every session has its row.
    private var isDaily: Bool { if case .range = dates { false } else { true } }

    /// What is to be said when the source does not cover all sessions asked for: those have no rows.
    private func missing(_ rows: [JournalRow], _ sessions: ClosedRange<CivilDate>) -> String? {
        let wanted = TradingCalendar.nyse.sessions(from: sessions.lowerBound, through: sessions.upperBound)
        guard rows.count < wanted.count, let first = rows.first?.tradeDate, let last = rows.last?.tradeDate else {
            return nil
        }
        return "\(wanted.count - rows.count) of \(wanted.count) sessions have no row: the data covers only "
            + "\(first) through \(last)"
    }

    /// Sortable by time, and different for runs that start in the same second.
    static func runID(_ now: Instant) -> String {
        let time = now.description.filter { $0 != "-" && $0 != ":" }
        let random = String(UInt32.random(in: 0...0xFF_FFFF) | 0x100_0000, radix: 16).dropFirst()
        return "\(time)-\(random)"
    }
}

extension JournalSelection {
    /// The rows of a backtest of `strategy` with just its parameters.
    init(_ strategy: any Strategy, symbols: Set<String>?, first: CivilDate? = nil) {
        self.init(
            symbols: symbols, strategy: type(of: strategy).descriptor.name, parametersID: strategy.parametersID,
            mode: .backtest, first: first)
    }
}
