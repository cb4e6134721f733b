import PlaybookCore
import PlaybookHTTP
import PlaybookTestSupport
import Testing

@testable import PlaybookMarketData

@Suite("Bars from Alpaca")
struct AlpacaBarsTests {
    static func setup(_ bars: [Bar], now: String = "2024-12-01T00:00:00Z") throws -> AlpacaSetup {
        try AlpacaSetup(pages: [AlpacaText.page([("QQQ", bars)])], now: now)
    }

    @Test("that are not right are refused with symbol, time, page and reason")
    func refused() async throws {
        let first = try Bar.quiet("2024-11-04T14:30:00Z")
        func bar(_ time: String = "2024-11-04T14:32:00Z", _ change: (inout Bar) -> Void = { _ in }) throws -> Bar {
            var bar = try Bar.quiet(time)
            change(&bar)
            return bar
        }
        for (bars, time, reason) in [
            (
                [try bar("2024-11-04T14:34:00Z"), try bar()], "14:32:00Z",
                "bar 2024-11-04T14:32:00Z comes after 2024-11-04T14:34:00Z: bars must be in ascending order"
            ),
            (
                [try bar("2024-11-04T14:33:00Z")], "14:33:00Z",
                "bar 2024-11-04T14:33:00Z does not start on a 2Min boundary counted from the session's open"
            ),
            ([try bar { $0.low = -1 }], "14:32:00Z", "low is -1.0: a price must be above 0"),
            ([try bar { $0.high = 99 }], "14:32:00Z", "high 99.0 is below low 99.875"),
            (
                [try bar { $0.close = 101 }], "14:32:00Z",
                "close 101.0 lies outside the bar's range, low 99.875 to high 100.125"
            ),
            ([try bar { $0.volume = -5 }], "14:32:00Z", "volume is -5.0: it cannot be negative"),
            (
                [.quiet(first.time + 120, 1_500)], "14:32:00Z",
                "close goes from 100.0 to 1500.0 within a session: more than a factor of 10 is a bad tick, not a move"
            ),
        ] {
            let error = try #require(await Self.setup([first] + bars).error())
            #expect(error.code == .badData)
            #expect(
                error.message == "Alpaca sent a bar of QQQ that is not right, 2024-11-04T\(time) on page 1: \(reason)")
        }
        let missing = "{\"bars\":{\"QQQ\":[{\"t\":\"2024-11-04T14:30:00Z\",\"o\":1,\"h\":1,\"l\":1,\"v\":1}]}}"
        let error = try #require(await AlpacaSetup(pages: [missing]).error())
        #expect(error.message.hasSuffix("page 1: close is not a finite number"))
    }

    @Test("outside sessions are dropped, right or not, as long as they come in their place")
    func extendedHours() async throws {
        var wrong = try Bar.quiet("2024-11-04T14:28:00Z")
        wrong.low = -7
        let regular = try [
            Bar.quiet("2024-11-04T14:30:00Z"), .quiet("2024-11-04T20:58:00Z", 500),
            .quiet("2024-11-05T14:30:00Z", 20_000),
        ]
        let bars =
            try [.quiet("2024-11-04T09:00:00Z", 5), wrong, regular[0], regular[1], .quiet("2024-11-04T21:00:00Z", 1)]
            + [.quiet("2024-11-05T14:29:01Z", 77), regular[2], .quiet("2024-11-05T23:00:00Z", 1)]
        let setup = try Self.setup(bars)
        let found = try await setup.stream(["QQQ"], from: "2024-11-04", through: "2024-11-05")
        #expect(found.pieces.flatMap(\.bars) == regular)
        // A late one of the day before is out of order.
        let late = try Self.setup([regular[0], regular[2], .quiet("2024-11-04T21:00:00Z")])
        let error = await playbookError {
            try await late.stream(["QQQ"], from: "2024-11-04", through: "2024-11-05")
        }
        #expect(error?.message.contains("2024-11-04T21:00:00Z comes after 2024-11-05T14:30:00Z") == true)
    }

    @Test("after an early close are none of the session's")
    func earlyClose() async throws {
        let bars = try [Bar.quiet("2024-11-29T17:58:00Z"), .quiet("2024-11-29T18:00:00Z")]
        #expect(try await Self.setup(bars).stream(from: "2024-11-29").pieces.flatMap(\.bars) == [bars[0]])
    }

    @Test("of a session just over count as all of them when they reach its last ten minutes, or four hours later")
    func patience() async throws {
        let close = try Instant.seconds("2024-11-05T21:00:00Z")
        for (last, age, isThere) in [
            (Int64(600), Int64(0), true), (120, 0, true), (720, 0, false), (720, 4 * 3_600 - 1, false),
            (720, 4 * 3_600, true), (20_040, 3_600, false), (20_040, 86_400, true),
        ] {
            let now = Instant(secondsSinceEpoch: close + age).description
            let bars = [try Bar.quiet("2024-11-04T20:58:00Z"), .quiet(close - last)]
            let setup = try Self.setup(bars, now: now)
            let found = try await setup.stream(["QQQ"], from: "2024-11-04", through: "2024-11-05")
            #expect(found.ends == (isThere ? [:] : ["QQQ": "2024-11-04"]), "\(last) s before the close, \(age) s after")
            let intraday = try await Self.setup(bars, now: now).source.intradayBars(
                of: .of("QQQ"), timeframe: .minutes(2), from: .of("2024-11-04"), through: .of("2024-11-05"))
            #expect(intraday.bars.all == (isThere ? bars : [bars[0]]))
            #expect(intraday.coverage?.upperBound.description == (isThere ? nil : "2024-11-04"))
        }
    }

    @Test("of days are those at New York midnight, at 04:00Z in summer and at 05:00Z in winter")
    func daily() async throws {
        let bars = try [
            Bar.quiet("2024-11-01T04:00:00Z", 100), .quiet("2024-11-02T04:00:00Z", 110),
            .quiet("2024-11-04T05:00:00Z", 120),
            .quiet("2024-11-05T05:00:00Z", 130), .quiet("2024-11-06T14:30:00Z", 140),
        ]
        let setup = try Self.setup(bars)
        let daily = try #require(
            try await setup.source.dailyBars(of: .of("QQQ"), from: .of("2024-11-01"), through: .of("2024-11-06")))
        // The 2nd is a Saturday; the 6th is stamped within the session.
        #expect(daily.dates.map(\.description) == ["2024-11-01", "2024-11-04", "2024-11-05"])
        #expect(daily.bars.open == [100, 120, 130])
        #expect(setup.transport.requests.first?.items["timeframe"] == "1Day")
    }

    @Test("there are none of give an error that names the symbol, unless there may be some later")
    func none() async throws {
        let empty = "{\"bars\":{},\"next_page_token\":null}"
        let (first, last) = (try CivilDate.of("2024-11-04"), try CivilDate.of("2024-11-05"))
        let error = await playbookError {
            try await AlpacaSetup(pages: [empty]).source.intradayBars(
                of: .of("QQQQ"), timeframe: .minutes(2), from: first, through: last)
        }
        #expect(error?.code == .sourceUnavailable)
        #expect(error?.message == "alpaca/iex/split has no 2Min bars of QQQQ from 2024-11-04 through 2024-11-05")
        let early = try await AlpacaSetup(pages: [empty], now: "2024-11-04T12:00:00Z").source.intradayBars(
            of: .of("QQQQ"), timeframe: .minutes(2), from: first, through: last)
        #expect(early.bars.count == 0)
        #expect(early.coverage?.upperBound.description == "2024-11-03")
    }
}
