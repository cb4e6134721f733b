import PlaybookCore
import PlaybookTestSupport
import PlaybookWriters
import Synchronization
import Testing

@Suite("The bucket writer's contract")
struct BlobTradeWriterContractTests {
    @Test("is kept in a store of its own", arguments: TradeWriterContract.allCases)
    func contract(clause: TradeWriterContract) async throws {
        try await clause.check(ObjectsPlace())
    }
}

@Suite(
    "The bucket writer's contract over the network", .serialized,
    .enabled(if: PythonServer.isAvailable, Comment(rawValue: PythonServer.notice)))
struct StorageServerContractTests {
    @Test("is kept in a bucket of its own", arguments: TradeWriterContract.allCases)
    func contract(clause: TradeWriterContract) async throws {
        try await clause.check(await BucketPlace())
    }
}

/// A store of objects that are not there yet.
final class ObjectsPlace: WriterPlace {
    /// How many more objects may be written; nil for any number.
    private let allowance = Mutex<Int?>(nil)
    private let objects: Mutex<MemoryBlobStore?> = Mutex(nil)

    var store: MemoryBlobStore {
        objects.withLock { objects in
            if let store = objects { return store }
            let store = MemoryBlobStore { [unowned self] _, _ in try use() }
            objects = store
            return store
        }
    }

    private func use() throws {
        try allowance.withLock { allowance in
            guard let left = allowance else { return }
            guard left > 0 else {
                throw PlaybookError(.tryAgain, "the service does not answer", nextStep: "Run again.")
            }
            allowance = left - 1
        }
    }

    func makeWriter() -> any TradeWriter { BlobTradeWriter(store, patience: .seconds(600)) }

    func makeReader() -> any JournalReader { BlobJournalReader(store) }

    func rows() throws -> [[String]] {
        try store.contents.flatMap { try ObjectRows.rows($1, named: $0) }.sorted(by: ObjectRows.isBefore)
    }

    func additions() async throws -> [[String: String]] { try await ObjectRows.additions(in: store, of: rows()) }

    func annotate(_ row: Int, _ name: String, _ text: String) async throws {
        try await ObjectRows.annotate(rows()[row], name, text, in: store)
    }

    func putFirstSchema(_ rows: [JournalRow]) async throws { try await ObjectRows.putFirstSchema(rows, in: store) }

    func state() -> String { "\(store.contents.keys.sorted()) \(store.writes)" }

    func obstruct(afterPieces count: Int) { allowance.withLock { $0 = count } }

    func clear() { allowance.withLock { $0 = nil } }
}
