public import PlaybookCore

/// Texts in a collection beside that of the journal, `{collection}_memory` or with another suffix: a document each, with the name as its `_id`.
public struct MongoJournalMemory: JournalMemory {
    private let collection: MongoCollection

    private let suffix: String

    /// The texts beside `collection`.
    public init(_ collection: MongoCollection, suffix: String = "memory") {
        self.collection = collection
        self.suffix = suffix
    }

    private var name: MongoName {
        MongoName(database: collection.name.database, collection: "\(collection.name.collection)_\(suffix)")
    }

    public func text(_ name: String) async throws -> String? {
        try await collection.located {
            try await collection.perform { [place = self.name] session in
                try session.find(["_id": .string(name)], in: place, onPrimary: true) { $0.value("text")?.string }
                    .compactMap { $0 }.first
            }
        }
    }

    public func keep(_ text: String, as name: String) async throws {
        try await collection.located {
            try await collection.perform { [place = self.name] session in
                try session.write(
                    [
                        .update(
                            ["_id": .string(name)], ["$set": .document(["text": .string(text)])], inserts: true)
                    ], in: place)
            }
        }
    }
}
