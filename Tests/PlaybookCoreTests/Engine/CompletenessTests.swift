import PlaybookCore
import Testing

/// The setup's pullback at 10:02 is confirmed by the bar of 10:06, the 19th since the open: the order is decided there.
@Suite("Completeness, as of the decision")
struct CompletenessTests {
    static func row(
        _ session: ScriptedSession, _ overrides: [String: String] = [:], minimumCompleteness: Double = 0.95
    ) async throws -> JournalRow {
        try await MemoryMarket(session)
            .row(try dp20(overrides), on: "2013-10-09", minimumCompleteness: minimumCompleteness)
    }

    @Test("one missing bar never refuses an order, whatever share it is")
    func oneMissing() async throws {
        var session = try ScriptedSession.withSetup("2013-10-09")
        session.remove("09:40")
        // 18 of 19 are 94.7%.
        for minimum in [0.95, 1] {
            #expect(try await Self.row(session, minimumCompleteness: minimum).trade != nil)
        }
    }

    @Test("two of the 19 bars due by the decision refuse it, and the row says so and shows the setup")
    func twoMissing() async throws {
        var session = try ScriptedSession.withSetup("2013-10-09")
        session.remove("09:40")
        session.remove("09:50")
        let row = try await Self.row(session)
        #expect(row.trade == nil)
        #expect(row.noTrade == "refused:bars")
        #expect(row.notes == "too few bars: 17 of the 19 due from 09:30 through 10:06")
        #expect(row.isIncomplete)
        #expect(row.trendValid == true)
        #expect(row.pullbackTime == TimeOfDay("10:02"))
        #expect(row.reversalTime == TimeOfDay("10:04"))
        #expect(row.confirmationTime == TimeOfDay("10:06"))
        #expect(row.trades == 0)
        // 193 of 195: the session itself is as good as complete.
        #expect(row.completeness == 0.9897)
        // 17 of 19 are 89.5%.
        #expect(try await Self.row(session, minimumCompleteness: 0.89).trade != nil)
        #expect(try await Self.row(session, minimumCompleteness: 0.9).noTrade == "refused:bars")
        #expect(try await Self.row(session, minimumCompleteness: 0).trade != nil)
    }

    @Test("exactly the share asked for is enough", arguments: [(2, true), (3, false)])
    func threshold(missing: Int, isTraded: Bool) async throws {
        // The bar of 10:48 is the 40th, and 38 of 40 are 95%.
        var session = try ScriptedSession.withSetup("2013-10-09", pullback: "10:44")
        for time in ["09:40", "09:50", "10:10"].prefix(missing) { session.remove(time) }
        let row = try await Self.row(session, ["window-end": "11:00"])
        #expect(row.confirmationTime == TimeOfDay("10:48"))
        #expect((row.trade != nil) == isTraded)
        if !isTraded { #expect(row.notes == "too few bars: 37 of the 40 due from 09:30 through 10:48") }
    }

    @Test("what is missing after the decision changes the column and nothing else")
    func missingLater() async throws {
        var session = try ScriptedSession.withSetup("2013-10-09")
        session["10:20"] = Candle(100.75, 101, 99, 100)
        let whole = try await Self.row(session)
        #expect(whole.trade?.exitTime == TimeOfDay("10:20"))
        session.remove("10:22", through: "15:58")
        let cut = try await Self.row(session)
        // 26 of 195 bars.
        #expect(cut.completeness == 0.1333)
        #expect(cut.trade == whole.trade)
        #expect(!cut.isIncomplete)
        var expected = whole
        (expected.completeness, expected.dataID) = (cut.completeness, cut.dataID)
        #expect(cut == expected)
    }

    @Test("what decides a session before any order does so however many bars are missing")
    func noOrder() async throws {
        var session = try ScriptedSession("2013-10-09")
        session.remove("09:32", through: "09:58")
        let row = try await Self.row(session)
        #expect(row.noTrade == "step:pullback")
        #expect(row.notes == "no pullback below EMA20")
    }

    @Test("too few bars come before what the next bar would have been")
    func beforeTheFill() async throws {
        var session = try ScriptedSession.withSetup("2013-10-09")
        session.remove("09:40", through: "09:42")
        session.keepFirst(19)
        #expect(try await Self.row(session).noTrade == "refused:bars")
        #expect(try await Self.row(session, minimumCompleteness: 0.8).noTrade == "expired")
        let late = try await Self.row(.withSetup("2013-10-09"), ["exit-time": "10:00"])
        #expect(late.noTrade == "expired")
    }

    @Test("of an order at a time are counted the bars up to the last one before its fill")
    func timedOrder() async throws {
        var session = try ScriptedSession("2013-10-09")
        session.remove("10:02", through: "10:38")
        // The last bar before 10:30 is that of 10:00: 16 of 16 bars. Filled at 10:40.
        let strategy = try timedEntry()
        #expect(try await MemoryMarket(session).row(strategy, on: "2013-10-09").trade?.entryTime == TimeOfDay("10:40"))
        session.remove("09:40", through: "09:42")
        let row = try await MemoryMarket(session).row(strategy, on: "2013-10-09")
        #expect(row.notes == "too few bars: 14 of the 16 due from 09:30 through 10:00")
        #expect(row.noTrade == "refused:bars")
    }

    @Test("on a day that closes early counts the same bars")
    func earlyClose() async throws {
        var session = try ScriptedSession.withSetup("2013-11-29")
        session.remove("10:30", through: "12:58")
        let row = try await MemoryMarket(session).row(try dp20(), on: "2013-11-29")
        #expect(row.trade != nil)
        // 30 of 105 bars.
        #expect(row.completeness == 0.2857)
    }
}
