import Foundation
import PlaybookCore
import PlaybookHTTP
import PlaybookTestSupport
import Testing

@testable import PlaybookGoogle

/// What a token must be like.
@Suite("Identity tokens", .enabled(if: TestKey.isPossible, "needs the openssl command"))
struct IdentityTokenTests {
    private let time = TestTime()
    private let key = SigningKey.first
    private let email = "scheduler@project.iam.gserviceaccount.com"

    private func verifier(
        emails: [String] = ["other@example.com", "scheduler@project.iam.gserviceaccount.com"],
        issuer: String = "https://accounts.google.com", keys: [[String: String]] = [SigningKey.first.jwk]
    ) throws -> IdentityTokenVerifier {
        try IdentityTokenVerifier(
            audience: "https://service.test", emails: emails, issuer: issuer, keysURL: "https://keys.test/certs",
            transport: ScriptedTransport(.keys(keys)), now: { [time] in time.now })
    }

    /// Claims that are accepted, but for `changes`; NSNull takes one away.
    private func claims(_ changes: [String: Any] = [:]) -> [String: Any] {
        let claims: [String: Any] = [
            "iss": "https://accounts.google.com", "aud": "https://service.test", "sub": "1234", "email": email,
            "email_verified": true, "iat": time.now - 10, "exp": time.now + 3590,
        ]
        return claims.merging(changes) { $1 }.filter { !($0.value is NSNull) }
    }

    private func refusal(
        _ token: String, by verifier: IdentityTokenVerifier? = nil
    ) async throws -> IdentityError? {
        do throws(IdentityError) {
            _ = try await (try! verifier ?? self.verifier()).verify(token)
            return nil
        } catch {
            return error
        }
    }

    @Test("a token that is right tells who it stands for")
    func accepted() async throws {
        let identity = try await verifier().verify(try key.token(claims()))
        #expect(identity.email == email)
        #expect(identity.subject == "1234")
        let short = try await verifier().verify(try key.token(claims(["iss": "accounts.google.com"])))
        #expect(short == identity)
        let several = try await verifier().verify(try key.token(claims(["aud": ["a", "https://service.test"]])))
        #expect(several == identity)
    }

    @Test("any account is accepted when none is named, and only a verified address is told")
    func anyone() async throws {
        let verifier = try verifier(emails: [])
        #expect(try await verifier.verify(try key.token(claims())).email == email)
        for changes in [["email_verified": false], ["email_verified": NSNull()], ["email": NSNull()]] as [[String: Any]]
        {
            #expect(try await verifier.verify(try key.token(claims(changes))).email == nil)
        }
    }

    @Test("claims that are not right are refused")
    func refusedClaims() async throws {
        let time = time.now
        let cases: [(IdentityError, [String: Any])] = [
            (.wrongIssuer, ["iss": "https://evil.test"]), (.wrongIssuer, ["iss": "https://accounts.google.com/"]),
            (.wrongIssuer, ["iss": "http://accounts.google.com"]), (.malformed, ["iss": NSNull()]),
            (.wrongAudience, ["aud": "https://service.test/"]), (.wrongAudience, ["aud": ["a", "b"]]),
            (.wrongAudience, ["aud": [] as [String]]), (.malformed, ["aud": NSNull()]),
            (.wrongAudience, ["aud": "https://service.test\u{200B}"]), (.malformed, ["aud": 5]),
            (.expired, ["exp": time - 60]), (.expired, ["exp": 0]), (.malformed, ["exp": NSNull()]),
            (.malformed, ["exp": "\(time + 100)"]), (.malformed, ["iat": NSNull()]),
            (.notYetValid, ["iat": time + 61]), (.notYetValid, ["nbf": time + 61]),
            (.wrongEmail, ["email": "someone@example.com"]), (.wrongEmail, ["email": NSNull()]),
            (.wrongEmail, ["email": "Other@example.com"]), (.wrongEmail, ["email": "other@example.com "]),
            (.unverifiedEmail, ["email_verified": false]), (.unverifiedEmail, ["email_verified": NSNull()]),
            (.malformed, ["email_verified": "true"]), (.malformed, ["sub": ""]), (.malformed, ["sub": NSNull()]),
        ]
        for (expected, changes) in cases {
            #expect(try await refusal(try key.token(claims(changes))) == expected, "\(changes)")
        }
    }

    @Test("clocks may differ by a minute")
    func leeway() async throws {
        for changes in [["exp": time.now - 59], ["iat": time.now + 60], ["nbf": time.now + 60]] {
            #expect(try await refusal(try key.token(claims(changes))) == nil, "\(changes)")
        }
    }

    @Test("characters that compare equal are not the same")
    func lookalikes() async throws {
        let kelvin = "https://\u{212A}.test"
        #expect(kelvin == "https://K.test")
        let verifier = try IdentityTokenVerifier(
            audience: "https://K.test", keysURL: "https://keys.test", transport: ScriptedTransport(.keys([key.jwk])),
            now: { [time] in time.now })
        #expect(try await refusal(try key.token(claims(["aud": "https://K.test"])), by: verifier) == nil)
        #expect(try await refusal(try key.token(claims(["aud": kelvin])), by: verifier) == .wrongAudience)
    }

    @Test("only RS256 will do")
    func algorithms() async throws {
        let payload = try JSONSerialization.data(withJSONObject: claims())
        for name in ["none", "None", "HS256", "RS512", "PS256", "rs256", "ES256", ""] {
            let token = try key.token(header: ["alg": name, "kid": key.id], payload: payload)
            #expect(try await refusal(token) == .wrongAlgorithm, "\(name)")
        }
        let missing = try key.token(header: ["kid": key.id], payload: payload)
        #expect(try await refusal(missing) == .malformed)
        let critical = try key.token(header: ["alg": "RS256", "kid": key.id, "crit": ["exp"]], payload: payload)
        #expect(try await refusal(critical) == .malformed)
    }

    @Test("the public key is not a secret to sign with")
    func algorithmConfusion() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let (keyFile, dataFile) = ("\(folder.path)/key", "\(folder.path)/data")
        try key.pem.write(toFile: keyFile, atomically: true, encoding: .utf8)
        let publicKey = try #require(try output(of: "openssl", "pkey", "-in", keyFile, "-pubout"))
        for name in ["HS256", "RS256"] {
            let header = try JSONSerialization.data(withJSONObject: ["alg": name, "kid": key.id])
            let payload = try JSONSerialization.data(withJSONObject: claims())
            let statement = "\(base64URL(Array(header))).\(base64URL(Array(payload)))"
            try statement.write(toFile: dataFile, atomically: true, encoding: .utf8)
            let secret = publicKey.utf8.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
            let line = try #require(
                try output(
                    of: "openssl", "dgst", "-sha256", "-mac", "HMAC", "-macopt", "hexkey:\(secret)", dataFile))
            let digest = bytes(String(line.split(separator: " ").last!))
            #expect(digest.count == 32)
            let token = "\(statement).\(base64URL(digest))"
            #expect(try await refusal(token) == (name == "HS256" ? .wrongAlgorithm : .badSignature))
        }
    }

    @Test("a byte that is another one, anywhere, is noticed")
    func tampering() async throws {
        let token = try key.token(claims())
        let verifier = try verifier()
        let parts = token.split(separator: ".")
        let payload = try #require(base64URLDecoded(parts[1].utf8))
        for position in stride(from: 0, to: payload.count, by: 7) {
            var changed = payload
            changed[position] ^= 1
            let token = "\(parts[0]).\(base64URL(changed)).\(parts[2])"
            #expect(try await refusal(token, by: verifier) == .badSignature)
        }
        let signature = try #require(base64URLDecoded(parts[2].utf8))
        for changed in [
            [], Array(signature.dropLast()), signature + [0], [0] + signature, [UInt8](repeating: 0, count: 256),
            [UInt8](repeating: 255, count: 256),
        ] {
            let token = "\(parts[0]).\(parts[1]).\(base64URL(changed))"
            #expect(try await refusal(token, by: verifier) == .badSignature, "\(changed.count) bytes")
        }
        let other = try SigningKey.second.token(
            header: ["alg": "RS256", "kid": key.id], payload: try JSONSerialization.data(withJSONObject: claims()))
        #expect(try await refusal(other, by: verifier) == .badSignature)
    }

    @Test("what is not a token is refused without asking for keys")
    func malformed() async throws {
        let transport = ScriptedTransport(.keys([key.jwk]))
        let verifier = try IdentityTokenVerifier(
            audience: "a", keysURL: "https://keys.test", transport: transport, now: { [time] in time.now })
        let token = try key.token(claims())
        let long = try key.token(claims(["extra": String(repeating: "x", count: 9000)]))
        for text in [
            "", ".", "..", "...", "a.b.c", "\(token).", "\(token).x", ".\(token)", "\(token)=", "\(token)\n",
            " \(token)", token.replacing(".", with: ".."), "Bearer \(token)", long,
            String(repeating: ".", count: 10_000), "é.é.é",
            // What stands for the same bytes to a lenient reader.
            String(token.dropLast()) + ["A": "B", "Q": "R", "g": "h", "w": "x"][token.last!]!,
        ] {
            #expect(try await refusal(text, by: verifier) == .malformed, "\(text.prefix(40))")
        }
        #expect(transport.requests.isEmpty)
    }

    @Test("what is written is read, and nothing else is")
    func base64() {
        for count in 0..<70 {
            let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 89 &+ count) }
            #expect(base64URLDecoded(base64URL(bytes).utf8) == bytes)
        }
        for text in ["A", "AAAAA", "AB", "AAB", "AA==", "AA+A", "AA/A", "AA A", "AA\nA", "é"] {
            #expect(base64URLDecoded(text.utf8) == nil, "\(text)")
        }
    }

    @Test("settings that are of no use are refused")
    func settings() throws {
        for (audience, issuer, url) in [
            ("", "i", "https://keys.test"), ("a", "", "https://keys.test"), ("a", "i", "http://keys.test"),
            ("a", "i", ""),
        ] {
            #expect(throws: PlaybookError.self) {
                try IdentityTokenVerifier(
                    audience: audience, issuer: issuer, keysURL: url, transport: ScriptedTransport())
            }
        }
    }
}
