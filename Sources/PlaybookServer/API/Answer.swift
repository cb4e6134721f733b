import HTTPTypes
import NIOCore
import HummingbirdCore

/// What the service answers to one request.
struct Answer: Sendable {
    let status: HTTPResponse.Status
    let contentType: String
    let body: String
    var fields: [HTTPField.Name: String] = [:]
    /// The run that the request was about.
    var runID: String?

    /// A document.
    init(_ status: HTTPResponse.Status, _ body: String, runID: String? = nil) {
        self.status = status
        self.runID = runID
        self.body = body
        contentType = "application/json"
    }

    /// A page for people.
    init(_ status: HTTPResponse.Status, page: String) {
        self.status = status
        body = page
        contentType = "text/html; charset=utf-8"
    }

    /// An error.
    init(_ problem: Problem) {
        status = problem.kind.status
        body = problem.document.document
        contentType = "application/problem+json"
        runID = problem.runID
        fields[.retryAfter] = problem.kind.retryAfter.map { String($0) }
        if problem.kind == .unauthorized { fields[.wwwAuthenticate] = "Bearer" }
    }

    /// The answer as it is sent.
    ///
    /// - Parameters:
    ///   - hasBody: false in answers to HEAD.
    ///   - isLast: whether the connection is closed after it.
    func response(hasBody: Bool, isLast: Bool) -> Response {
        var headers: HTTPFields = [
            .contentType: contentType, .cacheControl: "no-store", .xContentTypeOptions: "nosniff",
        ]
        for (name, value) in fields { headers[name] = value }
        if isLast { headers[.connection] = "close" }
        let response = Response(
            status: status, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(string: body + "\n")))
        return hasBody ? response : response.createHeadResponse()
    }
}
