import PlaybookCore
import Testing

@Suite("Journal rows")
struct JournalRowTests {
    static func text(_ row: JournalRow, _ column: JournalColumn) -> String { row.fields[column.index] }

    @Test("have a field for each column")
    func count() throws {
        #expect(try JournalRow.made().fields.count == 38)
        #expect(try JournalRow.made(trade: .made(exit: 101)).fields.count == 38)
    }

    @Test("write flags as true and false, and nothing when unknown")
    func flags() throws {
        var row = try JournalRow.made()
        #expect(Self.text(row, .trendValid) == "")
        #expect(Self.text(row, .reversalStrong) == "")
        #expect(Self.text(row, .entered) == "false")
        row.trendValid = true
        row.reversalStrong = false
        row.trade = try .made(exit: 101)
        #expect(Self.text(row, .trendValid) == "true")
        #expect(Self.text(row, .reversalStrong) == "false")
        #expect(Self.text(row, .entered) == "true")
    }

    @Test(
        "put an entry into the ten minutes it lies in",
        arguments: [
            ("10:00", "10:00-10:10"), ("10:08", "10:00-10:10"), ("10:10", "10:10-10:20"), ("10:32", "10:30-10:40"),
            ("09:32", "09:30-09:40"), ("15:58", "15:50-16:00"),
        ])
    func bucket(time: String, bucket: String) throws {
        let row = try JournalRow.made(trade: .made(exit: 101, at: time))
        #expect(Self.text(row, .entryBucket) == bucket)
        #expect(Self.text(row, .entryTime) == time)
    }

    @Test("derive money and distances from the fills")
    func derived() throws {
        // Bought at 100, sold at 97.5, stop at 98: 2.5 lost a share with 2 at risk.
        let row = try JournalRow.made(
            trade: .made(exit: 97.5, shares: 40, costs: 1.5, trueRange: 1.6, mae: -2.5, mfe: 0.75, reason: .stopGap))
        let expected: [(JournalColumn, String)] = [
            (.grossPnL, "-100"), (.costs, "1.5"), (.netPnL, "-101.5"), (.rMultiple, "-1.25"), (.stopDistance, "2"),
            (.riskPerShare, "2"), (.stopPrice, "98"), (.trueRangeFraction, "0.016"), (.distanceToAverage, "50.251256"),
            (.exitReason, "stop_gap"), (.mae, "-2.5"), (.mfe, "0.75"),
        ]
        for (column, text) in expected { #expect(Self.text(row, column) == text, "\(column.rawValue)") }
    }

    @Test("leave empty what a trade without a stop, an average or an ATR does not have")
    func withoutStop() throws {
        var trade = try JournalRow.Fields.made(exit: 101, stop: nil, trueRange: nil)
        trade.average = nil
        let row = try JournalRow.made(trade: trade)
        let empty: [JournalColumn] = [
            .stopPrice, .stopDistance, .riskPerShare, .rMultiple, .averageAtEntry, .trueRangeAtEntry,
            .trueRangeFraction, .distanceToAverage,
        ]
        for column in empty { #expect(Self.text(row, column).isEmpty, "\(column.rawValue)") }
        #expect(Self.text(row, .netPnL) == "10")
    }

    @Test("say in words how a trade ended")
    func notes() async throws {
        var session = try ScriptedSession.withSetup("2013-10-09")
        let strategy = try dp20(["atr-period": "1", "stop-atr": "1"])
        func notes() async throws -> String { try await MemoryMarket(session).row(strategy, on: "2013-10-09").notes }
        #expect(try await notes() == "closed at the exit time, bar 15:54")
        session.remove("15:54", through: "15:58")
        #expect(
            try await notes() == "closed at the session's last bar 15:52: no bar reached the exit time")
        session["11:00"] = Candle(100.75, 101, 99, 100)
        #expect(try await notes() == "stopped out at 11:00")
        session["11:00"] = Candle(99, 101, 99, 100)
        #expect(try await notes() == "opened below the stop at 11:00 and filled there")
    }

    @Test("name exit reasons as the journal does")
    func reasons() {
        #expect(
            Trade.ExitReason.allCases.map(\.rawValue) == ["stop_loss", "stop_gap", "end_of_day", "session_end"])
    }

    @Test("carry the source and the run they were told")
    func context() async throws {
        let market = MemoryMarket(try ScriptedSession("2013-10-09"))
        let history = try await market.history(for: [try dp20()], on: "2013-10-09")
        let rows = Backtest(history: history).journal(try dp20(), dataSource: "a/b", runID: "r-7")
        #expect(rows.map(\.dataSource) == ["a/b"])
        #expect(rows.map(\.runID) == ["r-7"])
        #expect(rows.map { Self.text($0, .strategy) } == ["dp20"])
        #expect(rows.map(\.parametersID) == [try dp20().parametersID])
    }
}
