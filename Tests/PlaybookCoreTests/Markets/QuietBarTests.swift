import PlaybookCore
import PlaybookYardsticks
import Testing

/// Bars of minutes without a trade, which exchanges that never close write: volume 0, all prices the close before.
@Suite("Quiet bars")
struct QuietBarTests {
    private let day = "2024-03-09"

    private func symbol(_ market: Market = .roundTheClock) throws -> Symbol {
        try #require(Symbol("COIN", market: market))
    }

    private func playbook(_ market: Market = .roundTheClock) throws -> Playbook {
        try StrategyCatalog.playbook(
            "timed-entry",
            overrides: ["weekdays": market.isUsual ? "fri" : "sat", "entry-time": "12:00", "exit-time": "12:30"],
            market: market)
    }

    /// A day of minutes after a week of the same; `change` says what becomes of the minutes of the day.
    private func source(_ change: (Int, Bar) -> Bar?) throws -> ListedBars {
        var bars = BarColumns()
        let date = try CivilDate.of(day)
        let start = Int64(date.daysSinceEpoch - 7) * 86_400
        for minute in 0..<(8 * 1_440) {
            let price = minute % 2 == 0 ? 100.0 : 101.0
            let bar = Bar(
                time: start + Int64(minute) * 60, open: price, high: price + 1, low: price - 1, close: price, volume: 5)
            if minute < 7 * 1_440 {
                bars.append(bar)
            } else if let bar = change(minute - 7 * 1_440, bar) {
                bars.append(bar)
            }
        }
        return ListedBars(bars: bars)
    }

    private func quiet(_ bar: Bar, at price: Double) -> Bar {
        Bar(time: bar.time, open: price, high: price, low: price, close: price, volume: 0)
    }

    @Test("are no bars, but there for completeness")
    func dropped() async throws {
        // Minutes 700 to 719 are quiet at the close of 699, which is odd: ten bars of two minutes are gone.
        let source = try source { (700..<720).contains($0) ? quiet($1, at: 101) : $1 }
        let history = try await source.history(playbook(), symbol(), day)
        let slice = history.slices[history.requested.lowerBound]
        #expect(slice.bars.count == 710)
        #expect(slice.completeness == 1)
        #expect(history.holes.isEmpty)
        let row = try #require(try await source.journal(playbook(), symbol(), day).first)
        #expect(row.completeness == 1)
        // Noon is minute 720.
        #expect(row.trade?.entryTime.description == "12:00")
        #expect(row.trade?.barsSinceOpen == 360)
    }

    @Test("A bar made of a quiet and a busy minute is one")
    func half() async throws {
        let history = try await source { $0 == 702 ? quiet($1, at: 101) : $1 }.history(playbook(), symbol(), day)
        let slice = history.slices[history.requested.lowerBound]
        #expect(slice.bars.count == 720 && slice.completeness == 1)
    }

    @Test("Holes are told apart from them, and count against an order")
    func holes() async throws {
        // 39 of the 360 bars due by noon are gone: 0.8917; as quiet ones they do not refuse the order.
        let hole = try source { (600..<678).contains($0) ? nil : $1 }
        let history = try await hole.history(playbook(), symbol(), day)
        #expect(history.holes.map(\.minutes) == [78])
        let refused = try #require(try await hole.journal(playbook(), symbol(), day).first)
        #expect(refused.noTrade == "refused:bars")
        #expect(refused.completeness == 0.9458)
        let still = try source { (600..<678).contains($0) ? quiet($1, at: 101) : $1 }
        let filled = try #require(try await still.journal(playbook(), symbol(), day).first)
        #expect(filled.trade != nil && filled.completeness == 1)
        #expect(filled.dataID != refused.dataID)
    }

    @Test("A bar without volume that moves, or stands at another price, is a bar")
    func moving() async throws {
        let history = try await source { $0 == 700 ? quiet($1, at: 150) : $0 == 703 ? quiet($1, at: 102) : $1 }
            .history(playbook(), symbol(), day)
        #expect(history.bars.high[history.slices[history.requested.lowerBound].bars].max() == 150)
    }

    @Test("On a market that has no such bars they stay what they are")
    func elsewhere() async throws {
        var bars = BarColumns()
        let busy = try source { $1 }.bars
        for index in 0..<busy.count { bars.append(index % 1_440 < 1_000 ? busy[index] : quiet(busy[index], at: 101)) }
        let source = ListedBars(bars: bars)
        // From 16:40 UTC on nothing is traded.
        let kept = try await source.history(playbook(.xnys), symbol(.xnys), "2024-03-08")
        #expect(kept.slices[kept.requested].allSatisfy { $0.quietBars == 0 && $0.bars.count == 195 })
        let dropped = try await source.history(playbook(), symbol(), "2024-03-08")
        #expect(dropped.slices[dropped.requested].allSatisfy { $0.quietBars == 220 && $0.bars.count == 500 })
    }

    @Test("Daily bars are made of the sessions")
    func daily() async throws {
        let source = try source { $1 }
        let playbook = try StrategyCatalog.playbook("dp20", overrides: ["trend-period": "3"], market: .roundTheClock)
        let history = try await source.history(playbook, symbol(), day)
        #expect(history.daily.dates.map(\.description).suffix(2) == ["2024-03-08", "2024-03-09"])
        #expect(history.daily.bars.volume.last == 7_200)
    }
}
