import PlaybookHTTP
import Testing

/// What reaches the server.
struct RequestTests {
    private let transport = CurlTransport(version: "1", idleTimeout: .seconds(600))

    @Test(arguments: HTTPRequest.Method.allCases) func methodsAndBodies(_ method: HTTPRequest.Method) async throws {
        let server = try LoopbackServer(.send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"))
        let takesBody = method != .get && method != .head
        let body = takesBody ? (0..<100_000).map { UInt8(truncatingIfNeeded: $0) } : nil
        _ = try await transport.send(
            HTTPRequest(method, server.url, headers: ["Content-Type": "application/json"], body: body))
        _ = try await transport.send(HTTPRequest(method, server.url))
        let requests = server.log.requests
        try #require(requests.count == 2)
        #expect(requests[0].head.hasPrefix("\(method.rawValue) / HTTP/1.1\r\n"))
        #expect(requests[0].body == body ?? [])
        #expect(requests[0].header("Expect") == nil)
        #expect(requests[0].header("Content-Type") == "application/json")
        #expect(requests[1].head.hasPrefix("\(method.rawValue) / HTTP/1.1\r\n"))
        #expect(requests[1].body == [])
        #expect(requests[1].header("Content-Type") == nil)
        #expect(requests[1].header("Content-Length") == (takesBody && method != .delete ? "0" : nil))
        #expect(server.log.connections == 1)
    }

    @Test func headersArriveInOrder() async throws {
        let server = try LoopbackServer(.send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"))
        var headers: HTTPHeaders = ["X-B": "1", "X-A": "é\t2", "X-Empty": ""]
        headers.append("X-B", "3")
        _ = try await transport.send(HTTPRequest(.get, server.url, headers: headers))
        let head = try #require(server.log.requests.first?.head)
        #expect(head.contains("\r\nX-B: 1\r\nX-A: é\t2\r\nX-Empty:\r\nX-B: 3"))
    }

    @Test(arguments: [
        ("X-A", "b\r\nX-Injected: 1"), ("X-A", "b\nc"), ("X-A", "b\0c"), ("X-A", "b\u{7F}"), ("X A", "b"), ("", "b"),
        ("X-A:", "b"), ("X-A\r\nX-B", "b"), ("X-Ä", "b"), ("content-length", "5"), ("Transfer-Encoding", "chunked"),
    ])
    func headersThatWouldNotArriveAreRefused(_ name: String, _ value: String) async throws {
        let server = try LoopbackServer(.send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"))
        await expectInvalid(HTTPRequest(.get, server.url, headers: HTTPHeaders([.init(name, value)])))
        #expect(server.log.connections == 0)
    }

    @Test(arguments: [
        "http://127.0.0.1/a b", "http://127.0.0.1/\r\nX: y", "http://127.0.0.1/é", "ftp://127.0.0.1/",
        "file:///etc/passwd",
        "127.0.0.1/", "", "http://", "http:///path", "http://a\\@b/", "http://127.0.0.1:99999/", "https://[::1/",
    ])
    func urlsThatWouldNotArriveAreRefused(_ url: String) async { await expectInvalid(HTTPRequest(.get, url)) }

    @Test func getHasNoBodyAndLimitsArePositive() async {
        await expectInvalid(HTTPRequest(.get, "http://127.0.0.1/", body: []))
        await expectInvalid(HTTPRequest(.get, "http://127.0.0.1/", limits: HTTPLimits(totalTimeout: .zero)))
        await expectInvalid(HTTPRequest(.get, "http://127.0.0.1/", limits: HTTPLimits(maximumBodyBytes: -1)))
    }

    @Test func idempotenceFollowsFromTheMethod() {
        #expect(HTTPRequest.Method.allCases.filter(\.isIdempotent) == [.get, .head, .put, .delete])
        #expect(!HTTPRequest(.post, "http://a/").isIdempotent)
        #expect(HTTPRequest(.post, "http://a/", isIdempotent: true).isIdempotent)
    }

    private func expectInvalid(_ request: HTTPRequest, _ location: SourceLocation = #_sourceLocation) async {
        await #expect(sourceLocation: location) { try await transport.send(request) } throws: { error in
            (error as? HTTPError)?.code == .invalidRequest
        }
    }
}
