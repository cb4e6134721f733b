import PlaybookCore

extension MongoCollection {
    /// How many rows are read or written in one call. Between two calls a task may be cancelled.
    private static let batch = 1_000

    /// The rows of `records`' keys that are there already.
    ///
    /// - Throws: `CancellationError`, `MongoFailure`, `JournalDocument.Problem`, or a `PlaybookError` when a key cannot be
    ///   an `_id`.
    func existing(_ records: [JournalRecord]) async throws -> [JournalRecord] {
        var found: [JournalRecord] = []
        var rest = try Set(records.map { try JournalDocument.id(of: $0.key) }).sorted()[...]
        while !rest.isEmpty {
            let ids = rest.prefix(Self.batch)
            rest = rest.dropFirst(Self.batch)
            let filter: BSONDocument = ["_id": .document(["$in": .array(ids.map { .string($0) })])]
            found += try await perform { [name] session in
                try session.find(filter, in: name, onPrimary: true) { document in
                    let (id, record) = try JournalDocument.record(of: document)
                    guard try JournalDocument.id(of: record.key) == id else {
                        throw JournalDocument.Problem("the document with _id '\(id)' holds the row of another key")
                    }
                    return record
                }
            }
        }
        return found
    }

    /// Puts rows in the place of those with the same key, in the order of `records`. Synthetic rows take the place of
    /// synthetic rows only: where a real one has come meanwhile, the write ends with a duplicate key.
    ///
    /// - Throws: `CancellationError` or `MongoFailure`; then the rows up to some place are written.
    func replace(_ records: [JournalRecord]) async throws {
        var rest = records[...]
        while !rest.isEmpty {
            let rows = try rest.prefix(Self.batch).map { record in
                let id = try JournalDocument.id(of: record.key)
                var filter: BSONDocument = ["_id": .string(id)]
                if record.isSynthetic {
                    filter.append(JournalColumn.dataSource.rawValue, .string(JournalMerge.syntheticSource))
                }
                return (filter: filter, document: JournalDocument.document(of: record, id: id))
            }
            rest = rest.dropFirst(Self.batch)
            try await perform { [name] session in try session.replace(rows, in: name) }
        }
    }
}
