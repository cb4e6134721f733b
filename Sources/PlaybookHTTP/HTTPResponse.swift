/// An answer, whatever its status.
public struct HTTPResponse: Hashable, Sendable {
    /// 200, 404 …
    public var status: Int
    /// As received; trailers are left out.
    public var headers: HTTPHeaders
    /// Decompressed, unless the request wants it as it comes.
    public var body: [UInt8]
    /// How long it took.
    public var timing: HTTPTiming
    /// The protocol's version: `1.0`, `1.1`, `2` or `3`.
    public var version: String

    /// An answer.
    public init(
        status: Int, headers: HTTPHeaders = [:], body: [UInt8] = [], timing: HTTPTiming = HTTPTiming(),
        version: String = "1.1"
    ) {
        self.status = status
        self.headers = headers
        self.body = body
        self.timing = timing
        self.version = version
    }

    /// Whether the status is 200 to 299.
    public var isSuccess: Bool { (200...299).contains(status) }
}

extension HTTPResponse: CustomStringConvertible, CustomReflectable {
    /// `200, 1234 bytes over HTTP/2`.
    public var description: String { "\(status), \(body.count) bytes over HTTP/\(version)" }

    /// Nothing but the description.
    public var customMirror: Mirror { Mirror(self, children: []) }
}

/// When a transfer reached its stages, in seconds since its start, and what it received. Stages that a reused
/// connection skips are 0.
public struct HTTPTiming: Hashable, Sendable {
    /// The host's address was known.
    public var nameLookup: Double
    /// TCP was connected.
    public var connected: Double
    /// TLS was ready.
    public var secured: Double
    /// The first byte of the answer came.
    public var firstByte: Double
    /// All was received.
    public var total: Double
    /// Header and body bytes as they came over the wire, before decompression.
    public var bytesReceived: Int

    /// Seconds since the transfer's start, and bytes.
    public init(
        nameLookup: Double = 0, connected: Double = 0, secured: Double = 0, firstByte: Double = 0, total: Double = 0,
        bytesReceived: Int = 0
    ) {
        self.nameLookup = nameLookup
        self.connected = connected
        self.secured = secured
        self.firstByte = firstByte
        self.total = total
        self.bytesReceived = bytesReceived
    }
}
