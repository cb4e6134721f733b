import FoundationEssentials
public import PlaybookCore
import PlaybookResearch

/// The use case behind `walk-forward`: sets are chosen on the past and judged on what followed.
public struct WalkForwardJob: Sendable {
    private let needs: any ResearchNeeds
    private let store: ResearchStore

    /// A job whose runs are kept in `store`.
    package init(_ needs: any ResearchNeeds, _ store: ResearchStore) { (self.needs, self.store) = (needs, store) }

    /// What is printed, and what is doubtful.
    public struct Result: Sendable {
        /// For people and for programs, each with a line end.
        public let table, json: [UInt8]
        /// What is doubtful about the data or the dates.
        public let warnings: [NeutralText]
        /// Whether it was there already, and nothing was done.
        public let isRepeated: Bool
    }

    /// Walks forward, unless that was done before.
    public func run(
        _ request: ResearchRequest, progress: @escaping SweepJob.Progress = { _, _ in }
    ) async throws -> Result {
        guard let windows = request.windows else {
            throw PlaybookError(.usage, "how long are the windows?", nextStep: "Add --train 250 --test 60.")
        }
        let job = SweepJob(needs, store)
        let prepared = try await job.prepare(request, command: "walk-forward")
        let run = prepared.run
        if try await store.read("\(run.id)/record.json") != nil,
            let table = try await store.read("\(run.id)/result.txt"),
            let json = try await store.read("\(run.id)/result.json")
        {
            return Result(table: table, json: json, warnings: prepared.warnings, isRepeated: true)
        }
        let cut = try WalkForwardWindows.of(
            run.calendar, from: run.request.dates.lowerBound, train: windows.train, test: windows.test,
            isAnchored: windows.isAnchored, market: run.symbols[0].market)
        try await job.writeManifest(run)
        var trades: [[[TradeOutcome]?]] = []
        for symbol in run.symbols {
            let data = try await job.data(symbol, run, prepared.data)
            let done = trades.count * run.sets.grid.count
            trades.append(
                try await data.trades(
                    0..<run.sets.grid.count, run.sets, run.calendar, minimumCompleteness: run.manifest.minCompleteness,
                    cores: ProcessInfo.processInfo.activeProcessorCount
                ) { progress(done + $0, run.units) })
        }
        let walk = WalkForward(
            trades, cut, run.sets.grid, run.calendar, metric: run.request.metric,
            minimumTrades: run.request.minimumTrades, capital: run.request.capital, isPerSymbol: windows.isPerSymbol)
        try await TrialLedger(store: store).remember(run)
        let (table, json) = try store.documents.walkForward(walk, run, warnings: prepared.warnings)
        try await store.write("\(run.id)/result.txt", table)
        try await store.write("\(run.id)/result.json", json)
        // Written last: a run that has it is finished.
        let record = WalkForwardRecord(walk, id: run.id)
        try await store.write("\(run.id)/record.json", Array((try jsonText(record) + "\n").utf8))
        return Result(table: table, json: json, warnings: prepared.warnings, isRepeated: false)
    }
}
