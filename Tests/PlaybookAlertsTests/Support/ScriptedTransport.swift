import PlaybookHTTP
import Synchronization

/// Answers with a list of outcomes, the last of them again and again, each after some time on `clock`.
final class ScriptedTransport: HTTPTransport {
    private let outcomes: [Result<HTTPResponse, HTTPError>]
    private let clock: TestClock
    private let seconds: Double
    private let sent = Mutex<[HTTPRequest]>([])

    init(_ outcomes: [Result<HTTPResponse, HTTPError>], clock: TestClock, seconds: Double = 0) {
        self.outcomes = outcomes
        self.clock = clock
        self.seconds = seconds
    }

    var requests: [HTTPRequest] { sent.withLock { $0 } }

    func send(_ request: HTTPRequest) async throws(HTTPError) -> HTTPResponse {
        let number = sent.withLock { sent in
            sent.append(request)
            return sent.count
        }
        clock.advance(by: .seconds(seconds))
        return try outcomes[min(number, outcomes.count) - 1].get()
    }
}

/// A clock that stands still but for its sleepers: a sleep moves the time to its end at once.
final class TestClock: Clock {
    struct Instant: InstantProtocol {
        var offset: Duration

        func advanced(by duration: Duration) -> Instant { Instant(offset: offset + duration) }
        func duration(to other: Instant) -> Duration { other.offset - offset }
        static func < (left: Instant, right: Instant) -> Bool { left.offset < right.offset }
    }

    private let state = Mutex((time: Duration.zero, sleeps: [Duration]()))

    var now: Instant { Instant(offset: state.withLock { $0.time }) }
    var minimumResolution: Duration { .nanoseconds(1) }
    /// How long each sleep was.
    var sleeps: [Duration] { state.withLock { $0.sleeps } }

    func advance(by duration: Duration) { state.withLock { $0.time += duration } }

    func sleep(until deadline: Instant, tolerance: Duration?) async throws {
        state.withLock {
            $0.sleeps.append(deadline.offset - $0.time)
            $0.time = max($0.time, deadline.offset)
        }
        try Task.checkCancellation()
    }
}
