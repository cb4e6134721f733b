import PlaybookCore
import PlaybookTestSupport
import PlaybookYardsticks
import Testing

/// Runs of playbooks on a market whose sessions cross midnight, pause, and change their clocks in the night.
@Suite("Runs on another market")
struct ToyMarketRunTests {
    private func symbol() throws -> Symbol { try #require(Symbol("TEDDY", market: ToyMarket.market)) }

    private func timedEntry(_ overrides: [String: String]) throws -> Playbook {
        try StrategyCatalog.playbook(
            "timed-entry", overrides: ["weekdays": "sat+sun+mon+tue+wed"].merging(overrides) { $1 },
            market: ToyMarket.market)
    }

    private func source(_ first: String, _ last: String) throws -> ListedBars {
        ListedBars(bars: ToyMarket.bars(from: try .of(first), through: try .of(last)))
    }

    @Test("Rows have the market's date and times; a time after midnight belongs to the session that began before")
    func times() async throws {
        let playbook = try timedEntry(["entry-time": "00:30", "exit-time": "03:00"])
        let rows = try await source("2024-01-06", "2024-01-17").journal(playbook, symbol(), "2024-01-14", "2024-01-17")
        // Thursday and Friday have no session, nor has the 13th.
        #expect(rows.map(\.tradeDate.description) == ["2024-01-14", "2024-01-15", "2024-01-16", "2024-01-17"])
        for row in rows {
            let trade = try #require(row.trade)
            #expect("\(trade.entryTime) \(trade.exitTime)" == "00:30 03:00")
            #expect(trade.entryInstant?.description == "\(row.tradeDate)T22:30:00Z")
            #expect(trade.exitInstant?.description == "\(row.tradeDate.adding(days: 1))T01:00:00Z")
            // From 20:00 to 00:30 by the clock.
            #expect(trade.barsSinceOpen == 135)
            #expect(trade.entryBucket == "00:30-00:40")
            #expect(row.window == "20:00-04:00")
            #expect(row.completeness == 1)
            #expect(row.market == "TOYS")
        }
    }

    @Test(
        "The exit is five minutes before the end where a short session ends earlier, and no bar of the pause is there",
        arguments: [("2024-01-09", "03:54", 225), ("2024-02-12", "00:54", 135)])
    func ends(date: String, exit: String, bars: Int) async throws {
        let playbook = try timedEntry(["entry-time": "23:10", "exit-time": "03:55"])
        let source = try source("2024-01-01", "2024-02-13")
        let history = try await source.history(playbook, symbol(), date)
        let slice = history.slices[history.requested.lowerBound]
        #expect(slice.bars.count == bars && slice.expectedBars == bars)
        let opens = history.bars.times[slice.bars].map { ($0 - slice.session.open.secondsSinceEpoch) / 60 }
        #expect(!opens.contains { (180..<210).contains($0) })
        #expect(history.holes.isEmpty)
        let row = try #require(try await source.journal(playbook, symbol(), date).first)
        let trade = try #require(row.trade)
        // The order of 23:10 waits for the first bar after the pause.
        #expect("\(trade.entryTime) \(trade.exitTime) \(trade.exitReason)" == "23:30 \(exit) end_of_day")
        #expect(row.completeness == 1)
    }

    @Test(
        "In a night in which clocks change, times go on by the clock of the session's start",
        arguments: [
            ("2024-03-30", "02:54", "2024-03-31T00:54:00Z", 195), ("2024-10-26", "03:54", "2024-10-27T00:54:00Z", 255),
        ])
    func clockChange(date: String, exit: String, instant: String, bars: Int) async throws {
        let playbook = try timedEntry(["entry-time": "20:10", "exit-time": "03:55"])
        let first = try CivilDate.of(date).adding(days: -10).description
        let rows = try await source(first, date).journal(playbook, symbol(), date)
        let row = try #require(rows.first)
        let trade = try #require(row.trade)
        #expect(row.completeness == 1)
        #expect("\(trade.entryTime) \(trade.exitTime)" == "20:10 \(exit == "02:54" ? "02:58" : exit)")
        #expect(trade.exitInstant?.description == (exit == "02:54" ? "2024-03-31T00:58:00Z" : instant))
        let history = try await source(first, date).history(playbook, symbol(), date)
        #expect(history.slices[history.requested.lowerBound].expectedBars == bars)
    }

    @Test("A row does not depend on the range asked for, over a year with all its clock changes")
    func rangeIndependence() async throws {
        let playbook = try StrategyCatalog.playbook(
            "dp20",
            overrides: ["window-start": "22:30", "window-end": "01:30", "exit-time": "03:30", "trend-period": "3"],
            market: ToyMarket.market)
        let bars = ToyMarket.bars(from: try .of("2023-12-01"), through: try .of("2024-12-31"), minutes: 2)
        let source = ListedBars(timeframe: .minutes(2), bars: bars)
        let year = try await source.journal(playbook, symbol(), "2024-01-01", "2024-12-31")
        let dates = ToyMarket.market.calendar.sessions(from: try .of("2024-01-01"), through: try .of("2024-12-31"))
        #expect(year.map(\.tradeDate) == dates.map(\.date))
        #expect(year.count { $0.trade != nil } > 20)
        #expect(Set(year.map(\.completeness)) == [1])
        for date in ["2024-01-01", "2024-03-30", "2024-03-31", "2024-06-11", "2024-10-26", "2024-12-31"] {
            let alone = try await source.journal(playbook, symbol(), date)
            #expect(alone == year.filter { $0.tradeDate.description == date })
        }
    }

    @Test("Sizes are multiples of the market's lot")
    func lots() async throws {
        let playbook = try Playbook(Risking.self, market: ToyMarket.market)
        let rows = try await source("2024-01-06", "2024-01-17").journal(playbook, symbol(), "2024-01-16")
        let trade = try #require(rows.first?.trade)
        // 10 at risk, 3 apart: 3.33 is 3 in halves.
        #expect(trade.shares == 3)
        #expect(plannedStep(playbook) == 0.5)
        #expect(plannedStep(try Playbook(Risking.self, market: .roundTheClock)) == 0.000_01)
        #expect(plannedStep(try Playbook(Risking.self)) == 1)
    }

    private func plannedStep(_ playbook: Playbook) -> Double { playbook.plan.size.step }

    /// Buys at the first bar with a stop 3 below.
    private enum Risking: Strategy {
        static let descriptor = StrategyDescriptor(
            name: "risking", summary: "risks ten", rules: [], parameters: ParameterSpec.costs)

        static func write(_ playbook: inout PlaybookBuilder, _ parameters: ParameterSet) throws {
            playbook.setups = [Setup(side: .long, stop: .entry - 3)]
            playbook.size = Plan.Size(.risk, 10)
        }
    }

    @Test("Trades after midnight come after those before it")
    func order() async throws {
        let source = try source("2024-01-06", "2024-01-17")
        let early = try await source.journal(
            try timedEntry(["entry-time": "22:00", "exit-time": "22:30"]), symbol(), "2024-01-16")
        let late = try await source.journal(
            try timedEntry(["entry-time": "01:00", "exit-time": "02:00"]), symbol(), "2024-01-16")
        let performance = Performance(late + early)
        #expect(performance.byEntryBucket.map(\.group) == ["22:00-22:10", "01:00-01:10"])
        #expect(performance.entryClock == "Toyland time")
        #expect(ClosedTrade.trades(of: late + early).map(\.entryTime.description) == ["22:00", "01:00"])
    }
}
