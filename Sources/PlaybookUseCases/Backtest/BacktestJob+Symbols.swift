import FoundationEssentials
import PlaybookCore

extension BacktestJob {
    /// Runs each symbol over its sessions, with bars of `market`.
    func runs(
        _ symbols: [Symbol], _ work: [Symbol: [ClosedRange<CivilDate>]], _ repairs: RepairPlan?, _ market: MarketData,
        progress: @Sendable (Int, Int) -> Void
    ) async -> [Symbol: SymbolRun] {
        var runs: [Symbol: SymbolRun] = [:]
        // As many symbols at a time as there are cores, so that memory does not grow with their number.
        await withTaskGroup(of: (Symbol, SymbolRun).self) { group in
            var waiting = symbols.makeIterator()
            func start() {
                guard let next = waiting.next() else { return }
                group.addTask { (next, await run(next, work[next] ?? [], repairs, market)) }
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
    struct SymbolRun: Sendable {
        var rows: [JournalRow] = []
        var warnings: [DataWarning] = []
        var failures: [PlaybookError] = []
        /// What buying and holding came to, where it is kept for a report.
        var holding: [CivilDate: Double]?
        /// Charts that are kept for a report.
        var charts: [JournalSession: any SessionPicture] = [:]
        /// That its data has ended, with its last session.
        var ended: PlaybookError?
    }

    private func run(
        _ symbol: Symbol, _ ranges: [ClosedRange<CivilDate>], _ repairs: RepairPlan?, _ market: MarketData
    ) async -> SymbolRun {
        var run = SymbolRun()
        for sessions in ranges {
            do {
                try await add(symbol, sessions, repairs, market, to: &run)
            } catch let error as PlaybookError {
                if repairs?.hasRows(of: symbol, sessions) ?? false {
                    run.warnings.append(
                        DataWarning(
                            symbol: symbol, message: "missing bars could not be looked for again: \(error.facts)"))
                } else if isDaily, error.dataEnd != nil {
                    run.ended = error
                } else {
                    run.failures.append(error)
                }
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
        _ symbol: Symbol, _ sessions: ClosedRange<CivilDate>, _ repairs: RepairPlan?, _ market: MarketData,
        to run: inout SymbolRun
    ) async throws {
        let strategy = strategy(of: symbol)
        var request = HistoryRequest(symbol: symbol, sessions: sessions, playbooks: [strategy])
        let now = clock.now()
        let latest = try symbol.market.lastSession(before: now).date
        request.mayStillCome = isDaily && sessions.upperBound == latest
        request.now = now
        let again = (repairs?.dates[symbol] ?? []).filter(sessions.contains)
        let history = try await HistoryLoader(source: market.source(askingAgainFor: again)).load(request)
        let minimum = minimumCompleteness
        async let lookedFor = history.doubts(minimumCompleteness: minimum)
        let draft = Backtest(history: history).draft(
            strategy, minimumCompleteness: minimum, dataSource: market.source.label, runID: runID)
        let rows = [JournalRow](count: draft.count, concurrently: draft.maker)
        let kept = repairs?.kept(rows, of: symbol) ?? RepairPlan.Kept(rows: rows, hasNew: true)
        let doubts = await lookedFor
        if kept.rows.isEmpty {
            // Nothing new is said of rows that stay as they are, but what is waited for.
            run.warnings += Self.waiting(symbol, kept.short)
        } else {
            try requireNoDoubt(doubts)
            let drawn = await draw(kept.rows, history, strategy, into: &run)
            if run.rows.isEmpty { run.rows = drawn } else { run.rows += drawn }
            run.warnings += doubts
        }
        if let first = kept.fewer.first {
            run.warnings.append(
                DataWarning(
                    symbol: symbol,
                    message: "the source has fewer bars of \(kept.fewer.count) sessions than their rows saw, the first "
                        + "\(first): these rows stay"))
        }
        if let late = history.late { run.failures.append(late.error(of: symbol)) }
        noteGap(history, sessions, request, hasNew: kept.hasNew, in: &run)
    }

    /// Draws the sessions in which `rows` have a trade, where that was asked for.
    ///
    /// - Returns: the rows, with the links of their charts.
    private func draw(
        _ rows: [JournalRow], _ history: BarHistory, _ strategy: Playbook, into run: inout SymbolRun
    ) async -> [JournalRow] {
        guard keepsCharts || chartFolder != nil else { return rows }
        // A run in several pieces has no single start.
        if keepsCharts { run.holding = run.rows.isEmpty ? history.holding() : nil }
        let drawn = DrawnSessions(
            history: history, playbook: strategy, script: script.text, parameters: script.parameters,
            minimumCompleteness: minimumCompleteness, drawing: drawing)
        let charts = await drawn.charts(of: rows.filter { $0.trade != nil })
        var rows = rows
        var links: [CivilDate: String] = [:]
        for place in rows.indices {
            guard let chart = charts[rows[place].tradeDate] else { continue }
            if keepsCharts { run.charts[rows[place].key.session] = chart }
            guard let chartFolder, !isDryRun else { continue }
            do {
                let date = rows[place].tradeDate
                let link: String
                if let known = links[date] {
                    link = known
                } else {
                    link = try await chartFolder.keep(chart.file(), as: rows[place].chartName)
                    links[date] = link
                }
                rows[place].chartLink = link
            } catch {
                run.warnings.append(DataWarning(symbol: history.symbol, message: "its charts are not kept: \(error)"))
                return rows
            }
        }
        return rows
    }

    /// - Throws: a `PlaybookError` where the settings allow no doubt.
    private func requireNoDoubt(_ doubts: [DataWarning]) throws {
        guard isStrict, let doubt = doubts.first else { return }
        let others = doubts.count > 1 ? ", and \(doubts.count - 1) more doubts" : ""
        throw PlaybookError(
            .badData, "\(.named(.strictData)): \(doubt)\(others)",
            nextStep: "Correct the data, or unset \(.set(.strictData)) to be warned only.")
    }

    /// What is said of sessions whose bars did not come this time either.
    private static func waiting(_ symbol: Symbol, _ dates: [CivilDate]) -> [DataWarning] {
        guard !dates.isEmpty else { return [] }
        let some = dates.prefix(5).map(\.description).joined(separator: ", ")
        let more = dates.count > 5 ? " and \(dates.count - 5) more" : ""
        return [
            DataWarning(
                symbol: symbol,
                message: """
                    bars of \(some)\(more) are still missing; \(.run(.catchUp)) looks for them for \
                    \(RepairWindow.sessions) sessions after each
                    """)
        ]
    }

    /// Says what is to be said when the source does not cover all sessions asked for: those have no rows.
    private func noteGap(
        _ history: BarHistory, _ sessions: ClosedRange<CivilDate>, _ request: HistoryRequest, hasNew: Bool,
        in run: inout SymbolRun
    ) {
        let covered = history.slices[history.requested].map(\.session.date)
        let hasRow = Set(covered)
        let calendar = history.calendar.sessions(from: sessions.lowerBound, through: sessions.upperBound)
        let forgotten = Set(history.forgotten)
        let wanted = calendar.map(\.date).filter { !forgotten.contains($0) }
        let missing = wanted.filter { $0 != history.late?.session.date && !hasRow.contains($0) }
        guard let lastMissing = missing.last, let first = covered.first, let last = covered.last else { return }
        let symbol = history.symbol
        let gap =
            "\(symbol): \(missing.count) of \(wanted.count) sessions have no row: the data covers only \(first) through "
            + "\(last)"
        // A run that is to leave no session out is not done.
        if !isDaily {
            run.warnings.append(
                DataWarning(symbol: symbol, message: NeutralText(String(gap.dropFirst(symbol.name.count + 2)))))
        } else if !hasNew, lastMissing > last,
            calendar.count(where: { $0.date > last && !LateSession.mayStillCome($0, now: request.now) }) > 1
        {
            run.ended = PlaybookError(
                .sourceUnavailable, NeutralText(gap),
                nextStep: "Add the missing data. \(HistoryLoader.ending(of: symbol, on: last))", dataEnd: last)
        } else if request.mayStillCome, missing == [sessions.upperBound] {
            run.failures.append(
                PlaybookError(
                    .tryAgain, "\(symbol): the session of \(sessions.upperBound) has no bar yet: no row is written",
                    nextStep: "Run again later."))
        } else if request.mayStillCome {
            run.failures.append(PlaybookError(.tryAgain, NeutralText(gap), nextStep: "Run again later."))
        } else {
            run.failures.append(PlaybookError(.sourceUnavailable, NeutralText(gap), nextStep: "Add the missing data."))
        }
    }
}
