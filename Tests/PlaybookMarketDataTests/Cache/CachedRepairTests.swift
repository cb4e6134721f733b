import PlaybookCore
import PlaybookTestSupport
import Testing

@testable import PlaybookMarketData

@Suite("A cached source's missing bars")
struct CachedRepairTests {
    private let clock: TestWallClock
    private let market: MadeMarket
    private let store = MemoryBlobStore()
    private let symbol = Symbol.any

    init() throws {
        clock = try TestWallClock("2024-06-01T00:00:00Z")
        market = MadeMarket(clock: clock)
    }

    private var source: CachedSource { CachedSource(market, in: store, feed: "iex", clock: clock) }

    private func bars(_ first: String, _ last: String, again: String...) async throws -> BarColumns {
        let dates = Set(try again.map { try CivilDate.of($0) })
        return try await source.asking(againFor: dates).intradayBars(
            of: symbol, timeframe: .minutes(2), from: try .of(first), through: try .of(last)
        ).bars
    }

    private func expected(_ first: String, _ last: String) throws -> BarColumns {
        market.bars(of: symbol, .minutes(2), market.sessions(try .of(first), try .of(last)))
    }

    private func kinds(_ kinds: [String: MadeMarket.Kind]) {
        market.rules.kind = { kinds[$1.description] ?? .whole }
    }

    @Test("are asked for each time until ten sessions have followed", arguments: [MadeMarket.Kind.short, .quiet])
    func short(kind: MadeMarket.Kind) async throws {
        kinds(["2024-05-16": kind])
        // The tenth session after it is that of the 31st: Memorial Day lies between.
        for _ in 0..<2 {
            let calls = market.calls.count
            #expect(try await bars("2024-05-13", "2024-05-20") == expected("2024-05-13", "2024-05-20"))
            #expect(market.calls.count == calls + 1)
        }
        #expect(market.calls.last.map { "\($0.dates)" } == "2024-05-16...2024-05-16")
        kinds([:])
        #expect(try await bars("2024-05-13", "2024-05-20") == expected("2024-05-13", "2024-05-20"))
        let calls = market.calls.count
        #expect(try await bars("2024-05-13", "2024-05-20") == expected("2024-05-13", "2024-05-20"))
        #expect(market.calls.count == calls, "what has become whole is kept")
    }

    @Test("are final after that")
    func final() async throws {
        kinds(["2024-05-16": .short])
        try clock.set("2024-06-04T00:00:00Z")
        _ = try await bars("2024-05-13", "2024-05-20")
        kinds([:])
        let calls = market.calls.count
        #expect(
            try await bars("2024-05-13", "2024-05-20", again: "2024-05-16").count
                < expected("2024-05-13", "2024-05-20").count)
        #expect(market.calls.count == calls)
    }

    @Test("that earlier versions took for final are asked for as well, and replaced")
    func keptShort() async throws {
        kinds(["2024-05-16": .short])
        try clock.set("2024-07-01T00:00:00Z")
        _ = try await bars("2024-05-13", "2024-05-20")
        try clock.set("2024-05-30T00:00:00Z")
        kinds([:])
        #expect(try await bars("2024-05-13", "2024-05-20") == expected("2024-05-13", "2024-05-20"))
        #expect(market.calls.last.map { "\($0.dates)" } == "2024-05-16...2024-05-16")
        let calls = market.calls.count
        #expect(try await bars("2024-05-13", "2024-05-20") == expected("2024-05-13", "2024-05-20"))
        #expect(market.calls.count == calls)
    }

    @Test("within a session are asked for when that is wanted, and what is there is kept")
    func holes() async throws {
        kinds(["2024-05-22": .short])
        try clock.set("2024-07-01T00:00:00Z")
        let before = try await bars("2024-05-20", "2024-05-24")
        try clock.set("2024-05-30T00:00:00Z")
        // A source that has lost bars does not take them away.
        kinds(["2024-05-22": .quiet, "2024-05-23": .quiet])
        #expect(try await bars("2024-05-20", "2024-05-24", again: "2024-05-22", "2024-05-23") == before)
        // Nor does one that cannot be reached.
        market.rules.failure = { _, _ in PlaybookError(.sourceUnavailable, "gone") }
        let found = try await source.asking(againFor: [.of("2024-05-23")]).intradayBars(
            of: symbol, timeframe: .minutes(2), from: .of("2024-05-20"), through: .of("2024-05-24"))
        #expect(found.bars == before)
        #expect(found.warnings == ["bars could not be asked for again, those kept are used: gone"])
        // Where others are missing that are not kept, it is an error as ever.
        let error = await playbookError { _ = try await bars("2024-05-20", "2024-05-28", again: "2024-05-23") }
        #expect(error?.message == "gone")
    }

    @Test("of many months with some asked for again come in order", arguments: 0..<4)
    func random(seed: Int) async throws {
        var random = SeededGenerator(seed: UInt64(seed) + 77)
        let sessions = market.sessions(try .of("2024-03-01"), try .of("2024-05-31")).map(\.date)
        let short = Set((0..<12).compactMap { _ in sessions.randomElement(using: &random) })
        market.rules.kind = { short.contains($1) ? .short : .whole }
        try clock.set("2024-09-01T00:00:00Z")
        _ = try await bars("2024-03-01", "2024-05-31")
        try clock.set("2024-06-01T00:00:00Z")
        let mended = Set(short.filter { _ in Bool.random(using: &random) })
        market.rules.kind = { short.contains($1) && !mended.contains($1) ? .short : .whole }
        let start = try CivilDate.of("2024-05-16")
        let expected = sessions.flatMap { date in
            let isAsked = date >= start && mended.contains(date)
            let kind: MadeMarket.Kind = short.contains(date) && !isAsked ? .short : .whole
            market.rules.kind = { _, _ in kind }
            return market.bars(of: symbol, .minutes(2), market.sessions(date, date)).all
        }
        market.rules.kind = { short.contains($1) && !mended.contains($1) ? .short : .whole }
        for _ in 0..<2 { #expect(try await bars("2024-03-01", "2024-05-31").all == expected) }
    }
}
