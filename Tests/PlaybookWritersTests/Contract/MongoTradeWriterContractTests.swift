import Foundation
import PlaybookCore
import Testing

@testable import PlaybookWriters

extension MongoServerTests {
    @Suite("The MongoDB writer's contract")
    struct Contract {
        @Test("is kept in a collection of its own", arguments: TradeWriterContract.allCases)
        func contract(clause: TradeWriterContract) async throws {
            try await clause.check(MongoPlace(server: .open()))
        }
    }
}

/// A collection that is not there yet.
struct MongoPlace: WriterPlace {
    let server: MongoServer
    let name: String

    init(server: MongoServer) {
        self.server = server
        name = server.freshCollection()
    }

    func collection(_ options: String = "") throws -> MongoCollection {
        try MongoCollection(server.uri(options), database: "trading", collection: name)
    }

    func makeWriter() throws -> any TradeWriter { MongoTradeWriter(try collection()) }

    func makeReader() throws -> any JournalReader { MongoJournalReader(try collection()) }

    func rows() async throws -> [[String]] { try await sorted().map(\.row) }

    func additions() async throws -> [[String: String]] { try await sorted().map(\.additions) }

    /// The documents as rows, and what else is in them.
    private func sorted() async throws -> [(row: [String], additions: [String: String], id: String)] {
        let own = Set(JournalColumn.names).union(["_id"])
        let documents = try await server.documents(name).map { document in
            let row = try JournalColumn.allCases.map { column in
                // Documents of the first schema lack the later columns.
                guard let value = document[column.name] else { return "" }
                return try Self.text(value, column)
            }
            let id = try #require(document["_id"] as? String)
            let digits = row[31].hasPrefix("p") && row[31].count == 13 ? String(row[31].dropFirst()) : row[31]
            let mode = row[38].isEmpty || row[38] == "backtest" ? [] : [row[38]]
            let number = row[39].isEmpty || row[39] == "1" ? [] : [row[39]]
            #expect(id == ([row[0], row[29], row[30], digits] + mode + number).joined(separator: "|"))
            var additions: [String: String] = [:]
            for (name, value) in document where !own.contains(name) { additions[name] = value as? String ?? "?" }
            return (row: row, additions: additions, id: id)
        }
        return documents.sorted { ObjectRows.isBefore($0.row, $1.row) }
    }

    func annotate(_ row: Int, _ name: String, _ text: String) async throws {
        let id = try await sorted()[row].id
        try await perform([
            "update": .string(self.name),
            "updates": .array([
                .document([
                    "q": .document(["_id": .string(id)]),
                    "u": .document(["$set": .document([name: .string(text)])]),
                ])
            ]),
        ])
    }

    func putFirstSchema(_ rows: [JournalRow]) async throws {
        let documents = try rows.map { row -> BSONValue in
            let fields = CSVText.firstSchema(row)
            var document: BSONDocument = [
                "_id": .string([0, 29, 30, 31].map { fields[$0] }.joined(separator: "|"))
            ]
            for (column, field) in zip(JournalColumn.allCases, fields) {
                let value: BSONValue
                switch column.kind {
                case .date: value = JournalDocument.midnight(row.tradeDate)
                case .number: value = try field.isEmpty ? .null : .double(#require(Double(field)))
                case .flag: value = field.isEmpty ? .null : .bool(field == "true")
                default: value = field.isEmpty ? .null : .string(field)
                }
                document.append(column.name, value)
            }
            return .document(document)
        }
        try await perform(["insert": .string(name), "documents": .array(documents)])
        let key: BSONDocument = [
            "trade_date": .int32(1), "symbol": .int32(1), "strategy": .int32(1), "params_id": .int32(1),
        ]
        try await perform([
            "createIndexes": .string(name),
            "indexes": .array([
                .document(["key": .document(key), "name": .string("journal_key"), "unique": .bool(true)])
            ]),
        ])
    }

    private func perform(_ command: BSONDocument) async throws {
        _ = try await collection().perform { session in try session.command(command, database: "trading") }
    }

    /// A value of extended JSON as the journal's text.
    private static func text(_ value: Any, _ column: JournalColumn) throws -> String {
        if value is NSNull { return "" }
        if let text = value as? String { return text }
        if let number = value as? NSNumber { return number.boolValue ? "true" : "false" }
        if let exits = value as? [[String: Any]] {
            return try exits.map { exit in
                let texts = try ["share", "price", "reason", "time"].map { try text(#require(exit[$0]), .notes) }
                return "\(texts[0])@\(texts[1]) \(texts[2]) \(texts[3])"
            }.joined(separator: "; ")
        }
        let typed = try #require(value as? [String: Any])
        if column == .steps || column == .values { return try pairs(typed, column) }
        if let number = typed["$numberDouble"] as? String { return journalNumber(try #require(Double(number)), .ten) }
        let date = try #require(typed["$date"] as? [String: String])
        let milliseconds = try #require(date["$numberLong"].flatMap { Double($0) })
        let moment = Date(timeIntervalSince1970: milliseconds / 1000).formatted(.iso8601)
        if column.kind == .instant { return moment }
        #expect(moment.hasSuffix("T00:00:00Z"))
        return String(moment.prefix(10))
    }

    /// A document of pairs, in the order of the tests: a dictionary has none of its own.
    private static func pairs(_ pairs: [String: Any], _ column: JournalColumn) throws -> String {
        let order = column == .steps ? ["pullback", "reversal"] : ["top", "bottom", "last"]
        #expect(Set(order) == Set(pairs.keys))
        return try order.map { "\($0)=\(try text(#require(pairs[$0]), .notes))" }.joined(separator: " ")
    }

    func state() async throws -> String {
        let changes = try await server.commands(name).filter {
            !["find", "getMore", "listIndexes"].contains($0.command) && $0.ok == true
        }
        return "\(changes.count) \(try await rows())"
    }

    func obstruct(afterPieces count: Int) async throws {
        try await server.fail(
            #"{"failCommands": ["update", "delete"], "namespace": "trading.\#(name)", "afterStatements": \#(count), "errorCode": 11600}"#
        )
    }

    func clear() async throws { try await server.recover() }
}
