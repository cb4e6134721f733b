public import PlaybookCore

/// Reads the journal that `BlobTradeWriter` writes.
public struct BlobJournalReader: JournalReader {
    public let place: JournalPlace
    private let store: any BlobStore

    /// A reader of `store`.
    public init(_ store: any BlobStore, writer: String = "gcs") {
        self.store = store
        place = JournalPlace(writer: writer, location: store.location)
    }

    public func records(_ selection: JournalSelection) async throws -> [JournalRecord] {
        let names = try await store.list("").map(\.name).filter { JournalObjects.mayHold($0, selection) }
        let records = try await withThrowingTaskGroup(of: [JournalRecord].self) { group in
            var waiting = names.makeIterator()
            var all: [JournalRecord] = []
            for _ in 0..<8 {
                if let next = waiting.next() { group.addTask { try await contents(of: next) } }
            }
            for try await part in group {
                all += part.lazy.filter { selection.contains($0.key) }
                if let next = waiting.next() { group.addTask { try await contents(of: next) } }
            }
            return all
        }
        return records.sorted { $0.key < $1.key }
    }

    private func contents(of name: String) async throws -> [JournalRecord] {
        // It may have gone since it was listed.
        guard let blob = try await store.read(name) else { return [] }
        do {
            return try JournalCSV.records(blob.bytes, allowsDoubles: true)
        } catch {
            throw PlaybookError(
                .badData, "\(store.location)/\(name):\(error.line): \(error.problem)", nextStep: "Mend the object.")
        }
    }
}
