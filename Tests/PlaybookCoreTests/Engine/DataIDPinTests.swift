import PlaybookCore
import Testing

/// The values here were computed by a program of their own. They must never change: journals hold them.
@Suite("Pinned data_id")
struct DataIDPinTests {
    /// Two bars on 2013-10-09, at 09:30 and 09:32, and none before.
    static func market() throws -> MemoryMarket {
        var market = MemoryMarket()
        let open = try Instant.of("2013-10-09", second: 13 * 3600 + 30 * 60).secondsSinceEpoch
        market.bars.append(Bar(time: open, open: 100, high: 101, low: 99, close: 100.5, volume: 1000))
        market.bars.append(
            Bar(time: open + 120, open: 100.5, high: 102, low: 100.25, close: 101.75, volume: 2500))
        return market
    }

    @Test("of bars alone is the same for ever")
    func bars() async throws {
        #expect(try await Self.market().row(try timedEntry(), on: "2013-10-09").dataID == "dcd09906ad5f0")
    }

    @Test("of bars, daily closes and a split is the same for ever")
    func everything() async throws {
        var market = try Self.market()
        var daily = DailyBars()
        daily.append(close: 198, on: try .of("2013-10-04"))
        daily.append(close: 200, on: try .of("2013-10-07"))
        daily.append(close: 101, on: try .of("2013-10-08"))
        market.daily = daily
        market.listedSplits = [Split(date: try .of("2013-10-08"), ratio: 2)]
        let row = try await market.row(try dp20(["trend-period": "2"]), on: "2013-10-09")
        #expect(row.dataID == "d9c9147f30b74")
    }
}
