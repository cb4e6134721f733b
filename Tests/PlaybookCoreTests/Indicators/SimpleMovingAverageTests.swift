import PlaybookCore
import Testing

@Suite("SMA of daily closes")
struct SimpleMovingAverageTests {
    /// The average that the row of 2013-10-09 shows.
    static func average(
        _ closes: DailyBars, period: Int = 200, splits: [Split] = []
    ) async throws -> Double? {
        var market = MemoryMarket(try ScriptedSession("2013-10-09"))
        market.daily = closes
        market.listedSplits = splits
        return try await market.row(try dp20(["trend-period": "\(period)"]), on: "2013-10-09").trendAverage
    }

    /// Closes 1, 2, 3 … of the sessions before 2013-10-09.
    static func rising(_ count: Int) throws -> DailyBars {
        var close = 0.0
        return DailyBars.flat(1, sessions: count, before: try .of("2013-10-09")).changing { _, _ in
            close += 1
            return close
        }
    }

    @Test("is the mean of the last 200 closes")
    func mean() async throws {
        // 1 + 2 + … + 200 = 20100
        #expect(isClose(try await Self.average(Self.rising(200)), 100.5))
        // 2 + … + 201
        #expect(isClose(try await Self.average(Self.rising(201)), 101.5))
        #expect(isClose(try await Self.average(Self.rising(250)), 150.5))
    }

    @Test("is unknown with fewer than 200 closes")
    func tooFew() async throws {
        #expect(try await Self.average(Self.rising(199)) == nil)
        #expect(try await Self.average(DailyBars()) == nil)
        #expect(try await Self.average(Self.rising(3), period: 4) == nil)
        #expect(isClose(try await Self.average(Self.rising(4), period: 4), 2.5))
    }

    @Test("never sees the close of its own session or of a later one")
    func ownClose() async throws {
        var closes = try Self.rising(200)
        closes.append(close: 1_000_000, on: try .of("2013-10-09"))
        closes.append(close: 2_000_000, on: try .of("2013-10-10"))
        #expect(isClose(try await Self.average(closes), 100.5))
    }

    @Test("reaches over a few missing daily bars, not over a quarter of them")
    func holes() async throws {
        // Four closes may lie within 4 + 4/4 + 5 = 10 sessions: 2013-09-25 is the tenth before 2013-10-09.
        func average(without missing: [String], from first: String) async throws -> Double? {
            let dates = try missing.map { try CivilDate.of($0) }
            let start = try CivilDate.of(first)
            let closes = try Self.rising(12).changing { date, close in
                date >= start && !dates.contains(date) ? close : nil
            }
            return try await Self.average(closes, period: 4)
        }
        // 09-23 … 10-08 close at 1 … 12. Of 3, 4, 5 and 12 the oldest is of 09-25.
        let gap = ["2013-09-30", "2013-10-01", "2013-10-02", "2013-10-03", "2013-10-04", "2013-10-07"]
        #expect(isClose(try await average(without: gap, from: "2013-09-25"), 6))
        // Without 09-27 the fourth is of 09-24, too far back.
        #expect(try await average(without: gap + ["2013-09-27"], from: "2013-09-23") == nil)
    }

    @Test("says what is missing where it is unknown: closes that never were, or closes that are too old")
    func shortage() async throws {
        func note(_ closes: DailyBars, period: Int = 4) async throws -> String {
            var market = MemoryMarket(try ScriptedSession("2013-10-09"))
            market.daily = closes
            return try await market.row(try dp20(["trend-period": "\(period)"]), on: "2013-10-09").notes
        }
        let closes = try Self.rising(30)
        func keeping(_ dates: ClosedRange<String>) throws -> DailyBars {
            let range = (try CivilDate.of(dates.lowerBound))...(try CivilDate.of(dates.upperBound))
            return closes.changing { range.contains($0) ? $1 : nil }
        }
        #expect(
            try await note(keeping("2013-10-04"..."2013-10-08"))
                == "SMA4 unknown: only 3 of 4 daily closes before the session")
        // The ten sessions before are those from 09-25 on. These closes end on 09-26.
        #expect(
            try await note(keeping("2013-09-03"..."2013-09-26"))
                == "SMA4 unknown: only 2 of 4 daily closes in the 10 sessions before (2013-09-25 through 2013-09-26); "
                + "older ones do not count")
        #expect(
            try await note(keeping("2013-09-03"..."2013-09-24"))
                == "SMA4 unknown: no daily close in the 10 sessions before; older ones do not count")
        #expect(
            try await note(DailyBars())
                == "SMA4 unknown: no daily close in the 10 sessions before; older ones do not count")
    }

    @Test("divides closes before a split by its ratio, forward and reverse, from its session on")
    func splits() async throws {
        let closes = try Self.rising(4)  // 10-03, 10-04, 10-07 and 10-08 close at 1, 2, 3 and 4
        func average(_ splits: (String, Double)...) async throws -> Double? {
            try await Self.average(
                closes, period: 4, splits: splits.map { Split(date: try .of($0.0), ratio: $0.1) })
        }
        // (1/2 + 2/2 + 3 + 4) / 4
        #expect(isClose(try await average(("2013-10-07", 2)), 2.125))
        // (10 + 20 + 30 + 40) / 4: the split takes effect on the session itself.
        #expect(isClose(try await average(("2013-10-09", 0.1)), 25))
        // (1/4 + 2/2 + 3 + 4) / 4
        #expect(isClose(try await average(("2013-10-04", 2), ("2013-10-07", 2)), 2.0625))
        // A split on a Saturday counts from Monday on.
        #expect(isClose(try await average(("2013-10-05", 2)), 2.125))
        // One on or before the first close, and one after the session, change nothing.
        #expect(isClose(try await average(("2013-10-03", 7)), 2.5))
        #expect(isClose(try await average(("2013-10-10", 7)), 2.5))
    }

    @Test("is what a plain sum gives on random closes")
    func plainSum() async throws {
        let market = try RandomMarket(seed: 31, from: "2013-09-03", sessions: 60).make()
        let daily = try #require(market.daily)
        for period in [1, 2, 7, 8, 9, 50, 200] {
            let rows = try await market.journal(
                try dp20(["trend-period": "\(period)"]), on: "2013-10-01", through: "2013-11-20")
            #expect(rows.count == 37)
            for row in rows {
                let before = zip(daily.dates, daily.bars.close).filter { $0.0 < row.tradeDate }.map(\.1)
                let plain = before.suffix(period).reduce(0, +) / Double(period)
                #expect(isRounded(row.trendAverage, plain), "\(row.tradeDate)")
            }
        }
    }
}
