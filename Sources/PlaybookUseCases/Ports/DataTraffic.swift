/// What the cache and the network did for a run.
public struct DataTraffic: Sendable, Hashable, Encodable {
    /// Sessions whose bars came from the cache, and those that were fetched; daily bars count on their own.
    public var sessionsFromCache = 0
    public var sessionsFetched = 0
    /// Bytes of cache files read and written.
    public var cacheBytesRead = 0
    public var cacheBytesWritten = 0
    /// Cache files found damaged and set aside.
    public var filesSetAside = 0
    /// Requests sent, repeated ones included, how many of them were repetitions, and bytes received.
    public var requests = 0
    public var retries = 0
    public var bytesReceived = 0
    /// Seconds that half and that 95% of the requests took at most; nil without requests.
    public var requestSecondsP50: Double?
    public var requestSecondsP95: Double?

    /// Share of the sessions that came from the cache, 0 to 1; nil when no session was asked for.
    package var cacheHitRate: Double? {
        let sessions = sessionsFromCache + sessionsFetched
        return sessions == 0 ? nil : Double(sessionsFromCache) / Double(sessions)
    }

    /// Nothing.
    public init() {}

    /// Notes how long requests took, in seconds.
    package mutating func note(seconds: [Double]) {
        let seconds = seconds.sorted()
        requestSecondsP50 = Self.percentile(0.5, of: seconds)
        requestSecondsP95 = Self.percentile(0.95, of: seconds)
    }

    /// The smallest of ascending `values` that at least `share` of them do not exceed; nil of nothing.
    private static func percentile(_ share: Double, of values: [Double]) -> Double? {
        values.isEmpty ? nil : values[max(0, Int((share * Double(values.count)).rounded(.up)) - 1)]
    }
}
