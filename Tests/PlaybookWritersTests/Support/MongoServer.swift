import Foundation
import PlaybookCore
import PlaybookHTTP
import PlaybookTestSupport
import Synchronization
import Testing

@testable import PlaybookWriters

/// A MongoDB server of `Tests/FakeMongo`, steered by its control port.
final class MongoServer: Sendable {
    /// One that lets everybody in.
    static func open() async throws -> MongoServer { try await openServer.value }
    private static let openServer = Task { try await MongoServer() }

    /// One with the users `writer`, whose password is `password`, and `reader`, who may only read.
    static func locked() async throws -> MongoServer { try await lockedServer.value }
    private static let lockedServer = Task {
        try await MongoServer(["--user", "writer:\(password)", "--user", "reader:\(password):readOnly"])
    }
    static let password = "pass/word@%&?"

    /// A command that came in.
    struct Command: Decodable, Sendable {
        let command: String
        let collection: String?
        let statements: Int
        let ok: Bool?
        let retried: Int
        let writeConcern: Concern?

        struct Concern: Decodable, Sendable {
            let w: Level?
            let wtimeout: Int?
        }

        enum Level: Decodable, Sendable, Equatable {
            case count(Int)
            case name(String)

            init(from decoder: any Decoder) throws {
                let container = try decoder.singleValueContainer()
                self = try (try? container.decode(Int.self)).map { .count($0) } ?? .name(container.decode(String.self))
            }
        }
    }

    /// A connection string without a user.
    let uri: String
    private let control: String
    private let process: PythonServer
    private let transport = CurlTransport(version: "test")
    private let collections = Mutex(0)

    init(_ arguments: [String] = []) async throws {
        process = try await PythonServer(
            script: "FakeMongo/fake_mongo.py", arguments: ["--until-eof"] + arguments, lines: 2)
        uri = process.lines[0]
        control = process.lines[1]
    }

    /// The connection string of a user, with more options.
    func uri(user: String? = nil, password: String = MongoServer.password, _ options: String = "") -> String {
        guard let user else { return uri + options }
        let escaped = password.utf8.map { "%" + String(format: "%02X", $0) }.joined()
        return uri.replacingOccurrences(of: "mongodb://", with: "mongodb://\(user):\(escaped)@")
            + "&authSource=admin" + options
    }

    /// The name of a collection that nobody has used.
    func freshCollection() -> String {
        collections.withLock { number in
            number += 1
            return "trades\(number)"
        }
    }

    /// From now on commands fail as `data` says; see the server's README.
    func fail(_ data: String, mode: String = #""alwaysOn""#) async throws {
        try await send(.post, "failpoints", body: #"{"mode": \#(mode), "data": \#(data)}"#)
    }

    /// From now on no command fails.
    func recover() async throws { try await send(.delete, "failpoints") }

    /// The documents of a collection of the database `trading`, sorted by `_id`, as canonical extended JSON.
    func documents(_ collection: String) async throws -> [[String: Any]] {
        let bytes = try await send(.get, "dump?ns=trading.\(collection)")
        return try #require(try JSONSerialization.jsonObject(with: Data(bytes)) as? [[String: Any]])
    }

    /// The commands on a collection so far.
    func commands(_ collection: String) async throws -> [Command] {
        try JSONDecoder().decode([Command].self, from: Data(try await send(.get, "commands"))).filter {
            $0.collection == collection
        }
    }

    @discardableResult
    private func send(_ method: HTTPRequest.Method, _ path: String, body: String? = nil) async throws -> [UInt8] {
        let request = HTTPRequest(method, "\(control)/_control/\(path)", body: body.map { Array($0.utf8) })
        let response = try await transport.send(request)
        try #require(response.status == 200, "\(path): \(String(decoding: response.body, as: UTF8.self))")
        return response.body
    }
}

/// The suites that wait for a server, one test after the other: fail points are the whole server's.
@Suite(
    "MongoDB", .serialized, .enabled(if: PythonServer.isAvailable, "\(PythonServer.notice)"), .timeLimit(.minutes(2)))
enum MongoServerTests {}
