import PlaybookCore
import PlaybookHTTP
import PlaybookTestSupport
import Testing

@testable import PlaybookGoogle

@Suite("Refusals of Cloud Storage")
struct RefusalTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    /// A client with a login whose tokens are `hush-1`, `hush-2` …
    private func storage(
        _ answer: @escaping @Sendable (HTTPRequest) throws(HTTPError) -> HTTPResponse
    ) throws -> (CloudStorage, ScriptedTransport) {
        let tokens = Count()
        let transport = ScriptedTransport { request, _ throws(HTTPError) in
            if request.url.hasPrefix("https://oauth2.") { return .token("hush-\(tokens.next())") }
            return try answer(request)
        }
        let environment = GoogleEnvironment(applicationCredentials: try folder.write("c.json", userFile))
        let storage = try CloudStorage(
            bucket: "data", environment: environment,
            tokens: GoogleTokens(environment: environment, transport: transport, retry: .quick), transport: transport,
            retry: .quick)
        return (storage, transport)
    }

    private func write(_ storage: CloudStorage) async throws -> WriteResult {
        try await storage.write("a", [1], contentType: "a/b", ifGenerationMatch: 0)
    }

    @Test("of a token lead to one more token")
    func refetch() async throws {
        let (storage, transport) = try storage { request throws(HTTPError) in
            request.headers["Authorization"] == "Bearer hush-1"
                ? .refusal(401, "Invalid Credentials") : .json("", headers: ["x-goog-generation": "1"])
        }
        #expect(try await storage.read("a")?.bytes == [])
        #expect(transport.requests.compactMap { $0.headers["Authorization"] } == ["Bearer hush-1", "Bearer hush-2"])
        #expect(transport.requests.last?.url.hasPrefix("https://storage.googleapis.com/storage/v1/b/data/o/a") == true)
    }

    @Test("of two tokens are a matter of configuration, and show neither")
    func unauthorized() async throws {
        let (storage, transport) = try storage { request throws(HTTPError) in
            .refusal(401, "bad \(request.headers["Authorization"] ?? "")")
        }
        let text = try await failure(.configuration) { _ = try await write(storage) }
        #expect(text.contains("gs://data/a") && text.contains("credentials") && text.contains("bad Bearer (secret)"))
        #expect(!text.contains("hush"))
        #expect(transport.requests.count == 4)
    }

    @Test("for want of a permission name it, and what to grant")
    func forbidden() async throws {
        let words = "robot@p.test does not have storage.objects.create access to the Google Cloud Storage object."
        let (storage, _) = try storage { _ throws(HTTPError) in .refusal(403, words) }
        let text = try await failure(.configuration) { _ = try await write(storage) }
        #expect(text.contains(words) && text.contains("roles/storage.objectUser") && text.contains("gs://data/a"))
        #expect(!text.contains("hush"))
    }

    @Test("name the account where it is known", .enabled(if: TestKey.isPossible))
    func account() async throws {
        let environment = GoogleEnvironment(
            applicationCredentials: try folder.write("key.json", TestKey.serviceAccount()))
        let transport = ScriptedTransport { request, _ throws(HTTPError) in
            request.url.hasPrefix("https://oauth.test") ? .token("t") : .refusal(403, "no")
        }
        let storage = try CloudStorage(
            bucket: "data", environment: environment,
            tokens: GoogleTokens(environment: environment, transport: transport), transport: transport)
        let text = try await failure(.configuration) { _ = try await storage.read("a") }
        #expect(text.contains("robot@project.iam.gserviceaccount.com"))
    }

    @Test("tell a missing bucket from a missing object")
    func missing() async throws {
        let bucket = MemoryBucket()
        let storage = try CloudStorage.test(bucket, name: "elsewhere")
        for action: @Sendable () async throws -> Void in [
            { _ = try await storage.read("a") },
            { _ = try await storage.write("a", [1], contentType: "a/b", ifGenerationMatch: 0) },
            { _ = try await storage.list("") }, { _ = try await storage.delete("a", ifGenerationMatch: nil) },
            { _ = try await storage.copy("a", to: "b", generation: 1, ifGenerationMatch: 0) },
            { _ = try await storage.testPermissions(["storage.objects.get"]) },
        ] {
            let text = try await failure(.configuration, of: action)
            #expect(text.contains("the journal's bucket") && text.contains("gs://elsewhere"))
        }
    }

    @Test("in other words are looked into")
    func unclear() async throws {
        for (list, isObject) in [(200, true), (403, true), (404, false)] {
            let (storage, transport) = try storage { request throws(HTTPError) in
                request.path.hasSuffix("/o") ? .refusal(list, "words") : .refusal(404, "Not Found")
            }
            if isObject {
                #expect(try await storage.read("a") == nil)
            } else {
                _ = try await failure(.configuration) { _ = try await storage.read("a") }
            }
            #expect(transport.requests.last?.query["maxResults"] == "1")
        }
    }

    @Test("of who does not pay name the setting")
    func requesterPays() async throws {
        let (storage, _) = try storage { _ throws(HTTPError) in
            .refusal(400, "Bucket is a requester pays bucket but no user project provided.")
        }
        #expect(try await failure(.configuration) { _ = try await storage.read("a") }.contains("the project that pays"))
    }

    @Test("by redirection are not followed")
    func redirect() async throws {
        let (storage, transport) = try storage { _ throws(HTTPError) in
            HTTPResponse(status: 302, headers: ["Location": "https://evil.test/"])
        }
        _ = try await failure(.configuration) { _ = try await storage.read("a") }
        #expect(transport.requests.allSatisfy { !$0.url.contains("evil") })
    }

    @Test("of what is not Cloud Storage", arguments: ["<html>", "{}", ""])
    func nonsense(body: String) async throws {
        let (storage, _) = try storage { _ throws(HTTPError) in .json(body) }
        _ = try await failure(.cannotWrite) { _ = try await write(storage) }
        _ = try await failure(.sourceUnavailable) { _ = try await storage.read("a") }
        if body != "{}" { _ = try await failure(.sourceUnavailable) { _ = try await storage.list("") } }
    }

    @Test("to send a token to where it could be read on the way")
    func endpoints() async throws {
        let transport = ScriptedTransport(.token("t"))
        func make(_ environment: GoogleEnvironment) throws -> String {
            try CloudStorage(
                bucket: "b", environment: environment,
                tokens: GoogleTokens(environment: environment, transport: transport), transport: transport
            ).endpoint
        }
        #expect(throws: PlaybookError.self) { try make(GoogleEnvironment(storageEndpoint: "http://storage.test")) }
        #expect(try make(GoogleEnvironment(storageEndpoint: "http://localhost:8/")) == "http://localhost:8")
        #expect(try make(GoogleEnvironment(storageEndpoint: "https://private.test")) == "https://private.test")
        #expect(try make(GoogleEnvironment()) == "https://storage.googleapis.com")
        #expect(try make(GoogleEnvironment(emulatorHost: "emulator:9")) == "http://emulator:9")
        #expect(try make(GoogleEnvironment(emulatorHost: "http://emulator:9/")) == "http://emulator:9")
    }
}
