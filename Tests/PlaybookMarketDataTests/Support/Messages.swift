import Foundation
import PlaybookHTTP
import PlaybookTestSupport

extension ScriptedTransport {
    /// Answers 200 with one body after the other, and with the last of them again and again.
    convenience init(bodies: String...) { self.init(bodies.map { HTTPResponse.ok($0) }) }
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
