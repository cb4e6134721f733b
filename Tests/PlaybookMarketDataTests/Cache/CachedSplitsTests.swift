import PlaybookCore
import PlaybookTestSupport
import Testing

@testable import PlaybookMarketData

@Suite("Splits in the cache")
struct CachedSplitsTests {
    static let name = "v1/iex/TEST/splits.parquet"
    let clock: TestWallClock
    let market: MadeMarket
    let store = MemoryBlobStore()
    let statistics = CacheStatistics()

    init() throws {
        clock = try TestWallClock("2024-06-01T00:00:00Z")
        market = MadeMarket(clock: clock)
        market.rules.splits = [
            .any: [Split(date: try .of("2021-01-04"), ratio: 1.5), Split(date: try .of("2024-03-01"), ratio: 0.1)]
        ]
    }

    var cached: CachedSource { CachedSource(market, in: store, feed: "iex", clock: clock, statistics: statistics) }

    func splits(_ last: String) async throws -> [String] {
        try await cached.splits(of: .any, through: .of(last)).map { "\($0.date) \($0.ratio)" }
    }

    @Test("are asked for only beyond the date through which they are known")
    func through() async throws {
        #expect(try await splits("2023-12-29") == ["2021-01-04 1.5"])
        #expect(try await splits("2023-12-29") == ["2021-01-04 1.5"])
        #expect(try await splits("2020-12-29") == ["2021-01-04 1.5"], "later ones may be among them")
        #expect(market.splitCalls.count == 1)
        #expect(try await splits("2024-05-31") == ["2021-01-04 1.5", "2024-03-01 0.1"])
        #expect(try await splits("2024-03-01") == ["2021-01-04 1.5", "2024-03-01 0.1"])
        #expect(market.splitCalls.count == 2)
        #expect(store.writes == [Self.name, Self.name])
        #expect(statistics.current.bytesRead > 0 && statistics.current.bytesWritten > 0)
    }

    @Test("there are none of are known, too, of a symbol that has bars")
    func none() async throws {
        market.rules.splits = [:]
        #expect(try await splits("2024-05-31") == [])
        #expect(store.contents.isEmpty, "a misspelt symbol leaves nothing behind")
        store.put("v1/iex/TEST/2Min/2024-05.parquet", [1])
        for _ in 0..<3 { #expect(try await splits("2024-05-31") == []) }
        #expect(market.splitCalls.count == 2)
    }

    @Test("that are damaged are set aside and asked for again")
    func damaged() async throws {
        _ = try await splits("2024-05-31")
        var bytes = try #require(store.contents[Self.name])
        bytes[bytes.count / 2] ^= 0x10
        store.put(Self.name, bytes)
        #expect(try await splits("2024-05-31").count == 2)
        #expect(market.splitCalls.count == 2)
        #expect(store.contents["\(Self.name).damaged"] == bytes)
        #expect(statistics.current.filesSetAside == 1)
        // Those of another symbol are none of this one's.
        let other = SplitsBlob(feed: "iex", symbol: try .of("QQQ"))
        let theirs = other.bytes([], through: try .of("2030-01-01"), fetchedAt: clock.now(), source: "made")
        store.put(Self.name, theirs)
        #expect(try await splits("2024-05-31").count == 2)
        #expect(market.splitCalls.count == 3)
    }

    @Test("of many symbols are asked for together, and only those that are missing")
    func fetch() async throws {
        let symbols = try ["A", "B", "TEST"].map { try Symbol.of($0) }
        for name in ["A", "B"] { store.put("v1/iex/\(name)/2Min/2024-05.parquet", []) }
        _ = try await splits("2024-05-31")
        try await cached.fetchSplits(of: symbols, through: .of("2024-05-30"))
        #expect(market.splitCalls.last?.map(\.name) == ["A", "B"])
        try await cached.fetchSplits(of: symbols, through: .of("2024-05-31"))
        #expect(market.splitCalls.last?.map(\.name) == ["A", "B"])
        #expect(market.splitCalls.count == 3)
        try await cached.fetchSplits(of: symbols, through: .of("2024-05-31"))
        #expect(market.splitCalls.count == 3)
        #expect(store.contents.count == 2 + 3)
    }
}
