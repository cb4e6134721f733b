import Foundation
import PlaybookHTTP
import Synchronization

/// Answers requests as a test says, and notes them.
final class ScriptedTransport: HTTPTransport {
    /// The answer to a request; the second parameter counts requests from 1.
    typealias Script = @Sendable (HTTPRequest, Int) throws(HTTPError) -> HTTPResponse

    private let script: Script
    private let sent = Mutex<[HTTPRequest]>([])

    init(_ script: @escaping Script) { self.script = script }

    /// Answers with one response after the other, and with the last of them again and again.
    convenience init(_ responses: [HTTPResponse]) {
        self.init { _, number throws(HTTPError) in responses[min(number, responses.count) - 1] }
    }

    /// Answers 200 with one body after the other, and with the last of them again and again.
    convenience init(bodies: String...) { self.init(bodies.map { .ok($0) }) }

    /// What was sent so far.
    var requests: [HTTPRequest] { sent.withLock { $0 } }

    func send(_ request: HTTPRequest) async throws(HTTPError) -> HTTPResponse {
        if Task.isCancelled { throw HTTPError(.cancelled, "cancelled") }
        let number = sent.withLock { sent in
            sent.append(request)
            return sent.count
        }
        return try script(request, number)
    }
}

extension HTTPResponse {
    static func ok(_ body: String) -> HTTPResponse { HTTPResponse(status: 200, body: Array(body.utf8)) }

    static func status(_ status: Int, _ body: String = "") -> HTTPResponse {
        HTTPResponse(status: status, body: Array(body.utf8))
    }
}

extension HTTPRequest {
    /// The path of the URL, as a second reader of URLs sees it.
    var path: String { URLComponents(string: url)?.path ?? "" }

    /// The query's items, as a second reader of URLs sees them.
    var items: [String: String] {
        let items = URLComponents(string: url)?.queryItems ?? []
        return Dictionary(items.map { ($0.name, $0.value ?? "") }) { $0 + "," + $1 }
    }
}
