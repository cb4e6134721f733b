import FoundationEssentials
import PlaybookCore
import PlaybookWriters

/// The use case behind `backtest`: bars in, journal rows and statistics out.
public struct BacktestJob: Sendable {
    private let symbols: [Symbol]
    private let strategy: any Strategy
    private let market: MarketData
    private let writers: TradeWriterGroup
    private let clock: any WallClock
    private let minimumCompleteness: Double
    private let isStrict: Bool
    private let dates: BacktestRequest.Dates
    private let isDryRun: Bool

    /// A job wired from `settings`.
    ///
    /// - Throws: a `PlaybookError` that names the setting or parameter at fault.
    public init(_ request: BacktestRequest, settings: Settings) throws {
        symbols = try settings.symbols()
        strategy = try settings.strategy(overrides: request.parameters)
        market = try settings.marketData()
        isStrict = try settings.flag(.strict)
        writers = TradeWriterGroup(try settings.journals().map { $0.makeWriter() })
        clock = try settings.clock()
        minimumCompleteness = try settings.minimumCompleteness()
        dates = request.dates
        isDryRun = request.isDryRun
    }

    /// Runs the job. One symbol that fails does not stop the others: their rows are written, and the result names it.
    ///
    /// - Parameter progress: called with the number of symbols done, from any thread.
    /// - Throws: a `PlaybookError` when nothing could be done.
    public func run(progress: @Sendable (Int, Int) -> Void = { _, _ in }) async throws -> BacktestResult {
        let start = ContinuousClock.now
        let now = clock.now()
        var result = BacktestResult(
            status: .completed, runID: Self.runID(now), strategy: type(of: strategy).descriptor.name,
            parameters: strategy.parameters.canonical, parametersID: strategy.parametersID, symbols: symbols,
            sessions: nil, dataSource: market.source.label)
        switch try SessionPlan(dates, now: now) {
        case .nothing(let reason):
            result.status = .skipped(reason)
        case .run(let sessions, let unfinished):
            result.sessions = sessions
            try await run(sessions, into: &result, progress: progress)
            if let first = unfinished.first {
                result.warnings.append(
                    "\(unfinished.count) sessions from \(first.date) on are not over yet and were left out")
            }
        }
        result.traffic = DataTraffic(market)
        result.elapsed = (ContinuousClock.now - start) / .seconds(1)
        return result
    }

    private func run(
        _ sessions: ClosedRange<CivilDate>, into result: inout BacktestResult, progress: @Sendable (Int, Int) -> Void
    ) async throws {
        let runID = result.runID
        var outcomes: [Symbol: Result<SymbolRun, PlaybookError>] = [:]
        // As many symbols at a time as there are cores, so that memory does not grow with their number.
        await withTaskGroup(of: (Symbol, Result<SymbolRun, PlaybookError>).self) { group in
            var waiting = symbols.makeIterator()
            for _ in 0..<ProcessInfo.processInfo.activeProcessorCount {
                if let next = waiting.next() { group.addTask { (next, await run(next, sessions, runID)) } }
            }
            for await (symbol, outcome) in group {
                outcomes[symbol] = outcome
                progress(outcomes.count, symbols.count)
                if let next = waiting.next() { group.addTask { (next, await run(next, sessions, runID)) } }
            }
        }
        for symbol in symbols {
            switch outcomes[symbol] {
            case .success(let run)?:
                result.rows += run.rows
                result.warnings += run.warnings.map(\.description)
            case .failure(let error)?: result.failures.append((symbol, error))
            case nil: break
            }
        }
        if result.rows.isEmpty, let failure = result.failures.first { throw failure.error }
        result.rows.sort { $0.key < $1.key }
        let records = result.rows.map(JournalRecord.init)
        result.isDryRun = isDryRun
        result.outcomes = await isDryRun ? writers.preview(records) : writers.finish(records)
    }

    /// The rows of one symbol.
    private struct SymbolRun: Sendable {
        var rows: [JournalRow]
        var warnings: [DataWarning]
    }

    private func run(
        _ symbol: Symbol, _ sessions: ClosedRange<CivilDate>, _ runID: String
    ) async -> Result<SymbolRun, PlaybookError> {
        do {
            var request = HistoryRequest(symbol: symbol, sessions: sessions, strategies: [strategy])
            request.mayStillCome = dates == .today
            let history = try await HistoryLoader(source: market.source).load(request)
            let doubts = history.doubts(minimumCompleteness: minimumCompleteness)
            if isStrict, let doubt = doubts.first {
                let others = doubts.count > 1 ? ", and \(doubts.count - 1) more doubts" : ""
                throw PlaybookError(
                    .badData, "DATA_STRICT: \(doubt)\(others)",
                    nextStep: "Mend the data, or unset DATA_STRICT to be warned only.")
            }
            let rows = Backtest(history: history).journal(
                strategy, minimumCompleteness: minimumCompleteness, dataSource: market.source.label, runID: runID)
            return .success(SymbolRun(rows: rows, warnings: doubts + missing(rows, symbol, sessions)))
        } catch let error as PlaybookError {
            return .failure(error)
        } catch {
            return .failure(PlaybookError(.badData, "\(symbol): \(error)"))
        }
    }

    /// A warning when the source does not cover all sessions asked for: those have no rows.
    private func missing(_ rows: [JournalRow], _ symbol: Symbol, _ sessions: ClosedRange<CivilDate>) -> [DataWarning] {
        let wanted = TradingCalendar.nyse.sessions(from: sessions.lowerBound, through: sessions.upperBound)
        guard rows.count < wanted.count, let first = rows.first?.tradeDate, let last = rows.last?.tradeDate else {
            return []
        }
        return [
            DataWarning(
                symbol: symbol,
                message: "\(wanted.count - rows.count) of \(wanted.count) sessions have no row: the data covers only "
                    + "\(first) through \(last)")
        ]
    }

    /// Sortable by time, and different for runs that start in the same second.
    private static func runID(_ now: Instant) -> String {
        let time = now.description.filter { $0 != "-" && $0 != ":" }
        let random = String(UInt32.random(in: 0...0xFF_FFFF) | 0x100_0000, radix: 16).dropFirst()
        return "\(time)-\(random)"
    }
}
