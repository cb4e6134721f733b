import PlaybookTestSupport
import Synchronization
import Testing

@testable import PlaybookHTTP

struct RateLimiterTests {
    private let clock = TestClock()

    private func limiter(perMinute: Int, burst: Int) -> RateLimiter<TestClock> {
        RateLimiter(perMinute: perMinute, burst: burst, clock: clock, now: { [clock] in clock.epochSeconds })
    }

    private func seconds() -> Double { clock.now.offset / .seconds(1) }

    @Test func aBurstPassesThenTheRateHolds() async throws {
        let limiter = limiter(perMinute: 60, burst: 3)
        for _ in 0..<3 { try await limiter.acquire() }
        #expect(seconds() == 0)
        for expected in 1...5 {
            try await limiter.acquire()
            #expect(abs(seconds() - Double(expected)) < 1e-6)
        }
    }

    @Test func restFillsTheBucketNoFurtherThanTheBurst() async throws {
        let limiter = limiter(perMinute: 60, burst: 2)
        for _ in 0..<2 { try await limiter.acquire() }
        clock.advance(by: .seconds(1000))
        for _ in 0..<2 { try await limiter.acquire() }
        #expect(clock.sleeps.isEmpty)
        try await limiter.acquire()
        #expect(clock.sleeps == [.seconds(1)])
    }

    @Test func noWindowSeesMoreThanRateAndBurst() async throws {
        let limiter = limiter(perMinute: 200, burst: 20)
        var times: [Double] = []
        for _ in 0..<600 {
            try await limiter.acquire()
            times.append(seconds())
        }
        for (number, time) in times.enumerated() where number >= 220 { #expect(time - times[number - 220] > 59.999) }
        #expect(abs(times[599] - 580 * 0.3) < 1e-6)
    }

    @Test func theServersLimitBecomesTheRate() async throws {
        let limiter = limiter(perMinute: 60, burst: 1)
        limiter.observe(
            HTTPResponse(status: 200, headers: ["X-RateLimit-Limit": "600", "X-RateLimit-Remaining": "500"]))
        for _ in 0..<11 { try await limiter.acquire() }
        #expect(abs(seconds() - 1) < 1e-6)
        for value in ["0", "-1", "many", "99999999999999999999"] {
            limiter.observe(HTTPResponse(status: 200, headers: ["X-RateLimit-Limit": value]))
        }
        for _ in 0..<10 { try await limiter.acquire() }
        #expect(abs(seconds() - 2) < 1e-6)
    }

    @Test func remainingBoundsTheTokens() async throws {
        let limiter = limiter(perMinute: 60, burst: 10)
        limiter.observe(
            HTTPResponse(status: 200, headers: ["X-RateLimit-Remaining": "2", "X-RateLimit-Reset": "1000030"]))
        for _ in 0..<2 { try await limiter.acquire() }
        #expect(clock.sleeps.isEmpty)
        limiter.observe(HTTPResponse(status: 200, headers: ["X-RateLimit-Remaining": "50"]))
        try await limiter.acquire()
        #expect(clock.sleeps == [.seconds(1)])
    }

    @Test func nothingRemainingWaitsForTheReset() async throws {
        let limiter = limiter(perMinute: 60, burst: 10)
        limiter.observe(
            HTTPResponse(status: 200, headers: ["X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "1000030"]))
        for _ in 0..<10 { try await limiter.acquire() }
        #expect(clock.sleeps == [.seconds(30)])
    }

    @Test(arguments: [("1000000000000", 1.0), ("9999999999", 120), ("999990", 1), ("", 1)])
    func absurdResetsAreBounded(_ reset: String, _ wait: Double) async throws {
        let limiter = limiter(perMinute: 60, burst: 10)
        limiter.observe(HTTPResponse(status: 200, headers: ["X-RateLimit-Remaining": "0", "X-RateLimit-Reset": reset]))
        try await limiter.acquire()
        #expect(abs(seconds() - wait) < 1e-6)
    }

    @Test func a429TakesEveryTokenAndPausesLongerWhenItDoesNotSayHowLong() async throws {
        let limiter = limiter(perMinute: 60, burst: 10)
        limiter.observe(HTTPResponse(status: 429))
        try await limiter.acquire()
        #expect(clock.sleeps == [.seconds(10)])
        limiter.observe(HTTPResponse(status: 429, headers: ["Retry-After": "5"]))
        try await limiter.acquire()
        #expect(clock.sleeps == [.seconds(10), .seconds(5)])
    }

    @Test func waitersPassInOrder() async throws {
        let clock = TestClock(isStuck: true)
        let limiter = RateLimiter(perMinute: 60, burst: 1, clock: clock)
        let passed = Passed()
        try await limiter.acquire()
        var tasks: [Task<Void, any Error>] = []
        for number in 0..<10 {
            tasks.append(
                Task {
                    try await limiter.acquire()
                    passed.append(number)
                })
            #expect(await becomesTrue { clock.sleeps.count == 1 && limiter.waiting == number })
        }
        tasks[4].cancel()
        await #expect(throws: CancellationError.self) { try await tasks[4].value }
        for count in 1...9 {
            clock.letOneWake()
            #expect(await becomesTrue { passed.numbers.count == count })
        }
        #expect(passed.numbers == [0, 1, 2, 3, 5, 6, 7, 8, 9])
        #expect(clock.sleeps == Array(repeating: .seconds(1), count: 9))
    }

    @Test func manyTasksShareTheRate() async throws {
        let limiter = limiter(perMinute: 600, burst: 10)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<110 { group.addTask { try await limiter.acquire() } }
            try await group.waitForAll()
        }
        #expect(abs(seconds() - 10) < 1e-6)
    }

    @Test func cancellationEndsTheWaitAndTakesNoToken() async throws {
        let clock = TestClock(isStuck: true)
        let limiter = RateLimiter(perMinute: 60, burst: 1, clock: clock)
        let script = ScriptedTransport(HTTPResponse(status: 200))
        let transport = RateLimitedTransport(script, limiter: limiter)
        _ = try await transport.send(HTTPRequest(.get, "http://host/"))
        let task = Task { () -> HTTPError.Code? in
            do throws(HTTPError) {
                _ = try await transport.send(HTTPRequest(.get, "http://host/"))
                return nil
            } catch {
                return error.code
            }
        }
        #expect(await becomesTrue { clock.sleeps.count == 1 })
        task.cancel()
        #expect(await task.value == .cancelled)
        #expect(script.count == 1)
        clock.advance(by: .seconds(1))
        _ = try await transport.send(HTTPRequest(.get, "http://host/"))
        #expect(clock.sleeps.count == 1)
    }

    @Test func theTransportLearns() async throws {
        let script = ScriptedTransport(
            HTTPResponse(status: 200, headers: ["X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "1000012"]))
        let transport = RateLimitedTransport(script, limiter: limiter(perMinute: 60, burst: 5))
        for _ in 0..<2 { _ = try await transport.send(HTTPRequest(.get, "http://host/")) }
        #expect(clock.sleeps == [.seconds(12)])
    }
}

/// Who passed, in order.
private final class Passed: Sendable {
    private let state = Mutex<[Int]>([])

    var numbers: [Int] { state.withLock { $0 } }

    func append(_ number: Int) { state.withLock { $0.append(number) } }
}
