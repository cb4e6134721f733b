import FoundationEssentials
public import PlaybookCore
public import PlaybookResearch

/// The use case behind `monte-carlo`: what might have been, over a journal or a set of a sweep.
public struct MonteCarloJob: Sendable {
    /// What is drawn.
    public struct Request: Sendable {
        public var kind = MonteCarlo.Kind.bootstrap(block: nil)
        public var runs = 10_000
        public var seed: UInt64 = 1
        public var ruin: MonteCarlo.Ruin?
        public var rules = AccountRules()
        /// The run of a sweep; nil for the journal.
        public var run: String?
        /// The set of that run; nil for the one with the highest Sharpe ratio.
        public var set: String?

        /// The usual draw.
        public init() {}
    }

    private let journals: any JournalProvider
    private let research: any ResearchProvider
    private let markets: @Sendable () throws -> [Market]

    /// A job.
    package init(
        journals: any JournalProvider, research: any ResearchProvider,
        markets: @escaping @Sendable () throws -> [Market]
    ) {
        (self.journals, self.research, self.markets) = (journals, research, markets)
    }

    /// What came of it.
    public struct Result: Sendable {
        package let name: String
        package let account: AccountRun
        package let request: Request
        package let result: MonteCarlo.Result
    }

    /// Draws.
    public func run(_ request: Request, _ selection: JournalSelection) async throws -> Result {
        let (source, name) = try await trades(request, selection)
        let account = source.account(request.rules)
        guard !account.trades.isEmpty else {
            throw PlaybookError(.usage, "\(name) has no trade", nextStep: "Check what was asked for.")
        }
        let result = await account.monteCarlo.run(
            request.kind, runs: request.runs, seed: request.seed, ruin: request.ruin,
            cores: ProcessInfo.processInfo.activeProcessorCount)
        return Result(name: name, account: account, request: request, result: result)
    }

    private func trades(_ request: Request, _ selection: JournalSelection) async throws -> (JournalTrades, String) {
        if let run = request.run {
            let run = try await ResearchRun.load(run, markets(), research.researchStore())
            let tables = try await SweepTables.of(run, run.completeTasks())
            let set = try Judgement.set(request.set, tables)
            guard let trades = try await Judgement.trades(of: set, run).own else {
                throw PlaybookError(.usage, "the playbook refuses the set \(run.sets.words(set))")
            }
            return (JournalTrades(trades, run), "\(run.manifest.playbook.name) \(run.sets.words(set))")
        }
        let rows = try await journals.journal().rows(selection)
        let series = Set(rows.map { "\($0.strategy) \($0.parametersID) \($0.mode.rawValue)" })
        guard series.count == 1, let first = rows.first else {
            throw PlaybookError(
                .usage,
                rows.isEmpty
                    ? "the journal has no such rows"
                    : "the rows are of \(series.count) playbooks, parameter sets or modes: \(series.sorted().prefix(3).joined(separator: ", "))",
                nextStep: "Choose with --strategy, --param and --mode.")
        }
        let trades = try JournalTrades(rows, first: selection.first, last: selection.last)
        return (trades, "\(first.strategy) \(first.parametersID)")
    }
}

extension Journal {
    /// The rows that are asked for, each once.
    package func rows(_ selection: JournalSelection) async throws -> [JournalRow] {
        let records = try await reader.records(selection)
        try await requireAll(of: selection, found: records)
        try records.requireEachOnce(in: place)
        do {
            return try records.map { try JournalRow(reading: $0) }
        } catch let error as PlaybookError {
            throw error.withCommandForRows
        }
    }
}
