import ArgumentParser
import PlaybookCore
import PlaybookResearch
import PlaybookAssembly
import PlaybookReports
import PlaybookSettings
import PlaybookUseCases

struct MonteCarloCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "monte-carlo",
        abstract: "Redraw a journal's sessions many times: how bad can it get?",
        discussion: """
            EXAMPLES
              trading-playbook monte-carlo --strategy dp20 --symbol QQQ --ruin 20%
              trading-playbook monte-carlo --run sweep-dp20 --set stop-atr=1.2
              trading-playbook monte-carlo --symbol QQQ --kind slippage --bps 2
            """)

    /// What is drawn.
    enum Kind: String, CaseIterable, ExpressibleByArgument {
        case bootstrap, shuffle, skip, slippage, entries
    }

    @OptionGroup var journal: JournalOptions
    @OptionGroup var rows: RowOptions
    @Option(
        name: .customLong("run"),
        help: ArgumentHelp("A set of this run of a sweep, instead of the journal.", valueName: "run"))
    var ofRun: String?
    @Option(
        help: ArgumentHelp(
            "Which set of --run: its number, or 'name=value name=value'; unset: the highest Sharpe ratio.",
            valueName: "set"))
    var set: String?
    @Option(
        help: """
            What is drawn: bootstrap (sessions in blocks), shuffle (their order), skip (leaves trades out), slippage, \
            entries (other bars to enter at, from --start through --end; bars come from the source).
            """)
    var kind = Kind.bootstrap
    @Option(help: ArgumentHelp("How many runs to draw. (default 10000; 1000 entries)", valueName: "count"))
    var runs: Int?
    @Option(help: ArgumentHelp("The seed of the draws.", valueName: "number")) var seed: UInt64 = 1
    @Option(help: ArgumentHelp("Mean length of a block of sessions; unset: sqrt(sessions).", valueName: "sessions"))
    var block: Double?
    @Option(help: ArgumentHelp("How likely --kind skip leaves a trade out.", valueName: "share"))
    var share: ShareArgument?
    @Option(help: ArgumentHelp("Size of --kind slippage, in basis points.", valueName: "bps")) var bps = 2.0
    @Option(help: ArgumentHelp("How likely is a drawdown above this? 20%, or USD.", valueName: "drawdown"))
    var ruin: String?
    @Option(
        help: ArgumentHelp("Where bars for --kind entries come from: alpaca, files or sample. (DATA_SOURCE)"),
        completion: .list(["alpaca", "files", "sample"]))
    var source: String?
    @OptionGroup(title: "Account options") var account: AccountOptions
    @OptionGroup var place: ResearchPlaceOption
    @Option(help: "How to print: table or json.") var format = ReportFormat.table
    @OptionGroup var env: EnvFileOption

    func validate() throws {
        guard (1...10_000_000).contains(runs ?? 1) else { throw ValidationError("--runs: give 1 to 10000000.") }
        if let block, !(block >= 1) { throw ValidationError("--block: give a number of sessions, 1 at least.") }
        if let share, share.share > 1 { throw ValidationError("--share: give at most 100%.") }
        guard bps >= 0, bps.isFinite else { throw ValidationError("--bps: give 0 or more.") }
        guard set == nil || ofRun != nil else { throw ValidationError("--set goes with --run.") }
        guard block == nil || kind == .bootstrap else { throw ValidationError("--block goes with --kind bootstrap.") }
        guard share == nil || kind == .skip else { throw ValidationError("--share goes with --kind skip.") }
        if ruin != nil, limit == nil { throw ValidationError("--ruin: expected 20%, or an amount in USD.") }
    }

    private var limit: MonteCarlo.Ruin? {
        guard let ruin else { return nil }
        let isPercent = ruin.hasSuffix("%")
        guard let number = Double(isPercent ? String(ruin.dropLast()) : ruin), number >= 0, number.isFinite else {
            return nil
        }
        return isPercent ? .percent(number) : .usd(number)
    }

    func run() async throws {
        guard kind != .entries else { return try await runEntries() }
        let settings = try env.settings(journal.flags + [place.flag])
        var request = MonteCarloJob.Request()
        request.kind =
            switch kind {
            case .bootstrap: .bootstrap(block: block)
            case .shuffle: .shuffle
            case .skip: .skip(share: share?.share ?? 0.1)
            case .slippage, .entries: .slippage(bps: bps)
            }
        (request.runs, request.seed, request.ruin, request.rules) = (runs ?? 10_000, seed, limit, account.rules)
        (request.run, request.set) = (ofRun, set)
        let selection = try await rows.selection(settings)
        try standardOutput(try await MonteCarloJob(settings: settings).run(request, selection).text(format))
    }

    /// Draws other entries for the trades of the playbook.
    private func runEntries() async throws {
        guard let start = rows.start, let end = rows.end else {
            throw PlaybookError(.usage, "which sessions?", nextStep: "Add --start and --end.")
        }
        let symbols = rows.symbols.isEmpty ? nil : rows.symbols.joined(separator: ",")
        let settings = try env.settings([("SYMBOLS", symbols), ("STRATEGY", rows.strategy), ("DATA_SOURCE", source)])
        let parameters = try PlaybookOptions.parameters(rows.param)
        try standardOutput(
            try await EntryPermutationJob(settings: settings).run(
                parameters, start...end, draws: runs ?? 1_000, seed: seed
            ).text(format))
    }
}
