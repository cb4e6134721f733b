import ArgumentParser
import PlaybookCore
import PlaybookService

struct ReportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report",
        abstract: "Make a page of a journal's results that anybody can open: one HTML file.",
        usage: "trading-playbook report --html <file> [<options>]",
        discussion: """
            Figures with their intervals, the equity curve, every trade, why the other days had none, and where all of it \
            comes from. The page loads nothing from anywhere and can be sent and printed as it is. It is about one \
            playbook with one parameter set.

            EXAMPLES
              trading-playbook report --symbol QQQ --html report.html
              trading-playbook report --writer gcs --strategy dp20 --symbol QQQ,SPY \\
                --start 2025-01-02 --html report.html --open
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
    @Flag(inversion: .prefixedNo, help: "Draw the session of each trade.") var charts = true
    @Flag(help: "Open the page with the desktop's program for it.") var open = false
    @OptionGroup var env: EnvFileOption

    func run() async throws {
        let settings = try env.settings(journal.flags + [("DATA_SOURCE", source), ("DATA_DIR", dataDir)])
        let job = try await ReportJob(
            settings: settings, selection: rows.selection(settings), hasCharts: charts)
        try ReportFile.requireWritable(html, flag: "--html")
        try await job.page().write(to: html, flag: "--html")
        try standardOutput("Report: \(html)")
        if open { Desktop.open(html) }
    }
}
