import Foundation
import PlaybookHTTP
import Synchronization

@testable import PlaybookGoogle

/// Cloud Storage with one bucket in memory, as a transport: conditions, uploads in pieces, and failures at will.
final class MemoryBucket: HTTPTransport {
    /// What goes wrong with a request.
    enum Fault {
        /// It is answered without being carried out.
        case refused(HTTPResponse)
        /// It does not arrive.
        case failed(HTTPError.Code)
        /// It is carried out, and the answer gets lost.
        case lost
        /// It is carried out, and answered with a status.
        case applied(Int)
        /// A byte of the answer's body or of the upload is another one.
        case damagedAnswer, damagedUpload
        /// Of a piece only so many bytes are kept.
        case partial(Int)
        /// The upload is forgotten.
        case forgotten
    }

    struct Stored {
        var bytes: [UInt8]
        var generation: Int64
        var fields: [String: String]
    }

    struct Session {
        var name: String
        var metadata: [UInt8]
        var query: [String: String]
        var total: Int
        var bytes: [UInt8] = []
        var result: HTTPResponse?
    }

    struct State {
        var objects: [String: Stored] = [:]
        var sessions: [String: Session] = [:]
        var generation: Int64 = 1_700_000_000_000_000
        var requests: [HTTPRequest] = []
    }

    typealias Script = @Sendable (_ request: HTTPRequest, _ number: Int) -> Fault?

    static let name = "data"
    let endpoint = "https://storage.test"
    let state = Mutex(State())
    let pageSize = 3
    private let script: Script

    init(_ script: @escaping Script = { _, _ in nil }) { self.script = script }

    var requests: [HTTPRequest] { state.withLock { $0.requests } }
    var objects: [String: Stored] { state.withLock { $0.objects } }

    @discardableResult
    func put(_ name: String, _ bytes: [UInt8], _ fields: [String: String] = [:]) -> Int64 {
        state.withLock { state in
            state.generation += 1
            state.objects[name] = Stored(bytes: bytes, generation: state.generation, fields: fields)
            return state.generation
        }
    }

    func send(_ request: HTTPRequest) async throws(HTTPError) -> HTTPResponse {
        if Task.isCancelled { throw HTTPError(.cancelled, "cancelled") }
        let number = state.withLock { state in
            state.requests.append(request)
            return state.requests.count
        }
        let fault = script(request, number)
        switch fault {
        case .refused(let response): return response
        case .failed(let code): throw HTTPError(code, "storage.test: made to fail")
        default: break
        }
        var response = state.withLock { answer(request, fault, &$0) }
        switch fault {
        case .lost: throw HTTPError(.truncated, "storage.test: the connection ended before the answer did")
        case .applied(let status): return .refusal(status, "backend error")
        case .damagedAnswer: response.body[response.body.count / 2] ^= 1
        default: break
        }
        return response
    }

    // MARK: - What it does

    private func answer(_ request: HTTPRequest, _ fault: Fault?, _ state: inout State) -> HTTPResponse {
        if request.path == "/session" { return proceed(request, fault, &state) }
        let upload = "/upload/storage/v1/b/\(Self.name)/o"
        if request.path == upload { return begin(request, fault, &state) }
        let root = "/storage/v1/b/\(Self.name)"
        guard request.path.hasPrefix(root + "/") else {
            return .refusal(404, "The specified bucket does not exist.")
        }
        let parts = request.path.dropFirst(root.count + 1).split(separator: "/").map(percentDecoded)
        switch (request.method, parts.count) {
        case (.get, 1) where parts[0] == "o": return list(request, state)
        case (.get, 2) where parts[0] == "iam":
            return .json(#"{"permissions":["storage.objects.get"]}"#)
        case (.get, 2): return get(parts[1], request, state)
        case (.delete, 2): return delete(parts[1], request, &state)
        case (.post, 7): return rewrite(parts[1], parts[6], request, &state)
        default: return .refusal(405, "Method Not Allowed")
        }
    }

    private func begin(_ request: HTTPRequest, _ fault: Fault?, _ state: inout State) -> HTTPResponse {
        let body = request.body ?? []
        if request.query["uploadType"] == "resumable" {
            let name = request.query["name"] ?? ""
            if let refusal = refusal(name, request.query, state) { return refusal }
            let id = "\(state.sessions.count + 1)"
            state.sessions[id] = Session(
                name: name, metadata: body, query: request.query,
                total: Int(request.headers["X-Upload-Content-Length"]!)!)
            return HTTPResponse(status: 200, headers: ["Location": "\(endpoint)/session?upload_id=\(id)"])
        }
        let type = request.headers["Content-Type"]!
        let boundary = Data("--\(type[type.firstRange(of: "boundary=")!.upperBound...])".utf8)
        // Between the boundaries: CRLF, headers, an empty line, the content, CRLF.
        var parts: [Data] = []
        var rest = Data(body)
        while let mark = rest.range(of: boundary) {
            let piece = rest[..<mark.lowerBound]
            if let head = piece.range(of: Data("\r\n\r\n".utf8)) { parts.append(piece[head.upperBound...].dropLast(2)) }
            rest = rest[mark.upperBound...]
        }
        guard parts.count == 2 else { return .refusal(400, "Malformed multipart body.") }
        return insert(Array(parts[1]), Array(parts[0]), request.query, fault, &state)
    }

    private func proceed(_ request: HTTPRequest, _ fault: Fault?, _ state: inout State) -> HTTPResponse {
        let id = request.query["upload_id"] ?? ""
        if case .forgotten = fault { state.sessions[id] = nil }
        guard var session = state.sessions[id] else { return HTTPResponse(status: 404) }
        if let result = session.result { return result }
        let range = request.headers["Content-Range"]!
        if !range.hasPrefix("bytes */") {
            let first = Int(range.dropFirst(6).prefix { $0 != "-" })!
            guard first <= session.bytes.count else { return .refusal(400, "the offset exceeds what was uploaded") }
            var piece = request.body ?? []
            guard piece.count % (256 << 10) == 0 || first + piece.count == session.total else {
                return .refusal(400, "no multiple of 256 KiB")
            }
            if case .partial(let count) = fault { piece = Array(piece.prefix(count)) }
            session.bytes = session.bytes[..<first] + piece
        }
        if session.bytes.count == session.total {
            session.result = insert(session.bytes, session.metadata, session.query, fault, &state)
        }
        state.sessions[id] = session
        if let result = session.result { return result }
        let end = session.bytes.count
        return HTTPResponse(status: 308, headers: end > 0 ? ["Range": "bytes=0-\(end - 1)"] : [:])
    }

    private func insert(
        _ bytes: [UInt8], _ metadata: [UInt8], _ query: [String: String], _ fault: Fault?, _ state: inout State
    ) -> HTTPResponse {
        var bytes = bytes
        if case .damagedUpload = fault { bytes[bytes.count / 2] ^= 1 }
        let fields = try! JSONDecoder().decode([String: String].self, from: Data(metadata))
        guard fields["crc32c"] == CRC32C.text(bytes) else {
            return .refusal(400, "Provided CRC32C doesn't match calculated CRC32C.")
        }
        let name = fields["name"]!
        if let refusal = refusal(name, query, state) { return refusal }
        state.generation += 1
        let stored = Stored(bytes: bytes, generation: state.generation, fields: fields)
        state.objects[name] = stored
        return .json(resource(name, stored))
    }

    private func refusal(_ name: String, _ query: [String: String], _ state: State) -> HTTPResponse? {
        guard let expected = query["ifGenerationMatch"] else { return nil }
        guard expected != "\(state.objects[name]?.generation ?? 0)" else { return nil }
        return .refusal(412, "At least one of the pre-conditions you specified did not hold.")
    }

    private func get(_ name: String, _ request: HTTPRequest, _ state: State) -> HTTPResponse {
        guard let stored = state.objects[name] else { return .refusal(404, "No such object: \(Self.name)/\(name)") }
        guard request.query["alt"] == "media" else { return .json(resource(name, stored)) }
        var headers: HTTPHeaders = [
            "X-Goog-Generation": "\(stored.generation)",
            "X-Goog-Hash": "crc32c=\(CRC32C.text(stored.bytes)),md5=AAAA",
            "X-Goog-Stored-Content-Encoding": stored.fields["contentEncoding"] ?? "identity",
        ]
        headers["Content-Encoding"] = stored.fields["contentEncoding"]
        return HTTPResponse(status: 200, headers: headers, body: stored.bytes)
    }

    private func list(_ request: HTTPRequest, _ state: State) -> HTTPResponse {
        let names = state.objects.keys.filter { $0.hasPrefix(request.query["prefix"] ?? "") }.sorted()
        let start = Int(request.query["pageToken"] ?? "0")!
        let page = names.dropFirst(start).prefix(pageSize)
        let items = page.map { resource($0, state.objects[$0]!) }.joined(separator: ",")
        let next = start + page.count < names.count ? #","nextPageToken":"\#(start + page.count)""# : ""
        return .json(page.isEmpty ? #"{"kind":"storage#objects"}"# : #"{"items":[\#(items)]\#(next)}"#)
    }

    private func delete(_ name: String, _ request: HTTPRequest, _ state: inout State) -> HTTPResponse {
        guard state.objects[name] != nil else { return .refusal(404, "No such object: \(Self.name)/\(name)") }
        if let refusal = refusal(name, request.query, state) { return refusal }
        state.objects[name] = nil
        return HTTPResponse(status: 204)
    }

    private func rewrite(
        _ name: String, _ newName: String, _ request: HTTPRequest, _ state: inout State
    ) -> HTTPResponse {
        guard let stored = state.objects[name] else { return .refusal(404, "No such object: \(Self.name)/\(name)") }
        if let expected = request.query["ifSourceGenerationMatch"], expected != "\(stored.generation)" {
            return .refusal(412, "the source changed")
        }
        if let refusal = refusal(newName, request.query, state) { return refusal }
        // In two calls, as for a large object.
        guard request.query["rewriteToken"] == "half" else { return .json(#"{"done":false,"rewriteToken":"half"}"#) }
        state.generation += 1
        let copy = Stored(bytes: stored.bytes, generation: state.generation, fields: stored.fields)
        state.objects[newName] = copy
        return .json(#"{"done":true,"resource":\#(resource(newName, copy))}"#)
    }

    private func resource(_ name: String, _ stored: Stored) -> String {
        let name = String(decoding: try! JSONEncoder().encode(name), as: UTF8.self)
        return """
            {"name":\(name),"generation":"\(stored.generation)","size":"\(stored.bytes.count)",\
            "crc32c":"\(CRC32C.text(stored.bytes))"}
            """
    }
}

extension CloudStorage {
    /// The bucket in memory, for a client without a token.
    static func test(
        _ bucket: some HTTPTransport, name: String = MemoryBucket.name, userProject: String? = nil,
        retry: RetryPolicy = .quick, limits: HTTPLimits = CloudStorage.recommendedLimits, pieceBytes: Int = 256 << 10
    ) throws -> CloudStorage {
        let environment = GoogleEnvironment(emulatorHost: "https://storage.test")
        var storage = try CloudStorage(
            bucket: name, userProject: userProject, environment: environment,
            tokens: GoogleTokens(environment: environment, transport: bucket), transport: bucket, retry: retry,
            limits: limits)
        storage.pieceBytes = pieceBytes
        return storage
    }
}
