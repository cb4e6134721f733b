import PlaybookCore
import PlaybookHTTP
import PlaybookTestSupport
import Testing

@testable import PlaybookMarketData

@Suite("Alpaca's calendar")
struct AlpacaCalendarTests {
    static func day(_ date: String, _ open: String = "09:30", _ close: String = "16:00") -> String {
        "{\"date\":\"\(date)\",\"open\":\"\(open)\",\"close\":\"\(close)\",\"session_open\":\"0400\"}"
    }

    /// The days from Monday 2024-11-25 through Friday the 29th: Thursday is Thanksgiving, Friday closes early.
    static let days = [day("2024-11-25"), day("2024-11-26"), day("2024-11-27"), day("2024-11-29", "09:30", "13:00")]

    static func check(_ responses: HTTPResponse...) async throws -> (CalendarCheck, ScriptedTransport) {
        let setup = try AlpacaSetup(ScriptedTransport(responses))
        let first = try CivilDate.of("2024-11-25")
        return (try await setup.source.calendarCheck(from: first, through: try .of("2024-11-29")), setup.transport)
    }

    static func answer(_ days: [String]) -> HTTPResponse { .ok("[\(days.joined(separator: ","))]") }

    @Test("is asked for at the trading address, and agrees when it is the same")
    func same() async throws {
        let (check, transport) = try await Self.check(Self.answer(Self.days))
        #expect(check.differences.isEmpty && check.warnings.isEmpty)
        let request = try #require(transport.requests.first)
        #expect(request.url == "https://paper.example/v2/calendar?start=2024-11-25&end=2024-11-29")
        #expect(request.headers["APCA-API-KEY-ID"] == AlpacaSetup.keyID)
    }

    @Test("differs in sessions that it lacks, has more, or keeps other hours of")
    func differences() async throws {
        let rest = "; bars of that day are used by the built-in calendar and not kept"
        for (days, date, text) in [
            (
                Array(Self.days.dropFirst()), "2024-11-25",
                "Alpaca's has no session, the built-in one a session 09:30-16:00"
            ),
            (
                Self.days + [Self.day("2024-11-28")], "2024-11-28",
                "Alpaca's has a session 09:30-16:00, the built-in one no session"
            ),
            (
                Self.days.dropLast() + [Self.day("2024-11-29")], "2024-11-29",
                "Alpaca's has a session 09:30-16:00, the built-in one a session 09:30-13:00"
            ),
            (
                Self.days.dropFirst() + [Self.day("2024-11-25", "10:00")], "2024-11-25",
                "Alpaca's has a session 10:00-16:00, the built-in one a session 09:30-16:00"
            ),
        ] {
            let (check, _) = try await Self.check(Self.answer(days))
            #expect(check.differences == [try .of(date): "calendars differ on \(date): \(text)\(rest)"])
            #expect(check.warnings.isEmpty)
        }
    }

    @Test("is not looked at outside the dates asked for")
    func outside() async throws {
        let days = Self.days + [Self.day("2024-11-24"), Self.day("2024-11-30")]
        #expect(try await Self.check(Self.answer(days)).0.differences.isEmpty)
    }

    @Test("that fails is a warning, and the run goes on")
    func failing() async throws {
        for (response, text) in [
            (HTTPResponse.status(500), "paper.example answered 500"),
            (.ok("{}"), "sent an answer that is not understood"),
            (.status(401, "<html>"), "are not accepted"), (.ok("<html>"), "HTML"),
        ] {
            let (check, _) = try await Self.check(response)
            #expect(check.differences.isEmpty)
            #expect(check.warnings.count == 1)
            #expect(check.warnings.first?.hasPrefix("the calendar could not be compared with Alpaca's: ") == true)
            #expect(check.warnings.first?.contains(text) == true)
        }
        // Bars come with the warning.
        let bar = try Bar.quiet("2024-11-25T20:58:00Z")
        let transport = ScriptedTransport { request, _ in
            request.path == "/v2/calendar" ? .status(500) : .ok(AlpacaText.page([("QQQ", [bar])]))
        }
        let date = try CivilDate.of("2024-11-25")
        let found = try await AlpacaSetup(transport).source.intradayBars(
            of: .of("QQQ"), timeframe: .minutes(2), from: date, through: date)
        #expect(found.bars.all == [bar])
        #expect(found.warnings.count == 1)
    }

    @Test("that differs is a warning about daily bars too")
    func daily() async throws {
        let days = Self.answer(Array(Self.days.dropFirst()))
        let bar = try Bar.quiet("2024-11-25T05:00:00Z")
        let transport = ScriptedTransport { request, _ in
            request.path == "/v2/calendar" ? days : .ok(AlpacaText.page([("QQQ", [bar])]))
        }
        let daily = try await AlpacaSetup(transport).source.dailyBars(
            of: .of("QQQ"), from: .of("2024-11-25"), through: .of("2024-11-29"))
        #expect(daily?.dates == [try .of("2024-11-25")])
        #expect(daily?.warnings.count == 1)
        #expect(daily?.warnings.first?.hasPrefix("calendars differ on 2024-11-25: ") == true)
    }
}
