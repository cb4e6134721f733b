import FoundationEssentials
import PlaybookCore
import PlaybookHTTP
import Synchronization

extension CloudStorage {
    /// What is done to which object or bucket, for messages.
    struct Operation: CustomStringConvertible {
        enum Kind: String { case read, write, list, copy, delete, check }

        let kind: Kind
        /// `gs://bucket/name`, or `gs://bucket`.
        let place: String

        /// - Throws: `PlaybookError` with code `configuration` for a name that no object can have.
        init(_ kind: Kind, _ storage: CloudStorage, _ name: String? = nil) throws(PlaybookError) {
            self.kind = kind
            guard let name else {
                place = "gs://\(quoted(storage.bucket))"
                return
            }
            place = "gs://\(quoted(storage.bucket))/\(quoted(name))"
            // An empty name or one of dots would make the URL that of the bucket.
            guard !["", ".", ".."].contains(name), name.utf8.count <= 1024,
                !name.utf8.contains(where: { $0 == 0x0A || $0 == 0x0D })
            else { throw PlaybookError(.configuration, "\(place): no object can have this name") }
        }

        var description: String { "cannot \(kind.rawValue) \(place)" }
        var isWrite: Bool { [.write, .copy, .delete].contains(kind) }
    }

    /// An answer, and what is known about the attempts before it.
    struct Answer {
        let response: HTTPResponse
        /// An attempt failed before the last one in a way that leaves open whether it was carried out.
        var isUncertain: Bool
        /// What the request was sent with.
        let token: AccessToken?
    }

    /// Sends a request with a token, and with another one when the first is refused.
    ///
    /// - Parameter isWhole: whether a success is understood; one that is not, such as the page of something that stands
    ///   between, is asked for again.
    func send(
        _ operation: Operation, _ method: HTTPRequest.Method, _ url: String, headers: HTTPHeaders = [:],
        body: [UInt8]? = nil, isIdempotent: Bool? = nil, isWhole: (HTTPResponse) -> Bool
    ) async throws -> Answer {
        var request = HTTPRequest(
            method, url, headers: headers, body: body, limits: limits, isIdempotent: isIdempotent, decodesBody: false)
        if headers["Accept-Encoding"] == nil { request.decodesBody = true }
        let uncertainty = Flag()
        let retrying = RetryingTransport(
            transport, policy: retry,
            onRetry: { _, _, reason in
                if reason != .status(429) { uncertainty.isRaised.store(true, ordering: .relaxed) }
            })
        var refused: AccessToken?
        var (damaged, backoff) = (0, Backoff(retry))
        while true {
            let token = try await tokens.token()
            request.headers["Authorization"] = token.map { "Bearer \($0.value)" }
            let response: HTTPResponse
            do {
                response = try await retrying.send(request)
            } catch {
                throw unreachable(error, operation)
            }
            if response.status == 401, let token, refused == nil {
                refused = token
                await tokens.discard(token)
                continue
            }
            if response.isSuccess, !isWhole(response), request.isIdempotent {
                damaged += 1
                uncertainty.isRaised.store(true, ordering: .relaxed)
                if damaged < Self.damagedAttempts, try await backoff.wait() { continue }
            }
            return Answer(
                response: response, isUncertain: uncertainty.isRaised.load(ordering: .relaxed), token: token)
        }
    }

    /// Reads JSON; nil for anything else.
    static func read<Value: Decodable>(_ type: Value.Type, _ response: HTTPResponse) -> Value? {
        try? JSONDecoder().decode(type, from: Data(response.body))
    }

    /// The address of an object, with a query.
    func objectURL(_ name: String, _ query: [(String, String)] = []) -> String {
        bucketURL("/o/\(percentEncoded(name))", query)
    }

    /// The address of something in the bucket.
    func bucketURL(_ path: String, _ query: [(String, String)] = []) -> String {
        url("/storage/v1/b/\(percentEncoded(bucket))\(path)", query)
    }

    /// The address that uploads go to.
    func uploadURL(_ query: [(String, String)]) -> String {
        url("/upload/storage/v1/b/\(percentEncoded(bucket))/o", query)
    }

    private func url(_ path: String, _ query: [(String, String)]) -> String {
        let query = query + (userProject.map { [("userProject", $0)] } ?? [])
        return endpoint + path + (query.isEmpty ? "" : "?" + formEncoded(query))
    }
}

/// Something that happened, on whatever task.
private final class Flag: Sendable {
    let isRaised = Atomic(false)
}

/// Waits between attempts, as long as the policy's budget lasts.
struct Backoff {
    private let policy: RetryPolicy
    private var start = ContinuousClock.now
    private var attempt = 0

    init(_ policy: RetryPolicy) { self.policy = policy }

    /// Waits before the next attempt, at least as long as the server asks for. False when there is to be none.
    mutating func wait(atLeast advice: Duration? = nil) async throws -> Bool {
        attempt += 1
        let left = policy.budget - (ContinuousClock.now - start)
        guard left > .zero, attempt < policy.maximumAttempts else { return false }
        let own = policy.delayBound(attempt: attempt) * Double.random(in: 0...1)
        try await Task.sleep(for: min(left, max(own, advice ?? .zero)))
        return true
    }

    /// Begins anew: there was progress.
    mutating func reset() { self = Backoff(policy) }
}
