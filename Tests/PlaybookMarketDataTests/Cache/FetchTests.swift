import PlaybookCore
import PlaybookTestSupport
import Testing

@testable import PlaybookMarketData

@Suite("Fetching into the cache")
struct FetchTests {
    static let timeframe = Timeframe.minutes(2)
    let clock: TestWallClock
    let market: MadeMarket
    let store = MemoryBlobStore()
    let statistics = CacheStatistics()

    init() throws {
        // Friday evening.
        clock = try TestWallClock("2024-05-31T23:00:00Z")
        market = MadeMarket(clock: clock)
    }

    var cached: CachedSource { CachedSource(market, in: store, feed: "iex", clock: clock, statistics: statistics) }

    /// What a fetch of `symbols` makes of them.
    func fetch(
        _ symbols: [String], from first: String?, isUpdate: Bool = false, through last: String = "2024-05-31",
        progress: (Int, Int) -> Void = { _, _ in }
    ) async throws -> [String: CachedSource.FetchOutcome] {
        let requests = try symbols.map { symbol in
            CachedSource.FetchRequest(
                symbol: try .of(symbol), from: try first.map { try .of($0) }, isUpdate: isUpdate)
        }
        let outcomes = try await cached.fetch(
            requests, timeframe: Self.timeframe, through: .of(last), progress: progress
        ) { Issue.record("warned: \($0)") }
        return Dictionary(uniqueKeysWithValues: outcomes.map { ($0.key.name, $0.value) })
    }

    @Test("counts what was there, what came and what is still to come, and fetches nothing twice")
    func counts() async throws {
        var progress: [[Int]] = []
        let first = try #require(
            try await fetch(["A"], from: "2024-04-01", progress: { progress.append([$0, $1]) })["A"])
        #expect([first.present, first.fetched, first.pending] == [0, 44, 0])
        #expect(first.error == nil)
        #expect(first.first?.description == "2024-04-01")
        #expect(progress.first == [0, 44] && progress.last == [44, 44])
        #expect(progress.map { $0[0] } == progress.map { $0[0] }.sorted())
        #expect(store.writes == [4, 5].map { "v1/iex/A/2Min/2024-0\($0).parquet" })
        let second = try #require(try await fetch(["A"], from: "2024-03-28")["A"])
        #expect([second.present, second.fetched, second.pending] == [44, 1, 0])
        let third = try #require(try await fetch(["A"], from: "2024-03-28")["A"])
        #expect([third.present, third.fetched, third.pending] == [45, 0, 0])
        #expect(market.calls.map { "\($0.dates)" } == ["2024-04-01...2024-05-31", "2024-03-28...2024-03-28"])
        #expect(statistics.current.sessionsFetched == 45)
        #expect(statistics.current.sessionsFromCache == 89)
    }

    @Test("leaves for later what is not settled or not all there")
    func pending() async throws {
        market.rules.kind = { $1.description == "2024-05-30" ? .mended : .whole }
        let found = try #require(try await fetch(["A"], from: "2024-05-28")["A"])
        #expect([found.present, found.fetched, found.pending] == [0, 3, 1])
        try clock.set("2024-06-02T21:00:00Z")
        let later = try #require(try await fetch(["A"], from: "2024-05-28")["A"])
        #expect([later.present, later.fetched, later.pending] == [3, 1, 0])
        // A session that has just closed is not even asked for.
        try clock.set("2024-06-03T20:10:00Z")
        let today = try #require(try await fetch(["A"], from: "2024-06-03", through: "2024-06-03")["A"])
        #expect([today.present, today.fetched, today.pending] == [0, 0, 0])
        #expect(market.calls.count == 2)
    }

    @Test("together asks once for the symbols that lack the same sessions")
    func groups() async throws {
        _ = try await fetch(["C"], from: "2024-05-20")
        _ = try await fetch(["A", "B", "C"], from: "2024-05-01")
        let calls = Set(market.calls.dropFirst().map { "\($0.symbols.map(\.name)) \($0.dates)" })
        #expect(calls == ["[\"A\", \"B\"] 2024-05-01...2024-05-31", "[\"C\"] 2024-05-01...2024-05-17"])
    }

    @Test("to bring up to date starts with the month that the cache ends in")
    func update() async throws {
        try clock.set("2024-04-10T23:00:00Z")
        _ = try await fetch(["A"], from: "2024-02-01", through: "2024-04-10")
        try clock.set("2024-05-31T23:00:00Z")
        let found = try await fetch(["A", "B"], from: "2024-05-01", isUpdate: true)
        let (a, b) = (try #require(found["A"]), try #require(found["B"]))
        #expect(a.first?.description == "2024-04-01")
        #expect([a.present, a.fetched, a.pending] == [8, 36, 0])
        // A symbol that is not there yet begins where it is told to.
        #expect(b.first?.description == "2024-05-01")
        #expect(b.fetched == 22)
        let unknown = try #require(try await fetch(["A", "C"], from: nil, isUpdate: true)["C"])
        #expect(unknown.error?.code == .usage)
        #expect(unknown.error?.message == "C has no 2Min bars in the cache yet")
        #expect(unknown.error?.nextStep == "Say from when on with <set start>.")
        #expect(try await fetch(["A", "C"], from: nil, isUpdate: true)["A"]?.present == 22)
    }

    @Test("goes on with the others when one symbol's bars are not right")
    func oneBadSymbol() async throws {
        market.rules.failure = { symbol, date in
            symbol.name == "BAD" && date.description == "2024-05-10"
                ? PlaybookError(.badData, "a wrong bar of BAD") : nil
        }
        let found = try await fetch(["A", "BAD", "C"], from: "2024-04-01")
        #expect(found["BAD"]?.error?.message == "a wrong bar of BAD")
        for name in ["A", "C"] {
            let outcome = try #require(found[name])
            #expect(outcome.error == nil)
            #expect([outcome.fetched, outcome.pending] == [44, 0])
            #expect(store.contents["v1/iex/\(name)/2Min/2024-05.parquet"] != nil)
        }
        #expect(store.contents["v1/iex/BAD/2Min/2024-05.parquet"] == nil)
        market.rules.failure = nil
        #expect(try await fetch(["A", "BAD", "C"], from: "2024-04-01")["BAD"]?.error == nil)
    }

    @Test("stops at any other failure and keeps what came before")
    func failure() async throws {
        market.rules.failure = { symbol, date in
            symbol.name == "B" && date.description == "2024-05-10" ? PlaybookError(.tryAgain, "too many requests") : nil
        }
        let error = await playbookError { try await fetch(["A", "B", "C"], from: "2024-03-01") }
        #expect(error?.code == .tryAgain)
        // That A's last month is over is known only when the stream is.
        #expect(store.writes.filter { $0.contains("/A/") }.count >= 2)
        #expect(store.writes.filter { $0.contains("/B/") }.count >= 1)
        #expect(store.writes.filter { $0.contains("/C/") }.isEmpty)
        market.rules.failure = nil
        let before = try await CacheInventory(of: store).entries.reduce(0) { $0 + $1.sessions.count }
        let again = try await fetch(["A", "B", "C"], from: "2024-03-01")
        #expect(again.values.reduce(0) { $0 + $1.present } == before)
        #expect(again["A"]?.first?.description == "2024-03-01")
        #expect(again.values.allSatisfy { $0.pending == 0 && $0.error == nil })
    }

    @Test("of a symbol without bars is an error of that symbol, and leaves no file")
    func unknown() async throws {
        market.rules.symbols = [try .of("A")]
        let found = try await fetch(["A", "ZZZZ"], from: "2024-05-01")
        #expect(found["A"]?.fetched == 22)
        #expect(found["ZZZZ"]?.error?.code == .sourceUnavailable)
        #expect(found["ZZZZ"]?.error?.message == "made has no 2Min bars of ZZZZ")
        #expect(store.contents.keys.allSatisfy { $0.contains("/A/") })
    }

    @Test("that cannot write says so")
    func unwritable() async throws {
        let full = MemoryBlobStore { _, _ in throw PlaybookError(.cannotWrite, "the disk is full") }
        let source = CachedSource(market, in: full, feed: "iex", clock: clock)
        let request = CachedSource.FetchRequest(symbol: .any, from: try .of("2024-05-01"), isUpdate: false)
        let error = await playbookError {
            try await source.fetch(
                [request], timeframe: Self.timeframe, through: .of("2024-05-31"), progress: { _, _ in }, warn: { _ in })
        }
        #expect(error?.code == .cannotWrite)
    }
}
