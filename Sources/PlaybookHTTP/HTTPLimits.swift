/// How long a request may take and how large its answer may be.
public struct HTTPLimits: Hashable, Sendable {
    /// Until a connection stands: name lookup, TCP and TLS.
    public var connectTimeout: Duration
    /// From start to the last byte of the answer.
    public var totalTimeout: Duration
    /// Slower than this, in bytes per second, counts as standing still.
    public var stallSpeed: Int
    /// How long a transfer may stand still; rounded up to whole seconds.
    public var stallTimeout: Duration
    /// Of the body after decompression.
    public var maximumBodyBytes: Int

    /// Limits; the body's in bytes, `stallSpeed` in bytes per second.
    public init(
        connectTimeout: Duration = .seconds(10), totalTimeout: Duration = .seconds(60), stallSpeed: Int = 1,
        stallTimeout: Duration = .seconds(20), maximumBodyBytes: Int = 64 << 20
    ) {
        self.connectTimeout = connectTimeout
        self.totalTimeout = totalTimeout
        self.stallSpeed = stallSpeed
        self.stallTimeout = stallTimeout
        self.maximumBodyBytes = maximumBodyBytes
    }
}
