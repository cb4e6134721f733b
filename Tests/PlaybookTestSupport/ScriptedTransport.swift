package import PlaybookHTTP
import Synchronization

/// Answers requests as a test says, and notes them.
package final class ScriptedTransport: HTTPTransport {
    /// The answer to a request; the second parameter counts requests from 1.
    package typealias Script = @Sendable (HTTPRequest, Int) async throws(HTTPError) -> HTTPResponse

    private let script: Script
    private let sent = Mutex<[HTTPRequest]>([])

    package init(_ script: @escaping Script) { self.script = script }

    /// Answers with one outcome after the other, and with the last of them again and again.
    ///
    /// - Parameter duringSend: what happens while each request is under way.
    package convenience init(
        _ outcomes: [Result<HTTPResponse, HTTPError>], duringSend: @escaping @Sendable () -> Void = {}
    ) {
        self.init { _, number throws(HTTPError) in
            duringSend()
            return try outcomes[min(number, outcomes.count) - 1].get()
        }
    }

    /// Answers with one response after the other, and with the last of them again and again.
    package convenience init(_ responses: [HTTPResponse]) { self.init(responses.map { .success($0) }) }

    /// Answers with one response after the other, and with the last of them again and again.
    package convenience init(_ responses: HTTPResponse...) { self.init(responses) }

    /// What was sent so far.
    package var requests: [HTTPRequest] { sent.withLock { $0 } }

    /// How many requests were sent so far.
    package var count: Int { sent.withLock { $0.count } }

    package func send(_ request: HTTPRequest) async throws(HTTPError) -> HTTPResponse {
        if Task.isCancelled { throw HTTPError(.cancelled, "cancelled") }
        let number = sent.withLock { sent in
            sent.append(request)
            return sent.count
        }
        return try await script(request, number)
    }
}
