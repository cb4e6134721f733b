public import PlaybookCore

/// Why no complete answer came. Names the host; never holds header values, paths or queries.
public struct HTTPError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What went wrong; the raw values serve as labels of metrics.
    public enum Code: String, Hashable, Sendable, CaseIterable {
        /// The host's name has no address.
        case dns
        /// No connection, or it broke while the request was sent.
        case connect
        /// TLS failed, for instance because the certificate is not trusted.
        case tls
        /// The total or connect timeout ran out.
        case timeout
        /// The transfer stood still for too long.
        case stalled
        /// The answer is larger than the limit.
        case tooLarge
        /// The connection ended before the answer did.
        case truncated
        /// The answer is not HTTP, or its encoding is broken.
        case protocolViolation
        /// The task was cancelled.
        case cancelled
        /// The request cannot be sent as it is.
        case invalidRequest
        /// libcurl is not installed, or is too old.
        case libraryMissing
        /// The proxy of the environment was not found, or refuses.
        case proxy
        /// Anything else.
        case other
    }

    /// What went wrong.
    public let code: Code
    /// What happened with which host, and what to do.
    public let facts: NeutralText
    /// libcurl's error number (`CURLcode`), if it gave one.
    public let number: Int?

    /// A failure; `facts` must hold no secret.
    public init(_ code: Code, _ facts: NeutralText, number: Int? = nil) {
        self.code = code
        self.facts = facts
        self.number = number
    }

    /// Whether the same request may well succeed later.
    public var isTransient: Bool {
        switch code {
        case .dns, .connect, .timeout, .stalled, .truncated, .protocolViolation: true
        // CURLE_SSL_CONNECT_ERROR: the handshake broke off. A certificate that is not trusted stays so.
        case .tls: number == 35
        case .tooLarge, .cancelled, .invalidRequest, .libraryMissing, .proxy, .other: false
        }
    }

    /// Whether no connection came about: the name has no address, or nobody listens there (CURLE_COULDNT_RESOLVE_PROXY,
    /// CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_CONNECT).
    var isUnreachable: Bool { number.map { (5...7).contains($0) } ?? false }

    /// What happened, in plain words.
    public var description: String { facts.description }

    /// The task was cancelled while it waited for `host`.
    static func cancelled(_ request: HTTPRequest) -> HTTPError {
        HTTPError(.cancelled, "request to \(printable(request.host)) cancelled")
    }
}
