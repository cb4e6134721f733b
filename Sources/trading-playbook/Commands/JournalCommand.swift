public import ArgumentParser
import PlaybookCore
public import PlaybookService

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
        ])
}

/// Which journal.
struct JournalOptions: ParsableArguments {
    @Option(help: "Where the journal is: csv, gcs, mongodb, or several, separated by commas. (WRITER_TYPE)") var writer:
        String?
    @Option(
        help: ArgumentHelp(
            "The journal's file, gs://BUCKET/PREFIX or mongodb://HOST/DATABASE. (OUTPUT_LOCATION, default "
                + "OUTPUT_DIR/trades.csv)", valueName: "place"))
    var output: String?

    /// The settings that these options override.
    var flags: [(name: String, value: String?)] { [("WRITER_TYPE", writer), ("OUTPUT_LOCATION", output)] }
}

/// Which rows.
struct RowOptions: ParsableArguments {
    @Option(
        name: [.customLong("symbol"), .customLong("symbols")], parsing: .singleValue,
        help: ArgumentHelp("Only these ticker symbols, separated by commas.", valueName: "symbols"))
    var symbols: [String] = []
    @Option(help: "No sessions before this date, YYYY-MM-DD.") var start: CivilDate?
    @Option(help: "No sessions after this date, YYYY-MM-DD.") var end: CivilDate?

    func validate() throws {
        if let start, let end, start > end { throw ValidationError("--start \(start) lies after --end \(end).") }
    }

    /// The rows asked for.
    func selection() throws -> JournalSelection {
        guard !symbols.isEmpty else { return JournalSelection(first: start, last: end) }
        do {
            let names = try Symbol.list(symbols.joined(separator: ",")).map(\.name)
            return JournalSelection(symbols: Set(names), first: start, last: end)
        } catch {
            throw PlaybookError(.usage, "--symbol: \(error)")
        }
    }
}

struct JournalShowCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Show a journal's rows.",
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
        let found = try await JournalRows(settings: env.settings(journal.flags), selection: rows.selection())
        try standardOutput(found.rows(format))
    }
}

struct JournalStatsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "stats",
        abstract: "Show the statistics of a journal's rows.",
        discussion: """
            EXAMPLE
              trading-playbook journal stats --writer gcs --symbol QQQ --start 2025-10-01
            """)

    @OptionGroup var journal: JournalOptions
    @OptionGroup var rows: RowOptions
    @Option(help: "How to print: table or json.") var format = ReportFormat.table
    @OptionGroup var env: EnvFileOption

    func run() async throws {
        let found = try await JournalRows(settings: env.settings(journal.flags), selection: rows.selection())
        try standardOutput(found.statistics(format, color: Terminal.usesColor))
    }
}

struct JournalVerifyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Compare a journal with the exchange's calendar: holes, doubles, wrong values.",
        discussion: """
            Every symbol, playbook and parameter set should have one row for each session from its first row to its last, \
            or from --start to --end. Exits with 65 when something is wrong. Several journals are checked one after the \
            other.

            EXAMPLES
              trading-playbook journal verify
              trading-playbook journal verify --writer csv,gcs --symbol QQQ --start 2025-01-02 --end 2025-11-04
            """)

    @OptionGroup var journal: JournalOptions
    @OptionGroup var rows: RowOptions
    @Option(help: "How to print: table or json.") var format = ReportFormat.table
    @OptionGroup var env: EnvFileOption

    func run() async throws {
        let found = try await JournalVerification(settings: env.settings(journal.flags), selection: rows.selection())
        try standardOutput(found.text(format))
        if !found.isClean { throw ExitCode(PlaybookError.Code.badData.rawValue) }
    }
}

struct JournalCopyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "copy",
        abstract: "Copy rows from one journal to another: move it, or back it up.",
        discussion: """
            Rows are merged by key; repeating a copy changes nothing, and rows that only the target has stay.

            EXAMPLES
              trading-playbook journal copy --from csv --to mongodb
              trading-playbook journal copy --from gs://trading-playbook-data/output/trades --to ./backup.csv
            """)

    @Option(help: ArgumentHelp("csv, gcs, mongodb or a place.", valueName: "journal")) var from: String
    @Option(help: ArgumentHelp("csv, gcs, mongodb or a place.", valueName: "journal")) var to: String
    @OptionGroup var rows: RowOptions
    @Flag(help: "Show what would be written; write nothing.") var dryRun = false
    @Option(help: "How to print: table or json.") var format = ReportFormat.table
    @OptionGroup var env: EnvFileOption

    func run() async throws {
        let copy = try JournalCopy(from: from, to: to, settings: env.settings())
        try standardOutput(try await copy.run(rows.selection(), isDryRun: dryRun).text(format))
    }
}

extension JournalRows.Format: ExpressibleByArgument {}
