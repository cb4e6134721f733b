import Testing

@testable import PlaybookCore

extension JournalRow {
    /// A row of one's own making; without a trade unless one is given.
    static func made(
        on date: String = "2013-10-09", symbol: String = "TEST", strategy: String = "dp20",
        parametersID: String = "0123456789ab", trade: Fields? = nil, notes: String = "", dataSource: String = "files",
        dataID: String = "ba9876543210", runID: String = "run-1", sourceLocation: SourceLocation = #_sourceLocation
    ) throws -> JournalRow {
        JournalRow(
            tradeDate: try .of(date, sourceLocation: sourceLocation),
            symbol: try #require(Symbol(symbol), sourceLocation: sourceLocation), strategy: strategy,
            parametersID: parametersID, trendValid: nil, trendAverage: nil, window: nil, pullbackTime: nil,
            reversalTime: nil, reversalStrong: nil, confirmationTime: nil, trade: trade, notes: notes,
            dataSource: dataSource, dataID: dataID, runID: runID)
    }
}

extension JournalRow.Fields {
    /// A trade of 10 shares bought at 100, with a stop at 98 unless told otherwise.
    static func made(
        exit: Double, stop: Double? = 98, shares: Int = 10, costs: Double = 0, at time: String = "10:08",
        trueRange: Double? = 1, mae: Double = 0, mfe: Double = 0, reason: Trade.ExitReason = .endOfDay,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws -> JournalRow.Fields {
        JournalRow.Fields(
            entryTime: try #require(TimeOfDay(time), sourceLocation: sourceLocation), barsSinceOpen: 19,
            shares: shares, average: 99.5, trueRange: trueRange, exitTime: TimeOfDay(minutes: 15 * 60 + 54),
            costs: costs,
            fill: Trade(
                entryBar: 19, exitBar: 192, entry: 100, exit: exit, stop: stop, reason: reason, mae: mae, mfe: mfe))
    }
}

extension JournalCSV {
    /// The whole file, as text.
    static func text(_ records: [JournalRecord]) -> String { String(decoding: bytes(records), as: UTF8.self) }

    /// The line, or lines, of one row, without the last line end.
    static func line(_ row: JournalRow) -> String {
        String(text([JournalRecord(row)]).dropFirst(header.count + 1).dropLast())
    }
}
