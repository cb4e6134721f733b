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

    private let settings: Settings

    /// A job under `settings`.
    public init(settings: Settings) { self.settings = settings }

    /// Draws, and prints what came of it.
    public func run(_ request: Request, _ selection: JournalSelection, _ format: ReportFormat) async throws -> String {
        let (source, name) = try await trades(request, selection)
        let account = source.account(request.rules)
        guard !account.trades.isEmpty else {
            throw PlaybookError(.usage, "\(name) has no trade", nextStep: "Check what was asked for.")
        }
        let result = await account.monteCarlo.run(
            request.kind, runs: request.runs, seed: request.seed, ruin: request.ruin,
            cores: ProcessInfo.processInfo.activeProcessorCount)
        switch format {
        case .json: return try jsonText(Document(name, account, request, result))
        case .table: return lines(name, account, request, result).joined(separator: "\n")
        }
    }

    private func trades(_ request: Request, _ selection: JournalSelection) async throws -> (JournalTrades, String) {
        if let run = request.run {
            let run = try await ResearchRun.load(run, settings, settings.researchStore())
            let tables = try await SweepTables.of(run, run.completeTasks())
            let set = try Judgement.set(request.set, tables)
            guard let trades = try await Judgement.trades(of: set, run).own else {
                throw PlaybookError(.usage, "the playbook refuses the set \(run.sets.words(set))")
            }
            return (JournalTrades(trades, run), "\(run.manifest.playbook.name) \(run.sets.words(set))")
        }
        let rows = try await settings.researchRows(selection)
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

    private func lines(
        _ name: String, _ account: AccountRun, _ request: Request, _ result: MonteCarlo.Result
    ) -> [String] {
        let dates = account.calendar.dates
        let block = result.block.map { ", blocks of \(fixed($0, 1)) sessions on average" } ?? ""
        var lines = [
            "Monte-Carlo of \(name), \(dates.first?.description ?? "") through \(dates.last?.description ?? "")",
            "  \(result.runs) runs, \(request.kind.name)\(block), seed \(request.seed)",
            "  \(counted(dates.count, "session")), \(counted(account.trades.count, "trade"))",
        ]
        lines += account.notes.map { "  \($0)" }
        var table = TextTable(["", "5%", "25%", "50%", "75%", "95%"])
        table.add(["Final P&L, USD"] + result.final.map { fixed($0, 2) })
        table.add(["Max drawdown, USD"] + result.drawdown.map { fixed($0, 2) })
        table.add(["Max drawdown, %"] + result.drawdownPercent.map { fixed($0, 2) })
        table.add(["Longest losing streak"] + result.streak.map { fixed($0, 0) })
        lines += [""] + table.lines()
        if let ruin = result.ruin, let asked = request.ruin {
            let limit =
                switch asked {
                case .percent(let percent): "\(decimalText(percent))%"
                case .usd(let usd): "\(decimalText(usd)) USD"
                }
            lines += ["", "  A drawdown above \(limit): \(fixed(ruin * 100, 2))% of the runs"]
        }
        return lines
    }

    /// The JSON document: schema `trading-playbook/monte-carlo/1`.
    private struct Document: Encodable {
        let schema = "trading-playbook/monte-carlo/1"
        let of, kind: String
        let runs: Int
        let seed: UInt64
        let blockSessions: Double?
        let sessions, trades: Int
        let percentiles: [Double]
        let finalUsd, maxDrawdownUsd, maxDrawdownPct, longestLosingStreak: [Double]
        let ruinProbability: Double?
        let notes: [String]

        init(_ name: String, _ account: AccountRun, _ request: Request, _ result: MonteCarlo.Result) {
            (of, kind, runs, seed) = (name, request.kind.name, result.runs, request.seed)
            (blockSessions, sessions, trades) = (result.block, account.calendar.count, account.trades.count)
            percentiles = MonteCarlo.percentiles
            (finalUsd, maxDrawdownUsd, maxDrawdownPct) = (result.final, result.drawdown, result.drawdownPercent)
            longestLosingStreak = result.streak
            ruinProbability = result.ruin
            notes = account.notes
        }
    }
}

extension Settings {
    /// The rows of the journal that are asked for, each once.
    func researchRows(_ selection: JournalSelection) async throws -> [JournalRow] {
        try await Self.rows(of: journal().reader, selection)
    }

    /// The rows of a journal, each once.
    static func rows(of reader: any JournalReader, _ selection: JournalSelection) async throws -> [JournalRow] {
        let records = try await reader.records(selection)
        try await reader.requireAll(of: selection, found: records)
        try records.requireEachOnce(in: reader.place)
        do {
            return try records.map { try JournalRow(reading: $0) }
        } catch let error as PlaybookError {
            throw error.withCommandForRows
        }
    }
}

/// The use case behind `monte-carlo --kind entries`: does the moment of the entry matter?
public struct EntryPermutationJob: Sendable {
    private let settings: Settings

    /// A job under `settings`.
    public init(settings: Settings) { self.settings = settings }

    /// Runs the playbook of the settings over the sessions, and draws other entries.
    public func run(
        _ parameters: [String: String], _ dates: ClosedRange<CivilDate>, draws: Int, seed: UInt64,
        _ format: ReportFormat
    ) async throws -> String {
        let symbols = try settings.symbols()
        let choice = try await PlaybookChoice(settings, nil, for: symbols)
        let market = symbols[0].market
        guard symbols.allSatisfy({ $0.market == market }) else {
            throw PlaybookError(.usage, "the symbols are of several markets", nextStep: "Name those of one.")
        }
        let playbook: Playbook
        do {
            playbook = try choice.make(parameters, market)
        } catch let error as ParameterError {
            throw PlaybookError(.usage, "--param: \(error)")
        }
        let (histories, source, _) = try await settings.marketData().settled { source in
            var histories: [BarHistory] = []
            for symbol in symbols {
                histories.append(
                    try await HistoryLoader(source: source.source).load(
                        HistoryRequest(symbol: symbol, sessions: dates, playbooks: [playbook])))
            }
            return histories
        }
        let found = EntryPermutation(
            playbook, over: histories, minimumCompleteness: try settings.minimumCompleteness(), draws: draws, seed: seed
        )
        guard let found else {
            throw PlaybookError(
                .usage, "\(choice.name) has no trade in these sessions", nextStep: "Ask for more sessions.")
        }
        let name = "\(choice.name) \(playbook.parametersID) on \(symbols.map(\.name).joined(separator: ", "))"
        switch format {
        case .json:
            return try jsonText(
                Document(
                    of: name, start: "\(dates.lowerBound)", end: "\(dates.upperBound)", dataSource: source.source.label,
                    trades: found.trades, draws: draws, seed: seed, unit: found.isInR ? "R" : "USD a share",
                    actual: found.actual, drawn: found.drawn, percentiles: MonteCarlo.percentiles,
                    drawnPercentiles: found.percentiles, p: found.p))
        case .table:
            let unit = found.isInR ? "R" : "USD a share"
            var table = TextTable(["", "5%", "25%", "50%", "75%", "95%"])
            table.add(["Mean of other entries, \(unit)"] + found.percentiles.map { fixed($0, 3) })
            return
                ([
                    "Entries of \(name), \(dates.lowerBound) through \(dates.upperBound)",
                    "  \(counted(found.trades, "trade")), \(draws) draws of other entries in their windows, seed \(seed); without costs",
                    "",
                ] + table.lines() + [
                    "", "  The real entries: \(signed(found.actual, 3)) \(unit) on average, p \(fixed(found.p, 3))",
                ]).joined(separator: "\n")
        }
    }

    /// The JSON document: schema `trading-playbook/entries/1`.
    private struct Document: Encodable {
        let schema = "trading-playbook/entries/1"
        let of, start, end, dataSource: String
        let trades, draws: Int
        let seed: UInt64
        let unit: String
        let actual, drawn: Double
        let percentiles, drawnPercentiles: [Double]
        let p: Double
    }
}
