import PlaybookCore
import PlaybookHTTP
import PlaybookTestSupport
import Testing

@testable import PlaybookGoogle

@Suite("Google's tokens")
struct GoogleTokensTests {
    private let folder: TemporaryFolder
    private let time = TestTime()

    init() throws { folder = try TemporaryFolder() }

    /// Tokens of a login.
    private func tokens(_ transport: ScriptedTransport, file: String = userFile) throws -> GoogleTokens {
        let path = try folder.write("credentials.json", file)
        return GoogleTokens(
            environment: GoogleEnvironment(applicationCredentials: path), transport: transport, retry: .quick,
            now: { [time] in time.now })
    }

    @Test("are not wanted by an emulator")
    func emulator() async throws {
        let transport = ScriptedTransport(.token("a"))
        let tokens = GoogleTokens(
            environment: GoogleEnvironment(
                applicationCredentials: "/nowhere", emulatorHost: "localhost:1", metadataHost: "meta"),
            transport: transport)
        #expect(try await tokens.token() == nil)
        #expect(transport.requests.isEmpty)
    }

    @Test("are kept until less than four minutes are left")
    func expiry() async throws {
        let transport = ScriptedTransport(.token("a"), .token("b"))
        let tokens = try tokens(transport)
        #expect(try await tokens.token()?.value == "a")
        time.advance(3600 - 240)
        #expect(try await tokens.token()?.value == "a")
        #expect(transport.requests.count == 1)
        time.advance(1)
        #expect(try await tokens.token()?.value == "b")
        #expect(transport.requests.count == 2)
    }

    @Test("are fetched once for all who come meanwhile")
    func concurrency() async throws {
        let transport = ScriptedTransport { _, number throws(HTTPError) in
            try? await Task.sleep(for: .milliseconds(100))
            return .token("t\(number)")
        }
        let tokens = try tokens(transport)
        let values = try await withThrowingTaskGroup(of: String?.self) { group in
            for _ in 0..<50 { group.addTask { try await tokens.token()?.value } }
            return try await group.reduce(into: Set()) { $0.insert($1) }
        }
        #expect(values == ["t1"])
        #expect(transport.requests.count == 1)
    }

    @Test("fail for all who wait, and are fetched anew by who comes later")
    func commonFailure() async throws {
        let asked = Count()
        let transport = ScriptedTransport { _, number throws(HTTPError) in
            if number == 1 {
                _ = await becomesTrue { asked.value == 5 }
                // The last of them still has a step to go.
                try? await Task.sleep(for: .milliseconds(100))
            }
            return number == 1 ? .json(#"{"error":"invalid_client"}"#, status: 401) : .token("good")
        }
        let tokens = try tokens(transport)
        let failures = await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<5 {
                group.addTask {
                    _ = asked.next()
                    return (try? await tokens.token()) == nil
                }
            }
            return await group.filter { $0 }.reduce(into: 0) { count, _ in count += 1 }
        }
        #expect(failures == 5)
        #expect(try await tokens.token()?.value == "good")
    }

    @Test("that live on serve when no new one can be had, without asking every time")
    func oldServes() async throws {
        let transport = ScriptedTransport { _, number throws(HTTPError) in
            if number == 1 { return .token("old") }
            throw HTTPError(.connect, "down")
        }
        let tokens = try tokens(transport)
        #expect(try await tokens.token()?.value == "old")
        time.advance(3500)
        #expect(try await tokens.token()?.value == "old")
        let count = transport.requests.count
        #expect(count == 1 + RetryPolicy.quick.maximumAttempts)
        #expect(try await tokens.token()?.value == "old")
        #expect(transport.requests.count == count)
        time.advance(31)
        #expect(try await tokens.token()?.value == "old")
        #expect(transport.requests.count > count)
        time.advance(69)
        let text = try await failure(.tryAgain) { _ = try await tokens.token() }
        #expect(text.contains("down"))
    }

    @Test("that were refused are forgotten, and no others")
    func discard() async throws {
        let transport = ScriptedTransport(.token("a"), .token("b"), .token("c"))
        let tokens = try tokens(transport)
        let first = try #require(try await tokens.token())
        await tokens.discard(first)
        #expect(try await tokens.token()?.value == "b")
        await tokens.discard(first)
        #expect(try await tokens.token()?.value == "b")
    }

    @Test("are waited for in vain by who is cancelled, and not by others")
    func cancellation() async throws {
        let transport = ScriptedTransport { _, number throws(HTTPError) in
            do { try await Task.sleep(for: .milliseconds(number == 1 ? 600_000 : 1)) } catch {
                throw HTTPError(.cancelled, "cancelled")
            }
            return .token("t\(number)")
        }
        let tokens = try tokens(transport)
        let start = ContinuousClock.now
        let caller = Task { try await tokens.token() }
        #expect(await becomesTrue { transport.requests.count == 1 })
        caller.cancel()
        await #expect(throws: CancellationError.self) { try await caller.value }
        #expect(ContinuousClock.now - start < .seconds(300))
        #expect(try await tokens.token()?.value == "t2")
    }

    @Test("are asked for again when the endpoint fails in a way that may pass")
    func retries() async throws {
        let transport = ScriptedTransport(.json("busy", status: 503), .json("", status: 429), .token("a"))
        #expect(try await tokens(transport).token()?.value == "a")
        let down = ScriptedTransport(.json("busy", status: 503))
        let tokens = try tokens(down)
        #expect(try await failure(.tryAgain) { _ = try await tokens.token() }.contains("503"))
    }

    @Test(
        "must look like tokens",
        arguments: [
            #"{"expires_in":3600}"#, #"{"access_token":"","expires_in":3600}"#, #"{"access_token":"a"}"#, "<html>",
            #"{"access_token":"a\r\nX: y","expires_in":3600}"#, #"{"access_token":"a","expires_in":0}"#,
        ])
    func nonsense(body: String) async throws {
        let tokens = try tokens(ScriptedTransport(.json(body)))
        _ = try await failure(.tryAgain) { _ = try await tokens.token() }
    }

    @Test("are shown nowhere")
    func secrecy() async throws {
        let tokens = try tokens(ScriptedTransport(.token("hush-token")))
        let token = try #require(try await tokens.token())
        var text = "\(token) \(String(reflecting: token))"
        dump(token, to: &text)
        dump(tokens, to: &text)
        #expect(!text.contains("hush"))
        let path = try folder.write("c.json", userFile)
        let source = try CredentialFile(path).source()
        text = "\(source) \(String(reflecting: source)) \(try CredentialFile(path))"
        dump(source, to: &text)
        dump(try CredentialFile(path), to: &text)
        #expect(!text.contains("hush"))
    }
}
