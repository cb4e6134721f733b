import PlaybookHTTP
import PlaybookTestSupport
import Testing

/// Answers that do not come, or not whole.
struct FailureTests {
    private let transport = CurlTransport(version: "1", idleTimeout: .seconds(600))

    @Test(arguments: [
        "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nonly this",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n50\r\nhel",
        "HTTP/1.1 200 OK\r\nContent-Le",
        "",
    ])
    func cutOffAnswersAreTruncated(_ text: String) async throws {
        for end in [LoopbackServer.Step.close, .reset] {
            let server = try LoopbackServer(.send(text), .pause(.milliseconds(5)), end)
            let error = await failure(HTTPRequest(.get, server.url))
            #expect(error?.code == .truncated, "\(text) \(end): \(String(describing: error))")
            #expect(error?.isTransient == true)
            #expect(error?.description.contains("127.0.0.1") == true)
        }
    }

    /// libcurl would send it again on its own: the connection had served before.
    @Test(arguments: [HTTPRequest.Method.post, .put, .patch])
    func aRequestWithABodyIsSentOnce(method: HTTPRequest.Method) async throws {
        let server = try LoopbackServer { request in
            request.path == "/lost" ? [.close] : [.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")]
        }
        let body = [UInt8](repeating: 0x61, count: 100_000)
        #expect(try await transport.send(HTTPRequest(method, server.url, body: body)).status == 200)
        let error = await failure(HTTPRequest(method, "\(server.url)/lost", body: body))
        #expect(error?.isTransient == true)
        #expect(server.log.requests.filter { $0.path == "/lost" }.count == 1)
        #expect(server.log.requests.allSatisfy { $0.body == body })
        #expect(try await transport.send(HTTPRequest(method, server.url, body: body)).status == 200)
    }

    @Test func cutOffGzipIsNotTakenForWhole() async throws {
        let packed = gzip(Array(repeating: 0x61, count: 100_000)).prefix(200)
        let server = try LoopbackServer(
            .send("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 300\r\n\r\n"), .send(Array(packed)),
            .close)
        #expect(await failure(HTTPRequest(.get, server.url))?.code == .truncated)
    }

    @Test func gzipBombStopsAtTheLimit() async throws {
        let bomb = gzip(Array(repeating: 0x61, count: 8 << 20))
        #expect(bomb.count < 100_000)
        let server = try LoopbackServer(
            .send("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: \(bomb.count)\r\n\r\n"), .send(bomb))
        let error = await failure(HTTPRequest(.get, server.url, limits: HTTPLimits(maximumBodyBytes: 1 << 20)))
        #expect(error?.code == .tooLarge)
        #expect(error?.isTransient == false)
        let response = try await transport.send(
            HTTPRequest(.get, server.url, limits: HTTPLimits(maximumBodyBytes: 8 << 20)))
        #expect(response.body.count == 8 << 20)
    }

    @Test func bodyMayBeAsLargeAsTheLimitAndNoLarger() async throws {
        let server = try LoopbackServer(.send("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello"))
        let request = HTTPRequest(.get, server.url, limits: HTTPLimits(maximumBodyBytes: 5))
        #expect(try await transport.send(request).body.count == 5)
        #expect(
            await failure(HTTPRequest(.get, server.url, limits: HTTPLimits(maximumBodyBytes: 4)))?.code == .tooLarge)
    }

    @Test func endlessBodyIsCutAtTheLimit() async throws {
        let server = try LoopbackServer(
            .send("HTTP/1.1 200 OK\r\n\r\n"), .send(Array(repeating: 0x61, count: 4 << 20)), .awaitClose)
        let limits = HTTPLimits(maximumBodyBytes: 100_000)
        #expect(await failure(HTTPRequest(.get, server.url, limits: limits))?.code == .tooLarge)
        #expect(await becomesTrue { server.log.closedByClient == 1 })
    }

    @Test func headersAreLimited() async throws {
        let fields = (0..<200).map { "X-\($0): \(String(repeating: "v", count: 300))\r\n" }.joined()
        let large = try LoopbackServer(.send("HTTP/1.1 200 OK\r\n\(fields)Content-Length: 0\r\n\r\n"))
        let response = try await transport.send(HTTPRequest(.get, large.url))
        #expect(response.headers.fields.count == 201)
        #expect(response.headers["x-199"]?.count == 300)

        let tooLarge = try LoopbackServer(.send("HTTP/1.1 200 OK\r\n\(fields)\(fields)Content-Length: 0\r\n\r\n"))
        #expect(await failure(HTTPRequest(.get, tooLarge.url))?.code == .tooLarge)
        let many = (0..<300).map { "X-\($0): v\r\n" }.joined()
        let tooMany = try LoopbackServer(.send("HTTP/1.1 200 OK\r\n\(many)Content-Length: 0\r\n\r\n"))
        #expect(await failure(HTTPRequest(.get, tooMany.url))?.code == .tooLarge)
    }

    @Test func noAnswerTimesOut() async throws {
        let server = try LoopbackServer(.awaitClose)
        let start = ContinuousClock.now
        let limits = HTTPLimits(totalTimeout: .milliseconds(200))
        let error = await failure(HTTPRequest(.get, server.url, limits: limits))
        #expect(error?.code == .timeout)
        #expect(error?.isTransient == true)
        #expect((.milliseconds(190)...(.seconds(30))).contains(.now - start))
        #expect(await becomesTrue { server.log.closedByClient == 1 })
    }

    @Test func slowBodyStalls() async throws {
        let server = try LoopbackServer(.send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhello"), .awaitClose)
        let limits = HTTPLimits(stallSpeed: 100, stallTimeout: .seconds(1))
        let error = await failure(HTTPRequest(.get, server.url, limits: limits))
        #expect(error?.code == .stalled)
        #expect(error?.number == 28)
    }

    @Test func refusedConnection() async throws {
        let error = await failure(HTTPRequest(.get, "http://127.0.0.1:\(try unusedPort())/"))
        #expect(error?.code == .connect)
        #expect(error?.number == 7)
        #expect(error?.isTransient == true)
    }

    @Test func unknownHost() async throws {
        let error = await failure(HTTPRequest(.get, "http://no-such-host.invalid/"))
        #expect(error?.code == .dns)
        #expect(error?.description.hasPrefix("no-such-host.invalid: ") == true)
    }

    @Test(arguments: ["SSH-2.0-OpenSSH_9.2\r\n", "HTTP/1.1 abc\r\n\r\n", "\0\0\0\0"])
    func answersThatAreNoHTTP(_ text: String) async throws {
        let server = try LoopbackServer(.send(text), .close)
        #expect(await failure(HTTPRequest(.get, server.url))?.code == .protocolViolation)
    }

    @Test func brokenGzip() async throws {
        let server = try LoopbackServer(
            .send("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 12\r\n\r\nnot gzip now"))
        #expect(await failure(HTTPRequest(.get, server.url))?.code == .protocolViolation)
    }

    @Test func cancellationClosesTheConnection() async throws {
        let server = try LoopbackServer(.send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhello"), .awaitClose)
        let limits = HTTPLimits(totalTimeout: .seconds(120), stallTimeout: .seconds(120))
        let task = Task { await failure(HTTPRequest(.get, server.url, limits: limits)) }
        #expect(await becomesTrue { server.log.requests.count == 1 })
        let start = ContinuousClock.now
        task.cancel()
        let error = await task.value
        #expect(error?.code == .cancelled)
        #expect(error?.isTransient == false)
        #expect(await becomesTrue { server.log.closedByClient == 1 })
        // Sooner than any timeout would.
        #expect(.now - start < .seconds(60))
    }

    @Test func aCancelledTaskSendsNothing() async throws {
        let server = try LoopbackServer(.send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"))
        let task = Task {
            while !Task.isCancelled { await Task.yield() }
            return await failure(HTTPRequest(.get, server.url))
        }
        task.cancel()
        #expect(await task.value?.code == .cancelled)
        #expect(server.log.connections == 0)
    }

    @Test func cancellingOneLeavesTheOthers() async throws {
        let server = try LoopbackServer { request in
            request.path == "/stuck"
                ? [.awaitClose]
                : [.pause(.milliseconds(50)), .send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")]
        }
        let stuck = (0..<8).map { _ in Task { await failure(HTTPRequest(.get, "\(server.url)/stuck")) } }
        let fine = (0..<8).map { _ in Task { try await transport.send(HTTPRequest(.get, "\(server.url)/fine")).status }
        }
        #expect(await becomesTrue { server.log.requests.count == 16 })
        for task in stuck { task.cancel() }
        for task in stuck { #expect(await task.value?.code == .cancelled) }
        for task in fine { #expect(try await task.value == 200) }
        #expect(await becomesTrue { server.log.closedByClient == 8 })
    }

    private func failure(_ request: HTTPRequest) async -> HTTPError? {
        do throws(HTTPError) {
            let response = try await transport.send(request)
            Issue.record("an answer came: \(response)")
            return nil
        } catch {
            return error
        }
    }
}
