import PlaybookCore
import Testing

@Suite("Journal rows")
struct JournalRowTests {
    static func text(_ row: JournalRow, _ column: JournalColumn) -> String { row.fields[column.index] }

    @Test("have a field for each column")
    func count() throws {
        #expect(try JournalRow.made().fields.count == 54)
        #expect(try JournalRow.made(trade: .made(exit: 101)).fields.count == 54)
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
    func derived() async throws {
        // Bought at 100.75 with 1 x ATR of 0.5 at risk, opens at 99.5 through the stop: 1.25 lost a share.
        var session = try ScriptedSession.withSetup("2013-10-09")
        session["11:00"] = Candle(99.5, 101, 99, 100)
        let strategy = try dp20([
            "atr-period": "1", "stop-atr": "1", "shares": "40", "slippage-bps": "1", "fee-per-share": "0.01",
        ])
        let row = try await MemoryMarket(session).row(strategy, on: "2013-10-09")
        // Costs: (100.75 + 99.5) x 40 / 10,000 + 2 x 40 x 0.01.
        let expected: [(JournalColumn, String)] = [
            (.grossPnL, "-50"), (.costs, "1.601"), (.netPnL, "-51.601"), (.rMultiple, "-2.5"), (.stopDistance, "0.5"),
            (.riskPerShare, "0.5"), (.stopPrice, "100.25"), (.trueRangeFraction, "0.004963"),
            (.exitReason, "stop_gap"), (.mae, "-1.25"), (.side, "long"), (.trades, "1"), (.tradeNumber, "1"),
            (.mode, "backtest"), (.market, "XNYS"), (.completeness, "1"), (.noTrade, ""),
            (.entryInstant, "2013-10-09T14:08:00Z"), (.exitInstant, "2013-10-09T15:00:00Z"),
            (.parameters, "stop-atr=1 atr-period=1 slippage-bps=1 fee-per-share=0.01 shares=40"),
        ]
        for (column, text) in expected { #expect(Self.text(row, column) == text, "\(column.name)") }
    }

    @Test("leave empty what a trade without a stop, an average or an ATR does not have")
    func withoutStop() throws {
        let row = try JournalRow.made(trade: .made(exit: 101, stop: nil, trueRange: nil, average: nil))
        let empty: [JournalColumn] = [
            .stopPrice, .stopDistance, .riskPerShare, .rMultiple, .averageAtEntry, .trueRangeAtEntry,
            .trueRangeFraction, .distanceToAverage,
        ]
        for column in empty { #expect(Self.text(row, column).isEmpty, "\(column.name)") }
        #expect(Self.text(row, .netPnL) == "10")
    }

    @Test("are read back as what they were, every column of them")
    func readBack() throws {
        var row = try JournalRow.made(trade: .made(exit: 97.5, mae: -2.5, mfe: 0.75, reason: .stopGap))
        (row.mode, row.tradeNumber, row.trades, row.side) = (.paper, 2, 3, .short)
        (row.trendValid, row.trendAverage, row.window) = (true, 181.123456, "10:00-10:30")
        (row.pullbackTime, row.reversalTime) = (TimeOfDay("10:02"), TimeOfDay("10:04"))
        (row.reversalStrong, row.confirmationTime) = (true, TimeOfDay("10:06"))
        (row.setup, row.steps, row.values) = ("up", "pullback=10:02 reversal=10:04", "top=101.2 bottom=100.4")
        (row.chartLink, row.completeness, row.parameters) = ("charts/x.svg", 0.9795, "stop-atr=1.5")
        row.trade?.side = .short
        row.trade?.target = 95
        row.trade?.exits = "0.5@97 target 10:40; 0.5@98 stop_loss 11:00"
        row.trade?.isAmbiguous = true
        let record = JournalRecord(row)
        // Without a trade there is a reason; the two never stand in one row.
        #expect(
            record.fields.enumerated().filter { $1.isEmpty }.map { JournalColumn.names[$0.offset] } == [
                "notes", "no_trade",
            ])
        #expect(try JournalRow(record) == row)
        #expect(try JournalRecord(fields: record.fields) == record)
    }

    @Test("name why there was no trade by the playbook's own filters and steps")
    func noTrade() async throws {
        func code(_ strategy: Playbook, _ change: (inout ScriptedSession) -> Void) async throws -> String {
            var session = try ScriptedSession.withSetup("2013-10-09")
            change(&session)
            return try await MemoryMarket(session).row(strategy, on: "2013-10-09").noTrade
        }
        #expect(try await code(dp20()) { _ in } == "")
        #expect(try await code(dp20(["trend-period": "400"])) { _ in } == "filter:uptrend")
        #expect(try await code(dp20(["window-start": "09:30", "window-end": "09:32"])) { _ in } == "step:pullback")
        #expect(try await code(dp20(["window-end": "10:02"])) { _ in } == "step:reversal")
        #expect(try await code(dp20(["window-end": "10:04"])) { _ in } == "step:confirmation")
        #expect(try await code(dp20()) { $0.remove("10:08", through: "15:58") } == "expired")
        #expect(try await code(dp20(["exit-time": "10:08"])) { _ in } == "expired")
        #expect(try await code(dp20()) { $0.remove("09:40", through: "09:44") } == "refused:bars")
    }

    @Test("of a session without a bar say nothing but that")
    func noBars() async throws {
        var session = try ScriptedSession("2013-10-09")
        session.remove("09:30", through: "15:58")
        let market = MemoryMarket(try ScriptedSession("2013-10-08"), session, try ScriptedSession("2013-10-10"))
        let row = try await market.row(dp20(), on: "2013-10-09")
        #expect(row.noTrade == "no-bars")
        #expect(row.completeness == 0)
        #expect(row.side == .long && row.trades == 0 && row.parameters == "defaults")
        #expect(row.window.isEmpty && row.trendAverage == nil && row.trendValid == nil)
        #expect(row.notes == "no bars")
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
            ExitReason.allCases.map(\.rawValue) == [
                "stop_loss", "stop_gap", "trailing_stop", "breakeven_stop", "target", "signal", "time_stop",
                "end_of_day", "session_end", "refused_fill", "unprotected", "flatten",
            ])
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
