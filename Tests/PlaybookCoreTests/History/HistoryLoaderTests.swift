import PlaybookCore
import Testing

@Suite("History loader")
struct HistoryLoaderTests {
    static func market() throws -> MemoryMarket {
        try RandomMarket(seed: 81, from: "2013-09-20", sessions: 20).make()
    }

    static func dates(_ history: BarHistory) -> [String] {
        history.requested.map { history.slices[$0].session.date.description }
    }

    static func error(
        _ market: MemoryMarket, on first: String, through last: String? = nil,
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws -> PlaybookError {
        try #require(
            await #expect(throws: PlaybookError.self, sourceLocation: sourceLocation) {
                _ = try await market.history(for: [try timedEntry()], on: first, through: last)
            }, sourceLocation: sourceLocation)
    }

    @Test("asks for the sessions wanted and at least five before them")
    func warmUp() async throws {
        let history = try await Self.market().history(for: [try dp20()], on: "2013-10-07", through: "2013-10-11")
        #expect(Self.dates(history) == ["2013-10-07", "2013-10-08", "2013-10-09", "2013-10-10", "2013-10-11"])
        #expect(history.requested.lowerBound >= 5)
        #expect(history.symbol.name == "TEST")
        #expect(history.slices.allSatisfy { $0.bars.count == 195 && $0.expectedBars == 195 })
        #expect(history.warnings.isEmpty)
    }

    @Test("asks for daily bars as far back as a mean over them may reach")
    func dailyBars() async throws {
        var market = try Self.market()
        let history = try await market.history(for: [try dp20()], on: "2013-10-07")
        let first = try #require(history.daily.dates.first)
        #expect(TradingCalendar.nyse.sessions(from: first, through: try .of("2013-10-04")).count >= 200)
        #expect(history.daily.dates.last == (try .of("2013-10-07")))
        // timed-entry needs none and takes none.
        market.daily = DailyBars()
        let row = try await market.row(try timedEntry(), on: "2013-10-07")
        #expect(row.trade != nil)
    }

    @Test("takes a range that starts or ends between sessions for the sessions in it")
    func weekends() async throws {
        let market = try Self.market()
        let history = try await market.history(for: [try dp20()], on: "2013-10-05", through: "2013-10-13")
        #expect(Self.dates(history) == ["2013-10-07", "2013-10-08", "2013-10-09", "2013-10-10", "2013-10-11"])
        let none = try await Self.error(market, on: "2013-10-05", through: "2013-10-06")
        #expect(none.code == .sourceUnavailable)
    }

    @Test("gives a session between two that have bars a slice without any, and one before or after all of them none")
    func coverage() async throws {
        var market = try Self.market()
        let last = try CivilDate.of("2013-10-09")
        let whole = market
        market = market.keeping { NewYorkTime.date(of: Instant(secondsSinceEpoch: $0.time)) <= last }
        let covered = try await market.journal(try dp20(), on: "2013-10-08", through: "2013-10-11")
        #expect(covered.map(\.isIncomplete) == [false, false])
        // With bars on the 15th, those between are holes, also when the 15th is not asked for.
        let resumed = try CivilDate.of("2013-10-15")
        market = whole.keeping {
            let date = NewYorkTime.date(of: Instant(secondsSinceEpoch: $0.time))
            return date <= last || date >= resumed
        }
        let known = try await market.journal(try dp20(), on: "2013-10-08", through: "2013-10-11")
        #expect(known.map(\.isIncomplete) == [false, false, true, true])
        #expect(known.last?.notes == "no bars")
        #expect(covered == Array(known.prefix(2)))
        // One that ends on the 9th, as the source itself says.
        market.coverage = (try .of("2013-09-20"))...last
        #expect(try await market.journal(try dp20(), on: "2013-10-08", through: "2013-10-11") == covered)
        // One that starts on the 8th.
        market.coverage = (try .of("2013-10-08"))...last
        let started = try await market.history(for: [try dp20()], on: "2013-10-04", through: "2013-10-09")
        #expect(Self.dates(started) == ["2013-10-08", "2013-10-09"])
        #expect(started.requested.lowerBound == 0)
        #expect(
            started.slices.map(\.calendarIndex)
                == Array(
                    TradingCalendar.nyse.sessions(
                        from: try .of("2013-10-08"), through: last
                    ).indices))
    }

    @Test("says what a source covers that has none of the sessions")
    func noCoverage() async throws {
        var market = try Self.market()
        market.coverage = (try .of("2013-09-20"))...(try .of("2013-10-09"))
        let error = try await Self.error(market, on: "2013-10-10", through: "2013-10-11")
        #expect(error.code == .sourceUnavailable)
        #expect(
            error.message == "memory has no TEST bars for any session from 2013-10-10 through 2013-10-11: it covers "
                + "2013-09-20 through 2013-10-09")
        #expect(
            error.nextStep
                == "Ask for sessions that the data covers, or add the missing data. The data ends on 2013-10-09: "
                + "if TEST was delisted or has another name now, take it out of <symbols>; its rows stay.")
    }

    @Test("drops bars outside regular hours, on weekends and on holidays", arguments: [1, 2])
    func otherHours(minutes: Int) async throws {
        var market = MemoryMarket(try .withSetup("2013-10-08"), try .withSetup("2013-10-09"))
        market.timeframe = .minutes(minutes)
        let expected = try await market.journal(try dp20(), on: "2013-10-08", through: "2013-10-09")
        var times = market.bars.times
        // 04:00 to 09:28 and 16:00 to 19:58 of both days, the Saturday before, and Columbus Day's holiday for bonds.
        for date in ["2013-10-05", "2013-10-08", "2013-10-09"] {
            let midnight = NewYorkTime.instant(try .of(date), TimeOfDay(minutes: 0)).secondsSinceEpoch
            for minute in stride(from: 4 * 60, to: 20 * 60, by: 2) where !(570..<960).contains(minute) {
                times.append(midnight + Int64(minute) * 60)
            }
        }
        let regular = Dictionary(uniqueKeysWithValues: market.bars.times.enumerated().map { ($1, $0) })
        var extended = market
        extended.bars = BarColumns()
        for time in times.sorted() {
            let other = Bar(time: time, open: 50, high: 500, low: 5, close: 50, volume: 1)
            extended.bars.append(regular[time].map { market.bars[$0] } ?? other)
        }
        #expect(extended.bars.count > market.bars.count + 3 * 200)
        #expect(try await extended.journal(try dp20(), on: "2013-10-08", through: "2013-10-09") == expected)
        #expect(expected.allSatisfy { $0.trade != nil })
    }

    @Test("refuses 2-minute bars that do not start on a 2-minute boundary")
    func misaligned() async throws {
        let market = MemoryMarket(try ScriptedSession("2013-10-09"))
        let shifted = market.mapping { bar in
            var bar = bar
            if bar.time >= market.bars.times[100] { bar.time += 60 }
            return bar
        }
        let error = try await Self.error(shifted, on: "2013-10-09")
        #expect(error.code == .badData)
        // The 101st bar, 12:50 New York time.
        #expect(
            error.message
                == "TEST: bar 2013-10-09T16:51:00Z does not start on a 2Min boundary counted from the session's open")
        #expect(error.nextStep == "Bars are stamped with the time they open; check the timestamps and their zone.")
    }

    @Test("refuses 1-minute bars that do not start on a minute")
    func misalignedMinutes() async throws {
        var market = MemoryMarket(try ScriptedSession("2013-10-09"))
        market.timeframe = .minutes(1)
        market.bars.times[3] += 30
        let error = try await Self.error(market, on: "2013-10-09")
        #expect(error.message.contains("bar 2013-10-09T13:36:30Z does not start on a 1Min boundary"))
    }

    @Test("does not mind how bars outside regular hours lie")
    func misalignedOutside() async throws {
        var market = MemoryMarket(try ScriptedSession("2013-10-09"))
        market.bars = BarColumns()
        let open = try Instant.of("2013-10-09", second: 13 * 3600 + 30 * 60).secondsSinceEpoch
        market.bars.append(Bar(time: open - 61, open: 1, high: 1, low: 1, close: 1, volume: 1))
        try ScriptedSession("2013-10-09").append(to: &market.bars)
        #expect(try await market.row(try timedEntry(), on: "2013-10-09").trade != nil)
    }

    @Test("refuses bars that are longer than those wanted, or do not divide them")
    func tooLong() async throws {
        var market = MemoryMarket(try ScriptedSession("2013-10-09"))
        for minutes in [5, 3, 4] {
            market.timeframe = .minutes(minutes)
            let error = try await Self.error(market, on: "2013-10-09")
            #expect(error.code == .badData)
            #expect(error.message == "TEST: \(minutes)Min bars cannot be put together into 2Min bars")
        }
    }

    @Test("says so when there are fewer than five warm-up sessions with bars")
    func warmUpWarning() async throws {
        let market = try Self.market()
        let history = try await market.history(for: [try timedEntry()], on: "2013-09-24", through: "2013-09-26")
        #expect(
            history.warnings.map(\.description) == [
                "TEST: only 2 of 5 warm-up sessions before 2013-09-24 have bars; EMA and ATR of the first sessions may "
                    + "change when earlier bars are added"
            ])
    }

    @Test("says so when bars are too few for a long average, and how many sessions would do")
    func settling() async throws {
        let strategy = try dp20(["ema-period": "500"])
        // Eleven sessions of 195 bars. The start's weight is (499/501)^2145 = e^-8.58; a millionth takes 3,454 bars.
        let history = try await Self.market().history(for: [strategy], on: "2013-10-07")
        #expect(
            history.warnings.map(\.message) == [
                "ema(500) has only the 2145 bars of 11 sessions before 2013-10-07, which leave its start a weight of "
                    + "0.00019: values of the first sessions change when earlier bars are added; 18 sessions would do"
            ])
        let market = try RandomMarket(seed: 81, from: "2013-09-20", sessions: 30).make()
        let long = TradingCalendar.nyse.sessions(from: try .of("2013-09-20"), through: try .of("2013-12-31"))
        let (few, enough) = (long[long.startIndex + 17].date, long[long.startIndex + 18].date)
        #expect(try await market.history(for: [strategy], on: few...few).warnings.count == 1)
        #expect(try await market.history(for: [strategy], on: enough...enough).warnings == [])
    }

    @Test("passes on what a source says of its daily bars, once")
    func dailyWarnings() async throws {
        var market = try Self.market()
        market.dailyWarnings = ["calendars differ", "something"]
        market.warnings = ["calendars differ"]
        let history = try await market.history(for: [try dp20()], on: "2013-10-07")
        #expect(history.warnings.map(\.message) == ["calendars differ", "something"])
    }

    @Test("says so when daily bars are missing in between")
    func dailyHoleWarning() async throws {
        var market = try Self.market()
        let missing = [try CivilDate.of("2013-06-03"), try CivilDate.of("2013-06-04")]
        market.daily = market.daily?.changing { missing.contains($0) ? nil : $1 }
        let history = try await market.history(for: [try dp20()], on: "2013-10-07")
        let warning = try #require(history.warnings.first?.message)
        #expect(history.warnings.count == 1)
        #expect(warning.hasPrefix("daily bars are missing for 2 sessions between "))
        #expect(warning.contains("the first on 2013-06-03"))
    }
}
