import PlaybookCore
import Testing

@Suite("Streaming from a source that answers at once")
struct StreamTests {
    static func market() throws -> MemoryMarket {
        try RandomMarket(seed: 4, from: "2013-09-20", sessions: 40).make()
    }

    static func stream(
        _ market: MemoryMarket, _ symbols: [String], _ timeframe: Timeframe, _ first: String, _ last: String
    ) async throws -> (pieces: [(String, BarColumns)], ends: [Symbol: CivilDate]) {
        var pieces: [(String, BarColumns)] = []
        let ends = try await market.stream(
            try symbols.map { try #require(Symbol($0)) }, timeframe: timeframe, from: .of(first), through: .of(last)
        ) { pieces.append(($0.name, $1)) }
        return (pieces, ends)
    }

    @Test("gives all bars, symbol by symbol and month by month")
    func months() async throws {
        let market = try Self.market()
        let found = try await Self.stream(market, ["SPY", "IWM"], .minutes(2), "2013-09-25", "2013-11-08")
        #expect(found.pieces.map(\.0) == ["IWM", "IWM", "IWM", "SPY", "SPY", "SPY"])
        var bars = BarColumns()
        for piece in found.pieces.prefix(3) { bars.append(piece.1) }
        let (first, last) = (try CivilDate.of("2013-09-25"), try CivilDate.of("2013-11-08"))
        let symbol = try #require(Symbol("IWM"))
        let expected = try await market.intradayBars(of: symbol, timeframe: .minutes(2), from: first, through: last)
        #expect(bars == expected.bars)
        #expect(found.ends.isEmpty)
    }

    @Test("says where bars end that do not reach the last date")
    func ends() async throws {
        var market = try Self.market()
        market.coverage = (try .of("2013-09-20"))...(try .of("2013-10-15"))
        let found = try await Self.stream(market, ["IWM"], .minutes(2), "2013-09-25", "2013-11-08")
        #expect(found.ends.map { "\($0.key) \($0.value)" } == ["IWM 2013-10-15"])
        #expect(try await Self.stream(market, ["IWM"], .minutes(2), "2013-09-25", "2013-10-15").ends.isEmpty)
    }

    @Test("stamps daily bars with New York's midnight, and has none where there are none")
    func daily() async throws {
        var market = try Self.market()
        let found = try await Self.stream(market, ["IWM"], .day, "2013-09-25", "2013-11-08")
        let times = found.pieces.flatMap(\.1.times)
        #expect(
            times.count
                == TradingCalendar.nyse.sessions(from: try .of("2013-09-25"), through: try .of("2013-11-08")).count)
        for time in times {
            #expect(NewYorkTime.timeOfDay(of: Instant(secondsSinceEpoch: time)) == TimeOfDay(minutes: 0))
        }
        #expect(times == times.sorted())
        market.daily = nil
        #expect(try await Self.stream(market, ["IWM"], .day, "2013-09-25", "2013-11-08").pieces.isEmpty)
    }

    @Test("refuses a source that has bars of another length")
    func otherTimeframe() async throws {
        let market = try Self.market()
        let error = await #expect(throws: PlaybookError.self) {
            _ = try await Self.stream(market, ["IWM"], .minutes(1), "2013-09-25", "2013-09-26")
        }
        #expect(error?.code == .sourceUnavailable)
        #expect(error?.message == "memory has no 1Min bars of IWM")
    }
}
