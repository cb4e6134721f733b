import ArgumentParser
import PlaybookCore
import PlaybookSettings
import PlaybookUseCases

@main
struct TradingPlaybook: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "trading-playbook",
        abstract: "Backtests of trading playbooks, and a journal of every session.",
        discussion: """
            EXAMPLE
              trading-playbook backtest --symbol QQQ --date 2025-11-04 --source sample

            Settings come from flags, then the environment, then a .env file; 'trading-playbook config' shows them.

            EXIT CODES
              0   done, also when no trade was taken or the market was closed
              1   status: a session lacks its row or bars, or a row is wrong
              64  the command line is wrong
              65  data was read but is not right
              69  a source of data is unavailable or does not have what was asked for
              73  the journal cannot be written
              74  only standard output cannot be written: the journal is
              75  not now: try again later
              78  a setting is wrong or missing
            """,
        version: programVersion,
        subcommands: [
            BacktestCommand.self, SweepCommand.self, WalkForwardCommand.self, MonteCarloCommand.self,
            CompareCommand.self, ResearchCommand.self, FetchCommand.self, CalendarCommand.self, PlaybookCommand.self,
            StrategiesCommand.self, DataCommand.self, JournalCommand.self, ReportCommand.self, ChartCommand.self,
            StatusCommand.self, ServeCommand.self, HealthCommand.self, DoctorCommand.self,
            ConfigCommand.self, ScheduleCommand.self,
        ])

    static func main() async {
        endOnSignalsAsFirstProcess()
        do {
            var command = try parsed()
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
        } catch let error as PlaybookError {
            standardError("error: \(error.words(.commandLine))")
            exit(withError: ExitCode(error.code.exitCode))
        } catch {
            exit(withError: error)
        }
    }

    /// The command that is asked for. A backtest is parsed as one at once, a third sooner; where its arguments are not
    /// right or ask for help, they are parsed from the start, so that what is shown names the whole command.
    private static func parsed() throws -> any ParsableCommand {
        let arguments = CommandLine.arguments.dropFirst()
        if arguments.first == BacktestCommand.configuration.commandName,
            let command = try? BacktestCommand.parseAsRoot(Array(arguments.dropFirst())) as? BacktestCommand
        {
            return command
        }
        return try parseAsRoot()
    }
}
