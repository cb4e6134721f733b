import PlaybookCore
import Testing

/// What raw prices would fake: in each test the same bars are run with the split and without it.
@Suite("A split between sessions")
struct SplitRowTests {
    /// A quiet session at `before` and then one with a setup around 100.
    static func market(before: Double, closes: Double) throws -> MemoryMarket {
        var market = MemoryMarket(
            try ScriptedSession("2013-10-08", price: before), try .withSetup("2013-10-09"), trend: closes)
        // The day before the split has a close of its own.
        market.daily?.append(close: before, on: try .of("2013-10-08"))
        return market
    }

    static func row(_ market: MemoryMarket, ratio: Double?) async throws -> JournalRow {
        var market = market
        let date = try CivilDate.of("2013-10-09")
        market.listedSplits = ratio.map { [Split(date: date, ratio: $0)] } ?? []
        return try await market.row(try dp20(), on: "2013-10-09")
    }

    @Test("forward: 200 closes at twice the price are no downtrend")
    func forwardTrend() async throws {
        let market = try Self.market(before: 200, closes: 190)
        // (199 x 190 + 200) / 200 = 190.05, halved
        let row = try await Self.row(market, ratio: 2)
        #expect(isClose(row.trendAverage, 95.025))
        #expect(row.trendValid == true)
        #expect(row.trade != nil)
        let raw = try await Self.row(market, ratio: nil)
        #expect(isClose(raw.trendAverage, 190.05))
        #expect(raw.trendValid == false)
    }

    @Test("reverse: 200 closes at a tenth of the price are no uptrend")
    func reverseTrend() async throws {
        let market = try Self.market(before: 10, closes: 10.5)
        // (199 x 10.5 + 10) / 200 = 10.4975, times ten
        let row = try await Self.row(market, ratio: 0.1)
        #expect(isClose(row.trendAverage, 104.975))
        #expect(row.trendValid == false)
        #expect(try await Self.row(market, ratio: nil).trendValid == true)
    }

    @Test("forward: bars at twice the price fake no pullback")
    func forwardPullback() async throws {
        let market = try Self.market(before: 200, closes: 90)
        // With the split the EMA is 100 when the window opens; the pullback is that of 10:02, and the day is that of a
        // market which always stood at 100.
        let row = try await Self.row(market, ratio: 2)
        #expect(row.pullbackTime == TimeOfDay("10:02"))
        let trade = try #require(row.trade)
        #expect(isRounded(trade.average, ScriptedSession.Setup.average))
        // The true range of yesterday's quiet bars, 0.25 at 200, counts 0.125 today; each bar of 0.25 moves the ATR
        // from there: 19 bars since the open, the last three with more.
        #expect(isRounded(trade.trueRange, Self.trueRange(atClose: 0.125)))
        // Raw: EMA = 100 + 100 x (19/21)^16 > 120 at 10:00, far above the close.
        let raw = try await Self.row(market, ratio: nil)
        #expect(raw.pullbackTime == TimeOfDay("10:00"))
        #expect(raw.notes == "no reversal above EMA20")
    }

    @Test("reverse: bars at a tenth of the price hide no pullback")
    func reversePullback() async throws {
        let market = try Self.market(before: 10, closes: 9)
        let row = try await Self.row(market, ratio: 0.1)
        #expect(row.pullbackTime == TimeOfDay("10:02"))
        #expect(isRounded(row.trade?.average, ScriptedSession.Setup.average))
        #expect(isRounded(row.trade?.trueRange, Self.trueRange(atClose: 2.5)))
        // Raw: EMA = 100 - 90 x (19/21)^17 < 84 at 10:02, far below the close of 99.
        let raw = try await Self.row(market, ratio: nil)
        #expect(raw.trendValid == true)
        #expect(raw.notes == "no pullback below EMA20")
    }

    /// The ATR at the confirmation of `withSetup`, when it was `atClose` at the close before: 16 quiet bars with a true
    /// range of 0.25, and the setup's 1.25, 2.25 and 0.5.
    static func trueRange(atClose: Double) -> Double {
        let ranges: [Double] = Array(repeating: 0.25, count: 16) + [1.25, 2.25, 0.5]
        return ranges.reduce(atClose) { (before: Double, range: Double) -> Double in (range * 2 + before * 13) / 15 }
    }

    @Test("of three sessions ago, in a hole, and of today all count")
    func severalSplits() async throws {
        // 600 -> 300 on the 4th (without bars), 300 -> 100 on the 9th.
        var market = MemoryMarket(
            try ScriptedSession("2013-10-03", price: 600), try ScriptedSession("2013-10-07", price: 300),
            try .withSetup("2013-10-09"), trend: 540)
        market.listedSplits = [
            Split(date: try .of("2013-10-04"), ratio: 2), Split(date: try .of("2013-10-09"), ratio: 3),
        ]
        let row = try await market.row(try dp20(), on: "2013-10-09")
        #expect(isClose(row.trendAverage, 90))
        #expect(row.pullbackTime == TimeOfDay("10:02"))
        #expect(isRounded(row.trade?.average, ScriptedSession.Setup.average))
    }

    @Test("does not touch the session it is after")
    func dayBefore() async throws {
        var market = MemoryMarket(try .withSetup("2013-10-09"), try ScriptedSession("2013-10-10", price: 50))
        let before = try await market.row(try dp20(), on: "2013-10-09")
        market.listedSplits = [Split(date: try .of("2013-10-10"), ratio: 2)]
        let after = try await market.journal(try dp20(), on: "2013-10-09", through: "2013-10-10")
        #expect(after[0].fields == before.fields)
        #expect(after[0].trade == before.trade)
        #expect(after[1].trendAverage == 45)
    }

    @Test("that nobody lists is warned about, and one that is listed is not")
    func unknownSplit() async throws {
        var market = MemoryMarket(try ScriptedSession("2013-10-08", price: 200), try ScriptedSession("2013-10-09"))
        func warnings() async throws -> [String] {
            try await market.history(for: [try timedEntry()], on: "2013-10-08", through: "2013-10-09").warnings
                .map(\.description).filter { $0.contains("split") }
        }
        #expect(
            try await warnings() == [
                "TEST: between 2013-10-08 and 2013-10-09 the price goes from 200.0 to 100.0: this looks like a 2:1 split "
                    + "that the source does not list"
            ])
        market.listedSplits = [Split(date: try .of("2013-10-09"), ratio: 2)]
        #expect(try await warnings() == [])
        // Listed the wrong way round it is four times the price.
        market.listedSplits = [Split(date: try .of("2013-10-09"), ratio: 0.5)]
        #expect(try await warnings().count == 1)
        // A fall of a quarter is not a split.
        market = MemoryMarket(try ScriptedSession("2013-10-08", price: 133), try ScriptedSession("2013-10-09"))
        #expect(try await warnings() == [])
        market = MemoryMarket(try ScriptedSession("2013-10-08", price: 20), try ScriptedSession("2013-10-09"))
        #expect(try await warnings().first?.contains("a 1:5 split") == true)
    }
}
