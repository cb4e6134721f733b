import PlaybookCore

extension MongoCollection {
    /// How many rows are read or written in one call. Between two calls a task may be cancelled.
    private static let batch = 1_000

    /// The rows of `records`' sessions that are there already, whatever their trades.
    ///
    /// - Throws: `CancellationError`, `MongoFailure`, `JournalDocument.Problem`, or a `PlaybookError` when a key cannot be
    ///   an `_id`, or a document with another `_id` holds such a row.
    func existing(_ records: [JournalRecord]) async throws -> [JournalRecord] {
        let sessions = Set(records.map(\.key.session))
        var found: [JournalRecord] = []
        var rest = sessions.sorted()[...]
        while !rest.isEmpty {
            let part = rest.prefix(Self.batch)
            rest = rest.dropFirst(Self.batch)
            guard let first = part.first, let last = part.last else { break }
            let selection = JournalSelection(
                symbols: Set(part.map(\.series.symbol)), first: first.tradeDate, last: last.tradeDate)
            let ids = try part.map { try JournalDocument.id(of: JournalKey($0)) }
            let known = Set(ids)
            let filter: BSONDocument = [
                "$or": .array([
                    .document(Self.filter(selection)),
                    .document(["_id": .document(["$in": .array(ids.map { .string($0) })])]),
                ])
            ]
            found += try await rows(filter) { [location] id, record in
                guard sessions.contains(record.key.session) else {
                    if !known.contains(id) { return nil }
                    throw JournalDocument.Problem("the document with _id '\(id)' holds the row of another key")
                }
                guard try JournalDocument.id(of: record.key) == id else {
                    throw Self.occupied(location, id, record.key)
                }
                return record
            }
        }
        // The batches overlap where a date is in two of them.
        return Dictionary(found.map { ($0.key, $0) }) { first, _ in first }.values.sorted { $0.key < $1.key }
    }

    /// What `each` makes of the rows that a filter finds.
    private func rows(
        _ filter: BSONDocument, _ each: @escaping @Sendable (String, JournalRecord) throws -> JournalRecord?
    ) async throws -> [JournalRecord] {
        try await perform { [name] session in
            try session.find(filter, in: name, onPrimary: true) { document -> JournalRecord? in
                let (id, record) = try JournalDocument.record(of: document)
                return try each(id, record)
            }.compactMap { $0 }
        }
    }

    /// The filter of a selection's symbols and dates.
    static func filter(_ selection: JournalSelection) -> BSONDocument {
        var filter = BSONDocument()
        if let symbols = selection.symbols {
            filter.append(
                JournalColumn.symbol.name,
                .document(["$in": .array(symbols.sorted().map { .string($0) })]))
        }
        if let strategy = selection.strategy { filter.append(JournalColumn.strategy.name, .string(strategy)) }
        var dates = BSONDocument()
        if let first = selection.first { dates.append("$gte", JournalDocument.midnight(first)) }
        // Other tools' dates may have a time of day.
        if let last = selection.last { dates.append("$lt", JournalDocument.midnight(last.adding(days: 1))) }
        if selection.first != nil || selection.last != nil {
            filter.append(JournalColumn.tradeDate.name, .document(dates))
        }
        return filter
    }

    /// Checks that the collection has no rows of the same symbols in another market.
    ///
    /// - Throws: `MongoFailure`, or a `PlaybookError`.
    func requireMarkets(of records: [JournalRecord]) async throws {
        let symbols = Dictionary(grouping: records) { $0[.market] }.mapValues { Set($0.map(\.key.symbol)) }
        for (market, symbols) in symbols where !market.isEmpty {
            var filter = Self.filter(JournalSelection(symbols: symbols))
            filter.append(
                JournalColumn.market.name, .document(["$nin": .array([.string(market), .string(""), .null])]))
            let query = filter
            let others = try await perform { [name] session in
                try session.find(query, in: name, onPrimary: true) { try JournalDocument.record(of: $0).record }
            }
            if let other = others.first {
                throw JournalMerge.otherMarket(other.key.symbol, other[.market], market)
            }
        }
    }

    /// Writes what a merge came to: sessions in the order of their dates. Within a session the later trades come first,
    /// and what people have added leaves its old place only when it is at its new one: a crash in between leaves rows
    /// whose `trades` do not agree, and loses nothing. Synthetic rows take the place of synthetic rows only: where a real
    /// one has come meanwhile, the write ends with a duplicate key.
    ///
    /// - Throws: `CancellationError` or `MongoFailure`; then the rows up to some place are written.
    func write(_ merge: JournalMerge, before old: [JournalRecord]) async throws {
        let before = Dictionary(old.map { ($0.key, $0) }) { first, _ in first }
        let removals = Dictionary(grouping: merge.vanished, by: \.session)
        let changes = Dictionary(grouping: merge.changes, by: \.key.session)
        var rest: [MongoChange] = []
        for session in Set(removals.keys).union(changes.keys).sorted() {
            let rows = (changes[session] ?? []).sorted { $1.key < $0.key }
            rest += try rows.map { try Self.update($0, before[$0.key]) }
            rest += try rows.compactMap { try Self.clearing($0, before[$0.key]) }
            rest += try (removals[session] ?? []).map { .remove(["_id": .string(try JournalDocument.id(of: $0))]) }
        }
        try await perform(rest)
    }

    /// Brings documents of the first schema to the present one.
    ///
    /// - Throws: `CancellationError`, `MongoFailure` or `JournalDocument.Problem`.
    func upgrade(isDryRun: Bool) async throws -> JournalUpgrade {
        let (count, changes) = try await perform { [name] session in
            var count = 0
            let changes = try session.find([:], in: name, onPrimary: true) { document -> MongoChange? in
                count += 1
                guard JournalDocument.isOfFirstSchema(document), let id = document.value("_id") else { return nil }
                let record = try JournalDocument.record(of: document).record
                let columns =
                    JournalColumn.allCases.dropFirst(JournalColumn.countInFirstSchema) + [.parametersID, .dataID]
                return .update(
                    ["_id": id, JournalColumn.mode.name: .null],
                    ["$set": .document(JournalDocument.fields(of: record, columns))], inserts: false)
            }.compactMap { $0 }
            return (count, changes)
        }
        if !isDryRun { try await perform(changes) }
        var upgrade = JournalUpgrade()
        upgrade.count(rows: count, upgraded: changes.count)
        return upgrade
    }

    private func perform(_ changes: [MongoChange]) async throws {
        var rest = changes[...]
        while !rest.isEmpty {
            let part = Array(rest.prefix(Self.batch))
            rest = rest.dropFirst(Self.batch)
            try await perform { [name] session in try session.write(part, in: name) }
        }
    }

    /// Puts a row in its place. Fields that are not the journal's own are not touched, but for those that are moved here.
    private static func update(_ record: JournalRecord, _ old: JournalRecord?) throws -> MongoChange {
        let id = try JournalDocument.id(of: record.key)
        var filter: BSONDocument = ["_id": .string(id)]
        if record.isSynthetic {
            filter.append(JournalColumn.dataSource.name, .string(JournalMerge.syntheticSource))
        }
        // A link that nobody has changed is left to whoever may be changing it now.
        let keepsLink = record[.chartLink] == (old?[.chartLink] ?? "")
        var fields = JournalDocument.fields(
            of: record, JournalColumn.allCases.filter { !keepsLink || $0 != .chartLink })
        let known = Dictionary((old?.extras ?? []).map { ($0.name, $0) }) { first, _ in first }
        for extra in record.extras where known[extra.name] != extra {
            fields.append(JournalDocument.fieldName(of: extra.name), JournalDocument.value(of: extra))
        }
        var update: BSONDocument = ["$set": .document(fields)]
        if keepsLink { update.append("$setOnInsert", .document([JournalColumn.chartLink.name: .null])) }
        return .update(filter, update, inserts: true)
    }

    /// Takes away what people had added to a row and what now stands in another one.
    private static func clearing(_ record: JournalRecord, _ old: JournalRecord?) throws -> MongoChange? {
        let kept = Set(record.extras.map(\.name))
        let moved = (old?.extras ?? []).filter { !kept.contains($0.name) }
        guard !moved.isEmpty else { return nil }
        var fields = BSONDocument()
        for extra in moved { fields.append(extra.name, .string("")) }
        return .update(
            ["_id": .string(try JournalDocument.id(of: record.key))], ["$unset": .document(fields)], inserts: false)
    }

    private static func occupied(_ location: String, _ id: String, _ key: JournalKey) -> PlaybookError {
        PlaybookError(
            .cannotWrite,
            "\(location): the document with _id \(id.isEmpty ? "that is not text" : "'\(id.prefix(100))'") holds the row "
                + "of \(key), whose _id is another",
            nextStep: "Remove that document, or use another collection.")
    }
}
