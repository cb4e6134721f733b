import ArgumentParser
import PlaybookServer

struct HealthCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "health",
        abstract: "Ask 'serve' on this machine whether it is up.",
        discussion: """
            Exits with 0 when it answers well within 3 seconds, else with 69.

            EXAMPLE
              trading-playbook health --port 8080
            """)

    @Option(help: ArgumentHelp("The port that it listens on. (PORT, default 8080)")) var port: String?
    @OptionGroup var env: EnvFileOption

    func run() async throws {
        let port = try env.settings([("PORT", port)]).serverAddress().port
        try HealthProbe.ask(port: port)
        try standardOutput("ok: port \(port)")
    }
}
