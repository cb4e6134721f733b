import ArgumentParser
import PlaybookCore
import PlaybookAssembly
import PlaybookReports
import PlaybookSettings
import PlaybookUseCases

struct ResearchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "research",
        abstract: "Look at sweeps and walk-forwards, and judge them.",
        discussion: """
            EXAMPLES
              trading-playbook research list
              trading-playbook research report sweep-dp20
            """,
        subcommands: [
            ResearchListCommand.self, ResearchShowCommand.self, ResearchMergeCommand.self, ResearchReportCommand.self,
        ])
}

struct ResearchListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List the runs.",
        usage: "trading-playbook research list [<options>]",
        discussion: """
            EXAMPLE
              trading-playbook research list --format json
            """)

    @OptionGroup var place: ResearchPlaceOption
    @Option(help: "How to print: table or json.") var format = ReportFormat.table
    @OptionGroup var env: EnvFileOption

    func run() async throws {
        let reports = try ResearchReports(settings: env.settings([place.flag]))
        try standardOutput(try await reports.list(format))
    }
}

struct ResearchShowCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Show a run with its verdict, or print its whole results.",
        usage: "trading-playbook research show <run> [<options>]",
        discussion: """
            EXAMPLES
              trading-playbook research show sweep-dp20
              trading-playbook research show sweep-dp20 --format csv > sets.csv
            """)

    @OptionGroup var shown: ResearchShowOptions

    func run() async throws { try await shown.show() }
}

struct ResearchReportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report",
        abstract: "Judge a sweep: how likely is it luck, does it hold, how narrow is it?",
        usage: "trading-playbook research report <run> [<options>]",
        discussion: """
            The verdict is on the set with the highest Sharpe ratio, or the one in --set. All sets ever tried on the \
            playbook and symbol count, those of earlier runs too.

            EXAMPLES
              trading-playbook research report sweep-dp20
              trading-playbook research report sweep-dp20 --set 'stop-atr=1.2' \\
                --format json
            """)

    @OptionGroup var shown: ResearchShowOptions

    func run() async throws { try await shown.show() }
}

/// Which run, and how to print it.
struct ResearchShowOptions: ParsableArguments {
    @Argument(help: ArgumentHelp("The run's name, or a part that tells it from others.", valueName: "run"))
    var name: String
    @Option(
        help: ArgumentHelp(
            "The set to judge: its number in the results, or its parameters 'name=value name=value'.",
            valueName: "set"))
    var set: String?
    @OptionGroup var place: ResearchPlaceOption
    @Option(help: "How to print: table, json, csv or parquet (all sets).") var format = ResearchReports.Format.table
    @OptionGroup var env: EnvFileOption

    func show() async throws {
        let reports = try ResearchReports(settings: env.settings([place.flag]))
        let bytes = try await reports.show(name, format, set: set, color: Terminal.usesColor)
        try standardOutput(format == .parquet ? bytes : bytes + [UInt8(ascii: "\n")])
    }
}

struct ResearchMergeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "merge",
        abstract: "Make the results of a sweep of the parts that its tasks have written.",
        usage: "trading-playbook research merge <run> [<options>]",
        discussion: """
            Says which parts are missing, and exits with 75 then.

            EXAMPLE
              trading-playbook research merge sweep-dp20
            """)

    @Argument(help: ArgumentHelp("The run's name, or a part that tells it from others.", valueName: "run"))
    var name: String
    @OptionGroup var place: ResearchPlaceOption
    @Option(help: "How to print: table or json.") var format = ReportFormat.table
    @OptionGroup var env: EnvFileOption

    func run() async throws {
        let result = try await SweepJob(settings: env.settings([place.flag])).merge(name)
        try standardOutput(result.text(format, color: Terminal.usesColor, words: .commandLine))
    }
}
