import PlaybookCore
import Testing

@Suite("Doubts about data")
struct DataQualityTests {
    /// What is doubtful about sessions from 2013-10-07 on, which start after five quiet ones.
    static func doubts(
        _ sessions: ScriptedSession..., minimumCompleteness: Double = 0.95, change: (Bar) -> Bar = { $0 }
    ) async throws -> [String] {
        var market = MemoryMarket()
        for date in ["2013-09-30", "2013-10-01", "2013-10-02", "2013-10-03", "2013-10-04"] {
            try ScriptedSession(date).append(to: &market.bars)
        }
        for session in sessions { session.append(to: &market.bars) }
        let last = try #require(sessions.last).session.date
        let history = try await market.mapping(change)
            .history(for: [try timedEntry()], on: (try .of("2013-10-07"))...last)
        return history.doubts(minimumCompleteness: minimumCompleteness).map(\.description)
    }

    @Test("there are none of quiet sessions, or of one bar that is missing")
    func silence() async throws {
        var session = try ScriptedSession("2013-10-08")
        session.remove("12:00")
        #expect(try await Self.doubts(ScriptedSession("2013-10-07"), session) == [])
    }

    @Test("name sessions with too few bars, and where the first lacks most")
    func incomplete() async throws {
        var short = try ScriptedSession("2013-10-08")
        short.remove("10:00")
        short.remove("12:00", through: "12:38")
        var shorter = try ScriptedSession("2013-10-09")
        shorter.keepFirst(10)
        #expect(
            try await Self.doubts(ScriptedSession("2013-10-07"), short, shorter) == [
                "TEST: 2 sessions with under 95% of their bars, where orders decided on too few of them are refused; the first: 2013-10-08 has 174 of 195 "
                    + "bars, none from 12:00 to 12:40"
            ])
        var half = try ScriptedSession("2013-10-07")
        half.keepFirst(10)
        #expect(
            try await Self.doubts(half, minimumCompleteness: 0.5) == [
                "TEST: 1 session with under 50% of their bars, where orders decided on too few of them are refused; the first: 2013-10-07 has 10 of 195 "
                    + "bars, none from 09:50 to 16:00"
            ])
        // A session without any.
        let found = try await Self.doubts(ScriptedSession("2013-10-07"), ScriptedSession("2013-10-09"))
        #expect(
            found == [
                "TEST: 1 session with under 95% of their bars, where orders decided on too few of them are refused; the first: 2013-10-08 has 0 of 195 bars"
            ])
        // One that is cut off, with enough bars to be traded.
        var cut = try ScriptedSession("2013-10-07")
        cut.remove("15:50", through: "15:58")
        #expect(
            try await Self.doubts(cut) == [
                "TEST: 1 session without a bar in their last ten minutes; the first: 2013-10-07, whose last bar is 15:48"
            ])
        cut["15:50"] = ScriptedSession.Setup.pullback
        #expect(try await Self.doubts(cut) == [])
    }

    @Test("name what else is doubtful about a session with too few bars, for it may be traded")
    func incompleteAndOtherwise() async throws {
        var session = try ScriptedSession("2013-10-08")
        session.hold(120, from: "13:00")
        session.remove("14:00", through: "15:58")
        let found = try await Self.doubts(ScriptedSession("2013-10-07"), session)
        #expect(found.count == 2, "\(found)")
        #expect(found.first?.contains("2013-10-08 has 135 of 195 bars, none from 14:00 to 16:00") == true)
        #expect(found.last?.contains("jump of 20% or more") == true)
    }

    @Test("name gaps of 15 minutes and more in sessions that are otherwise complete")
    func gaps() async throws {
        var gap = try ScriptedSession("2013-10-08")
        gap.remove("11:00", through: "11:14")
        #expect(
            try await Self.doubts(ScriptedSession("2013-10-07"), gap) == [
                "TEST: 1 session with a gap of 15 minutes or more; the first: 2013-10-08, none from 11:00 to 11:16"
            ])
        var smaller = try ScriptedSession("2013-10-08")
        smaller.remove("11:00", through: "11:12")
        #expect(try await Self.doubts(ScriptedSession("2013-10-07"), smaller) == [])
        // At either end, too.
        var late = try ScriptedSession("2013-10-08")
        late.remove("09:30", through: "09:44")
        #expect(
            try await Self.doubts(ScriptedSession("2013-10-07"), late).first?.hasSuffix("none from 09:30 to 09:46")
                == true)
    }

    @Test("name jumps of a fifth from one bar to the next", arguments: [(100.0, 120.0), (120.0, 100.0)])
    func jumps(from: Double, to: Double) async throws {
        var session = try ScriptedSession("2013-10-08", price: from)
        session.hold(to, from: "13:00")
        let found = try await Self.doubts(ScriptedSession("2013-10-07", price: from), session)
        #expect(
            found.filter { $0.contains("jump") } == [
                "TEST: 1 session with a jump of 20% or more from one bar to the next; the first: 2013-10-08 at 13:00, "
                    + "\(from) to \(to)"
            ])
        session.hold(from + (to - from) * 0.9, from: "13:00")
        let smaller = try await Self.doubts(ScriptedSession("2013-10-07", price: from), session)
        #expect(smaller.allSatisfy { !$0.contains("jump") })
    }

    @Test("name prices that move on no volume, not ones that stand still")
    func volume() async throws {
        let time = try Instant.of("2013-10-08", second: 16 * 3600).secondsSinceEpoch
        func found(high: Double) async throws -> [String] {
            try await Self.doubts(ScriptedSession("2013-10-07"), ScriptedSession("2013-10-08")) { bar in
                guard bar.time == time else { return bar }
                return Bar(time: time, open: 100, high: high, low: 100, close: 100, volume: 0)
            }
        }
        #expect(
            try await found(high: 100.5) == [
                "TEST: 1 session whose price moves on no volume; the first: 2013-10-08 at 12:00"
            ])
        #expect(try await found(high: 100) == [])
    }

    @Test("name a hole in minutes of the source's bars, and list each", arguments: [15, 14])
    func minuteHole(minutes: Int) async throws {
        var market = MemoryMarket(timeframe: .minutes(1))
        for date in ["2013-09-30", "2013-10-01", "2013-10-02", "2013-10-03", "2013-10-04", "2013-10-07"] {
            let open = try #require(TradingCalendar.nyse.session(on: try .of(date))).open.secondsSinceEpoch
            // From 09:34 on in all but the first; of the two-minute bars seven are missing.
            for minute in 0..<390 where date == "2013-09-30" || !(4..<(4 + minutes)).contains(minute) {
                market.bars.append(
                    Bar(time: open + Int64(minute) * 60, open: 100, high: 101, low: 99, close: 100, volume: 1))
            }
        }
        let history = try await market.history(for: [try timedEntry()], on: "2013-10-07")
        let found = history.doubts(minimumCompleteness: 0.95).map(\.description)
        #expect(
            found
                == (minutes == 15
                    ? [
                        "TEST: 1 session with a gap of 15 minutes or more; the first: 2013-10-07, none from 09:34 to 09:49"
                    ]
                    : []))
        #expect(history.holes.map(\.minutes) == (minutes == 15 ? [15, 15, 15, 15, 15] : []))
        #expect(history.holes.first?.date == (minutes == 15 ? try .of("2013-10-01") : nil))
    }

    @Test("name a bar far off both its neighbours")
    func badTick() async throws {
        func ticks(_ candle: Candle, _ next: Candle = .quiet(100)) async throws -> [String] {
            var session = try ScriptedSession("2013-10-08")
            session["12:00"] = candle
            session["12:02"] = next
            return try await Self.doubts(ScriptedSession("2013-10-07"), session).filter { $0.contains("tick") }
        }
        let text =
            "TEST: 1 session with a bar far off both its neighbours, which may be a bad tick; the first: 2013-10-08 "
        // The usual range is 0.25: 20 of them are 5, more than 3% of 100.
        #expect(
            try await ticks(Candle(100, 105.25, 99, 100)) == [
                text + "at 12:00, high 105.25 between 100.125 and 100.125"
            ])
        #expect(
            try await ticks(Candle(100, 100, 94, 100)) == [text + "at 12:00, low 94.0 between 99.875 and 99.875"])
        #expect(try await ticks(Candle(100, 105, 99, 100)) == [])
        // A move that goes on is none.
        #expect(try await ticks(.quiet(106), .quiet(106)) == [])
    }

    @Test("name overnight moves beyond 40% that no split explains", arguments: [170.0, 58, 138, 62, 150])
    func overnight(price: Double) async throws {
        let found = try await Self.doubts(ScriptedSession("2013-10-07"), ScriptedSession("2013-10-08", price: price))
            .filter { $0.contains("overnight") }
        // 150 looks like a split, which is another warning.
        #expect(
            found
                == ([170, 58].contains(price)
                    ? [
                        "TEST: 1 overnight moves beyond 40% that no split explains; the first: 2013-10-07 to 2013-10-08, 100.0 "
                            + "to \(price)"
                    ] : []))
    }

    @Test("name days without a session that have bars")
    func closedDays() async throws {
        var market = MemoryMarket()
        try ScriptedSession("2013-10-04").append(to: &market.bars)
        // A Saturday, a Sunday.
        for (date, hour) in [("2013-10-05", Int64(15)), ("2013-10-05", 16), ("2013-10-06", 15)] {
            market.bars.append(
                Bar(
                    time: try Instant.of(date, second: hour * 3600).secondsSinceEpoch, open: 1, high: 1, low: 1,
                    close: 1,
                    volume: 1))
        }
        try ScriptedSession("2013-10-07").append(to: &market.bars)
        let history = try await market.history(for: [try timedEntry()], on: "2013-10-04", through: "2013-10-07")
        let found = history.warnings.map(\.description).filter { $0.contains("without a session") }
        #expect(found.count == 1)
        #expect(
            found.first?.hasPrefix("TEST: bars on 2 days without a session were dropped, the first on 2013-10-05 (")
                == true)
    }

    @Test("of sessions that may still come are no reason to give up")
    func mayStillCome() async throws {
        var market = MemoryMarket(try ScriptedSession("2013-10-08"))
        let date = try CivilDate.of("2013-10-08")
        market.coverage = date...date
        let symbol = try #require(Symbol("TEST"))
        let wanted = try CivilDate.of("2013-10-09")
        var request = HistoryRequest(symbol: symbol, sessions: wanted...wanted, playbooks: [try timedEntry()])
        for (mayStillCome, code) in [(false, PlaybookError.Code.sourceUnavailable), (true, .tryAgain)] {
            request.mayStillCome = mayStillCome
            let error = await #expect(throws: PlaybookError.self) {
                _ = try await HistoryLoader(source: market).load(request)
            }
            #expect(error?.code == code)
            #expect(error?.nextStep?.hasPrefix(mayStillCome ? "Run again later." : "Ask for sessions") == true)
        }
    }
}
