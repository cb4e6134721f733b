import PlaybookTestSupport
import PlaybookCore
import PlaybookTestSupport
import Testing

@testable import PlaybookMarketData

@Suite("A cached source")
struct CachedSourceTests {
    static let symbol = Symbol.any
    let clock: TestWallClock
    let market: MadeMarket
    let statistics = CacheStatistics()

    init() throws {
        clock = try TestWallClock("2024-06-01T00:00:00Z")
        market = MadeMarket(clock: clock)
    }

    func cached(in store: any BlobStore) -> CachedSource {
        CachedSource(market, in: store, feed: "iex", clock: clock, statistics: statistics)
    }

    func bars(_ source: CachedSource, _ first: String, _ last: String) async throws -> IntradayBars {
        try await source.intradayBars(
            of: Self.symbol, timeframe: .minutes(2), from: try .of(first), through: try .of(last))
    }

    func expected(_ first: String, _ last: String) throws -> BarColumns {
        market.bars(of: Self.symbol, .minutes(2), market.sessions(try .of(first), try .of(last)))
    }

    @Test("is called what its source is called")
    func label() { #expect(cached(in: MemoryBlobStore()).label == "made") }

    @Test("counts what it fetched and what it had")
    func counts() async throws {
        let store = MemoryBlobStore()
        _ = try await bars(cached(in: store), "2024-03-01", "2024-04-30")
        #expect(statistics.current.sessionsFetched == 42)
        #expect(statistics.current.sessionsFromCache == 0)
        #expect(statistics.current.bytesRead == 0)
        #expect(statistics.current.bytesWritten == store.contents.values.reduce(0) { $0 + $1.count })
        #expect(store.contents.keys.sorted() == [3, 4].map { "v1/iex/TEST/2Min/2024-0\($0).parquet" })
        _ = try await bars(cached(in: store), "2024-04-29", "2024-05-02")
        #expect(statistics.current.sessionsFetched == 44)
        #expect(statistics.current.sessionsFromCache == 2)
        #expect(statistics.current.bytesRead == store.contents["v1/iex/TEST/2Min/2024-04.parquet"]?.count)
        #expect(statistics.current.filesSetAside == 0)
        #expect(
            market.calls.map { "\($0.dates)" } == ["2024-03-01...2024-04-30", "2024-05-01...2024-05-02"])
    }

    @Test("asks once for what many tasks want at the same time")
    func singleFlight() async throws {
        market.rules.delay = .milliseconds(30)
        let source = cached(in: MemoryBlobStore())
        let expected = try expected("2024-03-01", "2024-04-30")
        try await withThrowingTaskGroup(of: BarColumns.self) { group in
            for _ in 0..<8 { group.addTask { try await bars(source, "2024-03-01", "2024-04-30").bars } }
            for try await bars in group { #expect(bars == expected) }
        }
        #expect(market.calls.count == 1)
        // Symbols do not wait for each other; a failure lets the next one try.
        market.rules.failure = { _, _ in PlaybookError(.tryAgain, "not now") }
        try await withThrowingTaskGroup(of: PlaybookError?.self) { group in
            for _ in 0..<3 {
                group.addTask { await playbookError { try await bars(source, "2024-05-01", "2024-05-31") } }
            }
            for try await error in group { #expect(error?.code == .tryAgain) }
        }
        #expect(market.calls.count == 4)
    }

    @Test("answers all the same when the cache cannot be written, and says so")
    func unwritable() async throws {
        let store = MemoryBlobStore { _, _ in throw PlaybookError(.cannotWrite, "the disk is full") }
        let found = try await bars(cached(in: store), "2024-03-01", "2024-04-30")
        #expect(found.bars == (try expected("2024-03-01", "2024-04-30")))
        #expect(found.warnings == ["the cache could not be written: the disk is full"])
        #expect(store.contents.isEmpty)
        #expect(statistics.current.sessionsFetched == 42)
        #expect(statistics.current.bytesWritten == 0)
        market.rules.splits = [Self.symbol: [Split(date: try .of("2024-03-05"), ratio: 2)]]
        let splits = try await cached(in: store).splits(of: Self.symbol, through: try .of("2024-05-31"))
        #expect(splits == [Split(date: try .of("2024-03-05"), ratio: 2)])
    }

    @Test("keeps nothing of a symbol that has no bars")
    func unknownSymbol() async throws {
        market.rules.symbols = []
        let store = MemoryBlobStore()
        for _ in 0..<2 {
            let error = await playbookError { try await bars(cached(in: store), "2024-03-01", "2024-04-30") }
            #expect(error?.code == .sourceUnavailable)
            #expect(error?.message == "made has no 2Min bars of TEST from 2024-03-01 through 2024-04-30")
        }
        #expect(store.contents.isEmpty)
        #expect(market.calls.count == 2)
    }

    @Test("sets a damaged file aside, says so, and fetches its sessions again", arguments: [0, 40, 300])
    func damage(byte: Int) async throws {
        let store = MemoryBlobStore()
        _ = try await bars(cached(in: store), "2024-03-01", "2024-05-31")
        let name = "v1/iex/TEST/2Min/2024-04.parquet"
        var bytes = try #require(store.contents[name])
        let whole = bytes
        bytes[byte] ^= 1
        store.put(name, bytes)
        let found = try await bars(cached(in: store), "2024-03-01", "2024-05-31")
        #expect(found.bars == (try expected("2024-03-01", "2024-05-31")))
        let warning = try #require(found.warnings.first)
        #expect(found.warnings.count == 1)
        #expect(warning.hasPrefix("memory/\(name) cannot be used ("))
        #expect(warning.hasSuffix("); it was set aside as \(name).damaged"))
        #expect(store.contents["\(name).damaged"] == bytes)
        #expect(store.contents[name] == whole)
        #expect(statistics.current.filesSetAside == 1)
        #expect(market.calls.last.map { "\($0.dates)" } == "2024-04-01...2024-04-30")
        #expect(try await bars(cached(in: store), "2024-03-01", "2024-05-31").warnings == [])
    }

    @Test("that fails on the way keeps the whole months before, and goes on from there", arguments: 0..<6)
    func interruption(seed: Int) async throws {
        var random = SeededGenerator(seed: UInt64(seed) + 9)
        let sessions = market.sessions(try .of("2024-01-02"), try .of("2024-05-31"))
        let fatal = try #require(sessions.randomElement(using: &random)).date
        market.rules.failure = { $1 == fatal ? PlaybookError(.sourceUnavailable, "gone") : nil }
        let store = MemoryBlobStore()
        let error = await playbookError { try await bars(cached(in: store), "2024-01-02", "2024-05-31") }
        #expect(error?.message == "gone")
        var kept: Set<CivilDate> = []
        for (name, bytes) in store.contents {
            let (partition, month) = try #require(CachePartition.parse(name))
            let file = try CachedMonth(bytes, partition: partition, month: month)
            #expect(
                file.bars
                    == market.bars(of: Self.symbol, .minutes(2), sessions.filter { file.sessions.contains($0.date) }))
            #expect(file.sessions == sessions.map(\.date).filter { Month($0) == month })
            kept.formUnion(file.sessions)
        }
        // All months but the one before the failure, which may not be over in the stream, and the one of it.
        let months = Set(sessions.map { Month($0.date) }.filter { $0 < Month(fatal) }).sorted()
        #expect(Set(kept.map { Month($0) }).isSuperset(of: months.dropLast()))
        market.rules.failure = nil
        #expect(
            try await bars(cached(in: store), "2024-01-02", "2024-05-31").bars
                == (try expected("2024-01-02", "2024-05-31")))
        #expect(market.calls.last?.dates.lowerBound == sessions.first { !kept.contains($0.date) }?.date)
    }

    @Test("uses the bars of a day on which calendars differ, and does not keep them")
    func doubtfulDay() async throws {
        let date = try CivilDate.of("2024-04-10")
        market.rules.check.differences = [date: "calendars differ on 2024-04-10"]
        market.rules.check.warnings = ["something else"]
        let store = MemoryBlobStore()
        for _ in 0..<2 {
            let found = try await bars(cached(in: store), "2024-04-01", "2024-04-30")
            #expect(found.bars == (try expected("2024-04-01", "2024-04-30")))
            #expect(found.warnings == ["something else", "calendars differ on 2024-04-10"])
        }
        #expect(market.calls.last.map { "\($0.dates)" } == "2024-04-10...2024-04-10")
        // Daily bars of it come with the same warnings.
        for _ in 0..<2 {
            let daily = try await cached(in: store).dailyBars(
                of: Self.symbol, from: .of("2024-04-01"), through: .of("2024-04-30"))
            #expect(daily?.warnings == ["something else", "calendars differ on 2024-04-10"])
            #expect(daily?.dates.contains(date) == true)
        }
    }

    @Test("has nothing yet of a session that is not over, which is not an error")
    func notOver() async throws {
        try clock.set("2024-05-31T18:00:00Z")
        let found = try await bars(cached(in: MemoryBlobStore()), "2024-05-31", "2024-05-31")
        #expect(found.bars.count == 0)
        #expect(found.coverage.map { "\($0)" } == "2024-05-30...2024-05-30")
        #expect(market.calls.isEmpty)
        let error = await playbookError { try await bars(cached(in: MemoryBlobStore()), "2024-05-25", "2024-05-26") }
        #expect(error?.code == .sourceUnavailable)
    }
}
