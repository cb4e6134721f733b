import PlaybookCore
import PlaybookGzip
import PlaybookHTTP
import PlaybookTestSupport
import Testing

@testable import PlaybookGoogle

@Suite("Objects of Cloud Storage")
struct ObjectTests {
    private let text = Array("hello, hello, hello".utf8)

    @Test("are read with their generation, and nil when there is none")
    func read() async throws {
        let bucket = MemoryBucket()
        let generation = bucket.put("a/b", text)
        let storage = try CloudStorage.test(bucket)
        #expect(
            try await storage.read("a/b") == StorageObject(bytes: text, generation: generation, contentEncoding: nil))
        #expect(try await storage.read("a") == nil)
        let request = try #require(bucket.requests.first)
        #expect(request.url == "https://storage.test/storage/v1/b/data/o/a%2Fb?alt=media")
        #expect(!request.decodesBody)
        #expect(request.headers["Accept-Encoding"] == "gzip")
        #expect(request.headers["Authorization"] == nil)
    }

    @Test(
        "are written with type, caching and checksum, under any name",
        arguments: [
            "a", "a/b c", "Ä+%25?#&=", "a/../b", "..a", "日本", "a//b/",
        ])
    func names(name: String) async throws {
        let bucket = MemoryBucket()
        let storage = try CloudStorage.test(bucket)
        guard
            case .written(let generation) = try await storage.write(
                name, text, contentType: "text/csv", cacheControl: "no-cache", ifGenerationMatch: 0)
        else { return #expect(Bool(false), "not written") }
        let stored = try #require(bucket.objects[name])
        #expect(stored.generation == generation)
        #expect(stored.bytes == text)
        #expect(stored.fields["contentType"] == "text/csv")
        #expect(stored.fields["cacheControl"] == "no-cache")
        #expect(stored.fields["contentEncoding"] == nil)
        #expect(try await storage.read(name)?.bytes == text)
        #expect(try await storage.list("").map(\.name) == [name])
        #expect(try await storage.delete(name, ifGenerationMatch: generation))
        #expect(bucket.objects.isEmpty)
        #expect(bucket.requests.allSatisfy { $0.url.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F } })
    }

    @Test(
        "have names that are no other address", arguments: ["", ".", "..", "a\nb", String(repeating: "a", count: 1025)])
    func impossibleNames(name: String) async throws {
        let bucket = MemoryBucket()
        let storage = try CloudStorage.test(bucket)
        _ = try await failure(.configuration) { _ = try await storage.delete(name, ifGenerationMatch: nil) }
        _ = try await failure(.configuration) { _ = try await storage.read(name) }
        _ = try await failure(.configuration) {
            _ = try await storage.write(name, [1], contentType: "a/b", ifGenerationMatch: nil)
        }
        bucket.put("a", [1])
        _ = try await failure(.configuration) {
            _ = try await storage.copy("a", to: name, generation: 1, ifGenerationMatch: nil)
        }
        #expect(bucket.requests.isEmpty)
    }

    @Test("are written only as long as they are what they were")
    func conditions() async throws {
        let bucket = MemoryBucket()
        let storage = try CloudStorage.test(bucket)
        func write(_ byte: UInt8, _ generation: Int64?) async throws -> WriteResult {
            try await storage.write("a", [byte], contentType: "a/b", ifGenerationMatch: generation)
        }
        guard case .written(let first) = try await write(1, 0) else { return #expect(Bool(false), "not written") }
        #expect(try await write(2, 0) == .preconditionFailed)
        #expect(try await write(1, 0) == .preconditionFailed, "the same bytes are no excuse without a failure")
        #expect(try await write(2, first - 1) == .preconditionFailed)
        guard case .written(let second) = try await write(2, first) else { return #expect(Bool(false), "not written") }
        #expect(second > first)
        #expect(try await write(3, first) == .preconditionFailed)
        #expect(try await storage.delete("a", ifGenerationMatch: first) == false)
        #expect(bucket.objects["a"]?.bytes == [2])
        guard case .written = try await write(4, nil) else { return #expect(Bool(false), "not written") }
        #expect(bucket.objects["a"]?.bytes == [4])
        #expect(bucket.requests.count == 8)
    }

    @Test("that are stored compressed are checked as stored and read as they were")
    func compressed() async throws {
        let bucket = MemoryBucket()
        let storage = try CloudStorage.test(bucket)
        let packed = try Gzip.compress(text)
        _ = try await storage.write(
            "a.csv", packed, contentType: "text/csv", contentEncoding: "gzip", ifGenerationMatch: 0)
        #expect(bucket.objects["a.csv"]?.fields["contentEncoding"] == "gzip")
        let object = try #require(try await storage.read("a.csv"))
        #expect(object.bytes == text)
        #expect(object.contentEncoding == "gzip")
    }

    @Test("that claim to be compressed and are not are an error that is not tried again")
    func falselyCompressed() async throws {
        let bucket = MemoryBucket()
        bucket.put("a", text, ["contentEncoding": "gzip"])
        let storage = try CloudStorage.test(bucket)
        #expect(try await failure(.badData) { _ = try await storage.read("a") }.contains("gs://data/a"))
        #expect(bucket.requests.count == 1)
    }

    @Test("may be compressed or decompressed on the way")
    func transcoded() async throws {
        let packed = try Gzip.compress(text)
        var headers: HTTPHeaders = ["x-goog-generation": "7", "x-goog-hash": "md5=AAAA"]
        headers.append("x-goog-hash", "crc32c=\(CRC32C.text(text))")
        headers["Content-Encoding"] = "gzip"
        headers["x-goog-stored-content-encoding"] = "identity"
        let squeezed = try CloudStorage.test(
            ScriptedTransport(HTTPResponse(status: 200, headers: headers, body: packed)))
        #expect(try await squeezed.read("a") == StorageObject(bytes: text, generation: 7, contentEncoding: nil))
        let unpacked = try CloudStorage.test(
            ScriptedTransport(
                HTTPResponse(
                    status: 200,
                    headers: [
                        "x-goog-generation": "7", "x-goog-hash": "crc32c=\(CRC32C.text(packed))",
                        "x-goog-stored-content-encoding": "gzip",
                    ], body: text)))
        #expect(try await unpacked.read("a") == StorageObject(bytes: text, generation: 7, contentEncoding: "gzip"))
    }

    @Test("that would be too large when decompressed are refused")
    func bomb() async throws {
        let bucket = MemoryBucket()
        bucket.put("a", try Gzip.compress([UInt8](repeating: 0, count: 100_000)), ["contentEncoding": "gzip"])
        let storage = try CloudStorage.test(bucket, limits: HTTPLimits(maximumBodyBytes: 10_000))
        #expect(try await failure(.badData) { _ = try await storage.read("a") }.contains("larger than allowed"))
    }

    @Test("are listed page by page")
    func list() async throws {
        let bucket = MemoryBucket()
        for number in 0..<8 { bucket.put("x/\(number)", [UInt8](repeating: 0, count: number)) }
        bucket.put("y", [])
        let storage = try CloudStorage.test(bucket)
        let found = try await storage.list("x/")
        #expect(found.map(\.name) == (0..<8).map { "x/\($0)" })
        #expect(found.map(\.size) == Array(0..<8))
        #expect(found.map(\.generation) == found.map { bucket.objects[$0.name]?.generation })
        #expect(bucket.requests.count == 3)
        #expect(try await storage.list("z") == [])
    }

    @Test("in a list that goes round in a circle are an error")
    func circle() async throws {
        let storage = try CloudStorage.test(ScriptedTransport(.json(#"{"nextPageToken":"a"}"#)))
        #expect(try await failure(.sourceUnavailable) { _ = try await storage.list("") }.contains("circle"))
    }

    @Test("are copied in as many calls as it takes, if they are what they were")
    func copy() async throws {
        let bucket = MemoryBucket()
        let generation = bucket.put("a", text)
        let storage = try CloudStorage.test(bucket)
        guard
            case .written(let copy) = try await storage.copy(
                "a", to: "b/c", generation: generation, ifGenerationMatch: 0)
        else { return #expect(Bool(false), "not copied") }
        #expect(bucket.objects["b/c"]?.bytes == text)
        #expect(bucket.objects["b/c"]?.generation == copy)
        #expect(
            try await storage.copy("a", to: "b/c", generation: generation, ifGenerationMatch: 0) == .preconditionFailed)
        #expect(
            try await storage.copy("a", to: "d", generation: generation - 1, ifGenerationMatch: 0)
                == .preconditionFailed)
        #expect(
            try await storage.copy("none", to: "d", generation: 1, ifGenerationMatch: 0) == .preconditionFailed)
        #expect(bucket.objects["d"] == nil)
    }

    @Test("that are gone count as deleted")
    func deletion() async throws {
        let bucket = MemoryBucket { request, number in request.method == .delete && number == 1 ? .lost : nil }
        let generation = bucket.put("a", text)
        let storage = try CloudStorage.test(bucket)
        #expect(try await storage.delete("a", ifGenerationMatch: generation))
        #expect(bucket.requests.count == 2)
    }

    @Test("are in a bucket whose permissions can be asked for, and somebody pays")
    func permissions() async throws {
        let bucket = MemoryBucket()
        let storage = try CloudStorage.test(bucket, userProject: "payer")
        #expect(
            try await storage.testPermissions(["storage.objects.get", "storage.objects.create"])
                == ["storage.objects.get"])
        _ = try await storage.write(
            "a", [UInt8](repeating: 1, count: 300_000), contentType: "a/b", ifGenerationMatch: 0)
        _ = try await storage.write("b", [1], contentType: "a/b", ifGenerationMatch: 0)
        _ = try await storage.read("a")
        _ = try await storage.list("")
        _ = try await storage.copy("b", to: "c", generation: 1, ifGenerationMatch: 0)
        _ = try await storage.delete("a", ifGenerationMatch: nil)
        #expect(bucket.requests[0].query["permissions"] == "storage.objects.get,storage.objects.create")
        // A session's address knows who pays.
        #expect(bucket.requests.allSatisfy { $0.path == "/session" || $0.query["userProject"] == "payer" })
        #expect(bucket.requests.count > 7)
    }
}
