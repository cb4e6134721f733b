import ArgumentParser
import PlaybookCore
import PlaybookAssembly
import PlaybookReports
import PlaybookSettings
import PlaybookUseCases

struct ReportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report",
        abstract: "Make a page of a journal's results that anybody can open: one HTML file.",
        usage: "trading-playbook report --html <file> [<options>]",
        discussion: """
            Figures with their intervals, the equity curve, every trade, why the other days had none, and where all of it \
            comes from. The page loads nothing from anywhere and can be sent and printed as it is. It is about one \
            playbook with one parameter set; with --research about a sweep: maps of its sets, windows, what might have been.

            EXAMPLES
              trading-playbook report --symbol QQQ --html report.html
              trading-playbook report --writer gcs --strategy dp20 --symbol QQQ,SPY \\
                --start 2025-01-02 --html report.html --open
              trading-playbook report --research sweep-dp20 --html sweep.html
            """)

    @OptionGroup var journal: JournalOptions
    @OptionGroup var rows: RowOptions
    @Option(help: ArgumentHelp("Where to write the page.", valueName: "file"), completion: .file()) var html: String
    @Option(
        help: ArgumentHelp("Where the bars of charts come from: alpaca, files or sample. (DATA_SOURCE)"),
        completion: .list(["alpaca", "files", "sample"]))
    var source: String?
    @Option(
        help: ArgumentHelp("Folder of the bars of charts, for the source files. (DATA_DIR)", valueName: "folder"),
        completion: .directory)
    var dataDir: String?
    @OptionGroup(title: "Account options") var account: AccountOptions
    @Option(
        help: ArgumentHelp(
            "Show this run of 'sweep', by its name or a part that tells it from others, instead of a journal.",
            valueName: "run"))
    var research: String?
    @Option(
        help: ArgumentHelp(
            "With --research: the set to judge, by its number or its parameters 'name=value name=value'.",
            valueName: "set"))
    var set: String?
    @OptionGroup var place: ResearchPlaceOption
    @Flag(inversion: .prefixedNo, help: "Draw the session of each trade.") var charts = true
    @Flag(help: "Open the page with the desktop's program for it.") var open = false
    @OptionGroup var env: EnvFileOption

    func validate() throws {
        if research == nil, set != nil { throw ValidationError("--set goes with --research.") }
        guard research != nil else { return }
        let isOfRows =
            !rows.symbols.isEmpty || rows.strategy != nil || !rows.param.isEmpty || rows.mode != nil
            || rows.start != nil || rows.end != nil || account.isGiven || source != nil || dataDir != nil
        if isOfRows || journal.flags.contains(where: { $0.value != nil }) {
            throw ValidationError(
                "--research shows a sweep as it was run: leave out what chooses rows, bars and accounts.")
        }
    }

    func run() async throws {
        let settings = try env.settings(
            journal.flags + [("DATA_SOURCE", source), ("DATA_DIR", dataDir), place.flag])
        try OutputFile.requireWritable(html, flag: "--html")
        if let research {
            let report = try await ResearchReport(settings: settings, run: research, set: set)
            try OutputFile.write(report.html(), to: html, flag: "--html")
        } else {
            var request = AccountRequest()
            request.rules = account.rules
            let page = try await ReportFile(
                settings: settings, selection: rows.selection(settings), hasCharts: charts, account: request)
            try OutputFile.write(page.bytes, to: html, flag: "--html")
        }
        try standardOutput("Report: \(html)")
        if open { Desktop.open(html) }
    }
}
