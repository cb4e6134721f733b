public import ArgumentParser
public import PlaybookCore
public import PlaybookAssembly
import PlaybookReports
import PlaybookSettings
import PlaybookUseCases

struct DataCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "data",
        abstract: "Look at the bars that backtests run on.",
        discussion: """
            EXAMPLE
              trading-playbook data check --symbol SPY --data-dir ./data
            """,
        subcommands: [
            DataCheckCommand.self, DataVerifyCommand.self, DataStatusCommand.self, DataExportCommand.self,
            DataCopyCommand.self,
        ])
}

struct DataCheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Show what bars there are, what is missing, and what is wrong.",
        discussion: """
            Exits with 65 when lines are wrong, or sessions are missing or lack more bars than --min-completeness allows. With \
            the source alpaca it looks at what is in the cache, without a network; without --symbol at all symbols there.

            EXAMPLES
              trading-playbook data check --symbol SPY --data-dir ./data
              trading-playbook data check --repair
            """)

    @OptionGroup(title: "Data options") var data: DataOptions
    @Option(help: "First date to look at, YYYY-MM-DD; default the source's first.") var start: CivilDate?
    @Option(help: "Last date to look at, YYYY-MM-DD; default the source's last.") var end: CivilDate?
    @Flag(help: "Set damaged files of the cache aside and fetch what is missing again.") var repair = false
    @Option(help: "How to print: table or json.") var format = ReportFormat.table
    @OptionGroup var env: EnvFileOption

    func validate() throws {
        guard (start == nil) == (end == nil) else { throw ValidationError("Give both --start and --end, or neither.") }
        if let start, let end, start > end { throw ValidationError("--start \(start) lies after --end \(end).") }
    }

    func run() async throws {
        let dates = start.flatMap { start in end.map { start...$0 } }
        let findings = try await DataCheck(settings: try env.settings(data.flags), dates: dates, repairs: repair).run()
        let report = DataCheckReport(findings)
        try standardOutput(report.text(format, words: .commandLine))
        if !report.isClean { throw ExitCode(PlaybookError.Code.badData.exitCode) }
    }
}

struct DataVerifyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Compare the files that bars in the cache came from with those published now.",
        usage: "trading-playbook data verify [<options>]",
        discussion: """
            Binance replaces files of past months now and then. Nothing is fetched again: delete a month's file from the \
            cache to have that done. Exits with 65 when a file is another by now.

            EXAMPLE
              trading-playbook data verify --source binance --symbol BTCUSDT
            """)

    @Option(
        name: [.customLong("symbol"), .customLong("symbols")],
        help: ArgumentHelp("Only these ticker symbols, separated by commas.", valueName: "symbols"))
    var symbols: String?
    @Option(
        help: ArgumentHelp("Whose files: binance. (DATA_SOURCE)"), completion: .list(["binance"]))
    var source: String?
    @OptionGroup var cache: CacheOptions
    @Option(help: "How to print: table or json.") var format = ReportFormat.table
    @OptionGroup var env: EnvFileOption

    func run() async throws {
        let settings = try env.settings([("SYMBOLS", symbols), ("DATA_SOURCE", source)] + cache.flags)
        let result = try await DataVerification(settings: settings).run()
        try standardOutput(result.text(format))
        if !result.isClean { throw ExitCode(PlaybookError.Code.badData.exitCode) }
    }
}

struct DataStatusCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "Show what the cache of fetched bars holds.",
        usage: "trading-playbook data status [<options>]",
        discussion: """
            Every file is read and checked. Exits with 65 when one is damaged.

            EXAMPLE
              trading-playbook data status --format json
            """)

    @Option(
        name: [.customLong("symbol"), .customLong("symbols")],
        help: ArgumentHelp("Only these ticker symbols, separated by commas.", valueName: "symbols"))
    var symbols: String?
    @OptionGroup var cache: CacheOptions
    @Option(help: "How to print: table or json.") var format = ReportFormat.table
    @OptionGroup var env: EnvFileOption

    func run() async throws {
        // SYMBOLS says what to trade, not what to look at.
        let settings = try env.settings(cache.flags)
        let report = try await CacheStatusReport(settings: settings, symbols: symbols)
        try standardOutput(report.text(format))
        if !report.isSound { throw ExitCode(PlaybookError.Code.badData.exitCode) }
    }
}

struct DataExportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Write a symbol's bars as CSV or Parquet, for pandas, DuckDB or BigQuery.",
        discussion: """
            Bars are as traded (not adjusted for splits) and of the regular session. Without dates all that the cache or \
            the files hold is written.

            EXAMPLES
              trading-playbook data export --symbol QQQ --timeframe 2Min \\
                --format parquet --output QQQ_2Min.parquet
              trading-playbook data export --symbol QQQ --timeframe 1Day --format csv
            """)

    @OptionGroup(title: "Data options") var data: DataOptions
    @Option(help: "Length of the bars: 1Min, 2Min, … or 1Day.") var timeframe = Timeframe.minutes(2)
    @Option(help: "csv or parquet.") var format = DataExport.Format.csv
    @Option(help: "First date, YYYY-MM-DD.") var start: CivilDate?
    @Option(help: "Last date, YYYY-MM-DD.") var end: CivilDate?
    @Option(help: ArgumentHelp("The file to write; without it standard output.", valueName: "file")) var output: String?
    @OptionGroup var env: EnvFileOption

    func validate() throws {
        guard (start == nil) == (end == nil) else { throw ValidationError("Give both --start and --end, or neither.") }
        if let start, let end, start > end { throw ValidationError("--start \(start) lies after --end \(end).") }
        guard format == .csv || output != nil || !Terminal.hasOutput else {
            throw ValidationError("Parquet cannot be shown on a terminal: name a file with --output.")
        }
    }

    func run() async throws {
        let dates = start.flatMap { start in end.map { start...$0 } }
        let export = try DataExport(settings: try env.settings(data.flags), timeframe: timeframe, dates: dates)
        let found = try await export.run()
        let bytes = found.bytes(format)
        for warning in found.warnings { standardError("warning: \(warning.words(.commandLine))") }
        guard let output else { return try standardOutput(bytes) }
        try OutputFile.write(bytes, to: output)
    }
}

struct DataCopyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "copy",
        abstract: "Copy symbols' bars into the table bars of a PostgreSQL database.",
        usage: "trading-playbook data copy --to postgres --start <start> --end <end> ...",
        discussion: """
            Bars are as traded (not adjusted for splits) and of the regular session. Copying again replaces bars, never doubles \
            them.

            EXAMPLE
              trading-playbook data copy --to postgres --symbol QQQ,SPY \\
                --start 2025-01-02 --end 2025-11-04
            """)

    /// Where bars go.
    enum Target: String, CaseIterable, ExpressibleByArgument { case postgres }

    @OptionGroup(title: "Data options") var data: DataOptions
    @Option(help: "Where to: postgres (POSTGRES_CONNECTION, POSTGRES_SCHEMA).") var to: Target
    @Option(help: "Length of the bars: 1Min, 2Min, … up to a session.") var timeframe = Timeframe.minutes(2)
    @Option(help: "First date, YYYY-MM-DD.") var start: CivilDate
    @Option(help: "Last date, YYYY-MM-DD.") var end: CivilDate
    @OptionGroup var env: EnvFileOption

    func validate() throws {
        if start > end { throw ValidationError("--start \(start) lies after --end \(end).") }
        guard timeframe != .day else { throw ValidationError("--timeframe is a number of minutes.") }
    }

    func run() async throws {
        let copy = try DataCopy(settings: try env.settings(data.flags), timeframe: timeframe, dates: start...end)
        let (location, copied) = try await copy.run()
        for one in copied {
            for warning in one.warnings { standardError("warning: \(warning.words(.commandLine))") }
            try standardOutput("\(one.bars) bars of \(one.symbol) are in \(location)")
        }
    }
}

extension Timeframe: ExpressibleByArgument {
    public init?(argument: String) { self.init(argument) }

    public var defaultValueDescription: String { description }
}

extension DataExport.Format: ExpressibleByArgument {}
