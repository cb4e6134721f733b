import Synchronization

/// A clock that stands still but for its sleepers: a sleep moves the time to its end at once. One that is stuck wakes
/// them one by one when it is told to.
final class TestClock: Clock, Sendable {
    struct Instant: InstantProtocol {
        var offset: Duration

        func advanced(by duration: Duration) -> Instant { Instant(offset: offset + duration) }
        func duration(to other: Instant) -> Duration { other.offset - offset }
        static func < (left: Instant, right: Instant) -> Bool { left.offset < right.offset }
    }

    private let state = Mutex((time: Duration.zero, sleeps: [Duration](), wakes: 0))
    private let isStuck: Bool

    init(isStuck: Bool = false) { self.isStuck = isStuck }

    var now: Instant { Instant(offset: state.withLock { $0.time }) }
    var minimumResolution: Duration { .nanoseconds(1) }
    /// How long each sleep was.
    var sleeps: [Duration] { state.withLock { $0.sleeps } }

    /// Seconds since 1970, with the clock's zero at 1,000,000.
    var epochSeconds: Double { 1_000_000 + now.offset / .seconds(1) }

    func advance(by duration: Duration) { state.withLock { $0.time += duration } }

    func letOneWake() { state.withLock { $0.wakes += 1 } }

    func sleep(until deadline: Instant, tolerance: Duration?) async throws {
        state.withLock { $0.sleeps.append(deadline.offset - $0.time) }
        while isStuck, !mayWake() { try await Task.sleep(for: .milliseconds(1)) }
        try Task.checkCancellation()
        state.withLock { $0.time = max($0.time, deadline.offset) }
    }

    private func mayWake() -> Bool {
        state.withLock { state in
            guard state.wakes > 0 else { return false }
            state.wakes -= 1
            return true
        }
    }
}
