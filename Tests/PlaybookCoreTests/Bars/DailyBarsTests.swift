import PlaybookCore
import Testing

@Suite("Daily bars")
struct DailyBarsTests {
    @Test("count those strictly before a date")
    func count() throws {
        var daily = DailyBars()
        #expect(daily.count(before: try .of("2013-10-09")) == 0)
        for (close, text) in [(1.0, "2013-10-07"), (2.0, "2013-10-09"), (3.0, "2013-10-11")] {
            daily.append(close: close, on: try .of(text))
        }
        let counts = [
            ("2013-10-06", 0), ("2013-10-07", 0), ("2013-10-08", 1), ("2013-10-09", 1), ("2013-10-10", 2),
            ("2013-10-11", 2), ("2013-10-12", 3),
        ]
        for (text, count) in counts { #expect(daily.count(before: try .of(text)) == count, "\(text)") }
    }

    @Test("derived from intraday bars equal given ones: the same rows, data_id included")
    func derived() async throws {
        var given = try RandomMarket(seed: 11, from: "2013-08-01", sessions: 60, missing: 0.01).make()
        let first = try CivilDate.of("2013-08-01")
        given.daily = given.daily.map { daily in daily.changing { $0 >= first ? $1 : nil } }
        // A session cut short, and those whose last bar is missing, have the close of the last bar there is.
        let cut = given.bars(on: try .of("2013-09-10"))
        let (start, end) = (given.bars.times[cut.lowerBound + 100], given.bars.times[cut.upperBound - 1])
        given = given.keeping { $0.time < start || $0.time > end }
        given.daily = given.daily.map { daily in
            daily.changing { date, _ in given.bars.close[given.bars(on: date).upperBound - 1] }
        }
        var derived = given
        derived.daily = nil
        let strategy = try dp20(["trend-period": "20"])
        let expected = try await given.journal(strategy, on: "2013-09-10", through: "2013-10-20")
        let rows = try await derived.journal(strategy, on: "2013-09-10", through: "2013-10-20")
        #expect(rows == expected)
        #expect(rows.count { $0.trade != nil } >= 3)
        #expect(rows.allSatisfy { $0.trendAverage != nil })
    }

    @Test("derived from intraday bars hold first open, highest high, lowest low, last close and all volume")
    func derivedColumns() async throws {
        var session = try ScriptedSession("2013-10-09")
        session["09:30"] = Candle(100.5, 101, 100, 100.25)
        session["11:00"] = Candle(100, 104, 99.5, 100)
        session["13:00"] = Candle(100, 100.5, 97, 100)
        session["15:58"] = Candle(100, 100.5, 99.5, 99.75)
        var market = MemoryMarket(session)
        market.daily = nil
        let strategy = try dp20(["trend-period": "1"])
        let history = try await market.history(for: [strategy], on: "2013-10-09")
        #expect(history.daily.dates == [try .of("2013-10-09")])
        let bar = history.daily.bars[0]
        #expect([bar.open, bar.high, bar.low, bar.close] == [100.5, 104, 97, 99.75])
        #expect(bar.volume == 195 * 100)
    }
}
