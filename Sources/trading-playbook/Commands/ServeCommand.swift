import ArgumentParser
import PlaybookServer
import PlaybookService

struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Answer requests over HTTP: POST /backtest, GET /health, /health/detailed, /openapi.json.",
        discussion: """
            Runs until SIGTERM or SIGINT, then finishes what is under way, within 10 seconds.

            EXAMPLES
              trading-playbook serve
              curl -X POST localhost:8080/backtest
              curl -X POST localhost:8080/backtest -d '{"symbols":["QQQ"],"date":"2025-11-04"}'
            """)

    @Option(help: ArgumentHelp("The address to listen on. (SERVE_HOST, default 0.0.0.0: all)")) var host: String?
    @Option(help: ArgumentHelp("The port to listen on. (PORT, default 8080)")) var port: String?
    @OptionGroup var env: EnvFileOption

    func run() async throws {
        let settings = try env.settings([("SERVE_HOST", host), ("PORT", port)])
        let log = try settings.eventLog(output: standardOutputIfRead)
        try await BacktestService(settings: settings, log: log).run()
    }
}
