internal import Synchronization

/// Sends idempotent requests again when they fail in a way that may pass.
///
/// It waits as long as `Retry-After` asks for, after a 429 without one until `X-RateLimit-Reset`, and never shorter than
/// its own growing, jittered delay. When attempts or budget are used up, the last answer or error is the result.
public struct RetryingTransport<C: Clock>: HTTPTransport where C.Duration == Duration {
    /// Is told before each wait: the number of the attempt that failed, how long the wait is, and why.
    public typealias Observer = @Sendable (_ attempt: Int, _ delay: Duration, _ reason: RetryReason) -> Void

    private let transport: any HTTPTransport
    private let policy: RetryPolicy
    private let clock: C
    private let now: @Sendable () -> Double
    private let random: RandomSource
    private let onRetry: Observer?

    /// Sends through `transport`.
    ///
    /// - Parameters:
    ///   - clock: waits and measures the budget.
    ///   - generator: draws the delays.
    ///   - now: seconds since 1970, for servers that name a moment.
    ///   - onRetry: is told before each wait.
    public init(
        _ transport: any HTTPTransport, policy: RetryPolicy = RetryPolicy(), clock: C = ContinuousClock(),
        generator: any RandomNumberGenerator & Sendable = SystemRandomNumberGenerator(),
        now: @escaping @Sendable () -> Double = systemEpochSeconds, onRetry: Observer? = nil
    ) {
        self.transport = transport
        self.policy = policy
        self.clock = clock
        self.now = now
        self.onRetry = onRetry
        random = RandomSource(generator)
    }

    public func send(_ request: HTTPRequest) async throws(HTTPError) -> HTTPResponse {
        let start = clock.now
        var attempt = 1
        var isReached = false
        while true {
            let outcome = await outcome(of: request)
            if case .failure(let error) = outcome {
                isReached = isReached || !error.isUnreachable
            } else {
                isReached = true
            }
            guard request.isIdempotent, attempt < policy.maximumAttempts, let reason = policy.reason(outcome) else {
                return try outcome.get()
            }
            let left = (isReached ? policy.budget : policy.unreachableBudget) - start.duration(to: clock.now)
            guard left > .zero else { return try outcome.get() }
            let delay = min(delay(after: outcome, attempt: attempt), left)
            onRetry?(attempt, delay, reason)
            do {
                try await clock.sleep(until: clock.now.advanced(by: delay), tolerance: nil)
            } catch {
                throw .cancelled(request)
            }
            attempt += 1
        }
    }

    private func outcome(of request: HTTPRequest) async -> Result<HTTPResponse, HTTPError> {
        do throws(HTTPError) {
            return .success(try await transport.send(request))
        } catch {
            return .failure(error)
        }
    }

    private func delay(after outcome: Result<HTTPResponse, HTTPError>, attempt: Int) -> Duration {
        let own = policy.delayBound(attempt: attempt) * random.fraction()
        guard case .success(let response) = outcome else { return own }
        let now = now()
        let asked = response.retryAfter(now: now) ?? (response.status == 429 ? response.rateLimitReset(now: now) : nil)
        return max(own, asked ?? .zero)
    }
}

/// A random number generator that tasks share.
private final class RandomSource: Sendable {
    private let generator: Mutex<any RandomNumberGenerator & Sendable>

    init(_ generator: any RandomNumberGenerator & Sendable) { self.generator = Mutex(generator) }

    /// From 0 to 1.
    func fraction() -> Double {
        generator.withLock { generator in
            // Opening the existential by hand: 53 random bits.
            Double(generator.next() >> 11) * 0x1p-53
        }
    }
}
