import PlaybookCore
import Testing

@Suite("data_id")
struct DataIdentityTests {
    static let date = "2013-10-09"

    static func market() throws -> MemoryMarket {
        try RandomMarket(seed: 51, from: "2013-09-20", sessions: 20).make()
    }

    static func dataID(_ market: MemoryMarket, _ strategy: (Playbook)? = nil) async throws -> String {
        try await market.row(try strategy ?? dp20(), on: date).dataID
    }

    /// The market with the `number`-th bar of `date` changed.
    static func changing(
        _ market: MemoryMarket, _ number: Int, on date: String, _ change: (inout BarColumns, Int) -> Void
    ) throws -> MemoryMarket {
        var market = market
        let place = market.bars(on: try .of(date))
        change(&market.bars, number < 0 ? place.upperBound + number : place.lowerBound + number)
        return market
    }

    @Test("is 12 hexadecimal digits behind a d")
    func shape() async throws {
        let id = try await Self.dataID(Self.market())
        #expect(id.count == 13 && id.first == "d")
        #expect(id.dropFirst().allSatisfy { $0.isHexDigit && !$0.isUppercase })
    }

    @Test("changes with every column of every bar of the session", arguments: [0, 1, 15, 100, -1])
    func session(number: Int) async throws {
        let market = try Self.market()
        var seen: Set<String> = [try await Self.dataID(market)]
        let changes: [(inout BarColumns, Int) -> Void] = [
            { $0.open[$1] = $0.open[$1].nextUp }, { $0.high[$1] += 0.01 }, { $0.low[$1] -= 0.01 },
            { $0.close[$1] = $0.close[$1].nextDown }, { $0.volume[$1] += 1 },
        ]
        for change in changes {
            seen.insert(try await Self.dataID(Self.changing(market, number, on: Self.date, change)))
        }
        #expect(seen.count == changes.count + 1)
    }

    @Test("changes when a bar of the session is missing, or lies in the place of its neighbour")
    func missingBar() async throws {
        let market = try Self.market()
        let place = market.bars(on: try .of(Self.date)).lowerBound + 60
        let time = market.bars.times[place]
        let without = market.keeping { $0.time != time }
        let next = without.mapping { bar in
            var bar = bar
            if bar.time == time + 120 { bar.time = time }
            return bar
        }
        let ids = [
            try await Self.dataID(market), try await Self.dataID(without), try await Self.dataID(next),
        ]
        #expect(Set(ids).count == 3)
    }

    @Test("changes with the bars of the five sessions before, and with no earlier one", arguments: [0, 100, -1])
    func warmUp(number: Int) async throws {
        let market = try Self.market()
        let id = try await Self.dataID(market)
        for date in ["2013-10-02", "2013-10-03", "2013-10-04", "2013-10-07", "2013-10-08"] {
            let changed = try Self.changing(market, number, on: date) { $0.close[$1] += 0.01 }
            #expect(try await Self.dataID(changed) != id, "\(date)")
        }
        for date in ["2013-10-01", "2013-09-30", "2013-10-10", "2013-10-15"] {
            let changed = try Self.changing(market, number, on: date) { $0.close[$1] += 0.01 }
            #expect(try await Self.dataID(changed) == id, "\(date)")
        }
    }

    @Test("changes with each of the 200 daily closes, and with no other")
    func dailyCloses() async throws {
        let market = try Self.market()
        let id = try await Self.dataID(market)
        let daily = try #require(market.daily)
        let end = daily.count(before: try .of(Self.date))
        func changed(_ index: Int) async throws -> String {
            var changed = market
            changed.daily = daily.changing { $0 == daily.dates[index] ? $1 + 0.01 : $1 }
            return try await Self.dataID(changed)
        }
        for back in [1, 2, 100, 199, 200] { #expect(try await changed(end - back) != id, "\(back)") }
        for back in [0, -1, 201, 202] { #expect(try await changed(end - back) == id, "\(back)") }
    }

    @Test("changes when two daily closes change places, though their sum stays")
    func swappedCloses() async throws {
        let market = try Self.market()
        let daily = try #require(market.daily)
        let end = daily.count(before: try .of(Self.date))
        let (one, other) = (daily.dates[end - 5], daily.dates[end - 50])
        let (a, b) = (daily.bars.close[end - 5], daily.bars.close[end - 50])
        try #require(a != b)
        var swapped = market
        swapped.daily = daily.changing { $0 == one ? b : $0 == other ? a : $1 }
        #expect(try await Self.dataID(swapped) != Self.dataID(market))
    }

    @Test("changes with a split among the bars or the closes, and with no other")
    func splits() async throws {
        func dataID(_ splits: (String, Double)...) async throws -> String {
            var market = try Self.market()
            market.listedSplits = try splits.map { Split(date: try .of($0.0), ratio: $0.1) }
            return try await Self.dataID(market)
        }
        // Ratios too small to show in the closes, which do not move.
        let id = try await dataID()
        let different = [
            id, try await dataID((Self.date, 1.2)), try await dataID((Self.date, 1.3)),
            try await dataID(("2013-10-04", 1.2)),
            try await dataID(("2013-03-01", 1.2)), try await dataID(("2013-03-01", 1.2), ("2013-10-04", 1.2)),
        ]
        #expect(Set(different).count == different.count)
        #expect(try await dataID(("2013-10-10", 1.2)) == id)
        // The oldest of the 200 closes is at its own split's price already.
        let daily = try #require(try Self.market().daily)
        let end = daily.count(before: try .of(Self.date))
        #expect(try await dataID((daily.dates[end - 200].description, 1.2)) == id)
        #expect(try await dataID((daily.dates[end - 199].description, 1.2)) != id)
    }

    @Test("does not change with parameters that decide nothing about which bars are read")
    func parameters() async throws {
        let market = try Self.market()
        let id = try await Self.dataID(market)
        #expect(try await Self.dataID(market, dp20(["shares": "1", "stop-atr": "3", "window-end": "11:00"])) == id)
        #expect(try await Self.dataID(market, dp20(["trend-period": "199"])) != id)
        #expect(try await Self.dataID(market, timedEntry()) != id)
    }

    @Test("is that of the bars, whoever they belong to and wherever they come from")
    func sourceAndSymbol() async throws {
        var market = try Self.market()
        let row = try await market.row(try dp20(), on: Self.date)
        market.label = "elsewhere"
        let other = try await market.row(try dp20(), on: Self.date)
        #expect(other.dataSource == "elsewhere")
        #expect(other.dataID == row.dataID)
    }
}
