import PlaybookCore

extension MongoCollection {
    /// Creates the indexes that are missing: one that keeps rows unique by key whatever their `_id`, and one that finds a
    /// symbol's rows. Where the unique index of the first schema is, the rows are brought to the present schema and the
    /// index goes: it allows one trade a session.
    ///
    /// The journal is right without them: `_id` is the key, and unique. So a user who may not create indexes, or a
    /// collection that cannot have them (other options on the same fields, another shard key), is not an error.
    ///
    /// - Throws: `MongoFailure`, or a `PlaybookError` when rows are there twice, or an index with the name has other
    ///   fields.
    func ensureIndexes() async throws {
        let name = name
        do {
            let present = try await perform { try Self.indexes($0, name) }
            let former = present.filter { Self.former.isMet(by: $0) }.compactMap { $0.value("name")?.string }
            if !former.isEmpty { _ = try await upgrade(isDryRun: false) }
            let missing = Self.wanted.filter { wanted in !present.contains { wanted.isMet(by: $0) } }
            try await perform { session in
                if !missing.isEmpty {
                    try session.command(
                        [
                            "createIndexes": .string(name.collection),
                            "indexes": .array(missing.map { .document($0.specification) }),
                        ], database: name.database)
                }
                for index in former {
                    try session.command(
                        ["dropIndexes": .string(name.collection), "index": .string(index)], database: name.database)
                }
            }
        } catch let failure as MongoFailure {
            if failure.isDuplicateKey { throw duplicates(failure) }
            if failure.kind == .server, failure.code == 86 { throw otherFields(failure) }
            // Unauthorized, IndexNotFound (another run dropped it), CannotCreateIndex, IndexOptionsConflict.
            guard failure.kind == .server, [13, 27, 67, 85].contains(failure.code) else { throw failure }
        }
    }

    private func otherFields(_ failure: MongoFailure) -> PlaybookError {
        PlaybookError(
            .cannotWrite,
            "\(location): an index called '\(Self.wanted[0].name)' or '\(Self.wanted[1].name)' has other fields: \(failure.message) "
                + "(MongoDB's code 86)",
            nextStep: "Drop that index, for instance with db.\(name.collection).dropIndex('\(Self.wanted[0].name)'); "
                + "the next run makes the right one.")
    }

    private func duplicates(_ failure: MongoFailure) -> PlaybookError {
        PlaybookError(
            .cannotWrite,
            "\(location): several documents hold the same row\(Self.key(failure.reply).map { ", \($0)" } ?? ""); nothing "
                + "was written: \(failure.message)",
            nextStep: "Keep one of them, the one whose _id is the key if there is one, or use another collection.")
    }

    /// The row that a duplicate-key error is about, for people.
    private static func key(_ reply: BSONDocument?) -> String? {
        guard let values = try? reply?.value("keyValue")?.content?.fields() else { return nil }
        return values.map { name, value in
            if case .date(let milliseconds) = value {
                return "\(name) \(CivilDate(daysSinceEpoch: Int32(clamping: milliseconds / 86_400_000)))"
            }
            return "\(name) \(value.string.map { "'\($0.prefix(40))'" } ?? "null")"
        }.joined(separator: ", ")
    }

    /// The specifications of the indexes that are there.
    private static func indexes(_ session: borrowing MongoSession, _ name: MongoName) throws -> [BSONDocument] {
        do {
            let reply = try session.command(["listIndexes": .string(name.collection)], database: name.database)
            let batch = try reply.value("cursor")?.content?.value("firstBatch")?.content?.fields()
            return (batch ?? []).compactMap(\.value.content)
        } catch let failure as MongoFailure where failure.kind == .server && failure.code == 26 {
            // There is no such collection yet.
            return []
        }
    }

    private static let wanted = [
        Index(
            name: "journal_row_key", fields: [.tradeDate, .symbol, .strategy, .parametersID, .mode, .tradeNumber],
            isUnique: true),
        Index(name: "journal_symbol_date", fields: [.symbol, .tradeDate], isUnique: false),
    ]

    /// The unique index of the first schema, whatever its name.
    private static let former = Index(
        name: "journal_key", fields: [.tradeDate, .symbol, .strategy, .parametersID], isUnique: true)

    private struct Index: Sendable {
        let name: String
        let fields: [JournalColumn]
        let isUnique: Bool

        var key: BSONDocument {
            var key = BSONDocument()
            for field in fields { key.append(field.name, .int32(1)) }
            return key
        }

        var specification: BSONDocument {
            var specification: BSONDocument = ["key": .document(key), "name": .string(name)]
            if isUnique { specification.append("unique", .bool(true)) }
            return specification
        }

        /// Whether an index that is there does the same.
        func isMet(by present: BSONDocument) -> Bool {
            guard let names = try? present.value("key")?.content?.fields().map(\.name) else { return false }
            return names == fields.map(\.name) && (!isUnique || present.value("unique") == .bool(true))
        }
    }
}
