import PlaybookCore
import Testing

@Suite("DP20: a session by hand")
struct DP20TextbookTests {
    @Test("fills in every column of the journal")
    func everyColumn() async throws {
        var session = try ScriptedSession.withSetup("2013-10-09")
        session["12:00"] = Candle(100.75, 103, 100.25, 100.75)
        session["15:54"] = Candle(101, 102.5, 100.75, 102)
        session.hold(50, from: "15:56")
        let strategy = try dp20(["slippage-bps": "1", "fee-per-share": "0.005"])
        let row = try await MemoryMarket(session).row(strategy, on: "2013-10-09")
        // ATR / entry:   0.614592593 / 100.75                             = 0.006100174
        // gross:         (102 - 100.75) x 20                              = 25
        // costs:         (100.75 + 102) x 20 x 1/10000 + 2 x 20 x 0.005   = 0.4055 + 0.2 = 0.6055
        // R:             1.25 / 0.737511111                               = 1.694889719
        // EMA distance:  (100.75 - 100.058093079) / 100.058093079 x 10000 = 69.15052
        // MAE, MFE:      100.25 - 100.75 and 103 - 100.75, both of the bar at 12:00
        // bars since the open: 09:30 to 10:08 is 38 minutes, 19 bars
        let expected = [
            "2013-10-09", "true", "90", "10:00-10:30", "10:02", "10:04", "true", "10:06", "true", "10:08", "100.75",
            "20", "100.058093", "0.614593", "0.0061", "0.737511", "100.012489", "10:00-10:10", "19", "15:54", "102",
            "25", "0.6055", "24.3945", "0.737511", "1.69489", "69.15052", "closed at the exit time, bar 15:54", "",
            "TEST", "dp20", strategy.parametersID, "end_of_day", "-0.5", "2.25", "memory", row.dataID, "run",
            "backtest", "1", "1", "long", "setup", "", "", "", "false",
            "pullback=10:02 reversal=10:04 confirmation=10:06", "average=100.058093 range=0.614593 trend=90",
            "2013-10-09T14:08:00Z", "2013-10-09T19:54:00Z",
            "XNYS", "1", "slippage-bps=1 fee-per-share=0.005",
        ]
        for (column, text) in zip(JournalColumn.allCases, expected) {
            #expect(row.fields[column.index] == text, "\(column.name)")
        }
        #expect(row.fields.count == expected.count)
        let trade = try #require(row.trade)
        #expect(isRounded(trade.average, ScriptedSession.Setup.average))
        #expect(isRounded(trade.trueRange, ScriptedSession.Setup.trueRange))
        #expect(isRounded(trade.risk, ScriptedSession.Setup.stopDistance))
    }
}
