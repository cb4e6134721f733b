import ArgumentParser
import PlaybookCore
import PlaybookService

struct DataCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "data",
        abstract: "Look at the bars that backtests run on.",
        discussion: """
            EXAMPLE
              trading-playbook data check --symbol SPY --data-dir ./data
            """,
        subcommands: [DataCheckCommand.self])
}

struct DataCheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Show what bars there are, what is missing, and what is wrong.",
        discussion: """
            Exits with 65 when lines are wrong or sessions are missing or too incomplete to trade.

            EXAMPLE
              trading-playbook data check --symbol SPY --data-dir ./data
            """)

    @OptionGroup(title: "Data options") var data: DataOptions
    @Option(help: "First date to look at, YYYY-MM-DD; default the source's first.") var start: CivilDate?
    @Option(help: "Last date to look at, YYYY-MM-DD; default the source's last.") var end: CivilDate?
    @Option(help: "How to print: table or json.") var format = ReportFormat.table
    @OptionGroup var env: EnvFileOption

    func validate() throws {
        guard (start == nil) == (end == nil) else { throw ValidationError("Give both --start and --end, or neither.") }
        if let start, let end, start > end { throw ValidationError("--start \(start) lies after --end \(end).") }
    }

    func run() async throws {
        let dates = start.flatMap { start in end.map { start...$0 } }
        let findings = try await DataCheck(settings: try env.settings(data.flags), dates: dates).run()
        let report = DataCheckReport(findings)
        try standardOutput(report.text(format))
        if !report.isClean { throw ExitCode(PlaybookError.Code.badData.rawValue) }
    }
}
