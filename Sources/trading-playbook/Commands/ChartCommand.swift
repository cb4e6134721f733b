import ArgumentParser
import PlaybookCore
import PlaybookAssembly
import PlaybookSettings
import PlaybookUseCases

struct ChartCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "chart",
        abstract: "Draw one session: its bars, what the playbook saw, and what it did.",
        usage: "trading-playbook chart --date <date> --svg <file> [<options>]",
        discussion: """
            Bars, volume, the playbook's values, its window, where each step held, entry, stop as it moved, target and \
            exit; without a trade, why there was none. An SVG file that every browser shows, in its light or dark theme.

            EXAMPLES
              trading-playbook chart --symbol QQQ --date 2025-02-10 --source sample \\
                --svg day.svg
            """)

    @OptionGroup(title: "Data options") var data: DataOptions
    @Option(help: "The session's date, YYYY-MM-DD.") var date: CivilDate
    @OptionGroup var playbook: PlaybookOptions
    @Option(help: ArgumentHelp("Where to write the picture.", valueName: "file"), completion: .file()) var svg: String
    @Flag(help: "Open the picture with the desktop's program for it.") var open = false
    @OptionGroup var env: EnvFileOption

    func run() async throws {
        let settings = try await env.settings(data.flags + playbook.flags).loaded()
        try OutputFile.requireWritable(svg, flag: "--svg")
        let result = try await ChartJob(
            settings: settings, parameters: playbook.parameters(), date: date
        ).run()
        for warning in result.warnings { standardError("warning: \(warning.words(.commandLine))") }
        try OutputFile.write(result.svg, to: svg, flag: "--svg")
        for note in result.notes { try standardOutput(note) }
        try standardOutput("Chart: \(svg)")
        if open { Desktop.open(svg) }
    }
}
