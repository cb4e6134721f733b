import PlaybookCore
import PlaybookGoogle
import PlaybookGzip
import PlaybookHTTP
import PlaybookTestSupport
import Testing

@Suite(
    "Cloud Storage over the network",
    .serialized,
    .enabled(if: PythonServer.isAvailable, Comment(rawValue: PythonServer.notice)))
struct FakeStorageTests {
    private let text = Array("hello, hello, hello".utf8)
    private let large = (0..<(256 << 10) * 3 + 1000).map { UInt8(truncatingIfNeeded: $0 &* 7 >> 3) }

    @Test("a bucket keeps the contract of blob stores", arguments: BlobStoreContract.allCases)
    func contract(clause: BlobStoreContract) async throws {
        try await clause.check(FakePlace(server: try await .start(options: ["--page-size", "2"]), login: .emulator))
    }

    @Test(
        "a bucket keeps the contract when answers get lost",
        arguments: BlobStoreContract.allCases.filter { $0 != .losesNothing })
    func contractUnderFaults(clause: BlobStoreContract) async throws {
        let faults = ["lost:POST /upload:3", "applied:GET /storage:1:503", "lost:DELETE:1", "lost:rewriteTo:1"]
        try await clause.check(
            FakePlace(
                server: try await .start(faults: faults, options: ["--auth", "token"]), login: .serviceAccount))
    }

    @Test("everyone who may logs in", arguments: FakeStorage.Login.allCases)
    func logins(login: FakeStorage.Login) async throws {
        let server = try await FakeStorage.start(options: login == .emulator ? [] : ["--auth", "token"])
        let storage = try server.storage(login)
        guard case .written(let generation) = try await write(storage, text) else { return notWritten() }
        #expect(try await storage.read("a/b")?.bytes == text)
        #expect(try await storage.read("a/b")?.generation == generation)
        #expect(try await storage.testPermissions(["storage.objects.create"]) == ["storage.objects.create"])
    }

    @Test("a token that is revoked is fetched anew", arguments: [FakeStorage.Login.serviceAccount, .user])
    func revoked(login: FakeStorage.Login) async throws {
        let server = try await FakeStorage.start(faults: ["revoked:/upload:1"], options: ["--auth", "token"])
        guard case .written = try await write(try server.storage(login), text) else { return notWritten() }
    }

    @Test("what is stored compressed comes as stored")
    func compressed() async throws {
        let storage = try await FakeStorage.start().storage()
        _ = try await storage.write(
            "a", try Gzip.compress(text), contentType: "text/csv", cacheControl: "no-cache", contentEncoding: "gzip",
            ifGenerationMatch: 0)
        let object = try #require(try await storage.read("a"))
        #expect(object.bytes == text)
        #expect(object.contentEncoding == "gzip")
    }

    @Test("names are kept", arguments: ["a/../b", "Ä+%25?#&= x", "日本", "a//b/"])
    func names(name: String) async throws {
        let storage = try await FakeStorage.start().storage()
        guard
            case .written(let generation) = try await storage.write(
                name, text, contentType: "a/b", ifGenerationMatch: 0)
        else { return notWritten() }
        #expect(try await storage.list("").map(\.name) == [name])
        #expect(try await storage.read(name)?.bytes == text)
        guard case .written = try await storage.copy(name, to: name + "2", generation: generation, ifGenerationMatch: 0)
        else { return notWritten() }
        #expect(try await storage.delete(name, ifGenerationMatch: generation))
        #expect(try await storage.list("").map(\.name) == [name + "2"])
    }

    @Test(
        "a small object survives",
        arguments: [
            "lost:/upload:2", "applied:/upload:2:503", "status:/upload:2:500", "429:/upload:1:0",
            "cut-before:/upload:1",
            "cut-upload:/upload:1", "corrupt-upload:/upload:2", "html:/upload:1", "truncated-json:/upload:1",
            "cut-body:/upload:1", "wrong-encoding:/upload:1", "stall:/upload:1:head",
        ])
    func small(fault: String) async throws {
        let meter = HTTPMeter()
        let storage = try await FakeStorage.start(faults: [fault]).storage(meter: meter)
        guard case .written(let generation) = try await write(storage, text) else { return notWritten() }
        #expect(try await storage.read("a/b")?.bytes == text)
        #expect(try await storage.read("a/b")?.generation == generation)
        #expect(meter.current.requests > 3, "the fault took place")
    }

    @Test(
        "a large object survives",
        arguments: [
            "lost:upload_id:2", "applied:upload_id:3:503", "cut-upload:upload_id:3:0.7", "partial:upload_id:2:0.9",
            "session-lost:upload_id:1:404", "session-lost:upload_id:2:410", "corrupt-upload:upload_id:1",
            "html:upload_id:2", "status:upload_id:2:502", "429:upload_id:1:0", "lost:uploadType:4",
            "applied:uploadType:5",
        ])
    func large(fault: String) async throws {
        let meter = HTTPMeter()
        let server = try await FakeStorage.start(faults: [fault], options: ["--auth", "token"])
        let storage = try server.storage(.user, meter: meter)
        guard case .written(let generation) = try await write(storage, large) else { return notWritten() }
        #expect(try await storage.read("a/b")?.bytes == large)
        #expect(try await storage.read("a/b")?.generation == generation)
        #expect(meter.current.requests > 1 + 5 + 2, "the fault took place")
    }

    @Test(
        "a read survives",
        arguments: [
            "corrupt:alt=media:2", "cut-body:alt=media:2", "truncated-json:alt=media:1", "wrong-encoding:alt=media:1",
            "html:alt=media:1", "status:alt=media:3:503", "stall:alt=media:1:body", "delay:alt=media:1:0.2",
        ])
    func read(fault: String) async throws {
        let storage = try await FakeStorage.start(faults: [fault]).storage()
        guard case .written = try await write(storage, text) else { return notWritten() }
        #expect(try await storage.read("a/b")?.bytes == text)
    }

    @Test("refusals name what is missing")
    func refusals() async throws {
        let who = "tester@fake-project.iam.gserviceaccount.com"
        let server = try await FakeStorage.start(
            options: ["--auth", "token", "--account", "\(who)=storage.objects.get", "--requester-pays", "dear"])
        let forbidden = try await failure(.configuration) {
            _ = try await write(server.storage(.serviceAccount), text)
        }
        for part in ["storage.objects.create", who, "roles/storage.objectUser", "gs://data/a/b"] {
            #expect(forbidden.contains(part), "\(forbidden)")
        }
        let missing = try await failure(.configuration) {
            _ = try await server.storage(.user, bucket: "none").read("a")
        }
        #expect(missing.contains("the journal's bucket"))
        let dear = try await failure(.configuration) { _ = try await server.storage(.user, bucket: "dear").read("a") }
        #expect(dear.contains("the project that pays"))
        let tokenless = try await failure(.configuration) { _ = try await server.storage(.emulator).read("a") }
        #expect(tokenless.contains("401"))
    }

    private func write(_ storage: CloudStorage, _ bytes: [UInt8]) async throws -> WriteResult {
        try await storage.write("a/b", bytes, contentType: "text/csv", ifGenerationMatch: 0)
    }

    private func notWritten(_ location: SourceLocation = #_sourceLocation) {
        Issue.record("not written", sourceLocation: location)
    }
}

private struct FakePlace: BlobPlace {
    let server: FakeStorage
    let login: FakeStorage.Login

    func makeStore() throws -> any BlobStore { CloudBlobStore(try server.storage(login), prefix: "cache") }
}
