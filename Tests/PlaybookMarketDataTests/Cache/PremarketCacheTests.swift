import PlaybookCore
import PlaybookTestSupport
import PlaybookYardsticks
import Synchronization
import Testing

@testable import PlaybookMarketData

/// Enters where the premarket closed above 200, and shows its high.
private enum EarlyRise: Strategy {
    static let descriptor = StrategyDescriptor(
        name: "early-rise", summary: "Buy after a rise before the open", rules: [], parameters: ParameterSpec.costs)

    static func write(_ playbook: inout PlaybookBuilder, _ parameters: ParameterSet) throws {
        playbook.filter("rise", .premarket.close > 200, otherwise: "it did not rise", unknown: "no premarket")
        playbook.value("early", .premarket.high)
        playbook.setups = [Setup(side: .long)]
    }
}

/// A source whose bars are those of regular hours alone, at 100, until it is asked for those before the open, at 200.
private final class PartedSource: MarketDataSource {
    private let asked = Mutex<[String]>([])

    var label: String { "parted" }
    var hasRegularHoursOnly: Bool { true }
    var calls: [String] { asked.withLock { $0 } }

    func intradayBars(
        of symbol: Symbol, timeframe: Timeframe, from first: CivilDate, through last: CivilDate
    ) async throws -> IntradayBars {
        asked.withLock { $0.append(symbol.qualifiedName) }
        var bars = BarColumns()
        for session in symbol.market.calendar.sessions(from: first, through: last) {
            for time in stride(
                from: session.open.secondsSinceEpoch, to: session.close.secondsSinceEpoch, by: Int(timeframe.seconds))
            {
                bars.append(.quiet(time, symbol.market.isPremarket ? 201 : 100))
            }
        }
        return IntradayBars(timeframe: timeframe, bars: bars)
    }

    func dailyBars(of symbol: Symbol, from first: CivilDate, through last: CivilDate) async throws -> DailyBars? { nil }
}

@Suite("The premarket in the cache")
struct PremarketCacheTests {
    private static let dates = ("2024-11-04", "2024-11-06")

    private func rows(_ playbook: Playbook, _ source: any MarketDataSource) async throws -> [JournalRow] {
        let request = HistoryRequest(
            symbol: .any, sessions: try .of(Self.dates.0)...(try .of(Self.dates.1)), playbooks: [playbook])
        return Backtest(history: try await HistoryLoader(source: source).load(request))
            .journal(playbook, dataSource: "parted", runID: "run")
    }

    private func cached(_ source: PartedSource, _ store: MemoryBlobStore) throws -> CachedSource {
        CachedSource(source, in: store, feed: "iex", clock: try TestWallClock("2024-12-20T00:00:00Z"))
    }

    @Test("is a part of its own, fetched once, and only for a playbook that reads it")
    func kept() async throws {
        let (source, store) = (PartedSource(), MemoryBlobStore())
        let plain = try StrategyCatalog.playbook("timed-entry")
        _ = try await rows(plain, cached(source, store))
        #expect(Set(source.calls) == ["TEST"])
        #expect(!store.contents.keys.contains { $0.contains("premarket") })
        let found = try await rows(try Playbook(EarlyRise.self), cached(source, store))
        #expect(found.count == 3 && found.allSatisfy { $0.trade != nil && $0.values == "early=201.125" })
        #expect(source.calls.last == "TEST@XNYS-premarket")
        let names = store.contents.keys.filter { $0.contains("premarket") }
        #expect(names.sorted() == ["2024-10", "2024-11"].map { "v1/iex/TEST@XNYS-premarket/2Min/\($0).parquet" })
        // What is kept is not asked for again, and says the same.
        let before = source.calls.count
        #expect(try await rows(try Playbook(EarlyRise.self), cached(source, store)) == found)
        #expect(source.calls.count == before)
        let inventory = try await CacheInventory(of: store)
        #expect(inventory.entries.map(\.symbol.qualifiedName) == ["TEST", "TEST@XNYS-premarket"])
        #expect(inventory.entries.allSatisfy { $0.damaged.isEmpty && $0.holes.isEmpty })
    }

    @Test("is repaired with the symbol's other bars: damaged files, and sessions that are missing between others")
    func repaired() async throws {
        let (source, store) = (PartedSource(), MemoryBlobStore())
        let playbook = try Playbook(EarlyRise.self)
        let found = try await rows(playbook, cached(source, store))
        let parts = ["TEST", "TEST@XNYS-premarket"]
        // The latest file is cut off.
        let damaged = "v1/iex/TEST@XNYS-premarket/2Min/2024-11.parquet"
        store.put(damaged, Array(try #require(store.contents[damaged]).dropLast(100)))
        let entries = try await cached(source, store).inventory(of: .any).entries
        #expect(entries.map(\.symbol.qualifiedName) == parts && entries.map(\.damaged.count) == [0, 1])
        let before = source.calls.count
        let repairs = try await cached(source, store).repair(.any)
        #expect(repairs.count == 2 && repairs[0].contains("it was set aside as \(damaged).damaged"))
        #expect(repairs.last?.hasPrefix("2Min before the open: ") == true && source.calls.count > before)
        #expect(Set(source.calls[before...]) == [parts[1]], "the others were in order")
        let after = try await cached(source, store).inventory(of: .any).entries
        #expect(after.allSatisfy { $0.damaged.isEmpty && $0.holes.isEmpty })
        #expect(try await rows(playbook, cached(source, store)) == found)
        // Sessions of December, and none of those between.
        let december = try CivilDate.of("2024-12-09")...(try CivilDate.of("2024-12-10"))
        let early = try #require(Symbol.any.inPremarket)
        _ = try await cached(source, store).intradayBars(
            of: early, timeframe: .minutes(2), from: december.lowerBound, through: december.upperBound)
        let holes = try await cached(source, store).inventory(of: .any).entries[1].holes
        #expect(holes.map(\.description) == (2...6).map { "2024-12-0\($0)" })
        let sessions = "2Min before the open: \(holes.count) sessions fetched again"
        #expect(try await cached(source, store).repair(.any) == [sessions])
        #expect(try await cached(source, store).inventory(of: .any).entries[1].holes.isEmpty)
        #expect(try await cached(source, store).repair(.any) == [])
    }

    @Test("comes from Alpaca as bars from 04:00 to the open, and a symbol without any is not an error")
    func alpaca() async throws {
        let bars = try [
            Bar.quiet("2024-11-04T08:58:00Z", 90), .quiet("2024-11-04T09:00:00Z"), .quiet("2024-11-04T14:28:00Z", 101),
            .quiet("2024-11-04T14:30:00Z", 102),
        ]
        let setup = try AlpacaSetup(pages: [AlpacaText.page([("QQQ", bars)])])
        let early = try #require(Symbol("QQQ")?.inPremarket)
        let found = try await setup.source.intradayBars(
            of: early, timeframe: .minutes(2), from: .of("2024-11-04"), through: .of("2024-11-04"))
        #expect(found.bars.all == [bars[1], bars[2]])
        let none = try AlpacaSetup(pages: [AlpacaText.page([("QQQ", [bars[3]])])])
        let empty = try await none.source.intradayBars(
            of: early, timeframe: .minutes(2), from: .of("2024-11-04"), through: .of("2024-11-04"))
        #expect(empty.bars.count == 0)
    }
}
