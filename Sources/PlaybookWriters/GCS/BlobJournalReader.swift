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

    public func read(_ selection: JournalSelection, _ body: (borrowing JournalLine) throws -> Void) async throws {
        let names = try await store.list("").map(\.name).filter { JournalObjects.mayHold($0, selection) }
        // A few objects ahead, so that waiting for one is not waiting for each.
        try await withThrowingTaskGroup(of: (name: String, bytes: [UInt8]).self) { group in
            var waiting = names.makeIterator()
            for _ in 0..<8 {
                if let next = waiting.next() { group.addTask { (next, try await store.read(next)?.bytes ?? []) } }
            }
            for try await (name, bytes) in group {
                try read(bytes, of: name, selection, body)
                if let next = waiting.next() { group.addTask { (next, try await store.read(next)?.bytes ?? []) } }
            }
        }
    }

    private func read(
        _ bytes: [UInt8], of name: String, _ selection: JournalSelection,
        _ body: (borrowing JournalLine) throws -> Void
    ) throws {
        do {
            try JournalCSV.read(bytes, isTolerant: selection.includesProblems) { line in
                if selection.contains(line) { try body(line) }
            }
        } catch let error as JournalFormatError {
            throw JournalObjects.problem(error, in: "\(store.location)/\(name)")
        }
    }
}
