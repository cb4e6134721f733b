public import ArgumentParser
import PlaybookCore
import PlaybookScript
import PlaybookAssembly
public import PlaybookReports
import PlaybookSettings
import PlaybookUseCases

struct JournalCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "journal",
        abstract: "Read a journal back, wherever it is: rows, statistics, holes; copy it elsewhere.",
        discussion: """
            EXAMPLES
              trading-playbook journal stats
              trading-playbook journal verify --writer gcs --symbol QQQ --start 2025-01-02
            """,
        subcommands: [
            JournalShowCommand.self, JournalStatsCommand.self, JournalVerifyCommand.self, JournalCopyCommand.self,
            JournalUpgradeCommand.self,
        ])
}

/// Which journal.
struct JournalOptions: ParsableArguments {
    @Option(
        help:
            "Where the journal is: \(WriterKind.names.joined(separator: ", ")), or several, separated by commas. (WRITER_TYPE)",
        completion: .list(WriterKind.names))
    var writer: String?
    @Option(
        help: ArgumentHelp(
            "The journal's file, gs://BUCKET/PREFIX, or mongodb:// or postgresql://HOST/DATABASE. (OUTPUT_LOCATION, default "
                + "OUTPUT_DIR/trades.csv, sample-trades.csv where DATA_SOURCE is sample)", valueName: "place"),
        completion: .file())
    var output: String?

    /// The settings that these options override.
    var flags: [(name: String, value: String?)] { [("WRITER_TYPE", writer), ("OUTPUT_LOCATION", output)] }
}

/// Which rows.
struct RowOptions: ParsableArguments {
    @Option(
        name: [.customLong("symbol"), .customLong("symbols")], parsing: .singleValue,
        help: ArgumentHelp("Only these ticker symbols, separated by commas.", valueName: "symbols"),
        completion: .list([]))
    var symbols: [String] = []
    @Option(
        help: ArgumentHelp("Only rows of this playbook.", valueName: "name"),
        completion: .list(BuiltInPlaybooks.names))
    var strategy: String?
    @Option(
        parsing: .singleValue,
        help: ArgumentHelp(
            "Only rows of the parameter set that differs from the defaults in this; may be repeated. Of the playbook in "
                + "--strategy, else STRATEGY.", valueName: "name=value"), completion: .list([]))
    var param: [String] = []
    @Option(help: "Only rows of this mode: backtest, shadow, paper or live.") var mode: JournalMode?
    @Option(help: "No sessions before this date, YYYY-MM-DD.") var start: CivilDate?
    @Option(help: "No sessions after this date, YYYY-MM-DD.") var end: CivilDate?

    func validate() throws {
        if let start, let end, start > end { throw ValidationError("--start \(start) lies after --end \(end).") }
    }

    /// The rows asked for.
    func selection(_ settings: Settings) async throws -> JournalSelection {
        var selection = JournalSelection(strategy: strategy, mode: mode, first: start, last: end)
        if !symbols.isEmpty {
            do {
                // Rows are chosen by their tickers alone, so that any market's will do.
                let markets = try [.roundTheClock] + settings.markets()
                selection.symbols = Set(
                    try Symbol.list(symbols.joined(separator: ","), markets: markets).map(\.name))
            } catch let error as NoSymbol {
                throw PlaybookError(.usage, "--symbol: \(error)")
            }
        }
        if !param.isEmpty {
            try selection.narrow(
                to: await settings.loaded(for: strategy), strategy: strategy,
                parameters: PlaybookOptions.parameters(param))
        }
        return selection
    }
}

struct JournalShowCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Show a journal's rows.",
        usage: "trading-playbook journal show [<options>]",
        discussion: """
            EXAMPLES
              trading-playbook journal show --symbol QQQ --start 2025-10-01
              trading-playbook journal show --writer mongodb --format csv > journal.csv
            """)

    @OptionGroup var journal: JournalOptions
    @OptionGroup var rows: RowOptions
    @Option(help: "How to print: table (the main columns), csv or json (all columns).") var format = JournalRows.Format
        .table
    @OptionGroup var env: EnvFileOption

    func run() async throws {
        let settings = try env.settings(journal.flags)
        let found = try await JournalRows(settings: settings, selection: rows.selection(settings))
        try standardOutput(found.rows(format))
    }
}

struct JournalStatsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "stats",
        abstract: "Show the statistics of a journal's rows.",
        usage: "trading-playbook journal stats [<options>]",
        discussion: """
            EXAMPLES
              trading-playbook journal stats --writer gcs --symbol QQQ --start 2025-10-01
              trading-playbook journal stats --min-completeness 0.95
              trading-playbook journal stats --capital 100000 --risk 1%
            """)

    @OptionGroup var journal: JournalOptions
    @OptionGroup var rows: RowOptions
    @Option(
        help: ArgumentHelp(
            "Leave out rows whose sessions have a smaller share of their bars, 0 to 1, or do not tell: rows of earlier "
                + "versions. How many is said.", valueName: "share"))
    var minCompleteness: Double?
    @OptionGroup(title: "Account options") var account: AccountOptions
    @Option(
        help: ArgumentHelp(
            "Show beside it what holding this symbol brings; its bars come from the source.", valueName: "symbol"))
    var benchmark: String?
    @Option(help: "How to print: table or json.") var format = ReportFormat.table
    @OptionGroup var env: EnvFileOption

    func validate() throws {
        if let minCompleteness, !(0...1).contains(minCompleteness) {
            throw ValidationError("--min-completeness: '\(minCompleteness)' is not a number from 0 to 1.")
        }
    }

    func run() async throws {
        let settings = try env.settings(journal.flags)
        let selection = try await rows.selection(settings)
        let found = try await JournalRows(settings: settings, selection: selection)
        var accounted: JournalAccount?
        if account.isGiven || benchmark != nil {
            var request = AccountRequest()
            request.rules = account.rules
            (request.first, request.last) = (selection.first, selection.last)
            request.benchmark = try benchmark.map { try settings.benchmark($0) }
            accounted = try await found.account(request, minimumCompleteness: minCompleteness, bars: settings)
        }
        try standardOutput(
            found.statistics(
                format, minimumCompleteness: minCompleteness, account: accounted, color: Terminal.usesColor))
        for warning in found.warnings { standardError("warning: \(warning)") }
    }
}

struct JournalVerifyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Compare a journal with the exchange's calendar: holes, doubles, wrong values.",
        usage: "trading-playbook journal verify [<options>]",
        discussion: """
            Every symbol, playbook and parameter set should have one row for each session from its first row to its last, \
            or from --start to --end. Exits with 65 when something is wrong. Several journals are checked one after the \
            other.

            EXAMPLES
              trading-playbook journal verify
              trading-playbook journal verify --writer csv,gcs --symbol QQQ \\
                --start 2025-01-02 --end 2025-11-04
            """)

    @OptionGroup var journal: JournalOptions
    @OptionGroup var rows: RowOptions
    @Option(help: "How to print: table or json.") var format = ReportFormat.table
    @OptionGroup var env: EnvFileOption

    func run() async throws {
        let settings = try env.settings(journal.flags)
        let found = try await JournalVerification(settings: settings, selection: rows.selection(settings))
        try standardOutput(found.text(format))
        if !found.isClean { throw ExitCode(PlaybookError.Code.badData.exitCode) }
    }
}

struct JournalCopyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "copy",
        abstract: "Copy rows from one journal to another: move it, or back it up.",
        usage: "trading-playbook journal copy --from <journal> --to <journal> [<options>]",
        discussion: """
            Sessions are replaced as a whole; repeating a copy changes nothing, and sessions that only the target has \
            stay. A Parquet file, for pandas or DuckDB, is written anew.

            EXAMPLES
              trading-playbook journal copy --from csv --to mongodb
              trading-playbook journal copy --to ./backup.csv \\
                --from gs://trading-playbook-data/output/trades
              trading-playbook journal copy --from csv --to trades.parquet
            """)

    @Option(help: ArgumentHelp("\(WriterKind.names.joined(separator: ", ")) or a place.", valueName: "journal"))
    var from: String
    @Option(
        help: ArgumentHelp(
            "\(WriterKind.names.joined(separator: ", ")), a place, or a file .parquet.", valueName: "journal"))
    var to: String
    @OptionGroup var rows: RowOptions
    @Flag(help: "Show what would be written; write nothing.") var dryRun = false
    @Option(help: "How to print: table or json.") var format = ReportFormat.table
    @OptionGroup var env: EnvFileOption

    func run() async throws {
        let settings = try env.settings()
        let copy = try JournalCopy(from: from, to: to, settings: settings)
        try standardOutput(try await copy.run(rows.selection(settings), isDryRun: dryRun).text(format))
    }
}

struct JournalUpgradeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "upgrade",
        abstract: "Bring a whole journal to the present columns at once.",
        usage: "trading-playbook journal upgrade [--dry-run] [<options>]",
        discussion: """
            A journal of an earlier version is read as it is, and a run brings what it writes to the present columns. \
            This command brings all of it: every row of a file, every object of a bucket, every document. What people \
            have added stays. It is safe to repeat.

            EXAMPLES
              trading-playbook journal upgrade
              trading-playbook journal upgrade --writer csv,gcs,mongodb --dry-run
            """)

    @OptionGroup var journal: JournalOptions
    @Flag(help: "Show what would be done; write nothing.") var dryRun = false
    @Option(help: "How to print: table or json.") var format = ReportFormat.table
    @OptionGroup var env: EnvFileOption

    func run() async throws {
        let job = try JournalUpgradeJob(settings: env.settings(journal.flags))
        try standardOutput(try await job.run(isDryRun: dryRun).text(format))
    }
}

extension JournalRows.Format: ExpressibleByArgument {}
extension JournalMode: ExpressibleByArgument {}
