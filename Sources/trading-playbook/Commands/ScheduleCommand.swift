import ArgumentParser
import PlaybookCore
import PlaybookSettings
import PlaybookUseCases

struct ScheduleCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "schedule",
        abstract: "Let this machine run 'backtest --catch-up' after each close: install, show or remove.",
        discussion: """
            A timer of systemd, by the clocks of the symbols' markets, which makes up for hours at which the machine was off; or a line of \
            crontab that runs every hour, needs no time zone, and does nothing where nothing is missing.

            EXAMPLES
              trading-playbook schedule install
              trading-playbook schedule show --cron
              trading-playbook schedule remove
            """,
        subcommands: [ScheduleInstallCommand.self, ScheduleShowCommand.self, ScheduleRemoveCommand.self])
}

/// Which schedule.
struct ScheduleOptions: ParsableArguments {
    @Flag(help: "A timer of systemd. (default where systemd runs)") var systemd = false
    @Flag(help: "A line of your crontab. (default elsewhere)") var cron = false
    @Flag(help: "A timer of the machine, as root, instead of your own.") var system = false
    @Option(help: ArgumentHelp("The folder to run in, which holds .env. (default: this one)", valueName: "folder"))
    var folder: String?
    @Option(help: "What the timer, or the part of crontab, is called.") var name = "trading-playbook"
    @OptionGroup var playbook: PlaybookOptions

    func validate() throws {
        guard !(systemd && cron) else { throw ValidationError("Choose --systemd or --cron, not both.") }
        guard !(system && cron) else { throw ValidationError("--system is about timers of systemd, not about --cron.") }
    }

    /// The schedule, and the place for it.
    func place() throws -> SchedulePlace {
        _ = try playbook.parameters()
        let arguments =
            (playbook.strategy.map { ["--strategy", $0] } ?? []) + playbook.param.flatMap { ["--param", $0] }
        let folder = try SchedulePlace.folder(folder)
        let schedule = try NightlySchedule(
            name: name, program: try SchedulePlace.program(), folder: folder, arguments: arguments,
            markets: SchedulePlace.markets(in: folder))
        return SchedulePlace(
            schedule: schedule, isTimer: systemd || system || !cron && SchedulePlace.systemdRuns, isSystem: system)
    }
}

struct ScheduleInstallCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "install",
        abstract: "Write the timer or the line of crontab, and start it.",
        usage: "trading-playbook schedule install [<options>]",
        discussion: """
            A timer and cron have no settings but those of the folder's .env: these are checked first. Installed again, \
            it is replaced.

            EXAMPLES
              trading-playbook schedule install
              trading-playbook schedule install --cron --folder ~/trading \\
                --strategy dp20 --param stop-atr=1.5
            """)

    @OptionGroup var options: ScheduleOptions

    func run() throws {
        let place = try options.place()
        try place.requireSettings(strategy: options.playbook.strategy)
        try standardOutput(try place.install())
    }
}

struct ScheduleShowCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Show what install would write, and whether it is there.",
        usage: "trading-playbook schedule show [<options>]",
        discussion: """
            EXAMPLES
              trading-playbook schedule show
              trading-playbook schedule show --cron
            """)

    @OptionGroup var options: ScheduleOptions

    func run() throws { try standardOutput(try options.place().shown()) }
}

struct ScheduleRemoveCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "remove",
        abstract: "Stop the timer and remove it, or take the line out of crontab.",
        usage: "trading-playbook schedule remove [<options>]",
        discussion: """
            EXAMPLE
              trading-playbook schedule remove --systemd
            """)

    @OptionGroup var options: ScheduleOptions

    func run() throws { try standardOutput(try options.place().remove()) }
}
