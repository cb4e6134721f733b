import PlaybookCore
import Testing

@Suite("Days of all kinds")
struct SessionDayTests {
    @Test(
        "have their window at 10:00 New York time, before and after clocks change",
        arguments: [
            // Clocks went forward on Sunday, 2013-03-10, and back on Sunday, 2013-11-03.
            ("2013-03-08", "2013-03-08T14:30:00Z"), ("2013-03-11", "2013-03-11T13:30:00Z"),
            ("2013-11-01", "2013-11-01T13:30:00Z"), ("2013-11-04", "2013-11-04T14:30:00Z"),
        ])
    func clocks(date: String, open: String) async throws {
        let start = try #require(Instant(open)).secondsSinceEpoch
        var market = MemoryMarket()
        market.daily = .flat(90, sessions: 200, before: try .of(date))
        typealias Setup = ScriptedSession.Setup
        for index in 0..<195 {
            let candle: Candle =
                switch index {
                case 14: Candle(100, 100.125, 98.875, 99.99)  // 09:58: a pullback too early
                case 16: Setup.pullback
                case 17: Setup.reversal
                case 18: Setup.confirmation
                default: .quiet(index < 16 ? 100 : Setup.entry)
                }
            market.bars.append(
                Bar(
                    time: start + Int64(index) * 120, open: candle.open, high: candle.high, low: candle.low,
                    close: candle.close, volume: 1))
        }
        let row = try await market.row(try dp20(), on: date)
        #expect(row.pullbackTime == TimeOfDay("10:02"))
        #expect(row.trade?.entryTime == TimeOfDay("10:08"))
        #expect(row.trade?.exitTime == TimeOfDay("15:54"))
        // Shifted by an hour, the setup lies outside the window on every one of these days, and bars outside hours.
        for hours in [-1, 1] as [Int64] {
            let shifted = market.mapping { bar in
                var bar = bar
                bar.time += hours * 3600
                return bar
            }
            let other = try await shifted.row(try dp20(), on: date, minimumCompleteness: 0)
            #expect(other.trade == nil)
            #expect(!other.isIncomplete)
        }
    }

    @Test("run on through a change of clocks in one range")
    func acrossTheChange() async throws {
        for (friday, monday) in [("2013-03-08", "2013-03-11"), ("2013-11-01", "2013-11-04")] {
            let market = MemoryMarket(try .withSetup(friday), try .withSetup(monday))
            let rows = try await market.journal(try dp20(), on: friday, through: monday)
            #expect(rows.map(\.tradeDate.description) == [friday, monday])
            #expect(rows.map { $0.trade?.entryTime } == [TimeOfDay("10:08"), TimeOfDay("10:08")])
        }
    }

    @Test("that close early have 105 bars and are left at 12:54")
    func earlyClose() async throws {
        var session = try ScriptedSession.withSetup("2013-11-29")
        session["12:54"] = Candle(100.75, 102, 100.5, 101.75)
        session.hold(50, from: "12:56")
        let market = MemoryMarket(session)
        #expect(market.bars.count == 105)
        let row = try await market.row(try dp20(), on: "2013-11-29", minimumCompleteness: 1)
        #expect(row.trade?.exitTime == TimeOfDay("12:54"))
        #expect(row.trade?.exit == 101.75)
        #expect(row.trade?.reason == .endOfDay)
        // An exit time before 12:55 stays what it is.
        let early = try await market.row(try dp20(["exit-time": "11:30"]), on: "2013-11-29")
        #expect(early.trade?.exitTime == TimeOfDay("11:30"))
        // Bars after 13:00 are not of the session.
        var late = market
        let close = try Instant.of("2013-11-29", second: 18 * 3600).secondsSinceEpoch
        for minute in 0..<60 as Range<Int64> {
            late.bars.append(
                Bar(time: close + minute * 120, open: 1, high: 1, low: 1, close: 1, volume: 1))
        }
        #expect(try await late.row(try dp20(), on: "2013-11-29") == market.row(try dp20(), on: "2013-11-29"))
    }

    @Test("without bars are incomplete at any threshold, and have a row")
    func noBars() async throws {
        let market = MemoryMarket(try ScriptedSession("2013-10-08"), try ScriptedSession("2013-10-10"))
        let rows = try await market.journal(
            try dp20(), on: "2013-10-08", through: "2013-10-10", minimumCompleteness: 0)
        #expect(rows.map(\.isIncomplete) == [false, true, false])
        #expect(rows[1].notes == "no bars")
        #expect(rows[1].tradeDate == (try .of("2013-10-09")))
    }

    @Test("without bars in the window are not traded, and the row says why")
    func noBarInWindow() async throws {
        var session = try ScriptedSession.withSetup("2013-10-09")
        session.remove("10:00", through: "10:30")
        session["10:32"] = ScriptedSession.Setup.pullback
        let row = try await MemoryMarket(session).row(try dp20(), on: "2013-10-09", minimumCompleteness: 0.9)
        #expect(row.trendValid == true)
        #expect(row.pullbackTime == nil)
        #expect(row.notes == "no bar in the entry window")
        // The same when the day's bars end before the window.
        var short = try ScriptedSession.withSetup("2013-10-09")
        short.keepFirst(15)
        let over = try await MemoryMarket(short).row(try dp20(), on: "2013-10-09", minimumCompleteness: 0)
        #expect(over.notes == "no bar in the entry window")
    }

    @Test("with missing bars go on with the next bar there is, and count bars by the clock")
    func missingBars() async throws {
        var session = try ScriptedSession.withSetup("2013-10-09")
        session.remove("09:40", through: "09:42")
        session.remove("10:06")
        session["10:08"] = ScriptedSession.Setup.confirmation
        session.remove("10:10")
        // 17 of the 20 bars due by 10:08.
        let row = try await MemoryMarket(session).row(try dp20(), on: "2013-10-09", minimumCompleteness: 0.85)
        #expect(row.confirmationTime == TimeOfDay("10:08"))
        #expect(row.trade?.entryTime == TimeOfDay("10:12"))
        // 09:30 to 10:12 are 21 bars, of which 4 are missing.
        #expect(row.trade?.barsSinceOpen == 21)
        // 4 of the 195 bars are missing.
        #expect(row.completeness == 0.9795)
        #expect(row.trade?.exitTime == TimeOfDay("15:54"))
        #expect(row.trade?.entryBucket == "10:10-10:20")
    }

    @Test("on which the exchange was closed have no row, and warm-up reaches over them")
    func closures() async throws {
        // Hurricane Sandy closed it on Monday and Tuesday, 2012-10-29 and 30.
        let market = MemoryMarket(try .withSetup("2012-10-26"), try .withSetup("2012-10-31"))
        let rows = try await market.journal(try dp20(), on: "2012-10-26", through: "2012-10-31")
        #expect(rows.map(\.tradeDate.description) == ["2012-10-26", "2012-10-31"])
        // 100.75 until Friday's close, then 100: by 10:00 the EMA has come down to 100 + 0.75 x (19/21)^15 and more, so
        // the first bar of the window closes below it.
        #expect(rows[1].pullbackTime == TimeOfDay("10:00"))
        let alone = try await MemoryMarket(try .withSetup("2012-10-31")).row(try dp20(), on: "2012-10-31")
        #expect(alone.pullbackTime == TimeOfDay("10:02"))
    }
}
