import PlaybookAddresses

extension HTTPRequest {
    /// Refuses what would not arrive as it is written.
    ///
    /// - Throws: `HTTPError` with code `invalidRequest`.
    func validate() throws(HTTPError) {
        guard url.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
            throw invalid("the URL holds spaces, control or non-ASCII characters: percent-encode them")
        }
        let parts = URLParts(url)
        guard parts.scheme == "http" || parts.scheme == "https" else {
            throw invalid("the URL must begin with http:// or https://")
        }
        guard !parts.host.isEmpty, !url.utf8.contains(UInt8(ascii: "\\")) else {
            throw invalid("the URL has no host, or a backslash in it")
        }
        guard body == nil || (method != .get && method != .head) else {
            throw invalid("\(method.rawValue) has no body")
        }
        guard limits.maximumBodyBytes >= 0, limits.stallSpeed >= 0, limits.connectTimeout > .zero,
            limits.totalTimeout > .zero, limits.stallTimeout > .zero
        else { throw invalid("timeouts must be positive and sizes must not be negative") }
        for field in headers.fields { try validate(field) }
    }

    private func validate(_ field: HTTPHeaders.Field) throws(HTTPError) {
        guard !field.name.isEmpty, field.name.utf8.allSatisfy(Self.isTokenByte) else {
            throw invalid("a header's name is empty or holds characters that names do not have")
        }
        // A tab is allowed within a value; other control characters would begin another line or hide one.
        guard field.value.utf8.allSatisfy({ $0 == 0x09 || ($0 >= 0x20 && $0 != 0x7F) }) else {
            throw invalid("the value of header \(field.name) holds control characters")
        }
        for name in ["Content-Length", "Transfer-Encoding", "Expect"] where HTTPHeaders.isEqual(name, field.name) {
            throw invalid("header \(name) follows from the body: leave it out")
        }
    }

    private func invalid(_ problem: String) -> HTTPError {
        HTTPError(.invalidRequest, "request to \(host.isEmpty ? "no host" : printable(host)): \(problem)")
    }

    /// A character of RFC 9110's `token`.
    private static func isTokenByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
        }
    }
}

/// `text` with control characters replaced.
func printable(_ text: String) -> String {
    String(String.UnicodeScalarView(text.unicodeScalars.map { $0.value < 0x20 || $0.value == 0x7F ? "?" : $0 }))
}
