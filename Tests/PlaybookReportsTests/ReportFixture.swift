@testable import PlaybookCore

@testable import PlaybookReports

/// Rows of a made-up journal.
enum Fixture {
    /// A row with a trade, entered at 10:10.
    static func trade(
        _ date: String, net: Double, r: Double? = nil, mae: Double = -0.5, mfe: Double = 1, symbol: String = "QQQ",
        number: Int = 1, of trades: Int = 1, notes: String = "stopped out at 11:00", reason: String = "stop_loss",
        costs: Double = 0
    ) -> JournalRow {
        var row = session(date, symbol: symbol, notes: notes)
        row.noTrade = ""
        row.tradeNumber = number
        row.trades = trades
        row.side = .long
        row.steps = "pullback=10:02 reversal=10:06"
        row.values = "average=100.2 range=0.4"
        row.trade = ClosedTrade(
            side: .long, entryTime: TimeOfDay(minutes: 610 + number), entry: 100, shares: 20,
            stop: r == nil ? nil : 99, entryBucket: "10:10-10:20", barsSinceOpen: 20,
            exitTime: TimeOfDay(minutes: 660), exit: 100 + net / 20, gross: net + costs, costs: costs, net: net,
            risk: r == nil ? nil : 1, rMultiple: r, exitReason: reason, mae: mae, mfe: mfe)
        return row
    }

    /// A row without a trade.
    static func session(
        _ date: String, symbol: String = "QQQ", notes: String = "no uptrend", code: String = "filter:uptrend"
    ) -> JournalRow {
        JournalRow(
            tradeDate: CivilDate(date)!, symbol: Symbol(symbol)!, strategy: "dp20", parametersID: "pdf1899cf3323",
            side: .long, setup: "setup", noTrade: code, notes: notes, market: "XNYS", completeness: 1,
            parameters: "defaults", dataSource: "files", dataID: "d00000001", runID: "20250101T000000Z-abcdef")
    }

    /// A report on rows.
    static func report(_ rows: [JournalRow]) -> Report { Report(rows: rows, place: "csv journal a.csv", version: "1") }

    /// A report's page as text.
    static func page(_ rows: [JournalRow]) -> String { String(decoding: report(rows).html(), as: UTF8.self) }

    /// Dates of so many sessions, each a weekday.
    static func dates(_ count: Int) -> [String] {
        let calendar = Market.xnys.calendar
        return calendar.sessions(from: CivilDate("2024-01-02")!, through: CivilDate("2025-12-31")!)
            .prefix(count).map(\.date.description)
    }
}
