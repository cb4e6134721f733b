import PlaybookCore
import PlaybookTestSupport
import Testing

@testable import PlaybookMarketData

@Suite("Looking into the cache")
struct CacheInventoryTests {
    let clock: TestWallClock
    let market: MadeMarket
    let store = MemoryBlobStore()

    init() throws {
        clock = try TestWallClock("2024-06-10T00:00:00Z")
        market = MadeMarket(clock: clock)
        market.rules.kind = { $1.description == "2024-05-15" ? .quiet : .whole }
    }

    var cached: CachedSource { CachedSource(market, in: store, feed: "iex", clock: clock) }

    func fill(_ symbol: String, _ first: String, _ last: String, _ timeframe: Timeframe = .minutes(2)) async throws {
        if timeframe == .day {
            _ = try await cached.dailyBars(of: .of(symbol), from: .of(first), through: .of(last))
        } else {
            _ = try await cached.intradayBars(
                of: .of(symbol), timeframe: timeframe, from: .of(first), through: .of(last))
        }
    }

    func damage(_ name: String) throws {
        var bytes = try #require(store.contents[name])
        bytes[bytes.count / 2] ^= 4
        store.put(name, bytes)
    }

    @Test("finds what there is of each symbol, timeframe and feed")
    func entries() async throws {
        try await fill("QQQ", "2024-05-01", "2024-05-31")
        try await fill("QQQ", "2024-05-01", "2024-05-31", .day)
        try clock.set("2024-06-11T00:00:00Z")
        try await fill("QQQ", "2024-06-03", "2024-06-07")
        try await fill("BRK.B", "2024-05-06", "2024-05-07")
        let sip = CachedSource(market, in: store, feed: "sip", clock: clock)
        _ = try await sip.intradayBars(
            of: .of("QQQ"), timeframe: .minutes(2), from: .of("2024-05-06"), through: .of("2024-05-06"))
        store.put("v1/iex/QQQ/note.txt", [1])
        let entries = try await CacheInventory(of: store).entries
        #expect(
            entries.map { "\($0.feed) \($0.symbol) \($0.timeframe)" } == [
                "iex BRK.B 2Min", "iex QQQ 2Min", "iex QQQ 1Day", "sip QQQ 2Min",
            ])
        let entry = entries[1]
        #expect(entry.files == 2)
        #expect(
            entry.bytes == store.contents.filter { $0.key.contains("iex/QQQ/2Min/") }.reduce(0) { $0 + $1.value.count })
        #expect(entry.sessions.count == 27)
        #expect(entry.emptySessions == 1)
        #expect(entry.bars == 26 * 195)
        #expect(entry.holes == [])
        #expect(entry.lastFetched == clock.now())
        #expect(entry.damaged.isEmpty)
        #expect(entries[2].bars == 21 && entries[2].emptySessions == 1)
        #expect(entries[2].lastFetched?.description == "2024-06-10T00:00:00Z")
        #expect(try await CacheInventory(of: store, feed: "sip").entries.count == 1)
        #expect(try await CacheInventory(of: store, symbols: [.of("BRK.B")]).entries.map(\.symbol.name) == ["BRK.B"])
        #expect(try await cached.inventory(of: .of("QQQ")).entries.count == 2)
        #expect(try await CacheInventory(of: MemoryBlobStore()).entries.isEmpty)
    }

    @Test("names holes between sessions and files that are damaged")
    func holes() async throws {
        try await fill("QQQ", "2024-03-04", "2024-03-08")
        try await fill("QQQ", "2024-03-12", "2024-03-12")
        try await fill("QQQ", "2024-05-01", "2024-05-03")
        let holes = try await CacheInventory(of: store).entries[0].holes
        #expect(holes.first?.description == "2024-03-11")
        #expect(holes[1].description == "2024-03-13")
        #expect(holes.last?.description == "2024-04-30")
        let days = 1 + 12 + 22
        #expect(holes.count == days)
        try damage("v1/iex/QQQ/2Min/2024-03.parquet")
        let entry = try await CacheInventory(of: store).entries[0]
        #expect(entry.damaged.map(\.name) == ["v1/iex/QQQ/2Min/2024-03.parquet"])
        #expect(entry.damaged.first?.problem.isEmpty == false)
        #expect(entry.files == 2)
        #expect(entry.sessions.count == 3)
        #expect(entry.holes == [])
    }

    @Test("repairs holes and damage, of splits too")
    func repair() async throws {
        try await fill("QQQ", "2024-03-04", "2024-03-08")
        try await fill("QQQ", "2024-04-26", "2024-05-31")
        try await fill("SPY", "2024-03-04", "2024-03-04")
        _ = try await cached.splits(of: .of("QQQ"), through: .of("2024-05-31"))
        let whole = store.contents
        #expect(try await cached.repair(.of("SPY")) == [])
        try damage("v1/iex/QQQ/2Min/2024-05.parquet")
        try damage("v1/iex/QQQ/splits.parquet")
        #expect(try await CacheInventory(of: store).damagedSplits.map(\.name) == ["v1/iex/QQQ/splits.parquet"])
        let repairs = try await cached.repair(.of("QQQ"))
        #expect(repairs.count == 3)
        #expect(repairs[0].hasSuffix("it was set aside as v1/iex/QQQ/splits.parquet.damaged"))
        #expect(repairs[1].hasSuffix("it was set aside as v1/iex/QQQ/2Min/2024-05.parquet.damaged"))
        // Of March the 11th to the 28th, not what lies before the first that was kept; April but for three, and May.
        #expect(repairs[2] == "2Min: \(14 + 19 + 22) sessions fetched again")
        let entry = try await cached.inventory(of: .of("QQQ")).entries[0]
        #expect(entry.holes == [] && entry.damaged.isEmpty)
        let sessions = 19 + 22 + 22
        #expect(entry.sessions.count == sessions)
        #expect(store.contents["v1/iex/QQQ/2Min/2024-05.parquet"] == whole["v1/iex/QQQ/2Min/2024-05.parquet"])
        #expect(try await CacheInventory(of: store).damagedSplits.isEmpty)
        #expect(try await cached.repair(.of("QQQ")) == [])
    }

    @Test("alone hands out what is kept, and asks nobody")
    func cacheOnly() async throws {
        try await fill("QQQ", "2024-03-04", "2024-04-30")
        try await fill("QQQ", "2024-04-01", "2024-04-30", .day)
        let calls = market.calls.count
        let source = CacheOnlySource(cached)
        #expect(source.label == "made (cache)")
        let found = try await source.intradayBars(
            of: .of("QQQ"), timeframe: .minutes(2), from: .of("2024-03-20"), through: .of("2024-06-07"))
        let expected = market.bars(
            of: try .of("QQQ"), .minutes(2), market.sessions(try .of("2024-03-20"), try .of("2024-04-30")))
        #expect(found.bars == expected)
        #expect(found.coverage?.upperBound.description == "2024-04-30")
        #expect(found.warnings == [])
        let daily = try await source.dailyBars(of: .of("QQQ"), from: .of("2024-04-10"), through: .of("2024-04-12"))
        #expect(daily?.dates.map(\.description) == ["2024-04-10", "2024-04-11", "2024-04-12"])
        #expect(market.calls.count == calls)
        try damage("v1/iex/QQQ/2Min/2024-04.parquet")
        let rest = try await source.intradayBars(
            of: .of("QQQ"), timeframe: .minutes(2), from: .of("2024-03-20"), through: .of("2024-06-07"))
        #expect(rest.coverage?.upperBound.description == "2024-03-28")
        #expect(rest.warnings.count == 1)
        #expect(rest.warnings.first?.hasPrefix("v1/iex/QQQ/2Min/2024-04.parquet is damaged: ") == true)
        #expect(store.contents["v1/iex/QQQ/2Min/2024-04.parquet"] != nil, "looking changes nothing")
        let error = await playbookError {
            try await source.intradayBars(
                of: .of("SPY"), timeframe: .minutes(2), from: .of("2024-03-20"), through: .of("2024-06-07"))
        }
        #expect(error?.code == .sourceUnavailable)
        #expect(error?.message == "the cache memory has no 2Min bars of SPY")
    }
}
