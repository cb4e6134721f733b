import PlaybookCore
import PlaybookHTTP

extension CloudStorage {
    /// Sends an object in pieces (a resumable upload): after a failure the server is asked how far it got. An upload that
    /// the server no longer knows starts anew.
    ///
    /// The answer is the last one's: 200 or 201 with the object's metadata, or a refusal.
    func sendInPieces(_ upload: Upload, _ operation: Operation, ifGenerationMatch: Int64?) async throws -> Answer {
        var isUncertain = false
        for attempt in 1... {
            let start = try await send(
                operation, .post,
                uploadURL(
                    [("uploadType", "resumable"), ("name", upload.name)] + Self.condition(ifGenerationMatch)),
                headers: [
                    "Content-Type": "application/json; charset=UTF-8", "X-Upload-Content-Type": upload.contentType,
                    "X-Upload-Content-Length": "\(upload.bytes.count)",
                ], body: upload.metadata, isIdempotent: true, isWhole: { $0.headers["Location"] != nil })
            isUncertain = isUncertain || attempt > 1
            guard start.response.status == 200 else { return start.uncertain(isUncertain) }
            guard let session = start.response.headers["Location"],
                Address.origin(session) == Address.origin(endpoint) || Address.isSafe(session)
            else { throw unreadable(operation) }
            var pieces = Pieces(self, upload, operation, session: session)
            if let answer = try await pieces.send() { return answer.uncertain(isUncertain || pieces.isUncertain) }
            // Without a condition a write that may have been done is not done again.
            guard attempt < Self.sessions, ifGenerationMatch != nil || !pieces.isUncertain else { break }
        }
        throw PlaybookError(
            .tryAgain, "\(operation): Cloud Storage forgot the upload before it was finished",
            nextStep: "Try again later.")
    }

    /// How often an upload starts anew, the first time included.
    private static let sessions = 4
}

extension CloudStorage.Answer {
    fileprivate func uncertain(_ isUncertain: Bool) -> Self {
        var answer = self
        answer.isUncertain = answer.isUncertain || isUncertain
        return answer
    }
}

/// An upload on its way.
private struct Pieces {
    /// The last piece may have arrived without an answer.
    private(set) var isUncertain = false

    private let storage: CloudStorage
    private let upload: CloudStorage.Upload
    private let operation: CloudStorage.Operation
    private let session: String
    private var backoff: Backoff
    /// How much the server has, and the most it ever had.
    private var offset = 0
    private var furthest = 0
    /// The server is to be asked how much it has before more is sent.
    private var isLost = false
    private var hasRefreshed = false

    init(
        _ storage: CloudStorage, _ upload: CloudStorage.Upload, _ operation: CloudStorage.Operation, session: String
    ) {
        self.storage = storage
        self.upload = upload
        self.operation = operation
        self.session = session
        backoff = Backoff(storage.retry)
    }

    /// The last answer; nil when the server knows the upload no more.
    mutating func send() async throws -> CloudStorage.Answer? {
        while true {
            // The address is itself a permission; the token goes nowhere but to Cloud Storage.
            let isOwn = Address.origin(session) == Address.origin(storage.endpoint)
            let token = isOwn ? try await storage.tokens.token() : nil
            let response: HTTPResponse
            do {
                response = try await storage.transport.send(request(token))
            } catch {
                guard error.isTransient else { throw storage.unreachable(error, operation) }
                noteFailure()
                guard try await backoff.wait() else { throw storage.unreachable(error, operation) }
                continue
            }
            let answer = CloudStorage.Answer(response: response, isUncertain: isUncertain, token: token)
            switch response.status {
            case 308:
                guard let next = position(response) else { throw storage.unreadable(operation) }
                offset = next
                // All is there and still it is not done, or nothing was added: not at full speed.
                isLost = next == upload.bytes.count
                if next > furthest {
                    furthest = next
                    backoff.reset()
                } else if !(try await backoff.wait()) {
                    throw PlaybookError(
                        .tryAgain, "\(operation): Cloud Storage takes no more than \(next) bytes of it",
                        nextStep: "Try again later.")
                }
            case 404, 410: return nil
            case 401 where token != nil && !hasRefreshed:
                hasRefreshed = true
                await storage.tokens.discard(token!)
            case let status where storage.retry.statuses.contains(status):
                noteFailure()
                guard try await backoff.wait(atLeast: response.retryAfter(now: systemEpochSeconds())) else {
                    return answer
                }
            case 200, 201:
                if CloudStorage.read(ObjectResource.self, response) != nil { return answer }
                noteFailure()
                guard try await backoff.wait() else { return answer }
            default: return answer
            }
        }
    }

    private mutating func noteFailure() {
        if !isLost, offset + storage.pieceBytes >= upload.bytes.count { isUncertain = true }
        isLost = true
    }

    /// The next piece, or the question how much is there.
    private func request(_ token: AccessToken?) -> HTTPRequest {
        let total = upload.bytes.count
        let end = min(offset + storage.pieceBytes, total)
        let range = isLost ? "bytes */\(total)" : "bytes \(offset)-\(end - 1)/\(total)"
        var request = HTTPRequest(
            .put, session, headers: ["Content-Range": range], body: isLost ? [] : Array(upload.bytes[offset..<end]),
            limits: storage.limits, isURLSecret: true)
        request.headers["Authorization"] = token.map { "Bearer \($0.value)" }
        return request
    }

    /// Where to go on: after the last byte in `Range: bytes=0-N`, at the start without it; nil for nonsense.
    private func position(_ response: HTTPResponse) -> Int? {
        guard let range = response.headers["Range"] else { return 0 }
        guard range.hasPrefix("bytes=0-"), let last = Int(range.dropFirst("bytes=0-".count)), last >= 0,
            last < upload.bytes.count
        else { return nil }
        return last + 1
    }
}
