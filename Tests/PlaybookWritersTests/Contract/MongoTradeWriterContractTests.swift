import Foundation
import PlaybookCore
import PlaybookWriters
import Testing

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

    func rows() async throws -> [[String]] {
        let rows = try await server.documents(name).map { document in
            let row = try JournalColumn.allCases.map { column in
                let value = try #require(document[column.rawValue])
                return try Self.text(value)
            }
            #expect(document.count == row.count + 1)
            #expect(document["_id"] as? String == [0, 29, 30, 31].map { row[$0] }.joined(separator: "|"))
            return row
        }
        return rows.sorted { left, right in
            [0, 29, 30, 31].map { left[$0] }.lexicographicallyPrecedes([0, 29, 30, 31].map { right[$0] })
        }
    }

    /// A value of extended JSON as the journal's text.
    private static func text(_ value: Any) throws -> String {
        if value is NSNull { return "" }
        if let text = value as? String { return text }
        if let number = value as? NSNumber { return number.boolValue ? "true" : "false" }
        let typed = try #require(value as? [String: Any])
        if let number = typed["$numberDouble"] as? String {
            return number.hasSuffix(".0") ? String(number.dropLast(2)) : number
        }
        let date = try #require(typed["$date"] as? [String: String])
        let milliseconds = try #require(date["$numberLong"].flatMap { Double($0) })
        let moment = Date(timeIntervalSince1970: milliseconds / 1000).formatted(.iso8601)
        #expect(moment.hasSuffix("T00:00:00Z"))
        return String(moment.prefix(10))
    }

    func state() async throws -> String {
        let changes = try await server.commands(name).filter {
            !["find", "getMore", "listIndexes"].contains($0.command) && $0.ok == true
        }
        return "\(changes.count) \(try await rows())"
    }

    func obstruct(afterPieces count: Int) async throws {
        try await server.fail(
            #"{"failCommands": ["update"], "namespace": "trading.\#(name)", "afterStatements": \#(count), "errorCode": 11600}"#
        )
    }

    func clear() async throws { try await server.recover() }
}
