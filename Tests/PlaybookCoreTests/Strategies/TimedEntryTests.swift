import PlaybookCore
import Testing

@Suite("timed-entry")
struct TimedEntryTests {
    static func row(
        _ session: ScriptedSession, _ overrides: [String: String] = [:], minimumCompleteness: Double = 0.9
    ) async throws -> JournalRow {
        try await MemoryMarket(session)
            .row(
                try timedEntry(overrides), on: session.session.date.description,
                minimumCompleteness: minimumCompleteness)
    }

    @Test("enters at the open of the entry-time bar and leaves at the close of the exit-time bar")
    func timeOfDay() async throws {
        var session = try ScriptedSession("2013-10-09")
        session["10:30"] = Candle(100.25, 101, 99, 100)
        session["15:54"] = Candle(100, 103, 100, 102.25)
        let row = try await Self.row(session)
        let trade = try #require(row.trade)
        #expect(trade.entryTime == TimeOfDay("10:30"))
        #expect(trade.exitTime == TimeOfDay("15:54"))
        #expect(trade.entry == 100.25)
        #expect(trade.exit == 102.25)
        #expect(trade.reason == .endOfDay)
        #expect(trade.gross == 40)
        #expect(trade.mae == -1.25)
        #expect(trade.mfe == 2.75)
        #expect(trade.barsSinceOpen == 30)
        // There is no stop, and so no risk to measure by; there is no trend and no average either.
        #expect(trade.stop == nil)
        #expect(trade.rMultiple == nil)
        #expect(trade.average == nil)
        #expect(row.trendValid == nil)
        #expect(row.fields[JournalColumn.stopPrice.index].isEmpty)
        #expect(row.fields[JournalColumn.rMultiple.index].isEmpty)
        #expect(row.fields[JournalColumn.entryWindow.index] == "09:30-16:00")
        #expect(row.strategy == "timed-entry")
    }

    @Test("needs no daily bars")
    func noDailyBars() async throws {
        var market = MemoryMarket(try ScriptedSession("2013-10-09"))
        market.daily = nil
        #expect(try await market.row(try timedEntry(), on: "2013-10-09").trade != nil)
    }

    @Test("enters at the first bar at or after entry-time")
    func laterBar() async throws {
        var session = try ScriptedSession("2013-10-09")
        #expect(try await Self.row(session, ["entry-time": "10:31"]).trade?.entryTime == TimeOfDay("10:32"))
        session.remove("10:30", through: "10:34")
        #expect(try await Self.row(session).trade?.entryTime == TimeOfDay("10:36"))
    }

    @Test("trades only on the weekdays listed")
    func weekdays() async throws {
        var market = MemoryMarket()
        for day in 7...11 { try ScriptedSession("2013-10-\(day < 10 ? "0" : "")\(day)").append(to: &market.bars) }
        let rows = try await market.journal(
            try timedEntry(["weekdays": "tue+fri"]), on: "2013-10-07", through: "2013-10-11")
        #expect(rows.map { $0.trade != nil } == [false, true, false, false, true])
        #expect(rows[0].notes == "no entries on this weekday")
    }

    @Test("says what to do without bounce-bps, which is gone")
    func bounce() throws {
        let error = #expect(throws: ParameterError.self) { _ = try timedEntry(["bounce-bps": "20"]) }
        #expect(
            error?.description
                == "parameter bounce-bps: it is gone, and was 0 unless set: leave it out. A rule of one's own is written "
                + "as a strategy, docs/writing-strategies.md")
    }

    @Test("with stop-atr stops that many ATR below the entry, as of the bar before it")
    func stop() async throws {
        var session = try ScriptedSession("2013-10-09")
        // ATR 0.25 before 10:28, then (13 x 0.25 + 2 x 2) / 15 = 0.483333; the stop lies 2 x 0.483333 below 100.
        session["10:28"] = Candle(100, 101, 99, 100)
        session["11:00"] = Candle(100, 100, 99.25, 99.5)
        session["11:02"] = Candle(99.5, 99.5, 99, 99.25)
        let row = try await Self.row(session, ["stop-atr": "2"])
        let trade = try #require(row.trade)
        #expect(isRounded(trade.trueRange, 7.25 / 15))
        #expect(isRounded(trade.stop, 100 - 14.5 / 15))
        #expect(trade.exitTime == TimeOfDay("11:02"))
        #expect(trade.reason == .stopLoss)
        #expect(trade.exit == trade.stop)
        #expect(isClose(trade.rMultiple, -1))
        // Nor does the entry bar's own range count.
        session["10:30"] = Candle(100, 104, 99.5, 100)
        #expect(isRounded(try await Self.row(session, ["stop-atr": "2"]).trade?.stop, 100 - 14.5 / 15))
    }

    @Test("leaves an early close 5 minutes before its end, and does not enter after that")
    func earlyClose() async throws {
        let session = try ScriptedSession("2013-11-29")
        let row = try await Self.row(session)
        #expect(row.trade?.exitTime == TimeOfDay("12:54"))
        #expect(row.trade?.reason == .endOfDay)
        #expect(try await Self.row(session, ["exit-time": "11:00"]).trade?.exitTime == TimeOfDay("11:00"))
        #expect(try await Self.row(session, ["entry-time": "12:54"]).trade?.entryTime == TimeOfDay("12:54"))
        for time in ["12:55", "12:56", "14:00"] {
            let late = try await Self.row(session, ["entry-time": time])
            #expect(late.trade == nil)
            #expect(late.notes == "no bar between entry-time and the exit")
        }
    }

    @Test("decides with the session before when there is no bar before the entry, and needs one left after it")
    func missingBars() async throws {
        var late = try ScriptedSession("2013-10-09", price: 98)
        late.remove("09:30", through: "10:28")
        var market = MemoryMarket(try ScriptedSession("2013-10-08", price: 98), late)
        let row = try await market.row(try timedEntry(["stop-atr": "2"]), on: "2013-10-09", minimumCompleteness: 0)
        // The bars of the session before have a range of 0.25 each, and so has the average of them.
        #expect(row.trade?.entryTime == TimeOfDay("10:30"))
        #expect(row.trade?.stop == 97.5)
        // Without a session before the range is unknown, and so is the stop.
        market = MemoryMarket(late)
        let none = try await market.row(try timedEntry(["stop-atr": "2"]), on: "2013-10-09", minimumCompleteness: 0)
        #expect(none.trade == nil && none.noTrade == "refused:stop")
        #expect(none.notes == "refused: the stop is unknown or not below the entry")
        var short = try ScriptedSession("2013-10-09")
        short.keepFirst(30)
        let over = try await Self.row(short, minimumCompleteness: 0)
        #expect(over.trade == nil && over.noTrade == "expired")
        #expect(over.notes == "no bar between entry-time and the exit")
    }

    @Test("does not trade in a market so still that its stop would lie at the entry")
    func noRange() async throws {
        var market = MemoryMarket(try ScriptedSession("2013-10-09"))
        market = market.mapping { Bar(time: $0.time, open: 50, high: 50, low: 50, close: 50, volume: 0) }
        let row = try await market.row(try timedEntry(["stop-atr": "2"]), on: "2013-10-09")
        #expect(row.trade == nil)
        #expect(row.noTrade == "refused:stop")
        #expect(try await market.row(try timedEntry(), on: "2013-10-09").trade?.exit == 50)
    }
}
