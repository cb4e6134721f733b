public import PlaybookCore

/// The journal as a collection of MongoDB, one document a row, whose `_id` is the row's key.
///
/// Rows are changed or inserted one by one in the order of their dates: a run that dies leaves all rows up to some date,
/// and running it again completes them. Fields that people have added are not touched. Runs at the same time all get their rows in; of the same row the last counts. A
/// synthetic row never takes the place of a real one, even if that comes at the same moment.
public actor MongoTradeWriter: TradeWriter {
    public nonisolated let place: JournalPlace
    private let collection: MongoCollection
    private var pending: PendingRows

    /// A writer to `collection`, which need not exist yet.
    public init(_ collection: MongoCollection) {
        self.collection = collection
        place = JournalPlace(writer: "mongodb", location: collection.location)
        pending = PendingRows(place)
    }

    public func write(_ records: [JournalRecord]) throws { try pending.add(records) }

    public func preview() async throws -> WriteReceipt {
        try await collection.located {
            try await collection.requireAccess()
            var receipt = WriteReceipt(place)
            receipt.count(try await merge().merge)
            return receipt
        }
    }

    public func finalize() async throws -> WriteReceipt {
        if let receipt = pending.receipt { return receipt }
        var receipt = WriteReceipt(place)
        if !pending.records.isEmpty { receipt.count(try await collection.located { try await put() }) }
        pending.settle(receipt)
        return receipt
    }

    public func upgrade(isDryRun: Bool) async throws -> JournalUpgrade {
        try await collection.located {
            let upgrade = try await collection.upgrade(isDryRun: isDryRun)
            if !isDryRun, upgrade.rows > 0 { try await collection.ensureIndexes() }
            return upgrade
        }
    }

    private func put() async throws -> JournalMerge {
        var attempts = 0
        while true {
            let (merge, old) = try await merge()
            guard merge.isChange else { return merge }
            if attempts == 0 {
                try await collection.requireMarkets(of: merge.changes)
                try await collection.ensureIndexes()
            }
            pending.attempt(merge.outcomes)
            do {
                try await collection.write(merge, before: old)
                return merge
            } catch let failure as MongoFailure where failure.isDuplicateKey {
                // Another run inserted one of the rows since they were read: what it wrote counts as there before.
                attempts += 1
                guard attempts < 5 else { throw occupied(failure) }
                try await Task.sleep(for: .milliseconds(Int.random(in: 1...20 * attempts)))
            }
        }
    }

    private func merge() async throws -> (merge: JournalMerge, old: [JournalRecord]) {
        let existing = try await collection.existing(pending.records)
        return (try pending.merge(existing: existing, new: pending.records), existing)
    }

    /// The error when a row cannot be inserted although none with its `_id` is there.
    private func occupied(_ failure: MongoFailure) -> PlaybookError {
        PlaybookError(
            .cannotWrite, "\(place.location): another document stands in a row's way: \(failure.message)",
            nextStep: "A document with another _id holds the same row: remove it, or use another collection. If the "
                + "message names an index of date, symbol, strategy and params_id alone, drop that index: it is of an "
                + "earlier version.")
    }
}
