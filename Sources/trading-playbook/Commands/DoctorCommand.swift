import ArgumentParser
import PlaybookAssembly
import PlaybookReports
import PlaybookSettings
import PlaybookUseCases

struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Try everything that a run needs: settings, source, clock, cache, every journal.",
        discussion: """
            Each line is ok or says what to do. Nothing is written. Exits with the code of the first check that failed.

            EXAMPLES
              trading-playbook doctor
              trading-playbook doctor --symbol QQQ --writer csv,gcs
            """)

    @OptionGroup(title: "Data options") var data: DataOptions
    @OptionGroup(title: "Journal options") var journal: JournalOptions
    @Option(help: "How to print: table or json.") var format = ReportFormat.table
    @OptionGroup var env: EnvFileOption

    func run() async throws {
        let report = DoctorReport(await Doctor(settings: try env.settings(data.flags + journal.flags)).run())
        try standardOutput(report.text(format, words: .commandLine))
        if report.exitCode != 0 { throw ExitCode(report.exitCode) }
    }
}
