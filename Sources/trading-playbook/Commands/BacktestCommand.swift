import ArgumentParser
import PlaybookCore
import PlaybookService

struct BacktestCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backtest",
        abstract: "Run a playbook over past sessions and write its journal.",
        discussion: """
            One journal row is written for each session, traded or not. Running again replaces rows, never doubles them.

            EXAMPLES
              trading-playbook backtest --symbol QQQ --date 2025-11-04 --source sample
              trading-playbook backtest --symbol QQQ --today --source sample
              trading-playbook backtest --symbol SPY,IBM --data-dir ./data \\
                --start 2013-10-07 --end 2013-10-11 --param stop-atr=1.5
            """)

    @OptionGroup(title: "Data options") var data: DataOptions

    @Option(help: "First session date, YYYY-MM-DD.") var start: CivilDate?
    @Option(help: "Last session date, YYYY-MM-DD.") var end: CivilDate?
    @Option(help: "One session date, YYYY-MM-DD, instead of --start and --end.") var date: CivilDate?
    @Flag(help: "The present date in New York. Does nothing on a market holiday.") var today = false

    @Option(help: ArgumentHelp("The playbook to run. (STRATEGY, default dp20)", valueName: "name"))
    var strategy: String?

    @Option(
        parsing: .singleValue,
        help: ArgumentHelp(
            "A parameter of the playbook; may be repeated. 'trading-playbook strategies' lists them.",
            valueName: "name=value"))
    var param: [String] = []

    @OptionGroup(title: "Journal options") var journal: JournalOptions
    @Flag(help: "Check credentials and permissions and show what would be written; write nothing.") var dryRun = false
    @Option(help: "How to print the summary: table or json.") var format = ReportFormat.table
    @OptionGroup var env: EnvFileOption

    func validate() throws {
        let ways = [start != nil || end != nil, date != nil, today].count { $0 }
        guard ways == 1, (start == nil) == (end == nil) else {
            throw ValidationError("Name the sessions with --start and --end, or with --date, or with --today.")
        }
    }

    func run() async throws {
        let flags = data.flags + [("STRATEGY", strategy)] + journal.flags
        let request = BacktestRequest(dates: dates, parameters: try parameters(), isDryRun: dryRun)
        let job = try BacktestJob(request, settings: try env.settings(flags))
        let meter = ProgressMeter(isOn: Terminal.hasErrorOutput)
        let result = try await job.run { meter.show($0, of: $1) }
        meter.clear()
        for warning in result.warnings { standardError("warning: \(warning)") }
        switch format {
        case .table: try standardOutput(result.table(color: Terminal.usesColor))
        case .json: try standardOutput(result.json())
        }
        for failure in result.failures { standardError("error: \(failure.error)") }
        for error in result.outcomes.compactMap(\.error) { standardError("error: \(error)") }
        if result.exitCode != 0 { throw ExitCode(result.exitCode) }
    }

    private var dates: BacktestRequest.Dates {
        if let start, let end { return .range(start, end) }
        if let date { return .range(date, date) }
        return .today
    }

    private func parameters() throws -> [String: String] {
        var parameters: [String: String] = [:]
        for text in param {
            let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2, !parts[0].isEmpty else {
                throw PlaybookError(.usage, "--param '\(text)': expected name=value, for instance stop-atr=1.5")
            }
            guard parameters.updateValue(String(parts[1]), forKey: String(parts[0])) == nil else {
                throw PlaybookError(.usage, "--param \(parts[0]) is given twice")
            }
        }
        return parameters
    }
}
