import ArgumentParser
import PlaybookService

struct StrategiesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "strategies",
        abstract: "List the playbooks: rules in words, parameters, defaults, units and ranges.",
        discussion: """
            EXAMPLE
              trading-playbook strategies --format json
            """)

    @Option(help: "How to print: table or json.") var format = ReportFormat.table

    func run() throws {
        try standardOutput(StrategiesReport().text(format))
    }
}
