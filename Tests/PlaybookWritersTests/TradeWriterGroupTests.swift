import PlaybookCore
import PlaybookTestSupport
import PlaybookWriters
import Testing

@Suite("Writers side by side")
struct TradeWriterGroupTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private var broken: MemoryBlobStore {
        MemoryBlobStore { _, _ in throw PlaybookError(.tryAgain, "no answer", nextStep: "Run again.") }
    }

    @Test("one that fails does not stop the others, and another run completes what is missing")
    func partialFailure() async throws {
        let store = MemoryBlobStore()
        let records = try JournalRow.many(20).map(JournalRecord.init)
        let path = "\(folder.path)/trades.csv"
        let outcomes = await TradeWriterGroup([
            BlobTradeWriter(broken), CSVTradeWriter(path: path), BlobTradeWriter(store),
        ]).finish(records)
        #expect(outcomes.map(\.place.writer) == ["gcs", "csv", "gcs"])
        #expect(outcomes.map { $0.receipt?.added } == [nil, 20, 20])
        #expect(outcomes.map { $0.error?.code } == [.tryAgain, nil, nil])
        let again = await TradeWriterGroup([BlobTradeWriter(MemoryBlobStore()), CSVTradeWriter(path: path)])
            .finish(records)
        #expect(again.map { $0.receipt?.added } == [20, 0])
        #expect(again.map { $0.receipt?.unchanged } == [0, 20])
    }

    @Test("a preview writes to none of them")
    func preview() async throws {
        let store = MemoryBlobStore()
        let path = "\(folder.path)/trades.csv"
        let outcomes = await TradeWriterGroup([
            BlobTradeWriter(store), CSVTradeWriter(path: path), BlobTradeWriter(broken),
        ]).preview(try JournalRow.many(5).map(JournalRecord.init))
        #expect(outcomes.map { $0.receipt?.added } == [5, 5, nil])
        #expect(store.writes.isEmpty)
        #expect(try await CSVJournalReader(path: path).records(JournalSelection()).isEmpty)
    }

    @Test("a run that is cancelled may be tried again")
    func cancelled() async throws {
        let store = MemoryBlobStore { _, _ in throw CancellationError() }
        let outcomes = await TradeWriterGroup([BlobTradeWriter(store)])
            .finish(try JournalRow.many(1).map(JournalRecord.init))
        #expect(outcomes.map { $0.error?.code } == [.tryAgain])
    }
}
