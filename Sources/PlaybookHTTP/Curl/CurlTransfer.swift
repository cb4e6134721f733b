internal import CCurl
import PlaybookCore
internal import Synchronization

/// One request on its way. After `submit` everything but `isCancelled` belongs to the worker's thread.
final class CurlTransfer: @unchecked Sendable {
    typealias Outcome = Result<HTTPResponse, HTTPError>

    let request: HTTPRequest
    let isCancelled = Atomic(false)
    var continuation: CheckedContinuation<Outcome, Never>?

    var easy: UnsafeMutableRawPointer?
    /// libcurl's text about the failure, and the header lines it sends.
    let problem = UnsafeMutablePointer<CChar>.allocate(capacity: Int(CURL_ERROR_SIZE))
    var headerLines: UnsafeMutablePointer<curl_slist>?

    private var head = HTTPResponseHead()
    private var body: [UInt8] = []
    private var hasBody = false
    private var excess: String?
    /// How much of the request's body libcurl has taken.
    private var sentCount = 0

    init(_ request: HTTPRequest) {
        self.request = request
        problem.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
    }

    deinit {
        problem.deallocate()
        if let headerLines { ccurl_slist_free_all(headerLines) }
    }

    func finish(_ outcome: Outcome) {
        continuation?.resume(returning: outcome)
        continuation = nil
    }

    func finish(_ error: HTTPError) { finish(.failure(error)) }

    // MARK: - What libcurl asks for and hands over

    /// Fills `room` with the next piece of the request's body; 0 at its end.
    func provideBody(_ room: UnsafeMutableRawBufferPointer) -> Int {
        let piece = (request.body ?? [])[sentCount...].prefix(room.count)
        room.copyBytes(from: piece)
        sentCount += piece.count
        return piece.count
    }

    /// Takes a header line; false stops the transfer.
    func receiveHeader(_ line: UnsafeRawBufferPointer) -> Bool {
        if head.add(line) { return true }
        excess = "the headers are larger than \(HTTPResponseHead.maximumBytes) bytes"
        return false
    }

    /// Takes a piece of the body; false stops the transfer.
    func receiveBody(_ piece: UnsafeRawBufferPointer) -> Bool {
        let limit = request.limits.maximumBodyBytes
        if !hasBody {
            hasBody = true
            var length = -1
            if let easy { ccurl_get_off_t(easy, CURLINFO_CONTENT_LENGTH_DOWNLOAD_T, &length) }
            // Text is compressed to about a quarter.
            let isEncoded = request.decodesBody && head.headers["Content-Encoding"] != nil
            let size = isEncoded ? min(length, 4 << 20) * 4 : length
            if size > 0, size <= limit { body.reserveCapacity(size) }
        }
        guard piece.count <= limit - body.count else {
            excess = "the body is larger than \(limit) bytes"
            return false
        }
        body.append(contentsOf: piece)
        return true
    }

    /// What came of it.
    func outcome(_ easy: UnsafeMutableRawPointer, _ code: CURLcode) -> Outcome {
        if let excess {
            let message = "answer of \(request.host): \(excess); it was not read further"
            return .failure(HTTPError(.tooLarge, NeutralText(message), number: Int(code.rawValue)))
        }
        guard code == CURLE_OK else { return .failure(error(easy, code)) }
        // libcurl takes a head that breaks off for a whole one.
        guard head.isComplete else { return .failure(error(easy, CURLE_RECV_ERROR)) }
        var status = 0
        ccurl_get_long(easy, CURLINFO_RESPONSE_CODE, &status)
        return .success(
            HTTPResponse(
                status: status, headers: head.headers, body: body, timing: HTTPTiming(easy), version: version(easy)))
    }

    private func version(_ easy: UnsafeMutableRawPointer) -> String {
        var version = 0
        ccurl_get_long(easy, CURLINFO_HTTP_VERSION, &version)
        return switch version {
        case CURL_HTTP_VERSION_1_0: "1.0"
        case CURL_HTTP_VERSION_1_1: "1.1"
        case CURL_HTTP_VERSION_3: "3"
        default: "2"
        }
    }
}

extension HTTPTiming {
    /// What libcurl measured.
    fileprivate init(_ easy: UnsafeMutableRawPointer) {
        func seconds(_ info: CURLINFO) -> Double {
            var microseconds = 0
            ccurl_get_off_t(easy, info, &microseconds)
            return Double(microseconds) * 1e-6
        }
        var bodyBytes = 0
        var headerBytes = 0
        ccurl_get_off_t(easy, CURLINFO_SIZE_DOWNLOAD_T, &bodyBytes)
        ccurl_get_long(easy, CURLINFO_HEADER_SIZE, &headerBytes)
        self.init(
            nameLookup: seconds(CURLINFO_NAMELOOKUP_TIME_T), connected: seconds(CURLINFO_CONNECT_TIME_T),
            secured: seconds(CURLINFO_APPCONNECT_TIME_T), firstByte: seconds(CURLINFO_STARTTRANSFER_TIME_T),
            total: seconds(CURLINFO_TOTAL_TIME_T), bytesReceived: bodyBytes + headerBytes)
    }
}
