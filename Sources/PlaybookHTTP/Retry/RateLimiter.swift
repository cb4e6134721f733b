internal import Synchronization

/// A token bucket: each request takes a token, tokens come back at a steady rate. Requests pass in the order they came.
///
/// It learns from answers: `X-RateLimit-Limit` becomes its rate, `X-RateLimit-Remaining` bounds its tokens, and when
/// nothing remains it waits until `X-RateLimit-Reset`. After a 429 it has no tokens, whatever the headers say.
public final class RateLimiter<C: Clock>: Sendable where C.Duration == Duration {
    /// The longest wait that a server's reset can impose: windows are minutes, and a clock may be wrong.
    public static var longestPause: Duration { .seconds(120) }

    /// How long a 429 pauses all requests when it does not say how long.
    public static var pauseWithoutAdvice: Duration { .seconds(10) }

    private struct State {
        var tokens: Double
        var perSecond: Double
        var refilled: C.Instant
        var pausedUntil: C.Instant
        var isHeld = false
        var waiters: [Waiter] = []
        var lastWaiter = 0
    }

    private struct Waiter {
        let id: Int
        let continuation: CheckedContinuation<Bool, Never>
    }

    private let burst: Double
    private let clock: C
    private let now: @Sendable () -> Double
    private let state: Mutex<State>

    /// A full bucket.
    ///
    /// - Parameters:
    ///   - perMinute: requests a minute, more than 0.
    ///   - burst: requests that may pass at once, at least 1.
    ///   - clock: waits and measures.
    ///   - now: seconds since 1970, for servers that name a moment.
    public init(
        perMinute: Int, burst: Int, clock: C = ContinuousClock(),
        now: @escaping @Sendable () -> Double = systemEpochSeconds
    ) {
        precondition(perMinute > 0 && burst > 0, "a rate and a burst are at least 1")
        self.burst = Double(burst)
        self.clock = clock
        self.now = now
        let start = clock.now
        state = Mutex(
            State(tokens: Double(burst), perSecond: Double(perMinute) / 60, refilled: start, pausedUntil: start))
    }

    /// Waits for a token and takes it.
    ///
    /// - Throws: `CancellationError` when the task is cancelled; no token is taken then.
    public func acquire() async throws(CancellationError) {
        guard await enter() else { throw CancellationError() }
        defer { leave() }
        while !Task.isCancelled {
            guard let wait = takeToken() else { return }
            do { try await clock.sleep(until: clock.now.advanced(by: wait), tolerance: nil) } catch { break }
        }
        throw CancellationError()
    }

    /// Learns from an answer.
    public func observe(_ response: HTTPResponse) {
        let epoch = now()
        let instant = clock.now
        state.withLock { state in
            refill(&state, at: instant)
            if let limit = response.rateLimit, limit > 0 { state.perSecond = Double(limit) / 60 }
            if let remaining = response.rateLimitRemaining { state.tokens = min(state.tokens, Double(remaining)) }
            if response.status == 429 { state.tokens = 0 }
            guard response.status == 429 || response.rateLimitRemaining == 0 else { return }
            let pause =
                response.retryAfter(now: epoch) ?? response.rateLimitReset(now: epoch)
                ?? (response.status == 429 ? Self.pauseWithoutAdvice : .zero)
            state.pausedUntil = max(state.pausedUntil, instant.advanced(by: min(pause, Self.longestPause)))
        }
    }

    /// Takes a token, or tells how long to wait until there may be one.
    private func takeToken() -> Duration? {
        let instant = clock.now
        return state.withLock { state in
            let pause = instant.duration(to: state.pausedUntil)
            if pause > .zero { return pause }
            refill(&state, at: instant)
            // Nobody waits for a rounding error.
            guard state.tokens < 1 - 1e-9 else {
                state.tokens = max(0, state.tokens - 1)
                return nil
            }
            return .seconds((1 - state.tokens) / state.perSecond)
        }
    }

    private func refill(_ state: inout State, at instant: C.Instant) {
        let elapsed = state.refilled.duration(to: instant).inSeconds
        guard elapsed > 0 else { return }
        state.tokens = min(burst, state.tokens + elapsed * state.perSecond)
        state.refilled = instant
    }

    // MARK: - The queue

    /// Waits until it is the caller's turn to wait for a token; false when the task is cancelled before.
    private func enter() async -> Bool {
        let id = state.withLock { state in
            state.lastWaiter += 1
            return state.lastWaiter
        }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let answer: Bool? = state.withLock { state in
                    if Task.isCancelled { return false }
                    if state.isHeld {
                        state.waiters.append(Waiter(id: id, continuation: continuation))
                        return nil
                    }
                    state.isHeld = true
                    return true
                }
                if let answer { continuation.resume(returning: answer) }
            }
        } onCancel: {
            let waiter: Waiter? = state.withLock { state in
                state.waiters.firstIndex { $0.id == id }.map { state.waiters.remove(at: $0) }
            }
            waiter?.continuation.resume(returning: false)
        }
    }

    /// How many wait behind the one whose turn it is.
    var waiting: Int { state.withLock { $0.waiters.count } }

    /// Hands the turn to the next.
    private func leave() {
        let next: Waiter? = state.withLock { state in
            guard state.waiters.isEmpty else { return state.waiters.removeFirst() }
            state.isHeld = false
            return nil
        }
        next?.continuation.resume(returning: true)
    }
}
