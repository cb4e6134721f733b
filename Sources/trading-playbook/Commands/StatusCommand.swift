import ArgumentParser
import PlaybookCore
import PlaybookAssembly
import PlaybookReports
import PlaybookSettings
import PlaybookUseCases

struct StatusCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "How the journal stands: last run, next session, sessions without a row, the last 30 days.",
        usage: "trading-playbook status [<options>]",
        discussion: """
            The rows of one playbook and parameter set count: those that the nightly run writes. Exits with 1 when a \
            session that is over has no row, or something else is wrong with a row.

            EXAMPLES
              trading-playbook status
              trading-playbook status --symbol QQQ --writer gcs --format json
            """)

    @OptionGroup var symbols: SymbolOptions
    @OptionGroup var playbook: PlaybookOptions
    @OptionGroup(title: "Journal options") var journal: JournalOptions
    @Option(help: "How to print: table or json.") var format = ReportFormat.table
    @OptionGroup var env: EnvFileOption

    func run() async throws {
        let settings = try env.settings(symbols.flags + playbook.flags + journal.flags)
        let status = try await JournalStatus(settings: settings, parameters: playbook.parameters())
        var lines = [try status.text(format, color: Terminal.usesColor)]
        if format == .table {
            lines += try settings.absentJournals()
            lines += status.mixedFeeds
        }
        try standardOutput(lines.joined(separator: "\n"))
        if !status.isClean { throw ExitCode(1) }
    }
}
