import ArgumentParser
import PlaybookCore
import PlaybookAssembly
import PlaybookReports
import PlaybookSettings

struct StrategiesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "strategies",
        abstract: "List the playbooks: rules in words, parameters, defaults, units and ranges.",
        discussion: """
            Those of the program, then those of PLAYBOOK_DIR (./playbooks).

            EXAMPLE
              trading-playbook strategies --format json
            """)

    @Option(help: "How to print: table or json.") var format = ReportFormat.table
    @OptionGroup var env: EnvFileOption

    func run() async throws {
        let report = try await StrategiesReport(settings: try env.settings())
        try standardOutput(report.text(format))
        for problem in report.problems { standardError("error: \(problem.words(.commandLine))") }
        if let first = report.problems.first { throw ExitCode(first.code.exitCode) }
    }
}
