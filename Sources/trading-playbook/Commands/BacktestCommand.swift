import ArgumentParser
import PlaybookCore
import PlaybookAssembly
import PlaybookReports
import PlaybookSettings
import PlaybookUseCases

struct BacktestCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backtest",
        abstract: "Run a playbook over past sessions and write its journal.",
        discussion: """
            One journal row is written for each session, traded or not. Running again replaces rows, never doubles them.

            EXAMPLES
              trading-playbook backtest --symbol QQQ --date 2025-11-04 --source sample
              trading-playbook backtest --symbol QQQ --today --source sample
              trading-playbook backtest --symbol QQQ --catch-up --source sample
              trading-playbook backtest --symbol QQQ --start 2025-01-02 \\
                --end 2025-11-04 --source sample --report report.html
              trading-playbook backtest --symbol SPY,IBM --data-dir ./data \\
                --start 2013-10-07 --end 2013-10-11 --param stop-atr=1.5
            """)

    @OptionGroup(title: "Data options") var data: DataOptions

    @Option(help: "First session date, YYYY-MM-DD; with --catch-up, no sessions before it.") var start: CivilDate?
    @Option(help: "Last session date, YYYY-MM-DD.") var end: CivilDate?
    @Option(help: "One session date, YYYY-MM-DD, instead of --start and --end.") var date: CivilDate?
    @Option(
        help: ArgumentHelp(
            "The sessions of the last so many calendar days, instead of --start and --end.", valueName: "number"))
    var days: Int?
    @Flag(help: "The session that ends today in its market. Does nothing on a market holiday.") var today = false
    @Flag(
        help: ArgumentHelp(
            "Every session without a row from --start, else the symbol's first row, until now; the last session when "
                + "there is none. What cron should run."))
    var catchUp = false

    @OptionGroup var playbook: PlaybookOptions
    @OptionGroup(title: "Journal options") var journal: JournalOptions
    @OptionGroup(title: "Account options") var account: AccountOptions
    @Flag(help: "Check credentials and permissions and show what would be written; write nothing.") var dryRun = false
    @Option(help: "How to print the summary: table or json.") var format = ReportFormat.table
    @Option(
        help: ArgumentHelp("Make a page of the run's rows: one HTML file. See 'report'.", valueName: "file"),
        completion: .file())
    var report: String?
    @Option(
        help: ArgumentHelp(
            "Draw every session with a trade into this folder, or gs://BUCKET/PREFIX, and link it in the journal.",
            valueName: "folder"), completion: .directory)
    var charts: String?
    @Flag(help: "Settings from the environment alone, no .env file; JSON log lines instead of the summary.")
    var cloud = false
    @OptionGroup var env: EnvFileOption

    func validate() throws {
        let ways = [(start != nil || end != nil) && !catchUp, date != nil, days != nil, today, catchUp].count { $0 }
        guard ways == 1, catchUp ? end == nil : (start == nil) == (end == nil) else {
            throw ValidationError(
                "Name the sessions with --start and --end, or with --date, --days, --today or --catch-up.")
        }
        guard days.map({ (1...3660).contains($0) }) ?? true else { throw ValidationError("--days is 1 to 3660.") }
        guard !cloud || env.envFile == nil else { throw ValidationError("--cloud reads no --env-file.") }
    }

    func run() async throws {
        if let report { try OutputFile.requireWritable(report, flag: "--report") }
        let flags = data.flags + playbook.flags + journal.flags
        var request = BacktestRequest(dates: dates, parameters: try playbook.parameters(), isDryRun: dryRun)
        request.charts = charts
        request.keepsCharts = report != nil
        let runner: BacktestRunner
        let used: Settings
        var isLogged = cloud
        let output: EventLog.Output = { line, _ in (try? standardOutput(line)) != nil }
        do {
            let settings = try env.settings(flags, readsFile: !cloud)
            used = settings
            let log = try settings.eventLog(cloud ? .json : nil, output: output)
            isLogged = cloud || log.format == .json
            runner = try BacktestRunner(
                settings: settings, log: isLogged ? log : nil, warn: { standardError("warning: \($0)") })
        } catch let error as PlaybookError where isLogged {
            BacktestRunner.tell(error, of: request, in: EventLog(format: .json, output: output))
            throw ExitCode(error.code.exitCode)
        }
        let meter = ProgressMeter(isOn: Terminal.hasErrorOutput && !isLogged)
        let outcome = await runner.run(request) { meter.show($0, of: $1) }
        meter.clear()
        do {
            if !isLogged {
                var result = try outcome.result.get()
                if account.isGiven { result = try await result.accounted(accountRequest, bars: used) }
                try tell(result)
            }
        } catch let error as PlaybookError where error.code == .cannotTell && outcome.exitCode != 0 {
            // What went wrong with the run counts.
            standardError("error: \(error.words(.commandLine))")
        }
        if let report, let result = try? outcome.result.get() { try await write(report, result, used) }
        if outcome.exitCode != 0 { throw ExitCode(outcome.exitCode) }
    }

    /// Writes the page of a run.
    private func write(_ path: String, _ result: BacktestResult, _ settings: Settings) async throws {
        guard let page = await ReportFile(of: result, account: accountRequest, settings: settings) else {
            return standardError("warning: --report: this run has no rows, so there is no page")
        }
        try OutputFile.write(page.bytes, to: path, flag: "--report")
        if !cloud, format == .table { try standardOutput("Report: \(path)") }
    }

    private func tell(_ result: BacktestResult) throws {
        for warning in result.warnings { standardError("warning: \(warning.words(.commandLine))") }
        defer {
            for failure in result.failures { standardError("error: \(failure.error.words(.commandLine))") }
            for error in result.outcomes.compactMap(\.error) { standardError("error: \(error.words(.commandLine))") }
        }
        switch format {
        case .table: try standardOutput(result.table(color: Terminal.usesColor))
        case .json: try standardOutput(result.json(.commandLine))
        }
    }

    private var accountRequest: AccountRequest {
        var request = AccountRequest()
        request.rules = account.rules
        return request
    }

    private var dates: BacktestRequest.Dates {
        if catchUp { return .catchUp(from: start) }
        if let start, let end { return .range(start, end) }
        if let date { return .range(date, date) }
        if let days { return .days(days) }
        return .today
    }
}
