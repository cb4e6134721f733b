import Foundation
import PlaybookCrypto
import PlaybookHTTP
import PlaybookTestSupport
import Testing

@testable import PlaybookGoogle

/// How the issuer's keys are kept.
@Suite("Keys of identity tokens", .enabled(if: TestKey.isPossible, "needs the openssl command"))
struct IdentityKeysTests {
    private let time = TestTime()
    private let first = SigningKey.first
    private let second = SigningKey.second

    private func verifier(_ transport: ScriptedTransport) throws -> IdentityTokenVerifier {
        try IdentityTokenVerifier(
            audience: "a", keysURL: "https://keys.test/certs?secret=hush", transport: transport,
            retry: RetryPolicy(maximumAttempts: 1), now: { [time] in time.now })
    }

    private func token(_ key: SigningKey, id: String? = nil) throws -> String {
        let claims: [String: Any] = [
            "iss": "accounts.google.com", "aud": "a", "sub": "1", "iat": 1_700_000_000, "exp": 1_800_000_000,
        ]
        return try key.token(
            header: ["alg": "RS256", "kid": id ?? key.id],
            payload: try JSONSerialization.data(withJSONObject: claims))
    }

    private func refusal(_ token: String, _ verifier: IdentityTokenVerifier) async -> IdentityError? {
        do throws(IdentityError) {
            _ = try await verifier.verify(token)
            return nil
        } catch {
            return error
        }
    }

    @Test("they are kept for as long as they say", arguments: [(20_000, 20_000.0), (0, 300), (10_000_000, 86_400)])
    func lifetime(maxAge: Int, seconds: Double) async throws {
        let transport = ScriptedTransport(.keys([first.jwk], maxAge: maxAge))
        let verifier = try verifier(transport)
        let token = try token(first)
        for (advance, fetches) in [(0.0, 1), (seconds - 1, 1), (1, 2), (1, 2)] {
            time.advance(advance)
            #expect(await refusal(token, verifier) == nil)
            #expect(transport.requests.count == fetches)
        }
        #expect(transport.requests[0].limits.maximumBodyBytes == 256 << 10)
    }

    @Test("without a word about it they are kept for five minutes, and age counts")
    func age() throws {
        var response = HTTPResponse.keys([first.jwk], maxAge: 1000)
        response.headers["Age"] = "400"
        #expect(KeySet(response)?.lifetime == 600)
        response.headers["Cache-Control"] = "no-store"
        #expect(KeySet(response)?.lifetime == 300)
        response.headers["Cache-Control"] = "s-maxage=5, Max-Age = 700"
        response.headers["Age"] = nil
        #expect(KeySet(response)?.lifetime == 700)
    }

    @Test("a new key is fetched when a token names it")
    func rotation() async throws {
        let transport = ScriptedTransport(.keys([first.jwk]), .keys([second.jwk]))
        let verifier = try verifier(transport)
        #expect(await refusal(try token(first), verifier) == nil)
        #expect(await refusal(try token(second), verifier) == .unknownKey, "not again within a minute")
        time.advance(60)
        #expect(await refusal(try token(second), verifier) == nil)
        #expect(await refusal(try token(first), verifier) == .unknownKey, "it was withdrawn")
        #expect(transport.requests.count == 2)
    }

    @Test("tokens of unknown keys make one fetch a minute")
    func storm() async throws {
        let transport = ScriptedTransport(.keys([first.jwk]))
        let verifier = try verifier(transport)
        let strange = try token(first, id: "strange")
        for _ in 0..<600 {
            #expect(await refusal(strange, verifier) == .unknownKey)
            time.advance(0.5)
        }
        #expect(transport.requests.count == 5)
        #expect(await refusal(try token(first), verifier) == nil)
    }

    @Test("they are fetched once for all who come meanwhile")
    func concurrency() async throws {
        let keys = HTTPResponse.keys([first.jwk])
        let transport = ScriptedTransport { _, _ throws(HTTPError) in
            try? await Task.sleep(for: .milliseconds(100))
            return keys
        }
        let verifier = try verifier(transport)
        let token = try token(first)
        await withTaskGroup(of: IdentityError?.self) { group in
            for _ in 0..<50 { group.addTask { await refusal(token, verifier) } }
            for await refusal in group { #expect(refusal == nil) }
        }
        #expect(transport.requests.count == 1)
    }

    @Test("the old ones serve for a day when new ones cannot be had")
    func failure() async throws {
        let keys = HTTPResponse.keys([first.jwk])
        let transport = ScriptedTransport { _, number throws(HTTPError) in
            switch number {
            case 1: keys
            case 2: .refusal(503, "backend error")
            case 3: .json("<html>")
            default: throw HTTPError(.connect, "keys.test: no connection")
            }
        }
        let verifier = try verifier(transport)
        let token = try token(first)
        for _ in 0..<4 {
            #expect(await refusal(token, verifier) == nil)
            time.advance(20_000)
        }
        #expect(await refusal(token, verifier) == nil)
        #expect(transport.requests.count == 5)
        #expect(await refusal(try self.token(second), verifier) == .keysUnavailable("keys.test: no connection"))
        time.advance(86_400)
        #expect(await refusal(token, verifier) == .keysUnavailable("keys.test: no connection"))
    }

    @Test("without any, they are asked for again after five seconds")
    func none() async throws {
        let keys = HTTPResponse.keys([first.jwk])
        let transport = ScriptedTransport { _, number throws(HTTPError) in
            number == 1 ? .json("", status: 404) : keys
        }
        let verifier = try verifier(transport)
        let token = try token(first)
        for _ in 0..<3 {
            let refusal = await refusal(token, verifier)
            #expect(refusal == .keysUnavailable("https://keys.test answered 404"))
            #expect(refusal?.isTransient == true)
        }
        #expect(transport.requests.count == 1)
        time.advance(5)
        #expect(await refusal(token, verifier) == nil)
    }

    @Test("keys that are not for this are passed over")
    func otherKeys() async throws {
        var keys = ["kty": "EC", "alg": "ES256", "use": "enc", "n": "", "e": "=="].map { name, value in
            first.jwk.merging([name: value]) { $1 }
        }
        keys.append(["kty": "EC"])
        keys.append(second.jwk)
        let verifier = try verifier(ScriptedTransport(.keys(keys)))
        #expect(await refusal(try token(second), verifier) == nil)
        // One whose modulus is empty is named, but of no use.
        #expect(await refusal(try token(first), verifier)?.isTransient == true)
    }

    @Test("weak and broken keys are refused")
    func weakKeys() async throws {
        let weak = try SigningKey("weak", bits: 1024)
        let message = Array("message".utf8)
        func problem(_ modulus: [UInt8], _ exponent: [UInt8], _ signature: [UInt8]) -> String? {
            do throws(RS256.Problem) {
                let key = RS256.PublicKey(modulus: modulus, exponent: exponent)
                _ = try RS256.isSignature(signature, of: message, by: key)
                return nil
            } catch {
                return error.description
            }
        }
        let signature = try RS256.signature(of: message, pem: weak.pem)
        #expect(problem(bytes(weak.modulus), [1, 0, 1], signature) == "the key has fewer than 2048 bits")
        let padded = [UInt8](repeating: 0, count: 200) + bytes(weak.modulus)
        #expect(problem(padded, [1, 0, 1], signature) == "the key has fewer than 2048 bits")
        let good = bytes(first.modulus)
        #expect(problem(good, [1, 0, 1], signature) == nil)
        // With an exponent of 1 a signature would be its own padding: anyone could make it.
        for exponent in [[], [0], [1], [2], [0, 0, 0], [UInt8](repeating: 1, count: 9)] as [[UInt8]] {
            #expect(problem(good, exponent, signature) != nil, "\(exponent)")
        }
        #expect(problem([], [1, 0, 1], signature) != nil)
        #expect(problem([UInt8](repeating: 255, count: 1025), [1, 0, 1], signature) != nil)
    }
}
