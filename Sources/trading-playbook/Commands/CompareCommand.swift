import ArgumentParser
import PlaybookCore
import PlaybookAssembly
import PlaybookReports
import PlaybookSettings
import PlaybookUseCases

struct CompareCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "compare",
        abstract: "Compare two parameter sets, playbooks or journals over the same sessions.",
        discussion: """
            The difference of a session's P&L, A - B, on average, with the interval that its 4,000 redraws give.

            EXAMPLE
              trading-playbook compare --symbol QQQ --run pdf1899cf3323 --run p0123456789ab
              trading-playbook compare --run ./before.csv --run ./after.csv
            """)

    @Option(
        name: .customLong("run"), parsing: .singleValue,
        help: ArgumentHelp(
            "A params_id of the journal, a journal's place, or a playbook file; twice.", valueName: "run"))
    var runs: [String] = []
    @OptionGroup var journal: JournalOptions
    @OptionGroup var rows: RowOptions
    @Option(
        help: ArgumentHelp("Where bars for playbook files come from: alpaca, files or sample. (DATA_SOURCE)"),
        completion: .list(["alpaca", "files", "sample"]))
    var source: String?
    @Option(help: ArgumentHelp("What returns refer to, in USD.", valueName: "USD")) var capital = 100_000.0
    @Option(help: ArgumentHelp("The seed of the draws.", valueName: "number")) var seed: UInt64 = 1
    @Option(help: "How to print: table or json.") var format = ReportFormat.table
    @OptionGroup var env: EnvFileOption

    func validate() throws {
        guard runs.count == 2 else { throw ValidationError("Name two runs: --run A --run B.") }
        guard capital > 0, capital.isFinite else { throw ValidationError("--capital: give an amount above 0.") }
    }

    func run() async throws {
        let symbols = rows.symbols.isEmpty ? nil : rows.symbols.joined(separator: ",")
        let settings = try env.settings(journal.flags + [("SYMBOLS", symbols), ("DATA_SOURCE", source)])
        let selection = try await rows.selection(settings)
        try standardOutput(
            try await ComparisonJob(settings: settings).run(
                runs, selection, capital: capital, seed: seed
            ).text(format))
    }
}
