import PlaybookCore
import Testing

@Suite("Aggregation of 1-minute bars")
struct AggregationTests {
    /// 1-minute bars of 2013-10-09 by minutes since the open, each with its open, high, low, close and volume.
    static func market(_ bars: [(minute: Int64, prices: [Double], volume: Double)]) throws -> MemoryMarket {
        var market = MemoryMarket(timeframe: .minutes(1))
        let open = try Instant.of("2013-10-09", second: 13 * 3600 + 30 * 60).secondsSinceEpoch
        for (minute, prices, volume) in bars {
            market.bars.append(
                Bar(
                    time: open + minute * 60, open: prices[0], high: prices[1], low: prices[2], close: prices[3],
                    volume: volume))
        }
        return market
    }

    static func aggregated(_ market: MemoryMarket) async throws -> [Bar] {
        let history = try await market.history(for: [try timedEntry()], on: "2013-10-09")
        return (0..<history.bars.count).map { history.bars[$0] }
    }

    static func bar(_ minute: Int64, _ open: Double, _ high: Double, _ low: Double, _ close: Double, _ volume: Double)
        throws -> Bar
    {
        let start = try Instant.of("2013-10-09", second: 13 * 3600 + 30 * 60).secondsSinceEpoch
        return Bar(time: start + minute * 60, open: open, high: high, low: low, close: close, volume: volume)
    }

    @Test("takes the first open, the highest high, the lowest low, the last close and all the volume")
    func prices() async throws {
        let market = try Self.market([
            (0, [10, 12, 9.5, 11], 100), (1, [11, 11.5, 9, 9.25], 50),
            (2, [9.25, 9.5, 9.125, 9.5], 7), (3, [9.5, 10, 9.5, 9.75], 8),
        ])
        #expect(
            try await Self.aggregated(market) == [
                Self.bar(0, 10, 12, 9, 9.25, 150), Self.bar(2, 9.25, 10, 9.125, 9.75, 15),
            ])
    }

    @Test("makes a bar of the one minute there is, stamped with the bucket's start")
    func missingMinute() async throws {
        // The first minute of one bucket and the second of the next are missing.
        let market = try Self.market([(1, [11, 11.5, 9, 9.25], 50), (2, [9.25, 9.5, 9.125, 9.5], 7)])
        #expect(
            try await Self.aggregated(market) == [
                Self.bar(0, 11, 11.5, 9, 9.25, 50), Self.bar(2, 9.25, 9.5, 9.125, 9.5, 7),
            ])
    }

    @Test("invents nothing for a bucket without bars")
    func missingBucket() async throws {
        let market = try Self.market([(0, [10, 12, 9.5, 11], 100), (5, [12, 13, 11, 12.5], 3)])
        #expect(
            try await Self.aggregated(market) == [
                Self.bar(0, 10, 12, 9.5, 11, 100), Self.bar(4, 12, 13, 11, 12.5, 3),
            ])
    }

    @Test("does not mix the last minute of a session with the first of the next, nor with those outside hours")
    func sessionEnds() async throws {
        var market = try Self.market([
            (-1, [1, 1, 1, 1], 1), (0, [10, 10, 10, 10], 2), (389, [11, 11, 11, 11], 3), (390, [2, 2, 2, 2], 4),
        ])
        market.timeframe = .minutes(1)
        let bars = try await Self.aggregated(market)
        #expect(bars == [try Self.bar(0, 10, 10, 10, 10, 2), try Self.bar(388, 11, 11, 11, 11, 3)])
    }

    @Test("gives the rows of the equivalent 2-minute bars")
    func equalRows() async throws {
        // Each 2-minute bar is taken apart: one minute from its open to its low, one from its high to its close.
        var coarse = try RandomMarket(seed: 5, from: "2013-09-03", sessions: 40, missing: 0.01).make()
        coarse.label = "coarse"
        var fine = coarse
        fine.label = "fine"
        fine.timeframe = .minutes(1)
        fine.bars = BarColumns()
        for index in 0..<coarse.bars.count {
            let bar = coarse.bars[index]
            switch index % 5 {
            case 0: fine.bars.append(bar)
            case 1:
                var second = bar
                second.time += 60
                fine.bars.append(second)
            default:
                fine.bars.append(
                    Bar(
                        time: bar.time, open: bar.open, high: max(bar.open, bar.low), low: bar.low, close: bar.low,
                        volume: 1))
                fine.bars.append(
                    Bar(
                        time: bar.time + 60, open: bar.high, high: bar.high, low: bar.close, close: bar.close,
                        volume: bar.volume - 1))
            }
        }
        for strategy in [try dp20(), try timedEntry(["stop-atr": "3"])] {
            let expected = try await coarse.journal(strategy, on: "2013-09-10", through: "2013-10-20")
            var rows = try await fine.journal(strategy, on: "2013-09-10", through: "2013-10-20")
            #expect(rows.allSatisfy { $0.dataSource == "fine" })
            for index in rows.indices { rows[index].dataSource = "coarse" }
            #expect(rows == expected)
            #expect(rows.count { $0.trade != nil } >= 5)
        }
    }
}
