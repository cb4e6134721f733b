import PlaybookCore
import PlaybookHTTP
import PlaybookTestSupport
import Testing

@testable import PlaybookAlerts

@Suite("A webhook")
struct WebhookSinkTests {
    private static let url = "https://user:hush0@hooks.example:8443/services/hush1/hush2?key=hush3"
    private let clock = TestClock()

    private func sink(_ transport: ScriptedTransport) throws -> WebhookSink<TestClock> {
        try WebhookSink(url: Self.url, transport: transport, clock: clock, now: { 1_000_000 })
    }

    /// What was sent, and the error if there was one.
    private func send(
        _ outcomes: [Result<HTTPResponse, HTTPError>], seconds: Double = 0
    ) async throws -> (requests: [HTTPRequest], error: PlaybookError?) {
        let transport = ScriptedTransport(
            outcomes, duringSend: { [clock] in clock.advance(by: .seconds(seconds)) })
        do {
            try await sink(transport).send(.test)
        } catch let error as PlaybookError {
            #expect(!error.description.contains("hush"))
            #expect(error.message.hasPrefix("webhook at hooks.example:8443"))
            return (transport.requests, error)
        }
        return (transport.requests, nil)
    }

    private func answer(_ status: Int, _ headers: HTTPHeaders = [:], _ body: String = "") -> Result<
        HTTPResponse, HTTPError
    > {
        .success(HTTPResponse(status: status, headers: headers, body: Array(body.utf8)))
    }

    @Test("posts what Slack reads")
    func request() async throws {
        let requests = try await send([answer(200)]).requests
        try #require(requests.count == 1)
        #expect(requests[0].method == .post)
        #expect(requests[0].url == Self.url)
        #expect(requests[0].headers["Content-Type"] == "application/json")
        #expect(requests[0].body == Array(#"{"text":"*title*\none\ntwo"}"#.utf8))
        #expect(requests[0].isURLSecret)
        #expect(!requests[0].isIdempotent)
        #expect(requests[0].limits.totalTimeout == .seconds(10))
    }

    @Test("escapes what Slack would read as markup")
    func escaping() {
        let alert = Alert(severity: .failure, title: "a <b>\n& c", lines: ["<!channel> &amp;", "x > y"])
        #expect(
            WebhookSink<TestClock>.text(alert)
                == ":rotating_light: *a &lt;b&gt; &amp; c*\n&lt;!channel&gt; &amp;amp;\nx &gt; y")
    }

    @Test("any success is one", arguments: [200, 201, 202, 204])
    func success(status: Int) async throws {
        #expect(try await send([answer(status)]).error == nil)
    }

    @Test("is tried once more when that may help")
    func retries() async throws {
        for outcome in [
            answer(429), answer(500), answer(503), .failure(HTTPError(.dns, "hooks.example: dns")),
            .failure(HTTPError(.connect, "hooks.example: no connection")),
        ] {
            let (requests, error) = try await send([outcome, answer(200)])
            #expect(requests.count == 2)
            #expect(error == nil)
            #expect(requests[1].limits.totalTimeout == .seconds(9))
            let failed = try await send([outcome])
            #expect(failed.requests.count == 2)
            #expect(failed.error?.code == .tryAgain)
        }
        #expect(clock.sleeps.allSatisfy { $0 == .seconds(1) })
    }

    @Test("waits as long as it is told to, if that is short", arguments: [(0, 2), (5, 2), (8, 2), (9, 1), (3600, 1)])
    func retryAfter(seconds: Int, attempts: Int) async throws {
        let (requests, error) = try await send([answer(429, ["Retry-After": "\(seconds)"]), answer(200)])
        #expect(requests.count == attempts)
        #expect((error == nil) == (attempts == 2))
        #expect(clock.sleeps == (attempts == 2 ? [.seconds(seconds)] : []))
    }

    @Test("takes ten seconds at most", arguments: [(3.0, 2), (7.0, 2), (7.5, 1), (10.0, 1)])
    func deadline(seconds: Double, attempts: Int) async throws {
        let requests = try await send([answer(503)], seconds: seconds).requests
        #expect(requests.count == attempts)
        if attempts == 2 { #expect(requests[1].limits.totalTimeout == .seconds(10 - seconds - 1)) }
    }

    @Test("is not tried again when it may have arrived, or cannot")
    func noRetries() async throws {
        let cases: [(Result<HTTPResponse, HTTPError>, PlaybookError.Code)] = [
            (answer(400), .configuration), (answer(403), .configuration), (answer(404), .configuration),
            (answer(302, ["Location": "https://hush.example"]), .configuration),
            (.failure(HTTPError(.timeout, "hooks.example: no answer")), .tryAgain),
            (.failure(HTTPError(.truncated, "hooks.example: broken")), .tryAgain),
            (.failure(HTTPError(.tls, "hooks.example: not trusted", number: 60)), .configuration),
            (.failure(HTTPError(.libraryMissing, "hooks.example: no libcurl")), .configuration),
        ]
        for (outcome, code) in cases {
            let (requests, error) = try await send([outcome])
            #expect(requests.count == 1)
            #expect(error?.code == code, "\(outcome)")
        }
    }

    @Test("says Slack's word, and nothing that could be the URL")
    func words() async throws {
        let expected = "webhook at hooks.example:8443 answered 403"
        #expect(try await send([answer(403, [:], "invalid_token")]).error?.message == "\(expected): invalid_token")
        for body in [
            "Cannot POST /services/hush1/hush2", "hush", "services", "", "A word", "{}",
            String(repeating: "x", count: 61),
        ] {
            #expect(try await send([answer(403, [:], body)]).error?.message == expected, "\(body)")
        }
    }

    @Test("a cancelled task is not a failure")
    func cancellation() async throws {
        let transport = ScriptedTransport([.failure(HTTPError(.cancelled, "cancelled"))])
        await #expect(throws: CancellationError.self) { try await sink(transport).send(.test) }
    }

    @Test("shows nothing of its URL but the host")
    func secrecy() throws {
        let sink = try sink(ScriptedTransport())
        var dumped = ""
        dump(sink, to: &dumped)
        for text in [sink.name, "\(sink)", String(reflecting: sink), dumped] { #expect(!text.contains("hush")) }
    }

    @Test(
        "is https, or on this machine",
        arguments: [
            ("https://hooks.example/hush", true), ("HTTPS://hooks.example/hush", true),
            ("http://localhost:1/hush", true), ("http://127.0.0.1/hush", true), ("http://[::1]:8/hush", true),
            ("http://hooks.example/hush", false), ("http://localhost.example/hush", false),
            ("http://localhost@hooks.example/hush", false), ("http://hooks.example\\@localhost/hush", false),
            ("https:///hush", false), ("hooks.example/hush", false), ("", false), ("ftp://localhost/hush", false),
            ("https://hooks.example/hush hush", false), ("https://hooks.example/hush\n", false),
        ])
    func urls(url: String, isRight: Bool) {
        do throws(PlaybookError) {
            _ = try WebhookSink(url: url, transport: ScriptedTransport())
            #expect(isRight)
        } catch {
            #expect(!isRight)
            #expect(error.code == .configuration)
            #expect(!error.description.contains("hush"))
        }
    }
}
