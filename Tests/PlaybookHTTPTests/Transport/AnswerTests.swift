import PlaybookHTTP
import PlaybookTestSupport
import Testing

/// Answers as servers give them.
struct AnswerTests {
    private let transport = CurlTransport(version: "1.2.3", idleTimeout: .seconds(600))

    @Test func sequentialRequestsShareAConnection() async throws {
        let server = try LoopbackServer(
            .send("HTTP/1.1 200 OK\r\nContent-Length: 5\r\nX-A: 1\r\nx-a:  2 \r\n\r\nhello"))
        for _ in 0..<5 {
            let response = try await transport.send(HTTPRequest(.get, "\(server.url)/a?b=c"))
            #expect(response.status == 200)
            #expect(response.body == Array("hello".utf8))
            #expect(response.headers["X-a"] == "2")
            #expect(response.headers.values(of: "X-A") == ["1", "2"])
            #expect(response.version == "1.1")
            #expect(response.timing.bytesReceived == 61)
            #expect(response.timing.total > 0)
        }
        #expect(server.log.connections == 1)
        let request = try #require(server.log.requests.first)
        #expect(request.head.hasPrefix("GET /a?b=c HTTP/1.1\r\n"))
        #expect(request.header("User-Agent") == "trading-playbook/1.2.3")
        #expect(request.header("Accept-Encoding")?.contains("gzip") == true)
    }

    @Test func chunksAreJoinedAndTrailersLeftOut() async throws {
        let server = try LoopbackServer(
            .send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n"), .pause(.milliseconds(20)),
            .send("6\r\n world\r\n0\r\nX-Trailer: 1\r\n\r\n"))
        let response = try await transport.send(HTTPRequest(.get, server.url))
        #expect(response.body == Array("hello world".utf8))
        #expect(response.headers["X-Trailer"] == nil)
    }

    @Test func gzipIsDecompressed() async throws {
        let packed = gzip(Array(repeating: 0x61, count: 100_000))
        let server = try LoopbackServer(
            .send("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: \(packed.count)\r\n\r\n"), .send(packed)
        )
        let response = try await transport.send(HTTPRequest(.get, server.url))
        #expect(response.body == Array(repeating: 0x61, count: 100_000))
        #expect(response.timing.bytesReceived < 3000)
    }

    @Test(arguments: [204, 304]) func statusWithoutBody(_ status: Int) async throws {
        let server = try LoopbackServer(.send("HTTP/1.1 \(status) Nothing\r\nX-A: b\r\n\r\n"))
        for _ in 0..<2 {
            let response = try await transport.send(HTTPRequest(.get, server.url))
            #expect(response.status == status)
            #expect(response.body.isEmpty)
        }
        #expect(server.log.connections == 1)
    }

    @Test func headHasNoBody() async throws {
        let server = try LoopbackServer(.send("HTTP/1.1 200 OK\r\nContent-Length: 100000000\r\n\r\n"))
        for _ in 0..<2 {
            let response = try await transport.send(HTTPRequest(.head, server.url))
            #expect(response.headers["content-length"] == "100000000")
            #expect(response.body.isEmpty)
        }
        #expect(server.log.connections == 1)
        #expect(server.log.requests.allSatisfy { $0.head.hasPrefix("HEAD / ") })
    }

    @Test func redirectsAreNotFollowed() async throws {
        let server = try LoopbackServer(.send("HTTP/1.1 302 Found\r\nLocation: /other\r\nContent-Length: 0\r\n\r\n"))
        let response = try await transport.send(HTTPRequest(.get, server.url))
        #expect(response.status == 302)
        #expect(response.headers["Location"] == "/other")
        #expect(server.log.requests.count == 1)
    }

    @Test func informationalAnswersAreSkipped() async throws {
        let server = try LoopbackServer(
            .send(
                "HTTP/1.1 103 Early Hints\r\nX-Hint: 1\r\n\r\nHTTP/1.1 200 OK\r\nX-Real: 2\r\nContent-Length: 0\r\n\r\n"
            ))
        let response = try await transport.send(HTTPRequest(.get, server.url))
        #expect(response.status == 200)
        #expect(response.headers["X-Hint"] == nil)
        #expect(response.headers["X-Real"] == "2")
    }

    @Test(arguments: [400, 401, 404, 429, 500, 503]) func errorStatusesAreAnswers(_ status: Int) async throws {
        let server = try LoopbackServer(.send("HTTP/1.1 \(status) No\r\nContent-Length: 2\r\n\r\n{}"))
        let response = try await transport.send(HTTPRequest(.get, server.url))
        #expect(response.status == status)
        #expect(response.body == Array("{}".utf8))
    }

    @Test func manyRequestsAtOnce() async throws {
        let server = try LoopbackServer { request in
            let body = String(repeating: request.path, count: 1000)
            return [.send("HTTP/1.1 200 OK\r\nContent-Length: \(body.utf8.count)\r\n\r\n"), .send(body)]
        }
        try await withThrowingTaskGroup(of: Bool.self) { group in
            for number in 0..<64 {
                group.addTask {
                    let response = try await transport.send(HTTPRequest(.get, "\(server.url)/\(number)"))
                    return response.body == Array(String(repeating: "/\(number)", count: 1000).utf8)
                }
            }
            for try await isRight in group { #expect(isRight) }
        }
        #expect(server.log.requests.count == 64)
        #expect(server.log.connections <= 64)
    }

    @Test func aNewThreadStartsAfterAnIdleOneEnded() async throws {
        let server = try LoopbackServer(.send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"), .awaitClose)
        let transport = CurlTransport(version: "1", idleTimeout: .milliseconds(20))
        _ = try await transport.send(HTTPRequest(.get, server.url))
        #expect(await becomesTrue { server.log.closedByClient == 1 })
        _ = try await transport.send(HTTPRequest(.get, server.url))
        #expect(server.log.connections == 2)
    }
}
