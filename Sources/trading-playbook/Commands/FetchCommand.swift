import ArgumentParser
import PlaybookCore
import PlaybookAssembly
import PlaybookReports
import PlaybookSettings
import PlaybookUseCases

struct FetchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fetch",
        abstract: "Fetch bars and splits into the cache, so that backtests need no network.",
        usage: "trading-playbook fetch [<options>]",
        discussion: """
            Two-minute and daily bars, and as many before the first date as the playbook looks back at. Interrupted, it \
            goes on where it was; what is there is not fetched again.

            EXAMPLES
              trading-playbook fetch --symbols QQQ,SPY,IWM --start 2016-01-01
              trading-playbook fetch --symbols-file universe.txt --update
              trading-playbook fetch --source binance --symbol BTCUSDT --start 2017-08-17
            """)

    @Option(
        name: [.customLong("symbol"), .customLong("symbols")], parsing: .singleValue,
        help: ArgumentHelp("Ticker symbols, separated by commas. (SYMBOLS)", valueName: "symbols"))
    var symbols: [String] = []
    @Option(help: ArgumentHelp("A file of ticker symbols, one a line.", valueName: "file")) var symbolsFile: String?
    @Option(help: "The first session date that backtests are to be possible for, YYYY-MM-DD.") var start: CivilDate?
    @Option(help: "Last date, YYYY-MM-DD; default today.") var end: CivilDate?
    @Flag(help: "Only what came since the last time; --start then counts for new symbols.") var update = false
    @Option(
        help: ArgumentHelp(
            "Where bars come from: alpaca; binance, yahoo or deribit, which want no account. (DATA_SOURCE)"),
        completion: .list(["alpaca", "binance", "yahoo", "deribit"]))
    var source: String?
    @OptionGroup var cache: CacheOptions
    @Option(help: "How to print: table or json.") var format = ReportFormat.table
    @OptionGroup var env: EnvFileOption

    func validate() throws {
        guard start != nil || update else {
            throw ValidationError("Say from when on with --start, or --update what is there.")
        }
        guard symbols.isEmpty || symbolsFile == nil else {
            throw ValidationError("Give --symbols or --symbols-file, not both.")
        }
    }

    func run() async throws {
        let flags: [(name: String, value: String?)] = [("DATA_SOURCE", source)] + cache.flags
        let listed = try symbolsFile.map { try SymbolsFile.read($0, markets: env.settings(flags).markets()) }
        let names = listed ?? (symbols.isEmpty ? nil : symbols.joined(separator: ","))
        let job = try FetchJob(
            FetchRequest(first: start, last: end, isUpdate: update),
            settings: try await env.settings([("SYMBOLS", names)] + flags).loaded())
        let meter = ProgressMeter(isOn: Terminal.hasErrorOutput)
        let result: FetchResult
        do {
            result = try await job.run { meter.show($1, of: $2, "\($0)") }
        } catch {
            meter.clear()
            throw error
        }
        meter.clear()
        for warning in result.warnings { standardError("warning: \(warning.words(.commandLine))") }
        try standardOutput(result.text(format, words: .commandLine))
        for failure in result.failures { standardError("error: \(failure.error.words(.commandLine))") }
        if let failure = result.failures.first { throw ExitCode(failure.error.code.exitCode) }
    }
}
