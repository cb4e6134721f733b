import Foundation
import PlaybookHTTP
import PlaybookTestSupport
import Testing

@testable import PlaybookGoogle

/// Tokens that google-auth makes, keys over the network.
@Suite(
    "Identity tokens of another implementation",
    .enabled(if: PythonServer.isAvailable, Comment(rawValue: PythonServer.notice)))
struct FakeIdentityTests {
    private let transport = CurlTransport(version: "test")

    private func token(_ url: String, _ items: [(String, String)]) async throws -> String {
        let response = try await transport.send(HTTPRequest(.get, "\(url)/token?\(formEncoded(items))"))
        return try #require(try JSONDecoder().decode([String: String].self, from: Data(response.body))["token"])
    }

    @Test("are accepted and refused like our own")
    func verification() async throws {
        let server = try await PythonServer(script: "FakeIdentity/fake_identity.py", arguments: ["--until-eof"])
        let url = server.lines[0]
        let verifier = try IdentityTokenVerifier(
            audience: "https://service.test", emails: ["robot@example.com"], keysURL: "\(url)/certs",
            transport: transport)
        let items = [("aud", "https://service.test"), ("email", "robot@example.com")]
        let identity = try await verifier.verify(try await token(url, items))
        #expect(identity.email == "robot@example.com")
        #expect(identity.subject == "100000000000000000001")
        for (name, value, error) in [
            ("aud", "https://other.test", IdentityError.wrongAudience), ("exp", "0", .expired),
            ("email_verified", "false", .unverifiedEmail), ("email", "other@example.com", .wrongEmail),
            ("iss", "https://other.test", .wrongIssuer),
        ] {
            let token = try await token(url, items.filter { $0.0 != name } + [(name, value)])
            await #expect(throws: error) { try await verifier.verify(token) }
        }
        _ = try await transport.send(HTTPRequest(.post, "\(url)/rotate"))
        let rotated = try await token(url, items)
        await #expect(throws: IdentityError.unknownKey) { try await verifier.verify(rotated) }
        withExtendedLifetime(server) {}
    }
}
