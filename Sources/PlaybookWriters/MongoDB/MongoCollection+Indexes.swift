import PlaybookCore

extension MongoCollection {
    /// Creates the indexes that are missing: one that keeps rows unique by key whatever their `_id`, and one that finds a
    /// symbol's rows.
    ///
    /// The journal is right without them: `_id` is the key, and unique. So a user who may not create indexes, or a
    /// collection that cannot have them (other options on the same fields, another shard key), is no error.
    ///
    /// - Throws: `MongoFailure`, or a `PlaybookError` when rows are there twice.
    func ensureIndexes() async throws {
        let name = name
        do {
            try await perform { session in
                let present = try Self.indexes(session, name)
                let missing = Self.wanted.filter { wanted in !present.contains { wanted.isMet(by: $0) } }
                guard !missing.isEmpty else { return }
                try session.command(
                    [
                        "createIndexes": .string(name.collection),
                        "indexes": .array(missing.map { .document($0.specification) }),
                    ], database: name.database)
            }
        } catch let failure as MongoFailure {
            if failure.isDuplicateKey { throw duplicates(failure) }
            // Unauthorized, CannotCreateIndex, IndexOptionsConflict, IndexKeySpecsConflict.
            guard failure.kind == .server, [13, 67, 85, 86].contains(failure.code) else { throw failure }
        }
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
        Index(name: "journal_key", fields: [.tradeDate, .symbol, .strategy, .parametersID], isUnique: true),
        Index(name: "journal_symbol_date", fields: [.symbol, .tradeDate], isUnique: false),
    ]

    private struct Index: Sendable {
        let name: String
        let fields: [JournalColumn]
        let isUnique: Bool

        var key: BSONDocument {
            var key = BSONDocument()
            for field in fields { key.append(field.rawValue, .int32(1)) }
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
            return names == fields.map(\.rawValue) && (!isUnique || present.value("unique") == .bool(true))
        }
    }
}
