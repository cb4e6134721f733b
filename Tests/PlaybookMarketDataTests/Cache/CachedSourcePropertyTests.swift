import PlaybookTestSupport
import PlaybookCore
import PlaybookTestSupport
import Testing

@testable import PlaybookMarketData

@Suite("A cache, asked for anything at any time")
struct CachedSourcePropertyTests {
    static let symbol = Symbol.any

    /// Whether the bars of a session will not change any more: their own statement of the rule.
    static func isFinal(_ kind: MadeMarket.Kind, _ session: TradingSession, _ timeframe: Timeframe, _ now: Instant)
        -> Bool
    {
        let age = now.secondsSinceEpoch - session.close.secondsSinceEpoch
        let followed = TradingCalendar.nyse.sessions(
            from: session.date.adding(days: 1), through: session.date.adding(days: 40)
        ).count { $0.close <= now }
        switch kind {
        case .whole: return age >= 20 * 60
        // A daily bar is there or not.
        case .short where timeframe == .day, .mended where timeframe == .day: return age >= 20 * 60
        // Ten sessions have followed, or all has come.
        case .short, .quiet: return followed > 10
        case .mended, .late: return age >= 3 * 86_400
        }
    }

    /// How sessions of a seed come.
    static func kind(_ seed: UInt64, _ timeframe: Timeframe, _ date: CivilDate) -> MadeMarket.Kind {
        var random = SeededGenerator(seed: seed &* 1_000_003 &+ UInt64(date.daysSinceEpoch))
        _ = random.next()
        // Nothing can tell that a daily bar will be mended.
        let kinds: [MadeMarket.Kind] =
            timeframe == .day ? [.whole, .whole, .quiet, .late] : [.whole, .whole, .quiet, .short, .mended, .late]
        return kinds.randomElement(using: &random) ?? .whole
    }

    @Test(
        "answers as its source does at that time, and asks for nothing final twice",
        arguments: [Timeframe.minutes(2), .day], 0..<5)
    func anything(timeframe: Timeframe, seed: Int) async throws {
        let seed = UInt64(seed)
        let clock = try TestWallClock("2024-01-20T00:00:00Z")
        let market = MadeMarket(clock: clock)
        market.rules.kind = { Self.kind(seed, timeframe, $1) }
        market.rules.listed = try .of(seed.isMultiple(of: 2) ? "2024-01-18" : "1998-01-02")
        let store = MemoryBlobStore()
        var random = SeededGenerator(seed: seed + 77)
        var final: Set<CivilDate> = []
        var cached = CachedSource(market, in: store, feed: "iex", clock: clock)
        let start = try CivilDate.of("2023-12-20")
        for _ in 0..<25 {
            clock.advance(seconds: [0, 60, 1_300, 40_000, 90_000, 400_000].randomElement(using: &random) ?? 0)
            if Bool.random(using: &random) { cached = CachedSource(market, in: store, feed: "iex", clock: clock) }
            let first = start.adding(days: Int.random(in: 0...80, using: &random))
            let last = first.adding(days: Int.random(in: 0...45, using: &random))
            let before = market.calls.count
            try await check(cached, market, timeframe, first, last)
            for call in market.calls[before...] {
                let asked = TradingCalendar.nyse.sessions(from: call.dates.lowerBound, through: call.dates.upperBound)
                    .map(\.date)
                #expect(asked.first.map(final.contains) == false && asked.last.map(final.contains) == false)
                let longest = asked.split { !final.contains($0) }.map(\.count).max() ?? 0
                #expect(longest <= 10, "\(longest) final sessions in a row asked for again")
                // What a symbol that has no bars has not got is not kept: it may be misspelt.
                guard market.bars(of: Self.symbol, timeframe, market.sessions(asked[0], last)).count > 0 else {
                    continue
                }
                for session in market.sessions(asked[0], asked[asked.count - 1]) {
                    let isListed = session.date >= market.rules.listed
                    let kind = isListed ? market.rules.kind(Self.symbol, session.date) : .quiet
                    if Self.isFinal(kind, session, timeframe, clock.now()) { final.insert(session.date) }
                }
            }
        }
        // A symbol listed on 2024-01-18 has some twenty sessions by the time that the clock reaches.
        #expect(final.count > 10)
        try await checkFiles(store, market, timeframe, final)
    }

    private func check(
        _ cached: CachedSource, _ market: MadeMarket, _ timeframe: Timeframe, _ first: CivilDate, _ last: CivilDate
    ) async throws {
        let over = market.sessions(first, last)
        let expected = market.bars(of: Self.symbol, timeframe, over)
        let wanted = TradingCalendar.nyse.sessions(from: first, through: last)
        do {
            if timeframe == .day {
                let daily = try #require(try await cached.dailyBars(of: Self.symbol, from: first, through: last))
                try #require(daily.bars == expected, "\(first) through \(last) at \(market.clock.now())")
                #expect(daily.dates == expected.times.map { NewYorkTime.date(of: Instant(secondsSinceEpoch: $0)) })
                return
            }
            let found = try await cached.intradayBars(
                of: Self.symbol, timeframe: timeframe, from: first, through: last)
            try #require(found.bars == expected, "\(first) through \(last) at \(market.clock.now())")
            #expect(found.timeframe == timeframe)
            #expect(found.warnings == [])
            if over.count == wanted.count {
                #expect(found.coverage == nil)
            } else {
                // What lies between its last session and the next has none.
                let end = try #require(found.coverage).upperBound
                #expect(TradingCalendar.nyse.sessions(from: first, through: end).count == over.count)
            }
        } catch let error as PlaybookError {
            #expect(error.code == .sourceUnavailable, "\(error)")
            #expect(expected.count == 0 && over.count == wanted.count, "\(error) at \(market.clock.now())")
        }
    }

    /// Every file is whole and holds final sessions only, with the bars that the source ends up having.
    private func checkFiles(
        _ store: MemoryBlobStore, _ market: MadeMarket, _ timeframe: Timeframe, _ final: Set<CivilDate>
    ) async throws {
        var kept: Set<CivilDate> = []
        for (name, bytes) in store.contents {
            let (partition, month) = try #require(CachePartition.parse(name))
            let file = try CachedMonth(bytes, partition: partition, month: month)
            #expect(file.sessions.allSatisfy { Month($0) == month })
            let sessions = try file.sessions.map { try #require(TradingCalendar.nyse.session(on: $0)) }
            #expect(file.bars == market.bars(of: Self.symbol, timeframe, sessions), "\(name)")
            for session in sessions {
                #expect(
                    Self.isFinal(market.rules.kind(Self.symbol, session.date), session, timeframe, market.clock.now()))
            }
            kept.formUnion(file.sessions)
        }
        #expect(kept.isSuperset(of: final), "kept what was final when it came")
    }
}

extension Symbol {
    /// A symbol for tests that do not care.
    static var any: Symbol {
        guard let symbol = Symbol("TEST") else { preconditionFailure("TEST is a symbol") }
        return symbol
    }
}
