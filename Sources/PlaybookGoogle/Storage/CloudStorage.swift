public import PlaybookCore
import PlaybookGzip
public import PlaybookHTTP

/// A bucket of Google Cloud Storage, over its JSON API.
///
/// What may be repeated without harm is tried again as Google asks for: after 408, 429, 500, 502, 503, 504 and broken
/// connections, with growing, jittered waits. Bytes are checked by CRC-32C in both directions. Errors are
/// `PlaybookError`s that name `gs://bucket/name`: `configuration` for what a person must put right (credentials,
/// permissions, the bucket), `tryAgain` for what may pass, `cannotWrite` or `sourceUnavailable` for the rest.
public struct CloudStorage: Sendable {
    /// The bucket's name.
    public let bucket: String
    /// The project that is billed for requests; nil for the bucket's own.
    public let userProject: String?

    let tokens: GoogleTokens
    let transport: any HTTPTransport
    let retry: RetryPolicy
    let limits: HTTPLimits
    /// Whether the service asks who calls; an emulator does not.
    let wantsTokens: Bool
    /// Where the API is, without a `/` at the end.
    let endpoint: String
    /// Larger objects are sent in pieces of this size, a multiple of 256 KiB.
    var pieceBytes = 8 << 20

    /// The strategy that Google recommends: full jitter from 1 s, doubling, at most 60 s, 120 s in all.
    public static let recommendedRetry = RetryPolicy(
        maximumAttempts: 20, baseDelay: .seconds(1), maximumDelay: .seconds(60), budget: .seconds(120))

    /// For each request; an object that is read must not be larger than the body may be.
    public static let recommendedLimits = HTTPLimits(totalTimeout: .seconds(300), maximumBodyBytes: 256 << 20)

    /// A bucket.
    ///
    /// - Parameters:
    ///   - environment: where Cloud Storage is.
    ///   - tokens: made for the same environment.
    ///   - transport: sends each request once; retries are added here.
    /// - Throws: `PlaybookError` with code `configuration` when tokens would be sent unprotected.
    public init(
        bucket: String, userProject: String? = nil, environment: GoogleEnvironment, tokens: GoogleTokens,
        transport: any HTTPTransport, retry: RetryPolicy = CloudStorage.recommendedRetry,
        limits: HTTPLimits = CloudStorage.recommendedLimits
    ) throws(PlaybookError) {
        self.bucket = bucket
        self.userProject = userProject
        self.tokens = tokens
        self.transport = transport
        self.retry = retry
        self.limits = limits
        wantsTokens = environment.emulatorHost == nil
        let address: String
        if let host = environment.emulatorHost {
            address = host.contains("://") ? host : "http://\(host)"
        } else {
            address = environment.storageEndpoint ?? "https://storage.googleapis.com"
            guard Address.isSafe(address) else {
                throw PlaybookError(
                    .configuration,
                    "the address of Cloud Storage must begin with https://: \(quoted(Address.origin(address)))",
                    nextStep: "For a server that wants no token use \(.set(.storageEmulator)).")
            }
        }
        endpoint = String(address.reversed().drop { $0 == "/" }.reversed())
    }

    /// Reads an object; nil when there is none of this name.
    public func read(_ name: String) async throws -> StorageObject? {
        let operation = try Operation(.read, self, name)
        var backoff = Backoff(retry)
        var known: Int64?
        for attempt in 1... {
            let answer = try await send(
                operation, .get, objectURL(name, [("alt", "media")]), headers: ["Accept-Encoding": "gzip"],
                isWhole: { Self.generation($0) != nil || !wantsTokens })
            if try await isMissing(answer, operation) { return nil }
            guard answer.response.status == 200 else { throw await refusal(answer, operation) }
            guard let generation = Self.generation(answer.response) ?? known else {
                // Emulators may not say which generation they send. One that is asked for first is that of the bytes
                // read next, or an older one, with which a write then fails as it should.
                known = wantsTokens ? nil : try await self.generation(of: name)
                guard known != nil else { throw unreadable(operation) }
                continue
            }
            if let object = try object(answer.response, generation, operation) { return object }
            guard attempt < Self.damagedAttempts, try await backoff.wait() else { break }
        }
        throw PlaybookError(
            .sourceUnavailable, "\(operation): its bytes arrive damaged: the CRC-32C differs",
            nextStep: "Try again later.")
    }

    private static func generation(_ response: HTTPResponse) -> Int64? {
        response.headers["x-goog-generation"].flatMap { Int64($0) }
    }

    /// How often bytes that arrive damaged are sent.
    static let damagedAttempts = 3

    /// What `response` holds, or nil when it was damaged on the way.
    ///
    /// The checksum is that of the bytes as they are stored. They come as stored, but a proxy or the service may
    /// compress what is stored plainly, or decompress what is not; what was decompressed cannot be checked.
    private func object(
        _ response: HTTPResponse, _ generation: Int64, _ operation: Operation
    ) throws -> StorageObject? {
        let isCompressed = response.headers["Content-Encoding"]?.lowercased() == "gzip"
        let stored = response.headers["x-goog-stored-content-encoding"]?.lowercased()
        let isStoredCompressed = stored.map { $0 == "gzip" } ?? isCompressed
        let hashes = response.headers.values(of: "x-goog-hash").flatMap { $0.split(separator: ",") }
        let expected = hashes.map { $0.drop { $0 == " " } }.first { $0.hasPrefix("crc32c=") }?.dropFirst(7)
        func isWhole(_ bytes: [UInt8]) -> Bool { expected.map { $0 == CRC32C.text(bytes) } ?? true }

        var bytes = response.body
        if isStoredCompressed == isCompressed, !isWhole(bytes) { return nil }
        if isCompressed {
            do {
                bytes = try Gzip.decompress(bytes, limit: limits.maximumBodyBytes)
            } catch {
                if error.code == .damaged, !isStoredCompressed { return nil }
                throw PlaybookError(
                    .badData, "\(operation): \(error)", nextStep: "Delete the object, or write it anew.")
            }
            if !isStoredCompressed, !isWhole(bytes) { return nil }
        }
        return StorageObject(
            bytes: bytes, generation: generation, contentEncoding: isStoredCompressed ? "gzip" : nil)
    }
}
