public import PlaybookCore

/// The journal as objects of a bucket: one CSV for each strategy, symbol and year, `{strategy}/{symbol}/{year}.csv`.
///
/// An object is read, merged by key and replaced only if it is still the version that was read; if another run was
/// quicker, it is read and merged again, so that runs at the same time all get their rows in. The years of a symbol are
/// written in order: a run that dies leaves no gap before what it wrote.
public actor BlobTradeWriter: TradeWriter {
    public nonisolated let place: JournalPlace
    private let store: any BlobStore
    private let patience: Duration
    private var pending: PendingRows

    /// A writer to `store`.
    ///
    /// - Parameters:
    ///   - writer: the kind of the place, `gcs`.
    ///   - patience: how long to go on merging when others keep replacing the same object.
    public init(_ store: any BlobStore, writer: String = "gcs", patience: Duration = .seconds(60)) {
        self.store = store
        self.patience = patience
        place = JournalPlace(writer: writer, location: store.location)
        pending = PendingRows(place)
    }

    public func write(_ records: [JournalRecord]) throws { try pending.add(records) }

    public func preview() async throws -> WriteReceipt {
        try await store.requireAccess()
        var receipt = WriteReceipt(place)
        for (name, records) in try JournalObjects.grouped(pending.records) {
            receipt.count(try await merge(records, into: name).merge)
        }
        return receipt
    }

    public func finalize() async throws -> WriteReceipt {
        if let receipt = pending.receipt { return receipt }
        let objects = try JournalObjects.grouped(pending.records)
        let folders = Dictionary(grouping: objects) { JournalObjects.folder(of: $0.name) }
        let receipt = try await withThrowingTaskGroup(of: WriteReceipt.self) { group in
            var waiting = folders.values.makeIterator()
            var total = WriteReceipt(place)
            for _ in 0..<8 {
                if let next = waiting.next() { group.addTask { try await self.put(next) } }
            }
            for try await part in group {
                total.added += part.added
                total.replaced += part.replaced
                total.unchanged += part.unchanged
                if let next = waiting.next() { group.addTask { try await self.put(next) } }
            }
            return total
        }
        pending.settle(receipt)
        return receipt
    }

    /// Writes the objects of one folder, in the order of their years.
    private func put(_ objects: [(name: String, records: [JournalRecord])]) async throws -> WriteReceipt {
        var receipt = WriteReceipt(place)
        for (name, records) in objects.sorted(by: { $0.name < $1.name }) {
            receipt.count(try await put(records, into: name))
        }
        return receipt
    }

    private func put(_ records: [JournalRecord], into name: String) async throws -> JournalMerge {
        let deadline = ContinuousClock.now + patience
        var longestWait = 0.02
        while true {
            let (merge, version) = try await merge(records, into: name)
            if merge.changes.isEmpty { return merge }
            pending.attempt(merge)
            if try await store.write(name, JournalCSV.bytes(merge.records), replacing: version) { return merge }
            guard ContinuousClock.now < deadline else {
                throw PlaybookError(
                    .tryAgain, "\(store.location)/\(name) is being replaced by others all the time",
                    nextStep: "Run again when they have finished.")
            }
            try await Task.sleep(for: .seconds(Double.random(in: 0...longestWait)))
            longestWait = min(longestWait * 2, 2)
        }
    }

    private func merge(
        _ records: [JournalRecord], into name: String
    ) async throws -> (merge: JournalMerge, version: BlobVersion?) {
        let blob = try await store.read(name)
        do {
            let existing = try JournalCSV.records(blob?.bytes ?? [])
            return (try pending.merge(existing: existing, new: records), blob?.version)
        } catch let error as JournalFormatError {
            throw PlaybookError(
                .cannotWrite,
                "\(store.location)/\(name):\(error.line): \(error.problem); the object was left as it is",
                nextStep: "Mend the object, or write to another place.")
        }
    }
}
