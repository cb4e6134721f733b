import PlaybookCore
import Testing

@Suite("Numbers are equal")
struct EqualityTests {
    @Test("within a billionth of the larger one, and then neither is above nor below the other")
    func relative() {
        let equality = Equality(price: 100)
        // 1e-9 x 200 = 2e-7
        #expect(!equality.isAbove(200 + 1.9e-7, 200))
        #expect(!equality.isBelow(200 - 1.9e-7, 200))
        #expect(equality.isAbove(200 + 2.1e-7, 200))
        #expect(equality.isBelow(200 - 2.1e-7, 200))
        #expect(!equality.isAbove(200, 200 + 2.1e-7))
        #expect(!equality.isBelow(200, 200 - 2.1e-7))
        #expect(!equality.isAbove(200, 200) && !equality.isBelow(200, 200))
    }

    @Test("near 0 within a billionth of 1, or of the price where that is less")
    func floor() {
        let share = Equality(price: 100)
        #expect(!share.isAbove(0.9e-9, 0))
        #expect(share.isAbove(1.1e-9, 0))
        #expect(share.isBelow(-1.1e-9, 0))
        // A coin of 0.00001 USD: what is a tick there is nothing at 100 USD.
        let coin = Equality(price: 0.00001)
        #expect(coin.isAbove(0.000_010_000_1, 0.000_01))
        #expect(!share.isAbove(0.000_010_000_1, 0.000_01))
        #expect(!coin.isAbove(0.9e-14, 0))
        #expect(coin.isAbove(1.1e-14, 0))
    }

    @Test("by the last close before the session, as of its own splits; by its first open where there is none")
    func price() async throws {
        var market = MemoryMarket(
            try ScriptedSession("2013-10-08", price: 0.5), try ScriptedSession("2013-10-10", price: 0.25),
            try ScriptedSession("2013-10-11", price: 0.25))
        market.listedSplits = [Split(date: try .of("2013-10-09"), ratio: 4)]
        let history = try await market.history(for: [try timedEntry()], on: "2013-10-08", through: "2013-10-11")
        // It opens at 0.5 and closes there: 0.125 from the 9th on, which has no bar. The 10th closes at 0.25.
        #expect(history.slices[history.requested].map(\.equality.floor) == [0.5, 0.125, 0.125, 0.25])
    }

    @Test("by no close that is more than five sessions old, so that the range asked for does not matter")
    func oldClose() async throws {
        for (date, floor) in [("2013-10-08", 0.5), ("2013-10-09", 0.25)] {
            // The 8th is the fifth session after the 1st.
            let market = MemoryMarket(
                try ScriptedSession("2013-10-01", price: 0.5), try ScriptedSession(date, price: 0.25))
            let alone = try await market.history(for: [try timedEntry()], on: date)
            let range = try await market.history(for: [try timedEntry()], on: "2013-10-01", through: date)
            #expect(alone.slices.last?.equality.floor == floor)
            #expect(range.slices.last?.equality.floor == floor)
        }
    }
}
