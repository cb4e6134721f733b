import PlaybookCore
import Testing

@testable import PlaybookWriters

@Suite("Rows as MongoDB documents")
struct MongoDocumentTests {
    private func record(_ changes: [JournalColumn: String] = [:]) throws -> JournalRecord {
        var fields = try JournalRow.traded().fields
        for (column, text) in changes { fields[column.index] = text }
        return try JournalRecord(fields: fields)
    }

    private func document(_ changes: [JournalColumn: String] = [:]) throws -> BSONDocument {
        let record = try record(changes)
        return JournalDocument.document(of: record, id: try JournalDocument.id(of: record.key))
    }

    /// What becomes of a text in a column, and what is read again.
    private func roundTrip(_ column: JournalColumn, _ text: String) throws -> (value: BSONValue?, text: String) {
        let document = try document([column: text])
        return (document.value(column.rawValue), try JournalDocument.record(of: document).record[column])
    }

    @Test("have a field for each column, of its own type")
    func types() throws {
        let document = try document()
        #expect(try document.fields().map(\.name) == ["_id"] + JournalColumn.allCases.map(\.rawValue))
        #expect(document.value("_id") == .string("2024-11-04|QQQ|dp20|abc"))
        // 20,031 days after 1970-01-01.
        #expect(document.value("trade_date") == .date(20_031 * 86_400_000))
        #expect(document.value("trend_valid") == .bool(true))
        #expect(document.value("entry_price") == .double(190.45))
        #expect(document.value("shares") == .double(20))
        #expect(document.value("mae") == .double(-0.3))
        #expect(document.value("entry_time_et") == .string("10:16"))
        #expect(document.value("first_close_below_time") == .null)
        let (id, record) = try JournalDocument.record(of: document)
        #expect(id == "2024-11-04|QQQ|dp20|abc")
        #expect(try record == self.record())
    }

    @Test(
        "keep numbers as doubles and give back the journal's text",
        arguments: [
            0, 1, -1, 190.45, -0.3, 0.1 + 0.2, 1e-6, -1e-6, 123_456.789012, 999_999_999.999999, 1e9, -1e9,
            1_234_567_890.5,
            1e14, 1e15, -1e15, 1e16, 123_456_789_012_345_680, 1e300, -1e300, 1e-300, .nan, .infinity, -.infinity,
        ])
    func numbers(number: Double) throws {
        let text = journalNumber(number)
        let (value, found) = try roundTrip(.grossPnL, text)
        #expect(found == text)
        guard case .double = value else {
            Issue.record("\(text) became \(String(describing: value))")
            return
        }
    }

    @Test("give back any price and profit of up to six decimals")
    func randomNumbers() throws {
        var random = SystemRandomNumberGenerator()
        let columns = JournalColumn.allCases.filter { $0.kind == .number }
        for _ in 0..<200 {
            var texts: [JournalColumn: String] = [:]
            for column in columns {
                let decimals = [1.0, 100, 1_000_000][Int.random(in: 0..<3, using: &random)]
                let number = (Double.random(in: -1e9...1e9, using: &random) / decimals * decimals).rounded() / decimals
                texts[column] = journalNumber(number)
            }
            let record = try record(texts)
            #expect(try JournalDocument.record(of: document(texts)).record == record)
        }
    }

    @Test(
        "keep as text what is no number or flag as the journal writes them",
        arguments: [
            (JournalColumn.entryPrice, "190.450"), (.entryPrice, "+1"), (.entryPrice, "1e3"), (.entryPrice, "-0"),
            (.entryPrice, "0.0000001"), (.entryPrice, "0x10"), (.entryPrice, "n/a"), (.entryPrice, " 1"),
            (.trendValid, "TRUE"), (.trendValid, "1"), (.notes, "12"), (.notes, "true"), (.notes, "null"),
            (.notes, "\0 a zero"), (.parametersID, "a|b"),
        ])
    func texts(column: JournalColumn, text: String) throws {
        let (value, found) = try roundTrip(column, text)
        #expect(value == .string(text))
        #expect(found == text)
    }

    @Test(
        "of the first and last years keep their dates",
        arguments: ["0001-01-01", "1969-12-31", "1970-01-01", "9999-12-31"])
    func dates(date: String) throws {
        #expect(try roundTrip(.tradeDate, date).text == date)
    }

    @Test("are refused when the key's parts could not be told from each other")
    func separators() throws {
        #expect(throws: PlaybookError.self) { try document([.symbol: "A|B"]) }
        #expect(throws: PlaybookError.self) { try document([.strategy: "A|B"]) }
    }

    @Test("of other tools are read: fields missing, whole numbers, more fields, a time of day")
    func foreign() throws {
        let document: BSONDocument = [
            "trade_date": .date(20_031 * 86_400_000 + 52_200_000), "symbol": .string("QQQ"),
            "strategy": .string("dp20"),
            "params_id": .string("abc"), "_id": .objectID(Array(0..<12)), "shares": .int32(20), "gross_pnl": .int64(-5),
            "entry_price": .double(190.4500000001), "trend_valid": .bool(false), "tags": .array([.string("a"), .null]),
            "more": .document(["trade_date": .null]), "notes": .null,
        ]
        let (id, record) = try JournalDocument.record(of: document)
        #expect(id == "")
        var expected = [String](repeating: "", count: JournalColumn.allCases.count)
        for (column, text) in [
            (JournalColumn.tradeDate, "2024-11-04"), (.symbol, "QQQ"), (.strategy, "dp20"), (.parametersID, "abc"),
            (.shares, "20"), (.grossPnL, "-5"), (.entryPrice, "190.45"), (.trendValid, "false"),
        ] { expected[column.index] = text }
        #expect(record.fields == expected)
    }

    @Test(
        "that are no rows are named",
        arguments: [
            (["_id": .string("x")], "_id 'x': trade_date"),
            (["_id": .int32(7), "trade_date": .null], "_id 7: trade_date"),
            (
                ["_id": .objectID([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 254, 255]), "trade_date": .string("2024-11-04")],
                "_id ObjectId('00010203040506070809feff'): trade_date"
            ), (["_id": .string("x"), "trade_date": .date(0), "symbol": .string("QQQ")], "_id 'x': strategy is empty"),
            (["_id": .string("x"), "trade_date": .date(0), "symbol": .document([:])], "_id 'x': symbol is of a type"),
            (["_id": .string("x"), "trade_date": .date(.max)], "_id 'x': trade_date is of a type"),
            (["_id": .string("x"), "trade_date": .date(.min)], "_id 'x': trade_date is of a type"),
        ] as [(BSONDocument, String)])
    func unreadable(document: BSONDocument, text: String) {
        let problem = #expect(throws: JournalDocument.Problem.self) { try JournalDocument.record(of: document) }
        #expect(problem?.description.contains(text) == true, "\(problem?.description ?? "")")
    }
}
