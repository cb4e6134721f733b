import ArgumentParser
import PlaybookAssembly
import PlaybookReports
import PlaybookSettings

struct ConfigCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "config",
        abstract: "Show the settings in force and where each comes from; secrets are masked.",
        discussion: """
            EXAMPLE
              DATA_DIR=./data trading-playbook config
            """)

    @Option(help: "How to print: table or json.") var format = ReportFormat.table
    @OptionGroup var env: EnvFileOption

    func run() throws {
        let settings = try env.settings()
        try standardOutput(SettingsReport(settings).text(format))
        try settings.validate()
    }
}
