import Foundation
import PlaybookAlerts
import PlaybookCore
import PlaybookHTTP
import PlaybookTestSupport
import Testing

@Suite(
    "A webhook over the network", .serialized,
    .enabled(if: PythonServer.isAvailable, Comment(rawValue: PythonServer.notice)))
struct FakeWebhookTests {
    private let transport = CurlTransport(version: "test")

    private func server(_ faults: String...) async throws -> PythonServer {
        try await PythonServer(
            script: "FakeAlerts/fake_webhook.py", arguments: ["--until-eof"] + faults.flatMap { ["--fault", $0] })
    }

    private func send(_ alert: Alert, to server: PythonServer) async throws {
        try await WebhookSink(url: "\(server.lines[0])/services/T0/B0/hush", transport: transport).send(alert)
    }

    private func messages(_ server: PythonServer) async throws -> [String] {
        let response = try await transport.send(HTTPRequest(.get, "\(server.lines[0])/_control/messages"))
        return try JSONDecoder().decode([String].self, from: Data(response.body))
    }

    @Test("takes what is sent")
    func delivery() async throws {
        let server = try await server()
        let lines = ["\"quoted\" \\ back", "tab\t", "Ärger 日本 😀", "\u{1}", String(repeating: "x", count: 20_000)]
        try await send(Alert(severity: .info, title: "Tägliches", lines: lines), to: server)
        #expect(try await messages(server) == [(["*Tägliches*"] + lines).joined(separator: "\n")])
    }

    @Test("gets a second attempt", arguments: ["429:/services:1:1", "status:/services:1:503"])
    func retry(fault: String) async throws {
        let server = try await server(fault)
        try await send(.test, to: server)
        #expect(try await messages(server).last == "*title*\none\ntwo")
    }

    @Test("that refuses, is not there or hangs up is named without its URL")
    func failures() async throws {
        let refusing = try await server("status:/services:always:404", "cut-before:x:1")
        let error = try #require(await playbookError { try await send(.test, to: refusing) })
        #expect(error.code == .configuration)
        #expect(error.message.hasSuffix("answered 404"))
        let broken = try await server("cut-before:/services:1")
        let cut = try #require(await playbookError { try await send(.test, to: broken) })
        #expect(cut.code == .tryAgain)
        let absent = try #require(
            await playbookError {
                try await WebhookSink(url: "http://127.0.0.1:1/hush", transport: transport).send(.test)
            })
        #expect(absent.code == .tryAgain)
        for error in [error, cut, absent] {
            #expect(error.message.hasPrefix("webhook at 127.0.0.1:"))
            #expect(!error.description.contains("hush"))
        }
    }
}
