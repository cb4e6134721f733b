import ArgumentParser
import PlaybookCore
import PlaybookService

struct CalendarCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "calendar",
        abstract: "List the sessions of the New York Stock Exchange, 1998 to 2035.",
        discussion: """
            EXAMPLE
              trading-playbook calendar --start 2025-11-24 --end 2025-12-31
            """)

    @Option(help: "First date, YYYY-MM-DD.") var start: CivilDate
    @Option(help: "Last date, YYYY-MM-DD.") var end: CivilDate
    @Option(help: "How to print: table, csv or json.") var format = CalendarReport.Format.table

    func run() throws {
        try standardOutput(CalendarReport(from: start, through: end).text(format))
    }
}
