import FoundationEssentials
package import PlaybookCore
package import PlaybookResearch

/// The use case behind `report --research`: a sweep as a page.
public struct ResearchPageJob: Sendable {
    private let store: ResearchStore
    private let markets: @Sendable () throws -> [Market]

    /// A page of a run that is kept in `store`.
    package init(_ store: ResearchStore, markets: @escaping @Sendable () throws -> [Market]) {
        (self.store, self.markets) = (store, markets)
    }

    /// How many runs are redrawn: as many as `monte-carlo` draws.
    private static let runs = MonteCarloJob.Request().runs

    /// What there is to show.
    package struct Result: Sendable {
        package let run: ResearchRun
        package let tables: SweepTables
        package let judgement: Judgement
        /// The judged set.
        package let row: SweepRow
        package let sessions: ClosedRange<CivilDate>
        /// Its sessions, redrawn; nil where it has no trade.
        package let draws: Draws?
        /// The document of the walk-forward that the verdict rests on, and where it is; nil where there is none.
        package let walk: (bytes: [UInt8], place: String)?
    }

    /// Redrawn runs of the judged set.
    package struct Draws: Sendable {
        package let fan: MonteCarloFan
        package let result: MonteCarlo.Result
        package let seed: UInt64
    }

    /// What there is to show of the run called `name`; of a walk-forward that of the sweep over the same sets.
    ///
    /// - Parameter set: the set to judge; nil for the one with the highest Sharpe ratio.
    /// - Throws: a `PlaybookError`; also where parts of the run are missing.
    package func run(_ name: String, set: String?) async throws -> Result {
        let run = try await sweep(name)
        let tables = try await SweepTables.of(run, run.completeTasks())
        let judgement = try await Judgement(tables, set)
        let draws = await draws(judgement, run)
        guard let first = run.calendar.dates.first, let last = run.calendar.dates.last,
            let row = tables.judged.row(of: judgement.document.set)
        else { throw PlaybookError(.badData, "\(run.id) has no session", nextStep: "Run it again.") }
        return Result(
            run: run, tables: tables, judgement: judgement, row: row, sessions: first...last, draws: draws,
            walk: try await walk(judgement))
    }

    /// The sweep called `name`, or that over the same sets as the walk-forward called so.
    private func sweep(_ name: String) async throws -> ResearchRun {
        let run = try await ResearchRun.load(name, markets(), store)
        guard run.manifest.command == "walk-forward" else { return run }
        for id in try await store.runs() where id.hasPrefix("sweep-\(run.manifest.playbook.name)-") {
            guard let bytes = try await store.read("\(id)/manifest.json") else { continue }
            let manifest = try ResearchManifest(bytes, at: "\(store.location)/\(id)/manifest.json")
            if manifest.isOverSameSets(as: run.manifest) { return try ResearchRun(manifest, markets(), store) }
        }
        throw PlaybookError(
            .usage,
            "\(run.id) is a walk-forward: it is drawn on the page of a sweep over the same sets, and there is none",
            nextStep: "Run '\(run.command("sweep"))'.")
    }

    private func draws(_ judgement: Judgement, _ run: ResearchRun) async -> Draws? {
        var rules = AccountRules()
        rules.capital = run.request.capital
        let account = JournalTrades(judgement.trades, run).account(rules)
        let cores = ProcessInfo.processInfo.activeProcessorCount
        let (seed, monteCarlo) = (run.request.seed, account.monteCarlo)
        guard !account.trades.isEmpty,
            let fan = await monteCarlo.fan(runs: Self.runs, seed: seed, cores: cores)
        else { return nil }
        let result = await monteCarlo.run(.bootstrap(block: nil), runs: Self.runs, seed: seed, cores: cores)
        return Draws(fan: fan, result: result, seed: seed)
    }

    private func walk(_ judgement: Judgement) async throws -> (bytes: [UInt8], place: String)? {
        guard let id = judgement.document.walkForward else { return nil }
        let name = "\(id)/result.json"
        return try await store.read(name).map { ($0, "\(store.location)/\(name)") }
    }
}
