import PlaybookCore
import Testing

@Suite("DP20: pullback, reversal and confirmation")
struct DP20SetupTests {
    typealias Setup = ScriptedSession.Setup

    /// Closes 0.25 above 100 in a range of 3.25, of which 1.5 lie below the close: 0.46. After a pullback the EMA is
    /// (19 x -0.095238 + 2 x 0.25) / 21 = -0.062358 from 100, so the bar does close above it.
    static let weakReversal = Candle(99, 102, 98.75, 100.25)

    static func row(
        _ session: ScriptedSession, _ overrides: [String: String] = [:], minimumCompleteness: Double = 0.9
    ) async throws -> JournalRow {
        try await MemoryMarket(session)
            .row(try dp20(overrides), on: "2013-10-09", minimumCompleteness: minimumCompleteness)
    }

    @Test("take the first close below the EMA from 10:00 on, not an earlier one")
    func pullback() async throws {
        var session = try ScriptedSession.withSetup("2013-10-09")
        session["09:58"] = Candle(100, 100.125, 99.75, 99.875)
        #expect(try await Self.row(session).pullbackTime == TimeOfDay("10:02"))
        session["10:00"] = Candle(100, 100.125, 98.875, 99)
        #expect(try await Self.row(session).pullbackTime == TimeOfDay("10:00"))
    }

    @Test("find a pullback at 10:30, the window's last bar, and none after it")
    func pullbackAtTheEnd() async throws {
        var session = try ScriptedSession("2013-10-09")
        session["10:30"] = Setup.pullback
        let last = try await Self.row(session)
        #expect(last.pullbackTime == TimeOfDay("10:30"))
        #expect(last.notes == "no reversal above EMA20")
        #expect(last.reversalStrong == nil)
        var late = try ScriptedSession("2013-10-09")
        late["10:32"] = Setup.pullback
        let none = try await Self.row(late)
        #expect(none.pullbackTime == nil)
        #expect(none.notes == "no pullback below EMA20")
        #expect(none.trendValid == true)
    }

    @Test("do not take a close at the EMA for one below it", arguments: [100, 100.1, 99.99, 17.3, 33.33, 64.07])
    func atTheAverage(price: Double) async throws {
        // All closes are equal, and so is their average; in binary it may come out a little above.
        let session = try ScriptedSession("2013-10-09", price: price)
        let row = try await MemoryMarket(session, trend: price - 1).row(try dp20(), on: "2013-10-09")
        #expect(row.pullbackTime == nil)
        #expect(row.notes == "no pullback below EMA20")
        // An EMA of one bar is that bar's close.
        let own = try await Self.row(try .withSetup("2013-10-09"), ["ema-period": "1"])
        #expect(own.notes == "no pullback below EMA1")
    }

    @Test("need a reversal after the pullback bar that closes above the EMA")
    func reversal() async throws {
        var session = try ScriptedSession.withSetup("2013-10-09")
        // Strong, 0.857, but it closes at 99.5 below the EMA of (19 x -0.095238 - 2 x 0.5) / 21 = -0.133787.
        session["10:04"] = Candle(99, 99.625, 98.75, 99.5)
        session["10:06"] = Setup.reversal
        let row = try await Self.row(session)
        #expect(row.pullbackTime == TimeOfDay("10:02"))
        #expect(row.reversalTime == TimeOfDay("10:06"))
        #expect(row.confirmationTime == TimeOfDay("10:08"))
        #expect(row.trade?.entryTime == TimeOfDay("10:10"))
        session.hold(99.5, from: "10:04")
        let none = try await Self.row(session)
        #expect(none.reversalTime == nil)
        #expect(none.reversalStrong == nil)
        #expect(none.notes == "no reversal above EMA20")
    }

    @Test("pass over a weak reversal and go on searching")
    func weakReversalPassedOver() async throws {
        var session = try ScriptedSession.withSetup("2013-10-09")
        session["10:04"] = Self.weakReversal
        session["10:06"] = Setup.reversal
        session["10:08"] = Setup.confirmation
        let row = try await Self.row(session)
        #expect(row.reversalTime == TimeOfDay("10:06"))
        #expect(row.reversalStrong == true)
        #expect(row.confirmationTime == TimeOfDay("10:08"))
        #expect(row.trade?.entryTime == TimeOfDay("10:10"))
    }

    @Test("say so when all reversals were weak")
    func onlyWeakReversals() async throws {
        var session = try ScriptedSession("2013-10-09")
        session["10:02"] = Setup.pullback
        session["10:04"] = Self.weakReversal
        // Back at 100 closes lie above the EMA, in the middle of their bars: 0.125 of 0.25.
        let row = try await Self.row(session)
        #expect(row.pullbackTime == TimeOfDay("10:02"))
        #expect(row.reversalStrong == false)
        #expect(row.reversalTime == nil)
        #expect(row.trade == nil)
        #expect(row.notes == "reversals were too weak")
        #expect(row.fields[JournalColumn.reversalStrong.index] == "false")
    }

    @Test("do not take a bar whose high equals its low for a reversal")
    func flatBar() async throws {
        var session = try ScriptedSession("2013-10-09")
        session["10:02"] = Setup.pullback
        for time in ["10:04", "10:06", "10:08"] { session[time] = Candle(101, 101, 101, 101) }
        let row = try await Self.row(session, ["reversal-strength": "0"])
        // At a strength of 0 the first quiet bar that closes above the EMA qualifies:
        // (19 x -0.095238 + 2) / 21 = 0.009070, then 0.103444, 0.188831, and 100 lies below that.
        #expect(row.reversalStrong == false)
        #expect(row.reversalTime == nil)
        #expect(row.notes == "reversals were too weak")
    }

    /// `threshold` of a 10-cent bar's range is exactly `cents` cents.
    @Test("take a strength exactly at the threshold for too weak", arguments: [(0.6, 6), (0.5, 5), (0.7, 7), (0.3, 3)])
    func exactStrength(threshold: Double, cents: Int) async throws {
        var roundedUp = 0
        for base in stride(from: 1_003, through: 60_000, by: 1_487) {
            func price(_ cents: Int) -> Double { Double(base + cents) / 100 }
            func row(close: Int) async throws -> JournalRow {
                var session = try ScriptedSession("2013-10-09", price: price(0))
                // EMA: -20 x 2/21 = -1.904762 cents, then at most (19 x -1.904762 + 2 x 2) / 21 < 1 cent.
                session["10:02"] = Candle(price(0), price(1), price(-25), price(-20))
                session["10:04"] = Candle(price(0), price(11 - cents), price(1 - cents), price(close))
                session.hold(price(-20), from: "10:06")
                return try await MemoryMarket(session, trend: price(-100))
                    .row(try dp20(["reversal-strength": "\(threshold)"]), on: "2013-10-09")
            }
            let strength = (price(1) - price(1 - cents)) / (price(11 - cents) - price(1 - cents))
            if strength > threshold { roundedUp += 1 }
            let equal = try await row(close: 1)
            #expect(equal.pullbackTime == TimeOfDay("10:02"), "\(price(0))")
            #expect(equal.reversalStrong == false, "\(price(0))")
            #expect(equal.reversalTime == nil, "\(price(0))")
            let above = try await row(close: 2)
            #expect(above.reversalStrong == true, "\(price(0))")
            #expect(above.reversalTime == TimeOfDay("10:04"), "\(price(0))")
        }
        // Without the tolerance these would have passed.
        #expect(roundedUp > 0)
    }

    @Test("find no confirmation when the reversal is the last bar of the window")
    func reversalOnTheLastBar() async throws {
        let row = try await Self.row(try .withSetup("2013-10-09", pullback: "10:28"))
        #expect(row.pullbackTime == TimeOfDay("10:28"))
        #expect(row.reversalTime == TimeOfDay("10:30"))
        #expect(row.reversalStrong == true)
        #expect(row.confirmationTime == nil)
        #expect(row.trade == nil)
        #expect(row.notes == "no confirmation: the reversal was the last bar of the window")
    }

    @Test("do not look for a reversal after the window")
    func reversalAfterTheWindow() async throws {
        let row = try await Self.row(try .withSetup("2013-10-09", pullback: "10:30"))
        #expect(row.pullbackTime == TimeOfDay("10:30"))
        #expect(row.reversalTime == nil)
        #expect(row.notes == "no reversal above EMA20")
    }

    @Test("enter after 10:30 when the confirmation is the last bar of the window")
    func entryAfterTheWindow() async throws {
        let row = try await Self.row(try .withSetup("2013-10-09", pullback: "10:26"))
        #expect(row.reversalTime == TimeOfDay("10:28"))
        #expect(row.confirmationTime == TimeOfDay("10:30"))
        #expect(row.trade?.entryTime == TimeOfDay("10:32"))
        #expect(row.trade?.entryBucket == "10:30-10:40")
        #expect(row.trade?.barsSinceOpen == 31)
    }

    @Test("end the day when the confirmation closes below the EMA, whatever comes after")
    func notConfirmed() async throws {
        var session = try ScriptedSession.withSetup("2013-10-09", pullback: "10:12")
        session["10:02"] = Setup.pullback
        session["10:04"] = Setup.reversal
        session["10:06"] = Candle(100.75, 100.875, 99.5, 99.75)
        // A complete setup follows from 10:12 on.
        let row = try await Self.row(session)
        #expect(row.pullbackTime == TimeOfDay("10:02"))
        #expect(row.reversalTime == TimeOfDay("10:04"))
        #expect(row.confirmationTime == nil)
        #expect(row.trade == nil)
        #expect(row.notes == "not confirmed: the bar after the reversal closed below EMA20")
        // Without the first setup the second one is entered.
        let second = try await Self.row(try .withSetup("2013-10-09", pullback: "10:12"))
        #expect(second.trade?.entryTime == TimeOfDay("10:18"))
    }

    @Test("take a close at the EMA for a confirmation")
    func confirmationAtTheAverage() async throws {
        var session = try ScriptedSession.withSetup("2013-10-09")
        // Closing where the EMA was, 100 - 0.014739229, leaves it there.
        session["10:06"] = Candle(100.75, 101, 99.75, 100 - 0.014_739_229_024_943_31)
        #expect(try await Self.row(session).confirmationTime == TimeOfDay("10:06"))
        session["10:06"] = Candle(100.75, 101, 99.75, 99.985)
        #expect(try await Self.row(session).confirmationTime == nil)
    }

    @Test("take no trade when no bar follows the confirmation")
    func noEntryBar() async throws {
        var session = try ScriptedSession.withSetup("2013-10-09")
        session.keepFirst(19)  // 09:30 … 10:06
        let row = try await Self.row(session, minimumCompleteness: 0)
        #expect(row.confirmationTime == TimeOfDay("10:06"))
        #expect(row.trade == nil)
        #expect(row.noTrade == "expired")
        #expect(row.notes == "not filled: no bar came after 10:06, when it was ordered")
    }

    @Test("trade once a session, also when another setup follows a stop")
    func oneTrade() async throws {
        var session = try ScriptedSession.withSetup("2013-10-09", pullback: "10:16")
        session["10:02"] = Setup.pullback
        session["10:04"] = Setup.reversal
        session["10:06"] = Setup.confirmation
        session["10:08"] = Candle(100.75, 100.875, 98, 100)
        let row = try await Self.row(session)
        #expect(row.trade?.entryTime == TimeOfDay("10:08"))
        #expect(row.trade?.exitTime == TimeOfDay("10:08"))
        #expect(row.trade?.reason == .stopLoss)
        #expect(row.pullbackTime == TimeOfDay("10:02"))
    }

    @Test("use the parameters they were given")
    func parameters() async throws {
        let session = try ScriptedSession.withSetup("2013-10-09", pullback: "11:00")
        let window = ["window-start": "11:00", "window-end": "11:06"]
        let row = try await Self.row(session, window)
        #expect(row.fields[JournalColumn.entryWindow.index] == "11:00-11:06")
        #expect(row.trade?.entryTime == TimeOfDay("11:06"))
        #expect(isRounded(row.trade?.risk, Setup.stopDistance))
        let wide = try await Self.row(session, window.merging(["stop-atr": "3", "shares": "7"]) { $1 })
        #expect(isRounded(wide.trade?.risk, 3 * Setup.trueRange))
        #expect(wide.trade?.shares == 7)
        // The reversal's strength is 0.889.
        let strict = try await Self.row(session, window.merging(["reversal-strength": "0.89"]) { $1 })
        #expect(strict.notes == "reversals were too weak")
        // The true range of the confirmation bar alone.
        let short = try await Self.row(session, window.merging(["atr-period": "1"]) { $1 })
        #expect(short.trade?.trueRange == 0.5)
    }
}
