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

    public func records(_ selection: JournalSelection) async throws -> [JournalRecord] {
        try await collection.located {
            try await collection.perform { [name = collection.name] session in
                try session.find(Self.filter(selection), in: name, onPrimary: false) {
                    try JournalDocument.record(of: $0).record
                }
            }.sorted { $0.key < $1.key }
        }
    }

    private static func filter(_ selection: JournalSelection) -> BSONDocument {
        var filter = BSONDocument()
        if let symbols = selection.symbols {
            filter.append(
                JournalColumn.symbol.rawValue,
                .document(["$in": .array(symbols.sorted().map { .string($0) })]))
        }
        var dates = BSONDocument()
        if let first = selection.first { dates.append("$gte", JournalDocument.midnight(first)) }
        // Other tools' dates may have a time of day.
        if let last = selection.last { dates.append("$lt", JournalDocument.midnight(last.adding(days: 1))) }
        if selection.first != nil || selection.last != nil {
            filter.append(JournalColumn.tradeDate.rawValue, .document(dates))
        }
        return filter
    }
}
