import Foundation
import PlaybookCore
import PlaybookGoogle
import PlaybookHTTP
import PlaybookTestSupport
import PlaybookWriters
import Synchronization
import Testing

/// A server of `Tests/FakeStorage` that wants no token, steered by its control addresses.
final class StorageServer: Sendable {
    /// One for all tests.
    static func shared() async throws -> StorageServer { try await server.value }
    private static let server = Task { try await StorageServer() }

    let url: String
    private let process: PythonServer
    private let transport = CurlTransport(version: "test")
    private let buckets = Mutex(0)

    private init() async throws {
        process = try await PythonServer(script: "FakeStorage/fake_storage.py", arguments: ["--until-eof"])
        url = process.lines[0]
    }

    /// A bucket that nobody has used.
    func freshBucket() async throws -> String {
        let number = buckets.withLock { number in
            number += 1
            return number
        }
        try await control(.post, "buckets", #"{"name": "bucket-\#(number)"}"#)
        return "bucket-\(number)"
    }

    /// An object of a bucket.
    struct Object: Decodable {
        let name: String
        let generation: String
        let content: Data
    }

    /// The objects of `bucket`.
    func objects(_ bucket: String) async throws -> [Object] {
        try JSONDecoder().decode([Object].self, from: Data(try await control(.get, "buckets/\(bucket)")))
    }

    /// From now on uploads to `bucket` are refused for a while, but `count` that come first.
    func refuseUploads(to bucket: String, after count: Int) async throws {
        try await control(
            .post, "faults",
            #"[{"kind": "status", "match": "/upload/storage/v1/b/\#(bucket)/", "times": null, "after": \#(count), "status": 503}]"#
        )
    }

    /// From now on nothing is refused.
    func recover() async throws { try await control(.delete, "faults") }

    @discardableResult
    private func control(_ method: HTTPRequest.Method, _ path: String, _ body: String? = nil) async throws -> [UInt8] {
        let response = try await transport.send(
            HTTPRequest(
                method, "\(url)/_control/\(path)", headers: ["Content-Type": "application/json"],
                body: body.map { Array($0.utf8) }))
        try #require(response.isSuccess, "\(String(decoding: response.body, as: UTF8.self))")
        return response.body
    }
}

/// A bucket of its own on the server.
struct BucketPlace: WriterPlace {
    let server: StorageServer
    let bucket: String
    private let store: CloudBlobStore

    init(isCompressed: Bool = false) async throws {
        server = try await .shared()
        bucket = try await server.freshBucket()
        let environment = GoogleEnvironment(emulatorHost: server.url)
        let transport = CurlTransport(version: "test")
        let retry = RetryPolicy(maximumAttempts: 2, baseDelay: .milliseconds(10))
        let storage = try CloudStorage(
            bucket: bucket, environment: environment,
            tokens: GoogleTokens(environment: environment, transport: transport), transport: transport, retry: retry)
        var attributes = CloudBlobStore.Attributes()
        attributes.isCompressed = isCompressed
        store = CloudBlobStore(storage, prefix: "output/trades", attributes: attributes)
    }

    func makeWriter() -> any TradeWriter { BlobTradeWriter(store) }

    func makeReader() -> any JournalReader { BlobJournalReader(store) }

    func rows() async throws -> [[String]] {
        try await server.objects(bucket).flatMap { object in
            try ObjectRows.rows(Array(object.content), named: object.name, prefix: "output/trades/")
        }.sorted(by: ObjectRows.isBefore)
    }

    func additions() async throws -> [[String: String]] { try await ObjectRows.additions(in: store, of: rows()) }

    func annotate(_ row: Int, _ name: String, _ text: String) async throws {
        try await ObjectRows.annotate(rows()[row], name, text, in: store)
    }

    func putFirstSchema(_ rows: [JournalRow]) async throws { try await ObjectRows.putFirstSchema(rows, in: store) }

    func state() async throws -> String {
        try await server.objects(bucket).map { "\($0.name) \($0.generation)" }.sorted().joined(separator: "\n")
    }

    func obstruct(afterPieces count: Int) async throws {
        try await server.refuseUploads(to: bucket, after: count)
    }

    func clear() async throws { try await server.recover() }
}

/// Rows of objects, read by other means than the program's.
enum ObjectRows {
    /// The rows of an object, which must be those that belong there, in order.
    static func rows(_ bytes: [UInt8], named name: String, prefix: String = "") throws -> [[String]] {
        let text = String(decoding: bytes, as: UTF8.self)
        guard text.contains(",trade_no,") else {
            return CSVText.records(text).dropFirst().map { Array($0.prefix(38)) + Array(repeating: "", count: 16) }
        }
        let rows = CSVText.rows(text)
        #expect(rows.allSatisfy { "\(prefix)\($0[30])/\($0[29])/\($0[0].prefix(4)).csv" == name }, "\(name)")
        #expect(rows.map { $0[0] } == rows.map { $0[0] }.sorted())
        return rows
    }

    /// What people have added to each of `rows`.
    static func additions(in store: some BlobStore, of rows: [[String]]) async throws -> [[String: String]] {
        var found: [[String]: [String: String]] = [:]
        for name in try await store.list("").map(\.name) {
            let text = String(decoding: try await store.read(name)?.bytes ?? [], as: UTF8.self)
            for (row, additions) in zip(CSVText.rows(text), CSVText.additions(text)) { found[row] = additions }
        }
        return rows.map { found[$0] ?? [:] }
    }

    /// Adds `text` to `row`.
    static func annotate(_ row: [String], _ column: String, _ text: String, in store: some BlobStore) async throws {
        for name in try await store.list("").map(\.name) {
            guard let blob = try await store.read(name) else { continue }
            let content = String(decoding: blob.bytes, as: UTF8.self)
            let width = content.contains(",trade_no,") ? row.count : 38
            let records = CSVText.records(content).dropFirst()
            guard
                let place = Array(records).firstIndex(where: { $0.prefix(width).elementsEqual(row.prefix(width)) })
            else { continue }
            let annotated = Array(CSVText.annotated(content, place, column, text).utf8)
            #expect(try await store.write(name, annotated, replacing: blob.version))
        }
    }

    /// Puts rows into objects as the first schema had them.
    static func putFirstSchema(_ rows: [JournalRow], in store: some BlobStore) async throws {
        let objects = Dictionary(grouping: rows) { "\($0.strategy)/\($0.symbol)/\($0.tradeDate.year).csv" }
        for (name, rows) in objects {
            #expect(try await store.write(name, Array(CSVText.firstSchema(rows).utf8), replacing: nil))
        }
    }

    /// By date, symbol, strategy, parameters, mode and trade.
    static func isBefore(_ left: [String], _ right: [String]) -> Bool {
        [0, 29, 30, 31, 38, 39].map { left[$0] }.lexicographicallyPrecedes([0, 29, 30, 31, 38, 39].map { right[$0] })
    }
}
