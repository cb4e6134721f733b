@testable import PlaybookCore
import Testing

/// Buys at 10:00 where the premarket closed above 100.5, with the premarket's low as the stop.
private enum EarlyRise: Strategy {
    static let descriptor = StrategyDescriptor(
        name: "early-rise", summary: "Buy after a rise before the open", rules: [], parameters: ParameterSpec.costs)

    static func write(_ playbook: inout PlaybookBuilder, _ parameters: ParameterSet) throws {
        playbook.filter("rise", .premarket.close > 100.5, otherwise: "it did not rise", unknown: "no premarket")
        let low = playbook.value("low", .premarket.low)
        playbook.setups = [Setup(side: .long, entry: .at(time: .time(TimeOfDay(minutes: 600))), stop: low)]
    }
}

@Suite("Bars before the open")
struct PremarketTests {
    private static let date = "2024-11-04"

    /// A quiet session at 100, after bars at some minutes before its open, each from 1 below to 1 above its price.
    private static func market(_ early: [(minute: Int64, price: Double)]) throws -> MemoryMarket {
        var market = MemoryMarket()
        let session = try ScriptedSession(date)
        let open = session.session.open.secondsSinceEpoch
        for (minute, price) in early {
            market.bars.append(
                Bar(
                    time: open - minute * 60, open: price, high: price + 1, low: price - 1, close: price, volume: 10))
        }
        session.append(to: &market.bars)
        return market
    }

    private static func row(_ early: [(minute: Int64, price: Double)]) async throws -> JournalRow {
        try await market(early).row(try Playbook(EarlyRise.self), on: date)
    }

    @Test("are handed to a playbook that reads them")
    func read() async throws {
        // 332 minutes before the open is 03:58, before the premarket: 90 does not count; 99 - 1 = 98 is the low.
        let row = try await Self.row([(332, 90), (330, 99), (2, 101)])
        #expect(row.trade?.entry == 100 && row.trade?.stop == 98 && row.values == "low=98")
        let none = try await Self.row([(332, 90), (330, 101), (2, 100)])
        #expect(none.noTrade == "filter:rise" && none.notes == "it did not rise")
    }

    @Test("are unknown where the source has none, and that is said")
    func unknown() async throws {
        let playbook = try Playbook(EarlyRise.self)
        let market = try Self.market([])
        let row = try await market.row(playbook, on: Self.date)
        #expect(row.noTrade == "filter:rise" && row.notes == "no premarket")
        let warning: NeutralText =
            "no bars before the open of any session are there: what the playbook reads of the premarket is unknown"
        #expect(try await market.history(for: [playbook], on: Self.date).warnings.map(\.message).contains(warning))
        let told = try await Self.market([(2, 101)]).history(for: [playbook], on: Self.date)
        #expect(!told.warnings.map(\.message).contains(warning))
        // Who does not read them is not told.
        let other = try await market.history(for: [try timedEntry()], on: Self.date)
        #expect(!other.warnings.map(\.message).contains(warning) && other.premarket == nil)
    }

    @Test("count in data_id of a playbook that reads them, and of no other")
    func dataID() async throws {
        let (one, other) = (try Self.market([(2, 101)]), try Self.market([(2, 102)]))
        let reads = try Playbook(EarlyRise.self)
        let ids = (try await one.row(reads, on: Self.date).dataID, try await other.row(reads, on: Self.date).dataID)
        #expect(ids.0 != ids.1)
        let plain = try timedEntry()
        let same = (try await one.row(plain, on: Self.date).dataID, try await other.row(plain, on: Self.date).dataID)
        #expect(same.0 == same.1)
    }
}
