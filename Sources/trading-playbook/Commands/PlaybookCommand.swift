import ArgumentParser
import PlaybookCore
import PlaybookFileSystem
import PlaybookScript
import PlaybookAssembly
import PlaybookReports
import PlaybookSettings
import PlaybookUseCases

struct PlaybookCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "playbook",
        abstract: "Write a playbook file, check it, see its rules in words, and why a day went as it did.",
        discussion: """
            EXAMPLES
              trading-playbook playbook new orb.yaml --from opening-range
              trading-playbook playbook check orb.yaml
              trading-playbook playbook explain orb.yaml --symbol QQQ --date 2025-03-12
            """,
        subcommands: [
            PlaybookNewCommand.self, PlaybookCheckCommand.self, PlaybookShowCommand.self, PlaybookExplainCommand.self,
            PlaybookSchemaCommand.self,
        ])
}

/// A playbook, by its file or by its name.
struct ChosenPlaybookFile: ParsableArguments {
    @Argument(
        help: ArgumentHelp("A playbook file, or the name of a playbook.", valueName: "file"),
        completion: .file(extensions: ["yaml", "yml", "json"]))
    var file: String

    /// The flags that choose it.
    var flags: [(name: String, value: String?)] {
        isName ? [("STRATEGY", file)] : [("PLAYBOOK_FILE", file)]
    }

    private var isName: Bool { Script.isName(file) && !FileSystem.exists(file) }
}

struct PlaybookNewCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "new",
        abstract: "Write a commented playbook file that runs as it is.",
        discussion: """
            The playbook is called as the file. A file that is there already stays.

            EXAMPLES
              trading-playbook playbook new orb.yaml --from opening-range
              trading-playbook playbook new playbooks/my-pullback.yaml
            """)

    @Argument(help: "The file to write.", completion: .file(extensions: ["yaml"])) var file: String
    @Option(
        help: ArgumentHelp(
            "What to begin with: \(PlaybookTemplates.names.joined(separator: ", ")).", valueName: "template"),
        completion: .list(PlaybookTemplates.names))
    var from = "pullback"

    func run() throws {
        let parts = FileSystem.name(of: file).split(separator: ".", omittingEmptySubsequences: false)
        let name = parts.first.map(String.init) ?? ""
        guard parts.count == 2, parts[1] == "yaml" || parts[1] == "yml" else {
            throw PlaybookError(
                .usage, "a playbook's file ends with .yaml, not '\(file)'", nextStep: "Name it orb.yaml.")
        }
        guard Script.isName(name) else {
            throw PlaybookError(
                .usage, "'\(name)' cannot be a playbook's name",
                nextStep: "Small letters, digits and '-': my-pullback.yaml.")
        }
        guard !BuiltInPlaybooks.names.contains(name) else {
            throw PlaybookError(
                .usage, "'\(name)' is the name of a built-in playbook", nextStep: "Choose another name for the file.")
        }
        guard let text = PlaybookTemplates.text(from, named: name) else {
            throw PlaybookError(
                .usage, "there is no template '\(from)'",
                nextStep: "There are \(PlaybookTemplates.names.joined(separator: ", ")).")
        }
        guard !FileSystem.exists(file) else {
            throw PlaybookError(.usage, "\(file) is there already", nextStep: "Name another file, or move it away.")
        }
        do throws(FileError) {
            try FileSystem.createDirectory(FileSystem.directory(of: file))
            try FileSystem.replace(file, with: Array(text.utf8))
        } catch {
            throw PlaybookError(
                .cannotWrite, NeutralText(error.description), nextStep: "Name a file that can be written.")
        }
        try standardOutput(
            "Wrote \(file), the playbook \(name). Run 'trading-playbook playbook check \(file)' after a change.")
    }
}

struct PlaybookCheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Check playbook files: everything that is wrong or doubtful, with line and column.",
        discussion: """
            Exits with 65 when something is wrong; doubts are warnings. Without a file it checks those of PLAYBOOK_DIR.

            EXAMPLE
              trading-playbook playbook check orb.yaml
            """)

    @Argument(help: "The files.", completion: .file(extensions: ["yaml", "yml", "json"])) var files: [String] = []
    @OptionGroup var env: EnvFileOption

    func run() async throws {
        let found: [PlaybookFile]
        if files.isEmpty {
            let settings = try await env.settings().loaded(all: true)
            found = try settings.playbookFiles()
            if found.isEmpty { try standardOutput("There are no playbook files in PLAYBOOK_DIR.") }
        } else {
            found = try files.map { try PlaybookFile(path: $0) }
        }
        var isWrong = false
        for file in found {
            do {
                let script = try file.script()
                for warning in script.warnings { try standardOutput("\(file.place):\(warning)") }
                let doubts = script.warnings.isEmpty ? "" : ", \(counted(script.warnings.count, "warning"))"
                try standardOutput("\(file.place): ok, \(script.name)\(doubts)")
            } catch let error as PlaybookError {
                isWrong = true
                try standardOutput(error.facts.words(.commandLine))
            }
        }
        if isWrong { throw ExitCode(PlaybookError.Code.badData.exitCode) }
    }
}

struct PlaybookShowCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Show a playbook's rules in words, its parameters, and the data that it needs.",
        usage: "trading-playbook playbook show <file> [<options>]",
        discussion: """
            EXAMPLES
              trading-playbook playbook show orb.yaml
              trading-playbook playbook show dp20 --yaml > my-dp20.yaml
            """)

    @OptionGroup var playbook: ChosenPlaybookFile
    @Option(
        parsing: .singleValue,
        help: ArgumentHelp("A parameter of the playbook; may be repeated.", valueName: "name=value"),
        completion: .list([]))
    var param: [String] = []
    @Flag(help: "The file itself, to copy a built-in playbook from.") var yaml = false
    @Option(help: "How to print: table or json.") var format = ReportFormat.table
    @OptionGroup var env: EnvFileOption

    func run() async throws {
        let settings = try await env.settings(playbook.flags).loaded()
        if yaml {
            let script = try settings.chosenScript(nil).script
            let text = BuiltInPlaybooks.text(script.name) ?? script.canonicalText
            return try standardOutput(Array(text.utf8))
        }
        let report = try PlaybookReport(settings: settings, parameters: PlaybookOptions.parameters(param))
        try standardOutput(report.text(format))
    }
}

struct PlaybookExplainCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: "Explain sessions: filters with their numbers, steps, orders, fills, stops, and what was missing.",
        usage: "trading-playbook playbook explain <file> [<options>]",
        discussion: """
            Nothing is written.

            EXAMPLES
              trading-playbook playbook explain orb.yaml --symbol QQQ --date 2025-03-12
              trading-playbook playbook explain dp20 --symbol QQQ --date 2025-03-12 --bars
            """)

    @OptionGroup var playbook: ChosenPlaybookFile
    @OptionGroup(title: "Data options") var data: DataOptions
    @Option(help: "The session's date, YYYY-MM-DD.") var date: CivilDate?
    @Option(help: "First session date of several, YYYY-MM-DD.") var start: CivilDate?
    @Option(help: "Last session date of several, YYYY-MM-DD.") var end: CivilDate?
    @Option(
        parsing: .singleValue,
        help: ArgumentHelp("A parameter of the playbook; may be repeated.", valueName: "name=value"),
        completion: .list([]))
    var param: [String] = []
    @Flag(help: "A line for each bar: its values, and which conditions held.") var bars = false
    @Option(help: "How to print: table or json.") var format = ReportFormat.table
    @OptionGroup var env: EnvFileOption

    func validate() throws {
        guard (date != nil) != (start != nil && end != nil), (start == nil) == (end == nil) else {
            throw ValidationError("Name the session with --date, or several with --start and --end.")
        }
        if let start, let end, start > end { throw ValidationError("--start \(start) lies after --end \(end).") }
    }

    func run() async throws {
        let settings = try await env.settings(data.flags + playbook.flags).loaded()
        guard let first = date ?? start, let last = date ?? end else { return }
        let job = try ExplainJob(
            settings: settings, sessions: first...last, parameters: PlaybookOptions.parameters(param))
        let report = try await job.run(bars: bars)
        for warning in report.warnings { standardError("warning: \(warning)") }
        try standardOutput(report.text(format, color: Terminal.usesColor))
    }
}

struct PlaybookSchemaCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "schema",
        abstract: "Print the JSON Schema of playbook files: completion and checks in editors.",
        discussion: """
            EXAMPLE
              trading-playbook playbook schema > playbook.schema.json
            """)

    func run() throws { try standardOutput(PlaybookSchema.text) }
}
