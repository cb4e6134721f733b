import Synchronization

/// A clock that stands still but for its sleepers: a sleep moves the time to its end at once. One that is stuck wakes
/// them one by one when it is told to.
package final class TestClock: Clock, Sendable {
    package struct Instant: InstantProtocol {
        package var offset: Duration

        package func advanced(by duration: Duration) -> Instant { Instant(offset: offset + duration) }
        package func duration(to other: Instant) -> Duration { other.offset - offset }
        package static func < (left: Instant, right: Instant) -> Bool { left.offset < right.offset }
    }

    private let state = Mutex((time: Duration.zero, sleeps: [Duration](), wakes: 0))
    private let isStuck: Bool

    package init(isStuck: Bool = false) { self.isStuck = isStuck }

    package var now: Instant { Instant(offset: state.withLock { $0.time }) }
    package var minimumResolution: Duration { .nanoseconds(1) }
    /// How long each sleep was.
    package var sleeps: [Duration] { state.withLock { $0.sleeps } }

    /// Seconds since 1970, with the clock's zero at 1,000,000.
    package var epochSeconds: Double { 1_000_000 + now.offset / .seconds(1) }

    package func advance(by duration: Duration) { state.withLock { $0.time += duration } }

    package func letOneWake() { state.withLock { $0.wakes += 1 } }

    package func sleep(until deadline: Instant, tolerance: Duration?) async throws {
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
