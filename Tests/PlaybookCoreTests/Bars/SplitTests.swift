import PlaybookCore
import Testing

@Suite("Splits between sessions")
struct SplitTests {
    /// The ratio of each session's slice.
    static func ratios(_ splits: [Split], on first: String, through last: String) async throws -> [String: Double] {
        var market = try RandomMarket(seed: 1, from: first, sessions: 10).make()
        market.listedSplits = splits
        let history = try await market.history(for: [try timedEntry()], on: first, through: last)
        var result: [String: Double] = [:]
        for index in history.requested {
            result[history.slices[index].session.date.description] = history.slices[index].splitRatio
        }
        return result
    }

    @Test("take effect at the open of their session and at no other")
    func session() async throws {
        let ratios = try await Self.ratios(
            [Split(date: try .of("2013-10-09"), ratio: 2)], on: "2013-10-07", through: "2013-10-11")
        #expect(
            ratios == [
                "2013-10-07": 1, "2013-10-08": 1, "2013-10-09": 2, "2013-10-10": 1, "2013-10-11": 1,
            ])
    }

    @Test("dated on a day without a session take effect at the next one")
    func weekend() async throws {
        let ratios = try await Self.ratios(
            [Split(date: try .of("2013-10-05"), ratio: 3)], on: "2013-10-04", through: "2013-10-08")
        #expect(ratios == ["2013-10-04": 1, "2013-10-07": 3, "2013-10-08": 1])
    }

    @Test("between the same two sessions multiply")
    func several() async throws {
        let splits = [Split(date: try .of("2013-10-07"), ratio: 0.5), Split(date: try .of("2013-10-05"), ratio: 6)]
        let ratios = try await Self.ratios(splits, on: "2013-10-04", through: "2013-10-08")
        #expect(ratios == ["2013-10-04": 1, "2013-10-07": 3, "2013-10-08": 1])
    }

    @Test("are kept in the order of their dates, however the source lists them")
    func order() async throws {
        let early = Split(date: try .of("2013-01-02"), ratio: 2)
        let late = Split(date: try .of("2013-06-03"), ratio: 3)
        var market = try RandomMarket(seed: 1, from: "2013-10-07", sessions: 3, splits: [early, late]).make()
        market.listedSplits = [late, early]
        let history = try await market.history(for: [try dp20()], on: "2013-10-07")
        #expect(history.splits == [early, late])
    }
}
