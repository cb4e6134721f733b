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

    /// Makes changes, one after the other. Stops at the first that fails.
    ///
    /// - Throws: `MongoFailure`.
    func write(_ changes: [MongoChange], in collection: MongoName) throws {
        let bulk = cmongoc_bulk_new(client, collection.database, collection.collection)
        defer { cmongoc_bulk_free(bulk) }
        var error = cmongoc_error()
        for change in changes {
            let isTaken =
                switch change {
                case .update(let filter, let update, let inserts):
                    cmongoc_bulk_update(
                        bulk, filter.bytes, filter.bytes.count, update.bytes, update.bytes.count, inserts, &error)
                case .remove(let filter): cmongoc_bulk_remove(bulk, filter.bytes, filter.bytes.count, &error)
                }
            guard isTaken else { throw MongoFailure(error, secrets: secrets) }
        }
        guard cmongoc_bulk_execute(bulk, &error) else { throw MongoFailure(error, secrets: secrets) }
    }
}

/// A change of one document.
enum MongoChange: Sendable {
    /// Applies operators such as `$set` to the document that a filter finds; makes it, if there is none, where `inserts`.
    case update(_ filter: BSONDocument, _ update: BSONDocument, inserts: Bool)
    /// Removes the document that a filter finds.
    case remove(_ filter: BSONDocument)
}

/// A collection's name.
struct MongoName: Sendable, Hashable {
    let database: String
    let collection: String
}
