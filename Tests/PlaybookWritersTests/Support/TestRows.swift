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
            parametersID: parametersID, notes: notes, dataSource: dataSource, dataID: "0123456789ab", runID: runID)
    }

    /// A row with a trade entered at `entry`.
    static func traded(
        _ symbol: String = "QQQ", _ date: String = "2024-11-04", entry: Double = 190.45, runID: String = "run-1"
    ) throws -> JournalRow {
        var row = try untraded(symbol, date, notes: "stopped out at 10:32", runID: runID)
        row.trendValid = true
        row.trendAverage = 181.123456
        row.reversalStrong = true
        row.trade = Fields(
            entryTime: TimeOfDay(minutes: 616), barsSinceOpen: 23, shares: 20, average: entry - 0.11, trueRange: 0.25,
            exitTime: TimeOfDay(minutes: 632), costs: 0,
            fill: Trade(
                entryBar: 23, exitBar: 31, entry: entry, exit: entry - 0.3, stop: entry - 0.3, reason: .stopLoss,
                mae: -0.3, mfe: 0.42))
        return row
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

/// The `PlaybookError` that `body` ends with; nil, and an issue, when it ends otherwise.
func playbookError<Result>(
    sourceLocation: SourceLocation = #_sourceLocation, _ body: () async throws -> Result
) async -> PlaybookError? {
    await #expect(throws: PlaybookError.self, sourceLocation: sourceLocation) { _ = try await body() }
}
