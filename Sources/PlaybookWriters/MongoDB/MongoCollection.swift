import PlaybookCore

/// A collection of a MongoDB deployment that holds a journal, one document a row. Writers and readers that are handed
/// the same value share its connections.
public struct MongoCollection: Sendable {
    /// `mongodb://host1,host2/database.collection`: never a user, a password or options.
    public let location: String
    let name: MongoName
    private let connection: MongoConnection

    /// The collection `collection` of `database`. Connects to nothing yet.
    ///
    /// What the connection string leaves open is: 10 seconds to find a server, 10 to connect, 30 for an answer; writes
    /// that a majority confirms within 20 seconds; `trading-playbook` as the application's name. `w=0` counts as `w=1`.
    ///
    /// - Parameter uri: a connection string, `mongodb://…` or `mongodb+srv://…`.
    /// - Throws: a `PlaybookError` when a name or the connection string is malformed or libmongoc is not installed.
    public init(_ uri: String, database: String, collection: String) throws {
        guard (1...63).contains(database.utf8.count), !database.utf8.contains(where: Self.isForbidden) else {
            throw PlaybookError(
                .configuration, "'\(database.prefix(70))' is not a MongoDB database's name",
                nextStep: "It has 1 to 63 characters without space, quotes, / \\ . $ * < > : | ?.")
        }
        guard (1...150).contains(collection.utf8.count), !collection.utf8.contains(0), !collection.contains("$"),
            !collection.hasPrefix("system."), !collection.hasPrefix("."), !collection.hasSuffix(".")
        else {
            throw PlaybookError(
                .configuration, "'\(collection.prefix(70))' is not a MongoDB collection's name",
                nextStep:
                    "It has 1 to 150 characters without $, does not start with 'system.', nor start or end with '.'.")
        }
        connection = try MongoConnection(uri)
        name = MongoName(database: database, collection: collection)
        location = "\(connection.address)/\(database).\(collection)"
    }

    private static func isForbidden(_ byte: UInt8) -> Bool {
        byte <= 0x20 || byte == 0x7F || "\"'/\\.$*<>:|?".utf8.contains(byte)
    }

    /// Does `work` with a client, on a thread of its own.
    ///
    /// - Throws: `CancellationError`, `MongoFailure`, or what `work` throws.
    func perform<Result: Sendable>(
        _ work: @escaping @Sendable (borrowing MongoSession) throws -> Result
    ) async throws -> Result {
        try await connection.perform(work)
    }

    /// Does `work`, whose failures become errors as users meet them.
    nonisolated(nonsending) func located<Result>(_ work: () async throws -> Result) async throws -> Result {
        do {
            return try await work()
        } catch let failure as MongoFailure {
            throw failure.playbookError(location)
        } catch let problem as JournalDocument.Problem {
            throw PlaybookError(
                .badData, "\(location): \(problem.description)",
                nextStep: "Fix or remove the document, or use another collection.")
        }
    }
}
