import ArgumentParser
import PlaybookServer
import PlaybookAssembly
import PlaybookSettings
import PlaybookUseCases

struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Answer requests over HTTP: POST /backtest, GET /health, /health/detailed, /openapi.json.",
        discussion: """
            Runs until SIGTERM or SIGINT, then finishes what is under way, within 10 seconds. Listens on this machine \
            alone, unless identities are checked (OIDC_AUDIENCE) or --host names another address.

            EXAMPLES
              trading-playbook serve --source sample --symbol QQQ
              curl -X POST localhost:8080/backtest
              curl -X POST localhost:8080/backtest -H 'Content-Type: application/json' \\
                -d '{"symbols":["QQQ"],"date":"2025-11-04"}'
            """)

    @OptionGroup(title: "Data options") var data: DataOptions
    @OptionGroup(title: "Journal options") var journal: JournalOptions
    @Option(help: ArgumentHelp("The address to listen on; 0.0.0.0: all. (SERVE_HOST, default 127.0.0.1)"))
    var host: String?
    @Option(help: ArgumentHelp("The port to listen on. (PORT, default 8080)")) var port: String?
    @OptionGroup var env: EnvFileOption

    func run() async throws {
        let settings = try await env.settings(data.flags + journal.flags + [("SERVE_HOST", host), ("PORT", port)])
            .loaded(all: true)
        let log = try settings.eventLog(output: standardOutputIfRead)
        try await BacktestService(settings: settings, log: log).run()
    }
}
