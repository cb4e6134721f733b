import Testing

@testable import PlaybookCore

extension JournalRow {
    /// A row of one's own making; without a trade unless one is given.
    static func made(
        on date: String = "2013-10-09", symbol: String = "TEST", strategy: String = "dp20",
        parametersID: String = "p0123456789ab", trade: ClosedTrade? = nil, notes: String = "",
        dataSource: String = "files", dataID: String = "dba9876543210", runID: String = "run-1",
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws -> JournalRow {
        var row = JournalRow(
            tradeDate: try .of(date, sourceLocation: sourceLocation),
            symbol: try #require(Symbol(symbol), sourceLocation: sourceLocation), strategy: strategy,
            parametersID: parametersID, trades: trade == nil ? 0 : 1, trade: trade, side: .long, notes: notes,
            market: "XNYS", dataSource: dataSource, dataID: dataID, runID: runID)
        if let trade {
            row.trade?.entryInstant = NewYorkTime.instant(row.tradeDate, trade.entryTime)
            row.trade?.exitInstant = NewYorkTime.instant(row.tradeDate, trade.exitTime)
        }
        return row
    }
}

extension ClosedTrade {
    /// A trade of 10 shares bought at 100, with a stop at 98 unless told otherwise.
    static func made(
        exit: Double, stop: Double? = 98, shares: Int = 10, costs: Double = 0, at time: String = "10:08",
        trueRange: Double? = 1, average: Double? = 99.5, mae: Double = 0, mfe: Double = 0,
        reason: ExitReason = .endOfDay, sourceLocation: SourceLocation = #_sourceLocation
    ) throws -> ClosedTrade {
        let entryTime = try #require(TimeOfDay(time), sourceLocation: sourceLocation)
        let risk = stop.map { 100 - $0 }
        let gross = (exit - 100) * Double(shares)
        return ClosedTrade(
            side: .long, entryTime: entryTime, entry: 100, shares: Double(shares), average: average,
            trueRange: trueRange, trueRangeFraction: trueRange.map { $0 / 100 }, stop: stop,
            entryBucket: ClosedTrade.bucket(of: entryTime), barsSinceOpen: 19,
            exitTime: TimeOfDay(minutes: 15 * 60 + 54), exit: exit, gross: gross, costs: costs, net: gross - costs,
            risk: risk, rMultiple: risk.flatMap { $0 > 0 ? (exit - 100) / $0 : nil },
            distanceToAverage: average.map { journalRounded((100 - $0) / $0 * 10_000) }, exitReason: reason.rawValue,
            mae: mae, mfe: mfe)
    }

    /// Why it ended, as one of the engine's reasons.
    var reason: ExitReason? { ExitReason(rawValue: exitReason) }
}

extension JournalCSV {
    /// The whole file, as text.
    static func text(_ records: [JournalRecord]) -> String { String(decoding: bytes(records), as: UTF8.self) }

    /// The line, or lines, of one row, without the last line end.
    static func line(_ row: JournalRow) -> String {
        String(text([JournalRecord(row)]).dropFirst(header.count + 1).dropLast())
    }
}
