import PlaybookCore
import Testing

@Suite("Daily closes beside intraday ones")
struct DailyCloseTests {
    /// Sessions from 2013-09-03 on. Prices move by 1 to 4% from one to the next.
    struct Market {
        var count = 20
        var splits: [Split] = []
        /// How many of a session's 195 bars there are.
        var bars = 195

        var sessions: ArraySlice<TradingSession> {
            get throws {
                TradingCalendar.nyse.sessions(from: try .of("2013-09-03"), through: try .of("2014-06-30")).prefix(count)
            }
        }

        /// What is paid in the session at `index`: 100 times 0.98 to 1.02, divided by the splits that took effect.
        func price(_ index: Int) throws -> Double {
            let sessions = try sessions
            let date = sessions[sessions.startIndex + index].date
            let ratio = splits.filter { $0.date <= date }.reduce(1) { $0 * $1.ratio }
            return 100 * (1 + 0.01 * Double(index * 7 % 5 - 2)) / ratio
        }

        /// The market with the daily closes that `close` makes of a session's place and its price.
        func make(_ close: (Int, Double) throws -> Double?) throws -> MemoryMarket {
            var market = MemoryMarket(daily: DailyBars(), listedSplits: splits)
            for (index, session) in try sessions.enumerated() {
                let price = try price(index)
                var scripted = try ScriptedSession("\(session.date)", price: price)
                if bars < 195 { scripted.keepFirst(bars) }
                scripted.append(to: &market.bars)
                if let close = try close(index, price) { market.daily?.append(close: close, on: session.date) }
            }
            return market
        }

        /// What is said of the daily closes in a run of all sessions but the first five.
        func doubts(_ close: (Int, Double) throws -> Double?) async throws -> [String] {
            try await doubts(of: try make(close))
        }

        func doubts(of market: MemoryMarket) async throws -> [String] {
            let sessions = try sessions
            let dates = sessions[sessions.startIndex + 5].date...sessions[sessions.endIndex - 1].date
            let history = try await market.history(for: [try dp20()], on: dates)
            return history.warnings.map(\.message.shown).filter { $0.hasPrefix("daily closes") }
        }

        /// Why a run of all sessions but the first five is refused.
        func refusal(
            _ close: (Int, Double) throws -> Double?, sourceLocation: SourceLocation = #_sourceLocation
        ) async throws -> PlaybookError {
            try await refusal(of: try make(close), sourceLocation: sourceLocation)
        }

        func refusal(
            of market: MemoryMarket, sourceLocation: SourceLocation = #_sourceLocation
        ) async throws -> PlaybookError {
            let error = try #require(
                await #expect(throws: PlaybookError.self, sourceLocation: sourceLocation) {
                    _ = try await doubts(of: market)
                }, sourceLocation: sourceLocation)
            #expect(error.code == .badData, sourceLocation: sourceLocation)
            return error
        }
    }

    @Test("may differ by less than 2%, up and down")
    func auction() async throws {
        #expect(try await Market().doubts { $0 % 2 == 0 ? $1 * 1.019 : $1 / 1.019 } == [])
        #expect(try await Market().doubts { $1 } == [])
    }

    @Test("are refused when the median of their ratios is off by over 2%")
    func median() async throws {
        let error = try await Market().refusal { $1 * 1.03 }
        // The first session's price is 98.
        #expect(
            error.message
                == "TEST: daily closes are not those of the intraday bars: they are 1.03 times those (factor 1.03) in the "
                + "median of 20 sessions, the first: 2013-09-03, 100.94 beside 98.0; they may be another stock's")
        #expect(error.nextStep == "Use daily bars of TEST, as traded.")
        let lower = try await Market().refusal { $1 * 0.95 }
        #expect(lower.message.contains("they may be another stock's, or adjusted for dividends"))
    }

    @Test("that are off by the same small ratio in every session are doubted")
    func offset() async throws {
        let found = try await Market().doubts { $1 * 0.99 }
        #expect(
            found == [
                "daily closes are 0.99 times the intraday ones in 20 of 20 sessions, the first: 2013-09-03, 97.02 beside "
                    + "98.0: they seem to be adjusted for dividends; use daily bars as traded"
            ])
        #expect(try await Market().doubts { $1 * 0.998 } == [])
    }

    @Test("of one odd session, or of two, are doubted; of three in a row beyond 20% refused", arguments: [1.25, 0.8])
    func odd(factor: Double) async throws {
        func odd(_ places: Range<Int>, _ factor: Double) -> (Int, Double) -> Double? {
            { places.contains($0) ? $1 * factor : $1 }
        }
        let one = try await Market().doubts(odd(7..<8, 1.5))
        // The eighth session: 2013-09-12, at 100 x (1 + 0.01 x (49 mod 5 - 2)) = 102.
        #expect(
            one == [
                "daily closes of 1 sessions differ by over 2% from the last intraday close; the first: 2013-09-12, 153.0 "
                    + "beside 102.0"
            ])
        #expect(try await Market().doubts(odd(7..<9, factor)).count == 1)
        let error = try await Market().refusal(odd(7..<10, factor))
        #expect(error.message.contains("in three sessions in a row and more, the first: 2013-09-12"))
        #expect(try await Market().doubts(odd(7..<10, 1.19)).count == 1)
    }

    @Test("that do not move at a listed split are refused, and right when they are said to be adjusted")
    func stillSplit() async throws {
        var market = Market()
        market.splits = [Split(date: try .of("2013-09-17"), ratio: 10)]
        func adjusted(_ index: Int, _ price: Double) -> Double { price > 50 ? price / 10 : price }
        #expect(try await market.doubts { $1 } == [])
        let error = try await market.refusal { adjusted($0, $1) }
        // 2013-09-16 is the tenth session, at 101; 2013-09-17 the eleventh, at 98 / 10.
        #expect(
            error.message
                == "TEST: daily closes are adjusted for splits: they do not move at the 10:1 split of 2013-09-17 (10.1 on "
                + "2013-09-16, 9.8 on 2013-09-17); before it they are 0.1 times those of the intraday bars (factor 10), "
                + "the first: 2013-09-03, 9.8 beside 98.0; <adjustedDailyBars=true> would take them as adjusted as of today"
        )
        #expect(error.nextStep?.hasPrefix("Set <set adjustedDailyBars=true>") == true)
        var undone = try market.make { adjusted($0, $1) }
        undone.daily?.undoSplits(market.splits)
        #expect(try await market.doubts(of: undone) == [])
        // Those that were as traded all along are not.
        var twice = try market.make { $1 }
        twice.daily?.undoSplits(market.splits)
        let wrong = try await market.refusal(of: twice)
        #expect(wrong.message.hasPrefix("TEST: <adjustedDailyBars=true>, but daily closes are as traded"))
        #expect(wrong.nextStep == "Leave out <set adjustedDailyBars>.")
    }

    @Test("adjusted for a split too small to show in two closes are found by the ratio before it")
    func smallSplit() async throws {
        var market = Market()
        let split = Split(date: try .of("2013-09-17"), ratio: 1.05)
        market.splits = [split]
        let error = try await market.refusal { $0 < 10 ? $1 / 1.05 : $1 }
        #expect(error.message.contains("they are adjusted for later splits; <adjustedDailyBars=true> would"))
        #expect(error.message.contains("median of 10 sessions, the first: 2013-09-03"))
        var undone = try market.make { $0 < 10 ? $1 / 1.05 : $1 }
        undone.daily?.undoSplits(market.splits)
        #expect(try await market.doubts(of: undone) == [])
        var twice = try market.make { $1 }
        twice.daily?.undoSplits(market.splits)
        #expect(
            try await market.refusal(of: twice).message.contains("<adjustedDailyBars=true>, but they are as traded"))
    }

    @Test("adjusted for a split that nobody lists are named as that")
    func unlistedSplit() async throws {
        let error = try await Market().refusal { $1 / 10 }
        #expect(error.message.contains("they are 0.1 times those (factor 10)"))
        #expect(error.message.hasSuffix("they look adjusted for a 10:1 split that the source does not list"))
        #expect(error.nextStep?.hasPrefix("List it in TEST_splits.csv and set <set adjustedDailyBars=true>") == true)
        let reverse = try await Market().refusal { $1 * 3 }
        #expect(reverse.message.contains("for a 1:3 split"))
    }

    @Test("of the next session, or of the one before, are dated a day off")
    func otherDay() async throws {
        let market = Market()
        let early = try await market.refusal { $0 < 19 ? try market.price($0 + 1) : $1 }
        // 98, 100, 102 …: in the first session the close is that of the second.
        #expect(
            early.message
                == "TEST: daily bars are dated one day early: the closes of 19 of 19 sessions are those of the next session, "
                + "the first on 2013-09-03: 100.0, with intraday closes 98.0 on that day and 100.0 on the next")
        let late = try await market.refusal { $0 > 0 ? try market.price($0 - 1) : $1 }
        #expect(
            late.message.contains("one day late: the closes of 19 of 19 sessions are those of the previous session"))
    }

    @Test("that drift towards the intraday ones are adjusted for dividends")
    func dividends() async throws {
        var market = Market()
        market.count = 80
        // Two dividends of 0.6%, before the sessions 30 and 60.
        let error = try await market.refusal { $1 * ($0 < 30 ? 0.988 : $0 < 60 ? 0.994 : 1) }
        #expect(
            error.message.hasPrefix(
                "TEST: daily closes are adjusted for dividends: they drift from 0.988 times the intraday ones towards 1 times"
            ))
        #expect(error.message.hasSuffix("no setting can make that right"))
        #expect(error.nextStep?.contains("auto_adjust=False") == true)
        // What scatters does not drift.
        #expect(try await market.doubts { $0 % 3 == 0 ? $1 * 0.99 : $0 % 3 == 1 ? $1 * 1.01 : $1 } == [])
    }

    @Test("of sessions whose bars end early say little")
    func shortSessions() async throws {
        var market = Market()
        market.bars = 100
        #expect(try await market.doubts { $1 * 1.05 } == [])
        let error = try await market.refusal { $1 * 1.3 }
        #expect(error.message.contains("three sessions in a row"))
    }

    @Test("are multiplied back to prices as traded")
    func undoSplits() throws {
        var daily = DailyBars()
        for (date, close) in [("2013-09-13", 10.0), ("2013-09-16", 11), ("2013-09-17", 12)] {
            daily.append(
                Bar(time: 0, open: close, high: close + 1, low: close - 1, close: close, volume: 60), on: try .of(date))
        }
        // Both lie after the first, one after the second.
        daily.undoSplits([Split(date: try .of("2013-09-16"), ratio: 2), Split(date: try .of("2013-09-17"), ratio: 3)])
        #expect(daily.bars.close == [60, 33, 12])
        #expect(daily.bars.open == [60, 33, 12])
        #expect(daily.bars.high == [66, 36, 13])
        #expect(daily.bars.low == [54, 30, 11])
        #expect(daily.bars.volume == [10, 20, 60])
        #expect(daily.wereAdjusted)
    }
}
