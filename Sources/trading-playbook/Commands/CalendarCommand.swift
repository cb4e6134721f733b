import ArgumentParser
import PlaybookCore
import PlaybookAssembly
import PlaybookReports
import PlaybookSettings

struct CalendarCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "calendar",
        abstract: "List the sessions of a market, 1998 to 2035.",
        usage: "trading-playbook calendar --start <date> --end <date> [<options>]",
        discussion: """
            EXAMPLE
              trading-playbook calendar --start 2025-11-24 --end 2025-12-31
              trading-playbook calendar --market 24x7 --start 2025-11-24 --end 2025-11-30
            """)

    @Option(help: "First date, YYYY-MM-DD.") var start: CivilDate
    @Option(help: "Last date, YYYY-MM-DD.") var end: CivilDate
    @OptionGroup var market: MarketOption
    @Option(help: "How to print: table, csv or json.") var format = CalendarReport.Format.table

    @OptionGroup var env: EnvFileOption

    func run() throws {
        let market = try env.settings([market.flag]).markets()[0]
        try standardOutput(CalendarReport(from: start, through: end, market: market).text(format))
    }
}
