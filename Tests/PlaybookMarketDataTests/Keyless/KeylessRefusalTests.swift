import PlaybookCore
import PlaybookHTTP
import PlaybookTestSupport
import Testing

@testable import PlaybookMarketData

@Suite("A service that wants no account")
struct KeylessRefusalTests {
    static let symbols = ["2024-03-04"]

    @Test("is asked nothing more once it has refused, in this run and in others", arguments: [429, 418, 451])
    func refusal(status: Int) async throws {
        let setup = try KeylessSetup(now: "2024-03-05T12:00:00Z") { _, _ throws(HTTPError) in .status(status, "no") }
        let source = setup.binance
        let first = await playbookError { try await source.all(.coin("BTCUSDT"), from: "2024-03-04") }
        #expect(first?.code == .tryAgain)
        #expect(first?.message.hasPrefix("data.example answered \(status): ") == true)
        #expect(first?.message.hasSuffix("it is asked nothing more before 2024-03-05T13:00:00Z") == true)
        #expect(setup.transport.requests.count == 1)
        // Another symbol, then another run an hour later but for a second.
        let second = await playbookError { try await source.all(.coin("ETHUSDT"), from: "2024-03-04") }
        #expect(second?.code == .tryAgain)
        #expect(second?.message == first?.message)
        try setup.clock.set("2024-03-05T12:59:59Z")
        let third = await playbookError { try await setup.binance.all(.coin("BTCUSDT"), from: "2024-03-04") }
        #expect(
            third?.message == "Binance refused (\(status)), and is not asked before 2024-03-05T13:00:00Z")
        #expect(setup.transport.requests.count == 1)
        // Another service is another matter.
        _ = await playbookError { try await setup.deribit.all(.coin("BTC-PERPETUAL"), from: "2024-03-04") }
        #expect(setup.transport.requests.count == 2)
        try setup.clock.set("2024-03-05T13:00:00Z")
        _ = await playbookError { try await setup.binance.all(.coin("BTCUSDT"), from: "2024-03-04") }
        #expect(setup.transport.requests.count == 3)
    }

    @Test("is left alone for as long as it asks for", arguments: [("90", "12:01:30Z"), ("7200", "14:00:00Z")])
    func retryAfter(text: String, until: String) async throws {
        let setup = try KeylessSetup(now: "2024-03-05T12:00:00Z") { _, _ throws(HTTPError) in
            HTTPResponse(status: 429, headers: ["Retry-After": text])
        }
        let error = await playbookError { try await setup.binance.all(.coin("BTCUSDT"), from: "2024-03-04") }
        #expect(error?.message.hasSuffix("before 2024-03-05T\(until)") == true)
    }

    @Test(
        "fails in ways that are told apart",
        arguments: [
            (HTTPResponse.status(403, "<html>"), "Binance refuses this client: data.example answered 403", 1),
            (.status(302), "data.example answered 302, a redirect, which is not followed", 1),
            (.status(500, "oops"), "data.example answered 500: oops", 1),
            (
                .status(400, "{\"code\":-1121,\"msg\":\"Invalid symbol.\"}"), "Binance has no symbol BTCUSDT", 1
            ),
            (
                .status(400, "{\"code\":-1100,\"msg\":\"Illegal characters\"}"),
                "Binance refused the request for BTCUSDT: Illegal characters", 1
            ),
            (
                .ok("[[1709510400000,\"1\""),
                "data.example sent an answer that is not understood: the answer is cut off after 19 bytes", 3
            ),
            (
                .ok("<html>Welcome"), "data.example sent an answer that is not understood: it is not JSON", 1
            ),
        ])
    func failures(response: HTTPResponse, message: String, requests: Int) async throws {
        let setup = try KeylessSetup(now: "2024-03-05T12:00:00Z") { _, _ throws(HTTPError) in response }
        let error = await playbookError { try await setup.binance.all(.coin("BTCUSDT"), from: "2024-03-04") }
        #expect(error?.code == .sourceUnavailable)
        #expect(error?.message == message)
        #expect(setup.transport.requests.count == requests)
    }
}
