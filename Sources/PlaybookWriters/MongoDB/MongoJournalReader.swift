public import PlaybookCore

/// Reads the journal that `MongoTradeWriter` writes, and one that other tools have written to.
public struct MongoJournalReader: JournalReader {
    public let place: JournalPlace
    private let collection: MongoCollection

    /// A reader of `collection`; one that is not there holds no rows.
    public init(_ collection: MongoCollection) {
        self.collection = collection
        place = JournalPlace(writer: "mongodb", location: collection.location)
    }

    public func read(_ selection: JournalSelection, _ body: (borrowing JournalLine) throws -> Void) async throws {
        try await collection.located {
            let found = try await collection.perform { [name = collection.name] session in
                try session.find(MongoCollection.filter(selection), in: name, onPrimary: false) { document in
                    let (id, record, problem) = try JournalDocument.read(document)
                    if let problem, !selection.includesProblems {
                        throw JournalDocument.Problem("the document with _id '\(id.prefix(100))': \(problem)")
                    }
                    return (record: record, problem: problem)
                }
            }
            for (record, problem) in found {
                try record.withLine(problem: problem) { line in
                    if selection.contains(line) { try body(line) }
                }
            }
        }
    }
}
