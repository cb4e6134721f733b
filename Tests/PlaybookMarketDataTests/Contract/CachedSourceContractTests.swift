import PlaybookCore
import PlaybookTestSupport
import Testing

@testable import PlaybookMarketData

@Suite("A cache before a source")
struct CachedSourceContractTests {
    /// What the cache holds when it is tried.
    enum State: String, CaseIterable, Sendable {
        case cold, halfWarm, warm, warmAndAlone
    }

    static let dates = CivilDate("2024-10-28").flatMap { first in CivilDate("2024-11-29").map { first...$0 } }

    /// A cache in memory, over the built-in sample or a made market, in `state`.
    static func fixture(_ state: State, overSample: Bool) async throws -> SourceFixture {
        let dates = try #require(dates)
        let symbol = try Symbol.of("QQQ")
        let clock = try TestWallClock("2025-06-01T00:00:00Z")
        var rules = MadeMarket.Rules()
        rules.symbols = [symbol]
        rules.splits = [
            symbol: [Split(date: try .of("2020-01-02"), ratio: 2), Split(date: try .of("2024-11-18"), ratio: 4)]
        ]
        // A symbol without bars for one day and with half of another.
        rules.kind = { ["2024-11-05": .quiet, "2024-11-07": .short][$1.description] ?? .whole }
        let base: any MarketDataSource = overSample ? SampleSource() : MadeMarket(clock: clock, rules)
        let source = CachedSource(base, in: MemoryBlobStore(), feed: "iex", clock: clock)
        let parts =
            switch state {
            case .cold: [ClosedRange<CivilDate>]()
            case .halfWarm: [try .of("2024-10-31")...(try .of("2024-11-01")), try .of("2024-11-20")...dates.upperBound]
            case .warm, .warmAndAlone: [dates]
            }
        for part in parts {
            _ = try await source.intradayBars(
                of: symbol, timeframe: .minutes(2), from: part.lowerBound, through: part.upperBound)
            _ = try await source.dailyBars(of: symbol, from: part.lowerBound, through: part.upperBound)
        }
        return SourceFixture(
            source: state == .warmAndAlone ? CacheOnlySource(source) : source, symbol: symbol, dates: dates,
            unknown: overSample && state != .warmAndAlone ? nil : try .of("NONE"))
    }

    @Test("keeps the contract of sources", arguments: State.allCases, [true, false])
    func contract(state: State, overSample: Bool) async throws {
        let fixture = try await Self.fixture(state, overSample: overSample)
        for clause in MarketDataSourceContract.allCases { try await clause.check(fixture) }
    }

    @Test("says what its source says, whatever it holds", arguments: State.allCases)
    func same(state: State) async throws {
        let fixture = try await Self.fixture(state, overSample: true)
        let found = try await fixture.intraday().bars
        let dates = fixture.dates
        let sample = try await SampleSource().intradayBars(
            of: fixture.symbol, timeframe: .minutes(2), from: dates.lowerBound, through: dates.upperBound)
        #expect(found == sample.bars)
        let daily = try #require(try await fixture.daily())
        let expected = try await SampleSource().dailyBars(
            of: fixture.symbol, from: dates.lowerBound, through: dates.upperBound)
        #expect(daily.dates == expected?.dates)
        #expect(daily.bars.close == expected?.bars.close)
    }
}
