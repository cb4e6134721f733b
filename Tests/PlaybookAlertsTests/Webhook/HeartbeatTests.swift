import PlaybookCore
import PlaybookHTTP
import PlaybookTestSupport
import Testing

@testable import PlaybookAlerts

@Suite("A watch")
struct HeartbeatTests {
    private func requests(_ url: String, isFailure: Bool, status: Int = 200) async throws -> [HTTPRequest] {
        let transport = ScriptedTransport(HTTPResponse(status: status, headers: [:], body: []))
        try await Heartbeat(url: url, transport: transport).beat(isFailure: isFailure)
        return transport.requests
    }

    @Test(
        "is called itself, and with /fail when a run failed",
        arguments: [
            ("https://hc.example/uuid", "https://hc.example/uuid/fail"),
            ("https://hc.example/uuid/", "https://hc.example/uuid/fail"),
            ("https://hc.example/a/b?rid=1?2", "https://hc.example/a/b/fail?rid=1?2"),
            ("http://127.0.0.1:8000/x", "http://127.0.0.1:8000/x/fail"),
        ])
    func addresses(url: String, failure: String) async throws {
        let good = try #require(try await requests(url, isFailure: false).first)
        #expect(good.url == url && good.method == .get && good.isURLSecret)
        #expect(try await requests(url, isFailure: true).map(\.url) == [failure])
    }

    @Test("that is not there any more is named by its host alone")
    func gone() async throws {
        let error = try await #require(throws: PlaybookError.self) {
            _ = try await requests("https://hc.example/hush", isFailure: false, status: 404)
        }
        #expect(error.message == "the watch at hc.example answered 404" && !error.description.contains("hush"))
        let watch = try Heartbeat(
            url: "https://hc.example/hush", transport: ScriptedTransport())
        #expect("\(watch)" == "watch at hc.example")
    }

    @Test(
        "has an address that nobody can listen to",
        arguments: [
            "", "word", "http://hc.example/x", "https://", "https://hc.example/\\x", "https://hc.example/x y",
            "https://hc.example/#x",
        ])
    func refused(url: String) {
        #expect(throws: PlaybookError.self) {
            try Heartbeat(url: url, transport: ScriptedTransport())
        }
    }
}
