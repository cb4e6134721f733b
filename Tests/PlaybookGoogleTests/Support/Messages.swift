import PlaybookHTTP

extension HTTPResponse {
    static func json(_ text: String, status: Int = 200, headers: HTTPHeaders = [:]) -> HTTPResponse {
        HTTPResponse(status: status, headers: headers, body: Array(text.utf8))
    }

    /// As Google words it.
    static func refusal(_ status: Int, _ message: String) -> HTTPResponse {
        json(#"{"error":{"code":\#(status),"message":"\#(message)"}}"#, status: status)
    }

    static func token(_ value: String, seconds: Int = 3600) -> HTTPResponse {
        json(#"{"access_token":"\#(value)","expires_in":\#(seconds),"token_type":"Bearer"}"#)
    }
}

extension HTTPRequest {
    var form: [String: String] { Self.items(String(decoding: body ?? [], as: UTF8.self)) }

    /// The query's items.
    var query: [String: String] { Self.items(url.firstIndex(of: "?").map { String(url[$0...].dropFirst()) } ?? "") }

    /// From the host's end to the query, percent-encoded.
    var path: String {
        let rest = url[url.firstRange(of: "://")!.upperBound...]
        return String(rest[(rest.firstIndex(of: "/") ?? rest.endIndex)...].prefix { $0 != "?" })
    }

    private static func items(_ text: String) -> [String: String] {
        let pairs = text.split(separator: "&").map { item in
            let parts = item.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            return (percentDecoded(parts[0]), parts.count > 1 ? percentDecoded(parts[1]) : "")
        }
        return Dictionary(pairs) { $0 + "," + $1 }
    }
}

func percentDecoded(_ text: some StringProtocol) -> String {
    var bytes: [UInt8] = []
    var rest = Substring(text)[...].utf8
    while let byte = rest.popFirst() {
        if byte == UInt8(ascii: "%"), let value = UInt8(String(rest.prefix(2))!, radix: 16) {
            bytes.append(value)
            rest = rest.dropFirst(2)
        } else {
            bytes.append(byte)
        }
    }
    return String(decoding: bytes, as: UTF8.self)
}
