public import PlaybookCore

/// Runs in a collection beside that of the journal, `{collection}_runs`: a document each, with the run's name as its `_id`.
public struct MongoRunHistory: RunHistory {
    private let collection: MongoCollection

    /// The runs beside `collection`.
    public init(_ collection: MongoCollection) { self.collection = collection }

    private var name: MongoName {
        MongoName(database: collection.name.database, collection: "\(collection.name.collection)_runs")
    }

    public func keep(_ run: RunRecordText, now: Instant) async throws {
        let old = try await runs()
        let kept = Set(RunRecordText.kept(old + [run], now: now).map(\.runID))
        try await collection.located {
            try await collection.perform { [place = self.name] session in
                try session.write(
                    [
                        .update(
                            ["_id": .string(run.runID)], ["$set": .document(["run": .string(run.line)])],
                            inserts: true)
                    ]
                        + old.filter { !kept.contains($0.runID) }.map { .remove(["_id": .string($0.runID)]) },
                    in: place)
            }
        }
    }

    public func runs() async throws -> [RunRecordText] {
        let found = try await collection.located {
            try await collection.perform { [place = self.name] session in
                try session.find([:], in: place, onPrimary: true) { document in
                    document.value("_id")?.string.flatMap { id in
                        document.value("run")?.string.map { RunRecordText(runID: id, line: $0) }
                    }
                }
            }
        }
        return found.compactMap { $0 }.sorted { $0.runID > $1.runID }
    }
}
