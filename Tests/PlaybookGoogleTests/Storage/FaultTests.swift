import PlaybookCore
import PlaybookHTTP
import PlaybookTestSupport
import Testing

@testable import PlaybookGoogle

@Suite("Cloud Storage that fails")
struct FaultTests {
    private let text = Array("hello".utf8)

    private func write(
        _ bucket: MemoryBucket, _ bytes: [UInt8], ifGenerationMatch: Int64? = 0
    ) async throws -> WriteResult {
        try await CloudStorage.test(bucket).write(
            "a", bytes, contentType: "a/b", ifGenerationMatch: ifGenerationMatch)
    }

    @Test("is asked again after what may pass", arguments: [408, 429, 500, 502, 503, 504])
    func transient(status: Int) async throws {
        let bucket = MemoryBucket { _, number in number <= 2 ? .refused(.refusal(status, "busy")) : nil }
        guard case .written = try await write(bucket, text) else { return #expect(Bool(false), "not written") }
        #expect(bucket.requests.count == 3)
        let down = MemoryBucket { _, _ in .refused(.refusal(status, "busy")) }
        let message = try await failure(.tryAgain) { _ = try await write(down, text) }
        #expect(message.contains("gs://data/a") && message.contains("\(status)") && message.contains("busy"))
        #expect(down.requests.count == RetryPolicy.quick.maximumAttempts)
    }

    @Test("is not asked again after what stays", arguments: [400, 403, 409, 411])
    func permanent(status: Int) async throws {
        let bucket = MemoryBucket { _, _ in .refused(.refusal(status, "no")) }
        let message = try await failure(status == 403 ? .configuration : .cannotWrite) {
            _ = try await write(bucket, text)
        }
        #expect(message.contains("no"))
        #expect(bucket.requests.count == 1)
    }

    @Test("that cannot be reached may come back", arguments: [HTTPError.Code.dns, .connect, .timeout, .stalled])
    func unreachable(code: HTTPError.Code) async throws {
        let bucket = MemoryBucket { _, _ in .failed(code) }
        let message = try await failure(.tryAgain) { _ = try await CloudStorage.test(bucket).read("a") }
        #expect(message.contains("gs://data/a"))
        #expect(bucket.requests.count == RetryPolicy.quick.maximumAttempts)
    }

    @Test("a write without a condition is not sent twice")
    func unconditional() async throws {
        let bucket = MemoryBucket { _, _ in .applied(503) }
        _ = try await failure(.tryAgain) { _ = try await write(bucket, text, ifGenerationMatch: nil) }
        #expect(bucket.requests.count == 1)
    }

    // MARK: - Answers that get lost

    @Test("a write whose answer gets lost is found to be done", arguments: [false, true])
    func lost(isStatus: Bool) async throws {
        let bucket = MemoryBucket { _, number in number == 1 ? (isStatus ? .applied(503) : .lost) : nil }
        let result = try await write(bucket, text)
        #expect(result == .written(generation: try #require(bucket.objects["a"]).generation))
        // The write, the write again, and a look.
        #expect(bucket.requests.count == 3)
    }

    @Test("a replacement whose answer gets lost is found to be done")
    func lostReplacement() async throws {
        let bucket = MemoryBucket { _, number in number == 1 ? .lost : nil }
        let generation = bucket.put("a", Array("older".utf8))
        let result = try await write(bucket, text, ifGenerationMatch: generation)
        #expect(result == .written(generation: try #require(bucket.objects["a"]).generation))
        #expect(bucket.objects["a"]?.bytes == text)
    }

    @Test(
        "a write that failed is not taken for done when others wrote something else, or nothing",
        arguments: [true, false])
    func overtaken(isThere: Bool) async throws {
        let bucket = MemoryBucket { _, number in number == 1 ? .failed(.truncated) : nil }
        let old = bucket.put("a", Array("older".utf8))
        if isThere {
            bucket.put("a", Array("other".utf8))
        } else {
            bucket.state.withLock { $0.objects = [:] }
        }
        #expect(try await write(bucket, text, ifGenerationMatch: old) == .preconditionFailed)
    }

    @Test("bytes that were there before do not count as written")
    func before() async throws {
        let bucket = MemoryBucket { _, number in number == 1 ? .failed(.truncated) : nil }
        let generation = bucket.put("a", text)
        #expect(try await write(bucket, text, ifGenerationMatch: generation + 5) == .preconditionFailed)
    }

    // MARK: - Damage

    @Test("bytes that arrive damaged are read again")
    func damagedRead() async throws {
        let bucket = MemoryBucket { _, number in number <= 2 ? .damagedAnswer : nil }
        bucket.put("a", text)
        #expect(try await CloudStorage.test(bucket).read("a")?.bytes == text)
        #expect(bucket.requests.count == 3)
        let broken = MemoryBucket { _, _ in .damagedAnswer }
        broken.put("a", text)
        let message = try await failure(.sourceUnavailable) { _ = try await CloudStorage.test(broken).read("a") }
        #expect(message.contains("damaged") && message.contains("gs://data/a"))
        #expect(broken.requests.count == 3)
    }

    @Test("bytes that arrive damaged are written again")
    func damagedWrite() async throws {
        let bucket = MemoryBucket { _, number in number == 1 ? .damagedUpload : nil }
        guard case .written = try await write(bucket, text) else { return #expect(Bool(false), "not written") }
        #expect(bucket.objects["a"]?.bytes == text)
        let broken = MemoryBucket { _, _ in .damagedUpload }
        let message = try await failure(.cannotWrite) { _ = try await write(broken, text) }
        #expect(message.contains("damaged"))
        #expect(broken.requests.count == 3)
    }

    @Test("bytes that are stored damaged are replaced")
    func storedDamaged() async throws {
        let wrong = #"{"name":"a","generation":"7","size":"5","crc32c":"AAAAAA=="}"#
        let right = #"{"name":"a","generation":"8","size":"5","crc32c":"mnG7TA=="}"#
        let transport = ScriptedTransport(.json(wrong), .json(right))
        let result = try await CloudStorage.test(transport).write(
            "a", text, contentType: "a/b", ifGenerationMatch: 0)
        #expect(result == .written(generation: 8))
        #expect(transport.requests.map { $0.query["ifGenerationMatch"] } == ["0", "7"])
    }

    // MARK: - Uploads in pieces

    private static let large = (0..<(256 << 10) * 3 + 1000).map { UInt8(truncatingIfNeeded: $0 &* 7 >> 3) }
    private var large: [UInt8] { Self.large }

    @Test("a large object goes up in pieces")
    func pieces() async throws {
        let bucket = MemoryBucket()
        guard case .written = try await write(bucket, large) else { return #expect(Bool(false), "not written") }
        #expect(bucket.objects["a"]?.bytes == large)
        let quarter = 256 << 10
        let ranges = [
            "bytes 0-\(quarter - 1)/787432", "bytes \(quarter)-\(2 * quarter - 1)/787432",
            "bytes \(2 * quarter)-\(3 * quarter - 1)/787432", "bytes \(3 * quarter)-787431/787432",
        ]
        #expect(bucket.requests.compactMap { $0.headers["Content-Range"] } == ranges)
        #expect(bucket.requests.dropFirst().allSatisfy { $0.isURLSecret && !"\($0)".contains("upload_id") })
        #expect(try await write(bucket, large) == .preconditionFailed)
    }

    /// Requests: 1 opens the session, 2 to 5 are the pieces when nothing fails.
    @Test("a large object survives whatever happens to any of its requests", arguments: 1...5)
    func piecesFail(request: Int) async throws {
        let faults: [MemoryBucket.Fault] = [
            .failed(.truncated), .failed(.timeout), .lost, .applied(503), .refused(.refusal(503, "busy")),
            .refused(.refusal(429, "slow down")), .partial(1000), .partial(0), .forgotten,
        ]
        for fault in faults {
            let bucket = MemoryBucket { _, number in number == request ? fault : nil }
            let result = try await write(bucket, large)
            let stored = try #require(bucket.objects["a"], "\(fault)")
            #expect(stored.bytes == large, "\(fault)")
            #expect(result == .written(generation: stored.generation), "\(fault)")
        }
    }

    @Test("a large object that arrives damaged goes up again")
    func piecesDamaged() async throws {
        let bucket = MemoryBucket { _, number in number == 5 ? .damagedUpload : nil }
        guard case .written = try await write(bucket, large) else { return #expect(Bool(false), "not written") }
        #expect(bucket.objects["a"]?.bytes == large)
    }

    @Test("a large object whose last answer and session get lost is found to be done")
    func piecesLost() async throws {
        let bucket = MemoryBucket { _, number in number == 5 ? .lost : number == 6 ? .forgotten : nil }
        let result = try await write(bucket, large)
        #expect(result == .written(generation: try #require(bucket.objects["a"]).generation))
    }

    @Test("a large object without a condition is not written again when it may be there")
    func piecesUnconditional() async throws {
        let bucket = MemoryBucket { _, number in number == 5 ? .lost : number == 6 ? .forgotten : nil }
        _ = try await failure(.tryAgain) { _ = try await write(bucket, large, ifGenerationMatch: nil) }
        // A session that is lost in the middle does no harm.
        let early = MemoryBucket { _, number in number == 3 ? .forgotten : nil }
        guard case .written = try await write(early, large, ifGenerationMatch: nil) else {
            return #expect(Bool(false), "not written")
        }
    }

    @Test("a large object does not go up for ever")
    func piecesNever() async throws {
        for fault in [MemoryBucket.Fault.partial(0), .failed(.connect), .applied(500), .forgotten] {
            let bucket = MemoryBucket { request, _ in request.method == .put ? fault : nil }
            _ = try await failure(.tryAgain) { _ = try await write(bucket, large) }
            #expect(bucket.requests.count < 20, "\(fault)")
        }
    }

    @Test("a session elsewhere, or without an address, is not used", arguments: [nil, "http://evil.test/session"])
    func evilSession(location: String?) async throws {
        var response = HTTPResponse(status: 200)
        response.headers["Location"] = location
        let transport = ScriptedTransport(response)
        _ = try await failure(.cannotWrite) {
            _ = try await CloudStorage.test(transport).write("a", large, contentType: "a/b", ifGenerationMatch: 0)
        }
        #expect(transport.requests.allSatisfy { $0.method == .post })
    }

    @Test("a write that is cancelled ends as cancelled")
    func cancelled() async throws {
        let bucket = MemoryBucket { _, _ in .refused(.refusal(503, "busy")) }
        let storage = try CloudStorage.test(
            bucket, retry: RetryPolicy(maximumAttempts: 9, baseDelay: .seconds(60), maximumDelay: .seconds(60)))
        for bytes in [text, large] {
            let task = Task { try await storage.write("a", bytes, contentType: "a/b", ifGenerationMatch: 0) }
            try await Task.sleep(for: .milliseconds(30))
            task.cancel()
            await #expect(throws: CancellationError.self) { try await task.value }
        }
    }
}
