public import ArgumentParser
public import PlaybookCore
public import PlaybookService

struct DataCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "data",
        abstract: "Look at the bars that backtests run on.",
        discussion: """
            EXAMPLE
              trading-playbook data check --symbol SPY --data-dir ./data
            """,
        subcommands: [DataCheckCommand.self, DataStatusCommand.self, DataExportCommand.self])
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
        try standardOutput(report.text(format))
        if !report.isClean { throw ExitCode(PlaybookError.Code.badData.rawValue) }
    }
}

struct DataStatusCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "Show what the cache of fetched bars holds.",
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
        if !report.isSound { throw ExitCode(PlaybookError.Code.badData.rawValue) }
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
              trading-playbook data export --symbol QQQ --timeframe 2Min --format parquet --output QQQ_2Min.parquet
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
        let export = DataExport(settings: try env.settings(data.flags), timeframe: timeframe, dates: dates)
        let (bytes, warnings) = try await export.run(format)
        for warning in warnings { standardError("warning: \(warning)") }
        guard let output else { return try standardOutput(bytes) }
        try DataExport.write(bytes, to: output)
    }
}

extension Timeframe: ExpressibleByArgument {
    public init?(argument: String) { self.init(argument) }

    public var defaultValueDescription: String { description }
}

extension DataExport.Format: ExpressibleByArgument {}
