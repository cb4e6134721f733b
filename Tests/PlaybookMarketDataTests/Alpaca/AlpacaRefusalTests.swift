import PlaybookCore
import PlaybookHTTP
import PlaybookTestSupport
import Testing

@testable import PlaybookMarketData

@Suite("What Alpaca refuses, and how it fails")
struct AlpacaRefusalTests {
    static let html = "<html>\n<head><title>401 Authorization Required</title></head></html>"

    @Test(
        "becomes an error that says what to do",
        arguments: [
            (
                HTTPResponse.status(401, html), PlaybookError.Code.configuration,
                "<alpacaKey> and <alpacaSecret> are not accepted: data.example answered 401", "<set alpacaPaper>"
            ),
            (
                .status(403, "{\"message\": \"forbidden.\"}"), .configuration,
                "<alpacaKey> and <alpacaSecret> are not accepted: data.example answered 403: forbidden.",
                "Check both keys"
            ),
            (
                .status(403, "{\"message\":\"your subscription does not permit this feed\"}"), .configuration,
                "<feed=iex>: data.example answered 403: your subscription does not permit this feed", "iex is free"
            ),
            (
                .status(400, "{\"code\":42210000,\"message\":\"invalid symbol(s): \\\"Q\\nQ\\\"\"}"),
                .sourceUnavailable,
                "the request was refused: data.example answered 400: invalid symbol(s): \"Q Q\"", "Check the symbols"
            ),
            (
                .status(422, "{\"message\":\"bad end\"}"), .sourceUnavailable,
                "the request was refused: data.example answered 422: bad end", "the dates"
            ),
            (
                .status(404), .sourceUnavailable, "the request was refused: data.example answered 404",
                "<set alpacaDataAddress>"
            ),
            (
                .status(429, "{\"message\":\"too many requests.\"}"), .tryAgain,
                "too many requests: data.example answered 429: too many requests.", "Run again in a minute"
            ),
            (.status(500, "oops"), .sourceUnavailable, "data.example answered 500", "Try again later."),
            (.status(503, "{\"message\":5}"), .sourceUnavailable, "data.example answered 503", "Try again later."),
            (
                .status(302, html), .sourceUnavailable,
                "data.example answered 302, a redirect; keys are not sent on to another address",
                "<set alpacaTradingAddress>"
            ),
        ])
    func statuses(response: HTTPResponse, code: PlaybookError.Code, message: String, nextStep: String) async throws {
        let setup = try AlpacaSetup(ScriptedTransport([response]))
        let error = try #require(await setup.error())
        #expect(error.code == code)
        #expect(error.message == message)
        #expect(error.nextStep?.contains(nextStep) == true)
        #expect(!"\(error)".contains(AlpacaSetup.keyID) && !"\(error)".contains("sEcReT"))
        #expect(setup.transport.requests.count == 1, "a refusal is not asked for again here")
    }

    @Test("shows at most 200 characters of what was said")
    func longMessage() async throws {
        let body = "{\"message\":\"\(String(repeating: "é", count: 5_000))\"}"
        let error = try await #require(AlpacaSetup(ScriptedTransport([.status(500, body)])).error())
        #expect(error.message == "data.example answered 500: \(String(repeating: "é", count: 200))")
    }

    @Test("asks again twice for an answer that cannot be read, and then gives up")
    func unreadable() async throws {
        let right = AlpacaText.page([("QQQ", [try .quiet("2024-11-04T20:58:00Z")])])
        let cut = String(right.dropLast(20))
        for (bodies, isRight, message) in [
            ([right], true, ""), ([cut, right], true, ""), ([cut, Self.html, right], true, ""),
            ([cut, cut, cut, right], false, "sent an answer that is cut off after \(cut.utf8.count) bytes"),
            ([right, Self.html], true, ""),
            ([Self.html, "  \n<p>", Self.html], false, "answered with HTML where JSON was expected"),
            (["{\"bars\":1}"], false, "sent an answer that is not JSON of bars: byte 8 is not ["),
            (["{}"], false, "sent an answer that is not understood: there is no field 'bars'"),
            ([""], false, "sent an answer that is cut off after 0 bytes"),
            ([right + "{}"], false, "sent an answer that is not JSON of bars: byte \(right.utf8.count) is not the end"),
        ] {
            let setup = try AlpacaSetup(pages: bodies)
            if isRight {
                #expect(try await setup.stream().pieces.count == 1)
            } else {
                let error = try #require(await setup.error())
                #expect(error.code == .sourceUnavailable)
                #expect(error.message == "data.example \(message)")
                #expect(setup.transport.requests.count == 3)
                #expect(Set(setup.transport.requests).count == 1, "the same page is asked for")
            }
        }
    }

    @Test("says that it cannot be reached, and what would help")
    func unreachable() async throws {
        func error(_ code: HTTPError.Code) async throws -> PlaybookError? {
            await
                (try AlpacaSetup(
                    ScriptedTransport { _, _ throws(HTTPError) in throw HTTPError(code, "data.example: no address") }))
                .error()
        }
        let dns = try await error(.dns)
        #expect(dns?.code == .sourceUnavailable)
        #expect(dns?.message == "Alpaca cannot be reached: data.example: no address")
        #expect(dns?.nextStep?.contains("What is in the cache needs no network.") == true)
        #expect(try await error(.tooLarge)?.code == .sourceUnavailable)
        #expect(try await error(.libraryMissing)?.code == .configuration)
    }

    @Test("goes without the youngest sessions when the free plan refuses them")
    func recentData() async throws {
        let refusal = HTTPResponse.status(
            403, "{\"message\":\"subscription does not permit querying recent SIP data\"}")
        let close = try Instant.seconds("2024-11-05T21:00:00Z")
        for (now, isRefused) in [("2024-11-05T21:10:00Z", true), ("2024-11-05T21:16:00Z", false)] {
            let transport = ScriptedTransport { request, _ in
                // What Alpaca does: it refuses the whole request for an end that is too young.
                let end = (try? Instant.seconds(request.items["end"] ?? "")) ?? 0
                let isYoung = end > ((try? Instant.seconds(now)) ?? 0) - 900
                guard !isYoung else { return refusal }
                let last = Bar.quiet((end + 1) - 120)
                return .ok(AlpacaText.page([("QQQ", [last])]))
            }
            var setup = try AlpacaSetup(transport, now: now)
            setup.feed = "sip"
            let found = try await setup.stream(["QQQ", "SPY"], from: "2024-11-04", through: "2024-11-05")
            #expect(transport.requests.count == (isRefused ? 2 : 1))
            #expect(found.pieces.map(\.symbol) == ["QQQ"])
            #expect(found.pieces.first?.bars.first?.time == (isRefused ? close - 86_400 : close) - 120)
            #expect(found.ends["QQQ"] == (isRefused ? "2024-11-04" : nil))
            // SPY's bars may be on their way, those of a day ago are not.
            #expect(found.ends["SPY"] == "2024-11-04")
        }
    }

    @Test("is not asked again and again when it refuses old data as recent")
    func alwaysRecent() async throws {
        let refusal = HTTPResponse.status(
            403, "{\"message\":\"subscription does not permit querying recent SIP data\"}")
        let setup = try AlpacaSetup(ScriptedTransport([refusal]))
        let error = await setup.error()
        #expect(error?.code == .configuration)
        #expect(error?.message.hasPrefix("<feed=iex>: data.example answered 403: subscription does") == true)
        #expect(setup.transport.requests.count == 2)
    }
}
