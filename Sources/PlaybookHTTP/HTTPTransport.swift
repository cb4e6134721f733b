/// Sends HTTP requests.
public protocol HTTPTransport: Sendable {
    /// Sends `request` and waits for the whole answer.
    ///
    /// Any status is a response, not an error; redirects are not followed.
    ///
    /// - Throws: `HTTPError` when no complete answer came; with code `cancelled` when the task was cancelled.
    func send(_ request: HTTPRequest) async throws(HTTPError) -> HTTPResponse
}
