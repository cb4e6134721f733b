import PlaybookCore
import Testing

/// Every session here is entered at 10:08 at 100.75. With an ATR of one bar, that of the confirmation bar, the stop lies
/// exactly 0.5 below: at 100.25.
@Suite("Fills")
struct FillTests {
    static func trade(
        _ session: ScriptedSession, _ overrides: [String: String] = [:], minimumCompleteness: Double = 0.9,
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws -> ClosedTrade {
        let parameters = ["atr-period": "1", "stop-atr": "1"].merging(overrides) { $1 }
        let row = try await MemoryMarket(session).row(
            try dp20(parameters), on: session.session.date.description, minimumCompleteness: minimumCompleteness)
        let trade = try #require(row.trade, sourceLocation: sourceLocation)
        #expect(trade.entryTime == TimeOfDay("10:08"), sourceLocation: sourceLocation)
        #expect(trade.entry == 100.75, sourceLocation: sourceLocation)
        return trade
    }

    static func session() throws -> ScriptedSession { try .withSetup("2013-10-09") }

    @Test("at the stop when a bar's low reaches it")
    func stop() async throws {
        var session = try Self.session()
        session["10:20"] = Candle(100.75, 101, 100.25, 100.75)
        let trade = try await Self.trade(session)
        #expect(trade.stop == 100.25)
        #expect(trade.exit == 100.25)
        #expect(trade.exitTime == TimeOfDay("10:20"))
        #expect(trade.reason == .stopLoss)
        #expect(trade.rMultiple == -1)
        #expect(trade.gross == -10)
    }

    @Test("not at the stop when the low stays a cent above it")
    func nearStop() async throws {
        var session = try Self.session()
        session["10:20"] = Candle(100.75, 101, 100.26, 100.75)
        let trade = try await Self.trade(session)
        #expect(trade.reason == .endOfDay)
        #expect(trade.exitTime == TimeOfDay("15:54"))
        #expect(trade.mae == -0.49)
    }

    @Test("at the stop within the entry bar")
    func stopInEntryBar() async throws {
        var session = try Self.session()
        session["10:08"] = Candle(100.75, 103, 99, 102)
        let trade = try await Self.trade(session)
        #expect(trade.entryTime == trade.exitTime)
        #expect(trade.exitTime == TimeOfDay("10:08"))
        #expect(trade.exit == 100.25)
        #expect(trade.reason == .stopLoss)
        // The bar's high came before or after the fill, no one knows: it does not count, nor does the low below it.
        #expect(trade.mfe == 0)
        #expect(trade.mae == -0.5)
    }

    @Test("at the open of a bar that gaps through the stop")
    func gap() async throws {
        var session = try Self.session()
        session["11:00"] = Candle(99.5, 101, 99, 100.75)
        let trade = try await Self.trade(session)
        #expect(trade.exit == 99.5)
        #expect(trade.exitTime == TimeOfDay("11:00"))
        #expect(trade.reason == .stopGap)
        // (99.5 - 100.75) / 0.5
        #expect(trade.rMultiple == -2.5)
        #expect(trade.gross == -25)
        #expect(trade.mae == -1.25)
    }

    @Test("at the open of a bar that opens exactly at the stop, as a gap")
    func openAtStop() async throws {
        var session = try Self.session()
        session["11:00"] = Candle(100.25, 101, 99, 100.75)
        let trade = try await Self.trade(session)
        #expect(trade.exit == 100.25)
        #expect(trade.reason == .stopGap)
    }

    @Test("at the close of the bar that contains the exit time, the gap and the stop first")
    func exitBar() async throws {
        var session = try Self.session()
        session["15:54"] = Candle(100.75, 101.5, 100.5, 101.25)
        session.hold(90, from: "15:56")
        let trade = try await Self.trade(session)
        #expect(trade.exitTime == TimeOfDay("15:54"))
        #expect(trade.exit == 101.25)
        #expect(trade.reason == .endOfDay)
        #expect(trade.rMultiple == 1)
        session["15:54"] = Candle(100.75, 101.5, 100, 101.25)
        #expect(try await Self.trade(session).reason == .stopLoss)
        session["15:54"] = Candle(100, 101.5, 100, 101.25)
        #expect(try await Self.trade(session).reason == .stopGap)
    }

    @Test("in the bar whose interval contains the exit time, also when it starts with it")
    func exitTimes() async throws {
        let session = try Self.session()
        for (exit, bar) in [("15:53", "15:52"), ("15:54", "15:54"), ("15:55", "15:54"), ("15:56", "15:56")] {
            #expect(try await Self.trade(session, ["exit-time": exit]).exitTime == TimeOfDay(bar), "\(exit)")
        }
        // The entry bar may contain the exit time.
        let entryBar = try await Self.trade(session, ["exit-time": "10:09"])
        #expect(entryBar.exitTime == TimeOfDay("10:08"))
        #expect(entryBar.reason == .endOfDay)
    }

    @Test("do not happen at or after the exit time", arguments: ["10:08", "10:07", "09:30"])
    func tooLate(exit: String) async throws {
        let row = try await MemoryMarket(Self.session()).row(try dp20(["exit-time": exit]), on: "2013-10-09")
        #expect(row.trade == nil)
        #expect(row.noTrade == "expired")
        #expect(row.notes == "not filled: the next bar opens at 10:08, not before the exit time")
        #expect(row.confirmationTime == TimeOfDay("10:06"))
    }

    @Test(
        "do not happen in the last five minutes of a day that closes early",
        arguments: [("12:48", true), ("12:50", false)])
    func tooLateOnEarlyClose(pullback: String, isTraded: Bool) async throws {
        // Pullback, reversal, confirmation and entry lie two minutes apart: the entry at 12:54 or 12:56, the exit at 12:55.
        let session = try ScriptedSession.withSetup("2013-11-29", pullback: pullback)
        let row = try await MemoryMarket(session).row(try dp20(["window-end": "12:58"]), on: "2013-11-29")
        #expect((row.trade != nil) == isTraded)
        #expect(row.noTrade == (isTraded ? "" : "expired"))
    }

    @Test("take a price that equals the stop but for rounding for one at it")
    func equalToStop() async throws {
        var session = try Self.session()
        // The stop is 100.25; equal is what lies within 1e-9 x 100.25 of it.
        session["10:20"] = Candle(100.75, 101, 100.25 + 0.9e-7, 100.75)
        #expect(try await Self.trade(session).reason == .stopLoss)
        session["10:20"] = Candle(100.25 + 0.9e-7, 101, 100.25 + 0.9e-7, 100.75)
        #expect(try await Self.trade(session).reason == .stopGap)
        session["10:20"] = Candle(100.75, 101, 100.25 + 1.1e-7, 100.75)
        #expect(try await Self.trade(session).reason == .endOfDay)
    }

    @Test("at the close of the first later bar when the exit bar is missing")
    func missingExitBar() async throws {
        var session = try Self.session()
        session.remove("15:54")
        session["15:56"] = Candle(100.75, 102, 100.5, 101.75)
        let trade = try await Self.trade(session)
        #expect(trade.exitTime == TimeOfDay("15:56"))
        #expect(trade.exit == 101.75)
        #expect(trade.reason == .endOfDay)
    }

    @Test("at the last bar's close when no bar reaches the exit time")
    func sessionEnd() async throws {
        var session = try Self.session()
        session["15:52"] = Candle(100.75, 102, 100.5, 101.5)
        session.remove("15:54", through: "15:58")
        let trade = try await Self.trade(session)
        #expect(trade.exitTime == TimeOfDay("15:52"))
        #expect(trade.exit == 101.5)
        #expect(trade.reason == .sessionEnd)
        // Entered at the last bar of all.
        var short = try Self.session()
        short.keepFirst(20)
        let last = try await Self.trade(short, minimumCompleteness: 0)
        #expect(last.entryTime == last.exitTime)
        #expect(last.reason == .sessionEnd)
        #expect(last.exit == 100.75)
    }

    @Test("after a missing bar at the open of the next one, when that gaps through the stop")
    func gapOverMissingBars() async throws {
        var session = try Self.session()
        session.remove("10:20", through: "10:24")
        session["10:26"] = Candle(98, 101, 98, 100)
        let trade = try await Self.trade(session)
        #expect(trade.exitTime == TimeOfDay("10:26"))
        #expect(trade.exit == 98)
        #expect(trade.reason == .stopGap)
    }

    @Test(
        "leave out of MAE and MFE all that came before the entry, and all of a bar that stopped the trade but its fill")
    func excursions() async throws {
        var session = try Self.session()
        session["10:08"] = Candle(100.75, 101.75, 100.5, 101)
        session["10:10"] = Candle(101, 102.5, 100.375, 101)
        session["10:12"] = Candle(101, 101, 100.625, 101)
        session["10:14"] = Candle(101, 110, 95, 100)
        let stopped = try await Self.trade(session)
        // Lows held whole: 100.5, 100.375, 100.625; the stop's fill 100.25 is worse. Highs: 101.75, 102.5, 101.
        #expect(stopped.mae == -0.5)
        #expect(stopped.mfe == 1.75)
        // A gap fills at its open: 99 - 100.75.
        session["10:14"] = Candle(99, 110, 95, 100)
        let gapped = try await Self.trade(session)
        #expect(gapped.mae == -1.75)
        #expect(gapped.mfe == 1.75)
    }

    @Test("count the exit bar whole when the time ends the trade, and no bar after it")
    func excursionsToTheEnd() async throws {
        var session = try Self.session()
        session["15:54"] = Candle(100.75, 104, 100.375, 101)
        session["15:56"] = Candle(101, 120, 80, 101)
        let trade = try await Self.trade(session)
        #expect(trade.mae == -0.375)
        #expect(trade.mfe == 3.25)
    }

    @Test(
        "have no favourable excursion when the price never rose above the entry, and no adverse one when it never fell")
    func oneSidedExcursions() async throws {
        var session = try Self.session()
        session["10:08"] = Candle(100.75, 100.75, 100.5, 100.5)
        session["10:10"] = Candle(100.5, 100.5, 100, 100)
        let falling = try await Self.trade(session)
        #expect(falling.mfe == 0)
        #expect(falling.mae == -0.5)
        session["10:08"] = Candle(100.75, 103, 100.75, 103)
        session.hold(105, from: "10:10")
        let rising = try await Self.trade(session)
        #expect(rising.mae == 0)
        #expect(rising.mfe == 4.375)
    }

    @Test("cost slippage on both fills and a commission on both")
    func costs() async throws {
        var session = try Self.session()
        session["15:54"] = Candle(100.75, 101.25, 100.75, 101.25)
        let trade = try await Self.trade(session, ["slippage-bps": "5", "fee-per-share": "0.01", "shares": "100"])
        // (100.75 + 101.25) x 100 x 5/10000 + 2 x 100 x 0.01 = 10.1 + 2
        #expect(isClose(trade.costs, 12.1))
        #expect(trade.gross == 50)
        #expect(isClose(trade.net, 37.9))
        #expect(trade.entry == 100.75)
        #expect(trade.rMultiple == 1)
    }
}
