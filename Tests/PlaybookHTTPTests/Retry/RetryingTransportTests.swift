import PlaybookHTTP
import PlaybookTestSupport
import Synchronization
import Testing

struct RetryingTransportTests {
    private let clock = TestClock()
    private let get = HTTPRequest(.get, "http://host/")
    private let policy = RetryPolicy(
        maximumAttempts: 8, baseDelay: .milliseconds(100), maximumDelay: .seconds(2), budget: .seconds(60))

    @Test func theFirstSuccessIsTheResult() async throws {
        let notes = Mutex<[String]>([])
        let script = ScriptedTransport([
            .failure(HTTPError(.timeout, "slow")), .success(HTTPResponse(status: 503)),
            .success(HTTPResponse(status: 200)),
        ])
        let transport = RetryingTransport(
            script, policy: policy, clock: clock, generator: SeededGenerator(seed: 1),
            onRetry: { attempt, delay, reason in
                #expect(delay > .zero)
                notes.withLock { $0.append("\(attempt) \(reason)") }
            })
        #expect(try await transport.send(get).status == 200)
        #expect(script.count == 3)
        #expect(notes.withLock { $0 } == ["1 timeout", "2 status 503"])
    }

    @Test func whoIsNeverReachedIsGivenUpSooner() async throws {
        let policy = RetryPolicy(
            maximumAttempts: 1_000, baseDelay: .seconds(1), maximumDelay: .seconds(1), budget: .seconds(60),
            unreachableBudget: .seconds(10))
        let refused = HTTPError(.connect, "refused", number: 7)
        for (first, range) in [(refused, 9.0...10.0), (HTTPError(.stalled, "slow", number: 28), 59.0...60.0)] {
            let clock = TestClock()
            let script = ScriptedTransport([.failure(first)] + [Result](repeating: .failure(refused), count: 999))
            let transport = RetryingTransport(
                script, policy: policy, clock: clock, generator: SeededGenerator(seed: 1))
            await #expect(throws: refused) { try await transport.send(get) }
            #expect(range.contains(clock.sleeps.reduce(.zero, +) / .seconds(1)))
        }
    }

    @Test func delaysAreDrawnBelowADoublingBound() async throws {
        var longest = [Duration](repeating: .zero, count: 7)
        let bounds: [Duration] = [100, 200, 400, 800, 1600, 2000, 2000].map { .milliseconds($0) }
        for seed in 0..<200 {
            let clock = TestClock()
            let transport = RetryingTransport(
                ScriptedTransport(HTTPResponse(status: 500)), policy: policy, clock: clock,
                generator: SeededGenerator(seed: UInt64(seed)))
            #expect(try await transport.send(get).status == 500)
            try #require(clock.sleeps.count == 7)
            for (number, sleep) in clock.sleeps.enumerated() {
                #expect(sleep >= .zero && sleep <= bounds[number])
                longest[number] = max(longest[number], sleep)
            }
        }
        for (longest, bound) in zip(longest, bounds) { #expect(longest > bound * 0.9, "drawn from the whole range") }
    }

    @Test(arguments: [
        ("7", 7.0), ("Mon, 12 Jan 1970 13:46:55 GMT", 15), ("Mon, 12 Jan 1970 13:46:30 GMT", 0), ("100000000", 60),
        ("-5", 0), ("soon", 0), ("", 0), ("99999999999999999999999", 0),
    ])
    func retryAfterIsWaitedFor(_ value: String, _ seconds: Double) async throws {
        let transport = RetryingTransport(
            ScriptedTransport(HTTPResponse(status: 503, headers: ["Retry-After": value]), HTTPResponse(status: 200)),
            policy: policy, clock: clock, generator: SeededGenerator(seed: 3), now: { [clock] in clock.epochSeconds })
        #expect(try await transport.send(get).status == 200)
        let sleep = try #require(clock.sleeps.first)
        // At least what was asked for; without it the policy's own delay.
        let expected = Duration.seconds(seconds)
        #expect(seconds > 0 ? sleep == expected : sleep > .zero && sleep <= .milliseconds(100))
    }

    @Test func a429WaitsForTheReset() async throws {
        let transport = RetryingTransport(
            ScriptedTransport(
                HTTPResponse(status: 429, headers: ["X-RateLimit-Reset": "1000042"]),
                HTTPResponse(status: 429, headers: ["X-RateLimit-Reset": "1000050", "Retry-After": "2"]),
                HTTPResponse(status: 503, headers: ["X-RateLimit-Reset": "1000059"]), HTTPResponse(status: 200)),
            policy: policy, clock: clock, generator: SeededGenerator(seed: 3), now: { [clock] in clock.epochSeconds })
        #expect(try await transport.send(get).status == 200)
        #expect(clock.sleeps.prefix(2) == [.seconds(42), .seconds(2)])
        #expect(clock.sleeps[2] <= .milliseconds(400))
    }

    @Test func theBudgetEndsIt() async throws {
        let script = ScriptedTransport(
            [.success(HTTPResponse(status: 429, headers: ["Retry-After": "25"]))],
            duringSend: { [clock] in clock.advance(by: .seconds(1)) })
        let transport = RetryingTransport(script, policy: policy, clock: clock)
        #expect(try await transport.send(get).status == 429)
        // Attempts start at 0, 26, 52 and, cut short, 60 seconds.
        #expect(clock.sleeps == [.seconds(25), .seconds(25), .seconds(7)])
        #expect(script.count == 4)
    }

    @Test func theLastErrorIsTheResult() async {
        let script = ScriptedTransport([.failure(HTTPError(.dns, "first")), .failure(HTTPError(.connect, "last"))])
        let transport = RetryingTransport(script, policy: policy, clock: clock)
        await #expect(throws: HTTPError(.connect, "last")) { try await transport.send(get) }
        #expect(script.count == 8)
    }

    @Test(arguments: [HTTPRequest.Method.post, .patch]) func whatIsNotIdempotentIsSentOnce(
        _ method: HTTPRequest.Method
    ) async throws {
        let script = ScriptedTransport(HTTPResponse(status: 503))
        let transport = RetryingTransport(script, policy: policy, clock: clock)
        #expect(try await transport.send(HTTPRequest(method, "http://host/")).status == 503)
        #expect(script.count == 1)
        _ = try await transport.send(HTTPRequest(method, "http://host/", isIdempotent: true))
        #expect(script.count == 9)
    }

    @Test(arguments: [200, 204, 301, 304, 400, 401, 403, 404, 409, 422, 501]) func otherStatusesAreFinal(
        _ status: Int
    ) async throws {
        let script = ScriptedTransport(HTTPResponse(status: status))
        #expect(try await RetryingTransport(script, policy: policy, clock: clock).send(get).status == status)
        #expect(script.count == 1)
    }

    @Test(arguments: [HTTPError.Code.cancelled, .invalidRequest, .tooLarge, .libraryMissing, .proxy, .other, .tls])
    func otherErrorsAreFinal(_ code: HTTPError.Code) async {
        let script = ScriptedTransport([.failure(HTTPError(code, "no", number: code == .tls ? 60 : nil))])
        await #expect(throws: HTTPError.self) {
            try await RetryingTransport(script, policy: policy, clock: clock).send(get)
        }
        #expect(script.count == 1)
    }

    @Test func aBrokenHandshakeIsTriedAgain() async {
        let script = ScriptedTransport([.failure(HTTPError(.tls, "reset", number: 35))])
        await #expect(throws: HTTPError.self) {
            try await RetryingTransport(script, policy: policy, clock: clock).send(get)
        }
        #expect(script.count == 8)
    }

    @Test func cancellationEndsTheWait() async {
        let clock = TestClock(isStuck: true)
        let script = ScriptedTransport(HTTPResponse(status: 503))
        let transport = RetryingTransport(script, policy: policy, clock: clock)
        let task = Task { () -> HTTPError.Code? in
            do throws(HTTPError) {
                _ = try await transport.send(get)
                return nil
            } catch {
                return error.code
            }
        }
        #expect(await becomesTrue { clock.sleeps.count == 1 })
        task.cancel()
        #expect(await task.value == .cancelled)
        #expect(script.count == 1)
    }
}
