import PlaybookCore
import Testing

@Suite("Rows do not depend on the range asked for")
struct RangeIndependenceTests {
    /// The rows of each session asked for alone.
    static func dayByDay(
        _ market: MemoryMarket, _ strategy: Playbook, of rows: [JournalRow], minimumCompleteness: Double = 0.95
    ) async throws -> [JournalRow] {
        var result: [JournalRow] = []
        for row in rows {
            result += try await market.journal(
                strategy, on: row.tradeDate.description, minimumCompleteness: minimumCompleteness)
        }
        return result
    }

    /// Compares sixty sessions asked for one at a time with all at once, and with two halves.
    static func compare(
        _ market: MemoryMarket, _ strategy: Playbook, minimumCompleteness: Double = 0.95,
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        let all = try await market.journal(
            strategy, on: "2013-10-07", through: "2013-12-31", minimumCompleteness: minimumCompleteness)
        try #require(all.count == 60, sourceLocation: sourceLocation)
        let days = try await dayByDay(market, strategy, of: all, minimumCompleteness: minimumCompleteness)
        for (day, row) in zip(days, all) { #expect(day == row, sourceLocation: sourceLocation) }
        #expect(days.map(\.fields) == all.map(\.fields), sourceLocation: sourceLocation)
        let first = try await market.journal(
            strategy, on: "2013-10-07", through: "2013-11-15", minimumCompleteness: minimumCompleteness)
        let second = try await market.journal(
            strategy, on: "2013-11-16", through: "2013-12-31", minimumCompleteness: minimumCompleteness)
        #expect(first + second == all, sourceLocation: sourceLocation)
        // So that it is not sixty times nothing that agrees.
        #expect(all.count { $0.trade != nil } >= 8, sourceLocation: sourceLocation)
        #expect(Set(all.map(\.dataID)).count == 60, sourceLocation: sourceLocation)
    }

    @Test("sixty sessions one at a time equal all at once, over months, early closes and a change of clocks")
    func sixtySessions() async throws {
        let market = try RandomMarket(seed: 41, from: "2013-08-01", sessions: 120, missing: 0.005).make()
        try await Self.compare(market, try dp20())
        try await Self.compare(market, try timedEntry(["stop-atr": "2", "atr-period": "40"]))
    }

    @Test("with a moving average that starts weeks before")
    func longAverage() async throws {
        let market = try RandomMarket(seed: 42, from: "2013-07-01", sessions: 140, missing: 0.005).make()
        try await Self.compare(market, try dp20(["ema-period": "100", "window-end": "12:00"]))
    }

    @Test("with daily bars derived from intraday ones")
    func derivedDaily() async throws {
        var market = try RandomMarket(seed: 43, from: "2013-07-01", sessions: 140, missing: 0.01).make()
        market.daily = nil
        try await Self.compare(market, try dp20(["trend-period": "20", "window-end": "11:00"]))
    }

    @Test("with whole sessions missing and others cut short")
    func holes() async throws {
        let whole = try RandomMarket(seed: 44, from: "2013-08-01", sessions: 120, missing: 0.005).make()
        let market = whole.keeping { bar in
            let instant = Instant(secondsSinceEpoch: bar.time)
            let (day, time) = (NewYorkTime.date(of: instant).day, NewYorkTime.timeOfDay(of: instant))
            return day != 9 && day != 10 && !(day == 21 && time.minutes > 11 * 60)
        }
        try await Self.compare(market, try dp20(), minimumCompleteness: 0.3)
    }

    @Test("with sessions without any bar, alone or a fortnight of them", arguments: [false, true])
    func sessionsWithoutBars(hasDaily: Bool) async throws {
        let whole = try RandomMarket(seed: 48, from: "2013-08-01", sessions: 120).make()
        let hole = (try CivilDate.of("2013-10-10"))...(try CivilDate.of("2013-10-23"))
        var market = whole.keeping { bar in
            let date = NewYorkTime.date(of: Instant(secondsSinceEpoch: bar.time))
            return !hole.contains(date) && date.day != 4
        }
        if !hasDaily { market.daily = nil }
        for strategy in [try dp20(["trend-period": "20"]), try timedEntry()] {
            let rows = try await market.journal(strategy, on: "2013-10-02", through: "2013-11-15")
            #expect(rows.count { $0.noTrade == NoTradeCode.noBars } == 12)
            // The average of the last session before them is known, and yet it is not a part of their rows.
            #expect(rows.allSatisfy { $0.noTrade != NoTradeCode.noBars || $0.trendAverage == nil && $0.window.isEmpty })
            let alone = try await Self.dayByDay(market, strategy, of: rows)
            #expect(alone.map(\.fields) == rows.map(\.fields))
            #expect(alone == rows)
        }
    }

    @Test("with splits in between, forward and reverse")
    func splits() async throws {
        let splits = [
            Split(date: try .of("2013-10-22"), ratio: 2), Split(date: try .of("2013-11-01"), ratio: 0.1),
            Split(date: try .of("2013-11-30"), ratio: 3), Split(date: try .of("2013-12-24"), ratio: 1.5),
        ]
        let market = try RandomMarket(seed: 45, from: "2013-08-01", sessions: 120, missing: 0.005, splits: splits)
            .make()
        try await Self.compare(market, try dp20())
        try await Self.compare(market, try timedEntry(["stop-atr": "2"]))
    }

    @Test("with a split at the open of the first session that is looked at")
    func splitAtTheStart() async throws {
        let splits = [Split(date: try .of("2013-10-02"), ratio: 2)]
        let market = try RandomMarket(seed: 51, from: "2013-09-20", sessions: 20, splits: splits).make()
        let alone = try await market.row(try dp20(), on: "2013-10-09")
        let rows = try await market.journal(try dp20(), on: "2013-10-08", through: "2013-10-09")
        #expect(rows.last == alone)
    }

    @Test("with so many daily bars missing that there is no average")
    func dailyHole() async throws {
        var market = try RandomMarket(seed: 51, first: .of("2013-07-01"), sessions: 80, dailyBefore: 400).make()
        // Of the 255 sessions that may count, about 155 have a daily bar; a longer range has more of them before.
        let hole = (try CivilDate.of("2013-01-02"))...(try CivilDate.of("2013-05-24"))
        market.daily = market.daily?.changing { hole.contains($0) ? nil : $1 }
        let alone = try await market.row(try dp20(), on: "2013-10-09")
        let rows = try await market.journal(try dp20(), on: "2013-08-01", through: "2013-10-09")
        #expect(alone.trendAverage == nil)
        #expect(rows.last == alone)
    }

    @Test("with a source that covers only part of the range")
    func coverage() async throws {
        var market = try RandomMarket(seed: 52, from: "2013-10-01", sessions: 30).make()
        market.coverage = (try .of("2013-10-01"))...(try .of("2013-10-25"))
        let rows = try await market.journal(try dp20(), on: "2013-09-20", through: "2013-11-05")
        #expect(rows.count == 19)
        #expect(try await Self.dayByDay(market, try dp20(), of: rows) == rows)
    }

    @Test("later bars change no earlier row, and later splits none of its text")
    func laterData() async throws {
        let market = try RandomMarket(seed: 46, from: "2013-08-01", sessions: 120, missing: 0.005).make()
        let rows = try await market.journal(try dp20(), on: "2013-10-07", through: "2013-11-15")
        let end = try CivilDate.of("2013-11-15")
        var known = market.keeping { NewYorkTime.date(of: Instant(secondsSinceEpoch: $0.time)) <= end }
        known.daily = market.daily?.changing { $0 <= end ? $1 : nil }
        #expect(known.bars.count < market.bars.count)
        #expect(try await known.journal(try dp20(), on: "2013-10-07", through: "2013-11-15") == rows)
        var later = market
        later.listedSplits = [
            Split(date: try .of("2013-11-18"), ratio: 5), Split(date: try .of("2030-01-01"), ratio: 2),
        ]
        let afterwards = try await later.journal(try dp20(), on: "2013-10-07", through: "2013-11-15")
        #expect(afterwards.map(\.fields) == rows.map(\.fields))
        #expect(rows.count { $0.trade != nil } >= 5)
    }

    @Test("are the same again when they are asked for again")
    func repeated() async throws {
        let market = try RandomMarket(seed: 47, from: "2013-08-01", sessions: 60, missing: 0.005).make()
        let first = try await market.journal(try dp20(), on: "2013-09-10", through: "2013-10-20")
        #expect(try await market.journal(try dp20(), on: "2013-09-10", through: "2013-10-20") == first)
    }
}
