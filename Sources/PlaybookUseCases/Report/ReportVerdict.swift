import FoundationEssentials
package import PlaybookCore
package import PlaybookResearch

/// Judges a journal's rows for their report: by the sweep that tried their parameters, where RESEARCH_DIR has one, else by
/// their trades alone.
package struct ReportVerdict: Sendable {
    private let research: any ResearchProvider
    private let markets: @Sendable () throws -> [Market]
    private let rows: [JournalRow]
    private let drawn: (trades: [TradeOutcome], intervals: NetIntervals)?

    /// The judge of rows of one mode, strategy and parameter set.
    ///
    /// - Parameter drawn: trades whose intervals are known already.
    package init(
        _ rows: [JournalRow], _ research: any ResearchProvider, markets: @escaping @Sendable () throws -> [Market],
        drawn: (trades: [TradeOutcome], intervals: NetIntervals)? = nil
    ) {
        (self.rows, self.research, self.markets, self.drawn) = (rows, research, markets, drawn)
    }

    /// How rows are judged.
    package enum Finding: Sendable {
        /// By a sweep that tried their parameters.
        case sweep(Judgement, ResearchRun)
        /// By their trades alone.
        case alone(Evidence, Question)
    }

    /// What would say more of rows that are judged alone.
    package struct Question: Sendable {
        package let strategy: String
        package let symbols: [Symbol]
        package let first, last: CivilDate
        package let isSynthetic: Bool
        /// Why research could not be read; nil where it could.
        package var problem: NeutralText?
    }

    /// The verdict; nil where there is no trade, or sessions of several markets.
    package func verdict() async -> Finding? {
        guard let first = rows.first, let source = try? JournalTrades(rows), !source.trades.isEmpty else { return nil }
        var problem: NeutralText?
        do {
            if let (tables, set) = try await sweep(of: first) {
                return .sweep(try await Judgement(tables, "\(set)"), tables.run)
            }
        } catch {
            problem = (error as? PlaybookError)?.neutralText ?? "\(error)"
        }
        return await alone(source, first, problem)
    }

    /// The finished sweep over the same symbols and kind of bars that tried the rows' parameters, and the set: over the
    /// same sessions rather than others, of more sets rather than fewer.
    private func sweep(of first: JournalRow) async throws -> (SweepTables, Int)? {
        let store = try research.researchStore()
        let symbols = Set(rows.map(\.symbol.qualifiedName))
        let isSynthetic = first.dataSource == JournalMerge.syntheticSource
        let dates = rows.map(\.tradeDate)
        var found: [(run: ResearchRun, set: Int, isSame: Bool)] = []
        for id in try await store.runs() where id.hasPrefix("sweep-\(first.strategy)-") {
            guard let bytes = try await store.read("\(id)/manifest.json"),
                try await store.read("\(id)/results.json") != nil
            else { continue }
            let manifest = try ResearchManifest(bytes, at: "\(store.location)/\(id)/manifest.json")
            guard Set(manifest.symbols) == symbols,
                (manifest.source == JournalMerge.syntheticSource) == isSynthetic,
                // Of a playbook that has changed since nothing can be told.
                let run = try? ResearchRun(manifest, markets(), store),
                let set = (0..<run.sets.grid.count).first(where: {
                    run.sets.playbook($0)?.parametersID == first.parametersID
                })
            else { continue }
            let ends = (run.calendar.dates.first, run.calendar.dates.last)
            found.append((run, set, ends == (dates.min(), dates.max())))
        }
        let best = found.max {
            ($0.isSame ? 1 : 0, $0.run.sets.grid.count, $1.run.id) < (
                $1.isSame ? 1 : 0, $1.run.sets.grid.count, $0.run.id
            )
        }
        guard let best else { return nil }
        return (try await SweepTables.of(best.run, best.run.completeTasks()), best.set)
    }

    private func intervals(_ series: ReturnSeries, _ trades: [TradeOutcome]) -> NetIntervals {
        guard let drawn, drawn.trades == trades else { return NetIntervals(series, trades: trades) }
        return drawn.intervals.over(series)
    }

    /// What the trades alone allow to say: the tests of one set, without those that need others around it.
    private func alone(_ source: JournalTrades, _ first: JournalRow, _ problem: NeutralText?) async -> Finding {
        let symbols = Set(rows.map(\.symbol)).sorted()
        let outcomes = source.trades.map(\.outcome)
        let series = source.calendar.series(outcomes, capital: AccountRules().capital)
        var matrix = DailyMatrix(sessions: source.calendar.count)
        matrix.add(outcomes.daily(source.calendar.count))
        var trials = 1
        if let store = try? research.researchStore() {
            trials = max(1, (try? await TrialLedger(store: store).count(first.strategy, symbols)) ?? 1)
        }
        let evidence = Evidence(
            sets: 1, symbols: symbols.count, sessions: source.calendar.count, trials: trials,
            allTrades: outcomes.count, set: first.parameters.isEmpty ? first.parametersID : first.parameters,
            trades: outcomes, series: series, intervals: intervals(series, outcomes),
            deflated: DeflatedSharpe(series, trials: trials, ratios: []),
            predictive: await PredictiveAbility(matrix, cores: ProcessInfo.processInfo.activeProcessorCount),
            overfitting: .absent(.fewSets), walk: nil, plateau: Plateau(),
            doubled: NetResults(outcomes.map(\.atDoubledCosts)).expectancy, minimumTrades: 30)
        return .alone(
            evidence,
            Question(
                strategy: first.strategy, symbols: symbols,
                first: rows.map(\.tradeDate).min() ?? first.tradeDate,
                last: rows.map(\.tradeDate).max() ?? first.tradeDate,
                isSynthetic: first.dataSource == JournalMerge.syntheticSource, problem: problem))
    }
}
