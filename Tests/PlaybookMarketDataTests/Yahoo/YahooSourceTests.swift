import PlaybookCore
import PlaybookHTTP
import PlaybookTestSupport
import Testing

@testable import PlaybookMarketData

@Suite("Bars of Yahoo")
struct YahooSourceTests {
    /// An answer of rows `time,open,high,low,close,volume`, where `null` stands for none.
    static func chart(
        _ rows: [String], symbol: String = "QQQ", zone: String = "America/New_York", granularity: String = "1m",
        splits: String = ""
    ) -> String {
        let columns = (0..<6).map { column in
            "[" + rows.map { String($0.split(separator: ",")[column]) }.joined(separator: ",") + "]"
        }
        let names = ["open", "high", "low", "close", "volume"]
        let quote = zip(names, columns.dropFirst()).map { "\"\($0)\":\($1)" }.joined(separator: ",")
        let meta =
            "{\"currency\":\"USD\",\"symbol\":\"\(symbol)\",\"exchangeTimezoneName\":\"\(zone)\",\"priceHint\":2,"
            + "\"dataGranularity\":\"\(granularity)\"}"
        let events = splits.isEmpty ? "" : "\"events\":{\"splits\":{\(splits)}},"
        return "{\"chart\":{\"result\":[{\"meta\":\(meta),\"timestamp\":\(columns[0]),\(events)"
            + "\"indicators\":{\"quote\":[{\(quote)}],\"adjclose\":[{\"adjclose\":\(columns[4])}]}}],\"error\":null}}"
    }

    /// A 4:1 split that took effect on 2024-11-06, at the open.
    static let split =
        "\"1730903400\":{\"date\":1730903400,\"numerator\":4,\"denominator\":1,\"splitRatio\":\"4:1\"}"

    /// Daily rows with `days`, one-minute rows with `minutes`.
    private func setup(
        now: String = "2024-11-08T12:00:00Z", days: String = chart([], granularity: "1d"), minutes: String
    ) throws -> KeylessSetup {
        try KeylessSetup(now: now) { request, _ throws(HTTPError) in
            .ok(request.items["interval"] == "1d" ? days : minutes)
        }
    }

    /// 2024-11-05T14:30:00Z, the open of a Tuesday.
    static let open: Int64 = 1_730_817_000

    static func row(_ time: Int64, _ price: Double = 50, _ volume: String = "400") -> String {
        "\(time),\(price),\(price + 0.25),\(price - 0.25),\(price),\(volume)"
    }

    static func bar(_ time: Int64, _ price: Double = 50, _ volume: Double = 400) -> Bar {
        Bar(time: time, open: price, high: price + 0.25, low: price - 0.25, close: price, volume: volume)
    }

    @Test("leave out rows without one of four prices, and have a volume of 0 where there is none")
    func nulls() async throws {
        let (open, minute) = (Self.open, Self.open + 60)
        let rows = [
            Self.row(open), "\(minute),50,null,null,null,null", "\(minute + 60),null,null,null,null,null",
            Self.row(minute + 120, 51, "null"),
        ]
        let found = try await setup(minutes: Self.chart(rows)).yahoo.all(.of("QQQ"), from: "2024-11-05")
        #expect(found.bars == [Self.bar(open), Self.bar(minute + 120, 51, 0)])
    }

    @Test("are rounded from 32 bits, and are as traded before a split")
    func splits() async throws {
        // 33.740001678 is 134.96 / 4 in 32 bits.
        let rows = ["\(Self.open),33.740001678466797,33.75,33.724998474121094,33.740001678466797,4001"]
        let days = Self.chart([], granularity: "1d", splits: Self.split)
        let setup = try setup(days: days, minutes: Self.chart(rows))
        let found = try await setup.yahoo.all(.of("QQQ"), from: "2024-11-05")
        #expect(
            found.bars == [Bar(time: Self.open, open: 134.96, high: 135, low: 134.9, close: 134.96, volume: 1000)])
        let splits = try await setup.yahoo.splits(of: .of("QQQ"), through: .of("2024-11-08"))
        #expect(splits == [Split(date: try .of("2024-11-06"), ratio: 4)])
        #expect(try await setup.yahoo.splits(of: .of("QQQ"), through: .of("2024-11-05")).isEmpty)
        // All splits are told only when all dates are asked for, up to now.
        let asked = setup.transport.requests.filter { $0.items["interval"] == "1d" }
        #expect(asked.allSatisfy { $0.items["period2"] == "1731067201" && $0.items["period1"] == "883630800" })
    }

    @Test(
        "have as many decimals as 32 bits are sure of",
        arguments: [
            (134.96000671386719, 134.96), (0.123456789, 0.1235), (769.2999877929688, 769.3), (769.30006, 769.3),
            (5123.4501953125, 5123.45), (1234.5677, 1234.568), (700_123.4375, 700_123.4), (9_000_001.4, 9_000_001),
        ])
    func decimals(price: Double, rounded: Double) { #expect(YahooPrices.rounded(price) == rounded) }

    @Test("are those of the session: not the live price, not the one after the close, none of other hours")
    func hours() async throws {
        // 2024-11-29 closes at 13:00, 18:00 UTC.
        let close: Int64 = 1_732_903_200
        let rows = [
            Self.row(close - 4 * 3600), Self.row(close - 60), Self.row(close), Self.row(close + 600),
            Self.row(close - 60 + 17),
        ].sorted()
        let found = try await setup(now: "2024-11-30T12:00:00Z", minutes: Self.chart(rows)).yahoo
            .all(.of("QQQ"), from: "2024-11-29")
        #expect(found.bars == [Self.bar(close - 60)])
        // In the session of today nothing is over yet.
        let today = try setup(now: "2024-11-05T15:00:30Z", minutes: Self.chart([Self.row(Self.open)]))
        let none = try await today.yahoo.all(.of("QQQ"), from: "2024-11-04", through: "2024-11-05")
        #expect(none.bars.isEmpty)
        #expect(none.end == "2024-11-04")
        let request = try #require(today.transport.requests.last)
        #expect(request.items["period2"] == "1730754000", "the close of 2024-11-04, and not a second more")
    }

    @Test("of days are dated by their session, the running one once")
    func days() async throws {
        let days = Self.chart(
            [
                Self.row(Self.open - 86_400, 48), Self.row(Self.open, 49), Self.row(Self.open + 86_400, 50),
                Self.row(Self.open + 86_400 + 20_000, 51),
            ], granularity: "1d")
        let setup = try setup(now: "2024-11-06T21:30:00Z", days: days, minutes: Self.chart([]))
        let found = try await setup.yahoo.dailyBars(of: .of("QQQ"), from: .of("2024-11-01"), through: .of("2024-11-08"))
        #expect(found?.dates.map(\.description) == ["2024-11-04", "2024-11-05", "2024-11-06"])
        #expect(found?.bars.close == [48, 49, 50])
    }

    @Test("are asked for eight days at a time, and not from before they are given")
    func requests() async throws {
        let setup = try setup(now: "2024-11-30T12:00:00Z", minutes: Self.chart([]))
        let symbol = try Symbol.of("QQQ")
        #expect(setup.yahoo.oldestSession(of: symbol, timeframe: .minutes(1))?.description == "2024-10-31")
        #expect(setup.yahoo.oldestSession(of: symbol, timeframe: .day) == nil)
        _ = try await setup.yahoo.all(symbol, from: "2024-10-31", through: "2024-11-29")
        let asked = setup.transport.requests.filter { $0.items["interval"] == "1m" }
        let ranges = try asked.map { request in
            (try #require(Int64(request.items["period1"] ?? "")), try #require(Int64(request.items["period2"] ?? "")))
        }
        #expect(ranges.count == 4)
        #expect(ranges.allSatisfy { $1 - $0 <= 8 * 86_400 })
        #expect(ranges.first?.0 == (try Instant.seconds("2024-10-31T13:30:00Z")))
        #expect(ranges.last?.1 == (try Instant.seconds("2024-11-29T18:00:00Z")))
        // A second before the open of 2024-10-31 lies 29 days and 23 hours back that session is given still.
        for (now, oldest) in [("2024-11-30T12:30:00Z", "2024-10-31"), ("2024-11-30T12:30:01Z", "2024-11-01")] {
            try setup.clock.set(now)
            #expect(setup.yahoo.oldestSession(of: symbol, timeframe: .minutes(1))?.description == oldest)
        }
    }

    @Test("are asked for as a browser does, by Yahoo's name")
    func request() async throws {
        let chart = Self.chart([], symbol: "BRK-B")
        let setup = try KeylessSetup(now: "2024-11-08T12:00:00Z") { _, _ throws(HTTPError) in
            .ok(chart.replacing("\"1m\"", with: "\"1d\""))
        }
        _ = try await setup.yahoo.all(.of("BRK.B"), from: "2024-11-05")
        #expect(setup.transport.requests.map(\.path) == ["/v8/finance/chart/BRK-B", "/v8/finance/chart/BRK-B"])
        #expect(setup.transport.requests.allSatisfy { $0.headers["User-Agent"]?.hasPrefix("Mozilla/5.0") == true })
        #expect(setup.transport.requests.allSatisfy { $0.items["events"] == "div,splits" })
    }

    @Test(
        "of another symbol, zone or length are refused",
        arguments: [
            (chart([row(open)], symbol: "QQQM"), "Yahoo was asked for QQQ and sent bars of 'QQQM'"),
            (
                chart([row(open)], zone: "Europe/London"),
                "Yahoo's QQQ is traded by the clocks of 'Europe/London', not of New York"
            ),
            (chart([row(open)], granularity: "2m"), "Yahoo was asked for bars of 1m and sent '2m'"),
            (
                chart(["\(open),50,49,48,50,1"]),
                "Yahoo sent a bar of QQQ that is not right, 2024-11-05T14:30:00Z (1m): open 50.0 lies outside the bar's "
                    + "range, low 48.0 to high 49.0"
            ),
            (
                chart([row(open, 50), row(open, 51)]),
                "Yahoo sent a bar of QQQ that is not right, 2024-11-05T14:30:00Z (1m): a second bar at 2024-11-05T14:30:00Z"
            ),
        ])
    func contradictions(answer: String, message: String) async throws {
        let error = await playbookError { try await setup(minutes: answer).yahoo.all(.of("QQQ"), from: "2024-11-05") }
        #expect(error?.code == .badData)
        #expect(error?.message == message)
    }

    @Test("are not made of half an answer, or of one without an array")
    func unreadable() async throws {
        let whole = Self.chart([Self.row(Self.open)])
        for (answer, message, requests) in [
            (String(whole.dropLast(40)), "the answer is cut off after \(whole.utf8.count - 40) bytes", 3),
            ("Will be right back...", "a page of text in place of JSON", 1),
            ("<!DOCTYPE html>", "a page of text in place of JSON", 1),
            (whole.replacing("\"close\":", with: "\"clse\":"), "there is no array 'close'", 3),
            (whole.replacing("\"volume\":[400]", with: "\"volume\":[]"), "", 1),
            (whole.replacing("\"low\":[49.75]", with: "\"low\":[49.75,1]"), "'low' has 2 values of 1 times", 3),
            ("{}", "there is neither a result nor an error", 3),
        ] {
            let setup = try setup(minutes: answer)
            if message.isEmpty {
                #expect(try await setup.yahoo.all(.of("QQQ"), from: "2024-11-05").bars == [Self.bar(Self.open, 50, 0)])
            } else {
                let error = await playbookError { try await setup.yahoo.all(.of("QQQ"), from: "2024-11-05") }
                #expect(error?.code == .sourceUnavailable)
                #expect(error?.message == "yahoo.example sent an answer that is not understood: \(message)")
            }
            #expect(setup.transport.requests.count { $0.items["interval"] == "1m" } == requests)
        }
    }

    @Test("of an unknown symbol are not there")
    func unknown() async throws {
        let text =
            "{\"chart\":{\"result\":null,\"error\":{\"code\":\"Not Found\",\"description\":\"No data found, symbol may be delisted\"}}}"
        let setup = try KeylessSetup(now: "2024-11-08T12:00:00Z") { _, _ throws(HTTPError) in .status(404, text) }
        let error = await playbookError { try await setup.yahoo.all(.of("QQQ"), from: "2024-11-05") }
        #expect(error?.code == .sourceUnavailable)
        #expect(error?.message == "Yahoo has nothing of QQQ: No data found, symbol may be delisted")
        let market = await playbookError { try await setup.yahoo.all(.coin("BTCUSDT"), from: "2024-11-05") }
        #expect(market?.code == .usage)
    }
}
