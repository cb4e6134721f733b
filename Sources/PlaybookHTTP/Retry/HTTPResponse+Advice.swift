#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

extension HTTPResponse {
    /// What `Retry-After` asks for, given as seconds or as a date; nil without it, or when it is neither.
    ///
    /// - Parameter now: seconds since 1970.
    public func retryAfter(now: Double) -> Duration? {
        guard let text = headers["Retry-After"] else { return nil }
        if let seconds = Self.count(text) { return .seconds(seconds) }
        return HTTPDate.epochSeconds(text).map { Self.wait(until: $0, now: now) }
    }

    /// Until the moment of `X-RateLimit-Reset` (seconds since 1970); zero when it has passed, nil without it.
    ///
    /// - Parameter now: seconds since 1970.
    public func rateLimitReset(now: Double) -> Duration? {
        headers["X-RateLimit-Reset"].flatMap(Self.count).map { Self.wait(until: $0, now: now) }
    }

    /// Seconds that this computer's clock is ahead of the server's, which tells whole seconds; nil when it does not
    /// tell the time.
    ///
    /// - Parameter now: seconds since 1970.
    public func clockAhead(now: Double) -> Double? {
        // A cache in between hands out old dates.
        guard headers["Age"] == nil else { return nil }
        return headers["Date"].flatMap(HTTPDate.epochSeconds).map { now - Double($0) }
    }

    /// Requests a minute: `X-RateLimit-Limit`.
    var rateLimit: Int? { headers["X-RateLimit-Limit"].flatMap(Self.count) }

    /// Requests left until the reset: `X-RateLimit-Remaining`.
    var rateLimitRemaining: Int? { headers["X-RateLimit-Remaining"].flatMap(Self.count) }

    /// A number of at most ten digits: what is longer is neither a time nor a count.
    private static func count(_ text: String) -> Int? {
        guard (1...10).contains(text.utf8.count), text.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }) else { return nil }
        return Int(text)
    }

    private static func wait(until moment: Int, now: Double) -> Duration { .seconds(max(0, Double(moment) - now)) }
}

/// The system's time in seconds since 1970.
public func systemEpochSeconds() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
}
