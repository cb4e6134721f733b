import PlaybookAddresses

/// A request.
public struct HTTPRequest: Hashable, Sendable {
    /// What is asked for.
    public enum Method: String, Hashable, Sendable, CaseIterable {
        case get = "GET"
        case head = "HEAD"
        case post = "POST"
        case put = "PUT"
        case delete = "DELETE"
        case patch = "PATCH"

        /// Whether sending it twice does no more than sending it once.
        public var isIdempotent: Bool { self != .post && self != .patch }
    }

    /// What is asked for.
    public var method: Method
    /// `http://` or `https://`; percent-encoded where it must be.
    public var url: String
    /// Without `Content-Length`, `Transfer-Encoding` and `Expect`, which follow from the body.
    public var headers: HTTPHeaders
    /// Sent as it is. `get` and `head` have none.
    public var body: [UInt8]?
    /// How long it may take and how large the answer may be.
    public var limits: HTTPLimits
    /// Whether it may be sent again after a failure.
    public var isIdempotent: Bool
    /// Whether the URL is itself a secret, as that of a webhook: its description names the host alone.
    public var isURLSecret: Bool
    /// Whether a compressed answer is decompressed. If not, the body is as it came over the network, and compression is
    /// asked for by nothing but an `Accept-Encoding` among the headers.
    public var decodesBody: Bool

    /// A request; `isIdempotent` follows from the method unless it is given.
    public init(
        _ method: Method, _ url: String, headers: HTTPHeaders = [:], body: [UInt8]? = nil,
        limits: HTTPLimits = HTTPLimits(), isIdempotent: Bool? = nil, isURLSecret: Bool = false,
        decodesBody: Bool = true
    ) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
        self.limits = limits
        self.isIdempotent = isIdempotent ?? method.isIdempotent
        self.isURLSecret = isURLSecret
        self.decodesBody = decodesBody
    }

    /// The host of the URL.
    var host: String { URLParts(url).host }
}

extension HTTPRequest: CustomStringConvertible, CustomReflectable {
    /// `GET https://host/path?feed=iex&token=(secret)`: no user, no password, no header values.
    public var description: String {
        guard isURLSecret else { return "\(method.rawValue) \(Secrecy.shown(url))" }
        let parts = URLParts(url)
        return "\(method.rawValue) \(parts.scheme)://\(parts.hostAndPort)/\(Secrecy.mask)"
    }

    /// Nothing but the description.
    public var customMirror: Mirror { Mirror(self, children: []) }
}
