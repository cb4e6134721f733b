import Testing

@testable import PlaybookCore

extension JournalRow {
    /// A row without a trade.
    static func untraded(
        _ symbol: String = "QQQ", _ date: String = "2024-11-04", parametersID: String = "abc", notes: String = "",
        dataSource: String = "files", runID: String = "run-1", sourceLocation: SourceLocation = #_sourceLocation
    ) throws -> JournalRow {
        JournalRow(
            tradeDate: try #require(CivilDate(date), sourceLocation: sourceLocation),
            symbol: try #require(Symbol(symbol), sourceLocation: sourceLocation), strategy: "dp20",
            parametersID: parametersID, side: .long, noTrade: "step:pullback", notes: notes, market: "XNYS",
            completeness: 1, parameters: "defaults", dataSource: dataSource, dataID: "d0123456789ab", runID: runID)
    }

    /// A row with a trade entered at `entry`, the `number`th of `trades` of its session.
    static func traded(
        _ symbol: String = "QQQ", _ date: String = "2024-11-04", entry: Double = 190.45, number: Int = 1,
        of trades: Int = 1, runID: String = "run-1"
    ) throws -> JournalRow {
        var row = try untraded(symbol, date, notes: "stopped out at 10:32", runID: runID)
        row.trendValid = true
        row.trendAverage = 181.123456
        row.reversalStrong = true
        row.noTrade = ""
        row.tradeNumber = number
        row.trades = trades
        let (entryTime, exitTime) = (TimeOfDay(minutes: 600 + 16 * number), TimeOfDay(minutes: 616 + 16 * number))
        func price(_ value: Double) -> Double { journalRounded(value) }
        row.trade = ClosedTrade(
            side: .long, entryTime: entryTime, entryInstant: NewYorkTime.instant(row.tradeDate, entryTime),
            entry: entry, shares: 20, average: price(entry - 0.11), trueRange: 0.25,
            trueRangeFraction: journalRounded(0.25 / entry), stop: price(entry - 0.3),
            entryBucket: ClosedTrade.bucket(of: entryTime), barsSinceOpen: 15 + 8 * Double(number), exitTime: exitTime,
            exitInstant: NewYorkTime.instant(row.tradeDate, exitTime), exit: price(entry - 0.3), gross: -6, costs: 0,
            net: -6, risk: 0.3, rMultiple: -1,
            distanceToAverage: journalRounded(0.11 / price(entry - 0.11) * 10_000), exitReason: "stop_loss", mae: -0.3,
            mfe: 0.42)
        return row
    }

    /// The rows of a session with so many trades; of one without a trade when there are none.
    static func session(
        _ trades: Int, _ symbol: String = "QQQ", _ date: String = "2024-11-04", runID: String = "run-1"
    ) throws -> [JournalRow] {
        if trades == 0 { return [try untraded(symbol, date, runID: runID)] }
        return try (1...trades).map { try traded(symbol, date, number: $0, of: trades, runID: runID) }
    }

    /// Many rows with keys of their own: sessions of several symbols.
    static func many(_ count: Int, runID: String = "run-1") throws -> [JournalRow] {
        let sessions = TradingCalendar.nyse.allSessions
        let symbols = ["QQQ", "SPY", "IWM"]
        return try (0..<count).map { index in
            try untraded(symbols[index % 3], "\(sessions[index / 3].date)", notes: "row \(index)", runID: runID)
        }
    }
}
