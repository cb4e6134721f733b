internal import Synchronization

/// Counts what goes over the network, from any task.
public final class HTTPMeter: Sendable {
    /// The counts.
    public struct Counts: Hashable, Sendable {
        /// Requests sent, those that failed and those sent again included.
        public var requests = 0
        /// Requests sent again.
        public var retries = 0
        /// Bytes of bodies as they came over the network.
        public var bytesReceived = 0
        /// Seconds that each request took, of the last ten thousand.
        public var seconds: [Double] = []
        /// Seconds that this computer's clock was ahead of the last server's that told the time; its times are whole
        /// seconds.
        public var clockAhead: Double?
    }

    private let counts = Mutex(Counts())
    private static let mostSeconds = 10_000

    /// All counts 0.
    public init() {}

    /// The counts so far.
    public var current: Counts { counts.withLock { $0 } }

    /// Counts a request that is sent again.
    public func countRetry() { counts.withLock { $0.retries += 1 } }

    func count(seconds: Double, bytes: Int, clockAhead: Double?) {
        counts.withLock {
            if let clockAhead { $0.clockAhead = clockAhead }
            if $0.seconds.count < Self.mostSeconds {
                $0.seconds.append(seconds)
            } else {
                $0.seconds[$0.requests % Self.mostSeconds] = seconds
            }
            $0.requests += 1
            $0.bytesReceived += bytes
        }
    }
}

/// A transport that counts what another one sends.
public struct MeteredTransport: HTTPTransport {
    private let base: any HTTPTransport
    private let meter: HTTPMeter

    /// Counts what `base` sends in `meter`.
    public init(_ base: any HTTPTransport, meter: HTTPMeter) {
        self.base = base
        self.meter = meter
    }

    public func send(_ request: HTTPRequest) async throws(HTTPError) -> HTTPResponse {
        let start = ContinuousClock.now
        var bytes = 0
        var clockAhead: Double?
        defer {
            meter.count(seconds: (ContinuousClock.now - start) / .seconds(1), bytes: bytes, clockAhead: clockAhead)
        }
        let response = try await base.send(request)
        bytes = response.timing.bytesReceived
        clockAhead = response.clockAhead(now: systemEpochSeconds())
        return response
    }
}
