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
                total.count(part)
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
        try await replacing(name) {
            let (merge, contents, version) = try await merge(records, into: name)
            guard merge.isChange else { return (merge, true) }
            pending.attempt(merge.outcomes)
            let bytes = JournalCSV.bytes(merge.records, extraNames: contents.extraNames)
            return (merge, try await store.write(name, bytes, replacing: version))
        }
    }

    /// Reads, merges and writes an object again and again until nobody else was quicker.
    ///
    /// - Parameter attempt: gives its result, and whether it was in time.
    private func replacing<Result>(
        _ name: String, _ attempt: () async throws -> (Result, isDone: Bool)
    ) async throws -> Result {
        let deadline = ContinuousClock.now + patience
        var longestWait = 0.02
        while true {
            let (result, isDone) = try await attempt()
            if isDone { return result }
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
    ) async throws -> (merge: JournalMerge, contents: JournalContents, version: BlobVersion?) {
        let (contents, version) = try await read(name)
        return (try pending.merge(existing: contents.records, new: records), contents, version)
    }

    private func read(_ name: String) async throws -> (JournalContents, BlobVersion?) {
        let blob = try await store.read(name)
        do throws(JournalFormatError) {
            return (try JournalCSV.contents(blob?.bytes ?? []), blob?.version)
        } catch {
            throw JournalObjects.problem(error, in: "\(store.location)/\(name)", isWriting: true)
        }
    }

    public func upgrade(isDryRun: Bool) async throws -> JournalUpgrade {
        var upgrade = JournalUpgrade()
        let everything = JournalSelection()
        for name in try await store.list("").map(\.name) where JournalObjects.mayHold(name, everything) {
            let contents = try await replacing(name) {
                let (contents, version) = try await read(name)
                if isDryRun || contents.isCurrent { return (contents, true) }
                let bytes = JournalCSV.bytes(
                    contents.records.sorted { $0.key < $1.key }, extraNames: contents.extraNames)
                return (contents, try await store.write(name, bytes, replacing: version))
            }
            upgrade.count(rows: contents.records.count, upgraded: contents.upgraded)
        }
        return upgrade
    }
}
