import CMongoc
import PlaybookCore

/// A client of a connection while a piece of work is done with it, on that work's thread. Every call blocks.
struct MongoSession: ~Copyable {
    private let connection: OpaquePointer
    private let client: OpaquePointer
    private let secrets: MongoSecrets

    /// Takes a client of `connection`.
    ///
    /// - Throws: `MongoFailure`.
    init(_ connection: OpaquePointer, secrets: MongoSecrets) throws {
        var error = cmongoc_error()
        guard let client = cmongoc_take(connection, &error) else { throw MongoFailure(error, secrets: secrets) }
        self.connection = connection
        self.client = client
        self.secrets = secrets
    }

    deinit { cmongoc_give_back(connection, client) }

    /// What the server answers to a command.
    ///
    /// - Throws: `MongoFailure`.
    @discardableResult
    func command(_ command: BSONDocument, database: String) throws -> BSONDocument {
        var error = cmongoc_error()
        var answer = cmongoc_bytes()
        let isOK = cmongoc_command(client, database, command.bytes, command.bytes.count, &answer, &error)
        let reply = BSONDocument(bytes: Array(UnsafeBufferPointer(start: answer.start, count: answer.count)))
        cmongoc_free(answer)
        guard isOK else { throw MongoFailure(error, secrets: secrets, reply: reply) }
        return reply
    }

    /// What `each` makes of the documents that `filter` finds, in no particular order.
    ///
    /// - Parameter onPrimary: whether to ask the primary whatever the connection string prefers.
    /// - Throws: `MongoFailure`, or what `each` throws.
    func find<Result>(
        _ filter: BSONDocument, in collection: MongoName, onPrimary: Bool, _ each: (BSONDocument) throws -> Result
    ) throws -> [Result] {
        let cursor = cmongoc_find(
            client, collection.database, collection.collection, filter.bytes, filter.bytes.count, onPrimary)
        defer { cmongoc_cursor_free(cursor) }
        var error = cmongoc_error()
        var count = 0
        var hasFailed = false
        var results: [Result] = []
        while let start = cmongoc_cursor_next(cursor, &count, &hasFailed, &error) {
            results.append(try each(BSONDocument(bytes: Array(UnsafeBufferPointer(start: start, count: count)))))
        }
        if hasFailed { throw MongoFailure(error, secrets: secrets) }
        return results
    }

    /// One after the other: puts a document in the place of the one that a filter finds, or inserts it if there is none.
    /// Stops at the first that fails.
    ///
    /// - Throws: `MongoFailure`.
    func replace(
        _ replacements: [(filter: BSONDocument, document: BSONDocument)], in collection: MongoName
    ) throws {
        let bulk = cmongoc_bulk_new(client, collection.database, collection.collection)
        defer { cmongoc_bulk_free(bulk) }
        var error = cmongoc_error()
        for (filter, document) in replacements {
            guard
                cmongoc_bulk_replace(
                    bulk, filter.bytes, filter.bytes.count, document.bytes, document.bytes.count, &error)
            else { throw MongoFailure(error, secrets: secrets) }
        }
        guard cmongoc_bulk_execute(bulk, &error) else { throw MongoFailure(error, secrets: secrets) }
    }
}

/// A collection's name.
struct MongoName: Sendable, Hashable {
    let database: String
    let collection: String
}
