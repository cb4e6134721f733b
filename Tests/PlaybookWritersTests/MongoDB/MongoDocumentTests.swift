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
        return try document(of: record)
    }

    private func document(of record: JournalRecord) throws -> BSONDocument {
        var document: BSONDocument = ["_id": .string(try JournalDocument.id(of: record.key))]
        for (name, value) in try JournalDocument.fields(of: record, JournalColumn.allCases).fields() {
            document.append(name, value)
        }
        return document
    }

    /// What becomes of a text in a column, and what is read again.
    private func roundTrip(_ column: JournalColumn, _ text: String) throws -> (value: BSONValue?, text: String) {
        let document = try document([column: text])
        return (document.value(column.name), try JournalDocument.record(of: document).record[column])
    }

    @Test("have a field for each column, of its own type")
    func types() throws {
        let document = try document()
        #expect(try document.fields().map(\.name) == ["_id"] + JournalColumn.names)
        #expect(document.value("_id") == .string("2024-11-04|QQQ|dp20|abc"))
        // 20,031 days after 1970-01-01.
        #expect(document.value("trade_date") == .date(20_031 * 86_400_000))
        #expect(document.value("trend_valid") == .bool(true))
        #expect(document.value("entry_price") == .double(190.45))
        #expect(document.value("shares") == .double(20))
        #expect(document.value("mae") == .double(-0.3))
        #expect(document.value("entry_time_et") == .string("10:16"))
        #expect(document.value("first_close_below_time") == .null)
        #expect(document.value("trades") == .double(1))
        // 15:16 UTC of that day.
        #expect(document.value("entry_at") == .date((20_031 * 86_400 + 54_960) * 1_000))
        let (id, record) = try JournalDocument.record(of: document)
        #expect(id == "2024-11-04|QQQ|dp20|abc")
        #expect(try record == self.record())
    }

    @Test(
        "keep numbers as doubles and give back the journal's text",
        arguments: [
            0, 1, -1, 190.45, -0.3, 0.1 + 0.2, 1e-6, -1e-6, 123_456.789012, 999_999_999.999999, 1e9, -1e9,
            1_234_567_890.5,
            1e14, 1e15, -1e15, 1e-300,
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
        "keep as text what is text",
        arguments: [
            (JournalColumn.notes, "12"), (.notes, "true"), (.notes, "null"), (.notes, "\0 a zero"), (.notes, " 1"),
            (.parametersID, "a|b"), (.exitReason, "1"), (.steps, "not a list"), (.values, "a=1 b"),
            (.exits, "all at once"),
        ])
    func texts(column: JournalColumn, text: String) throws {
        let (value, found) = try roundTrip(column, text)
        #expect(value == .string(text))
        #expect(found == text)
    }

    @Test("hold steps, values and exits as documents")
    func lists() throws {
        let steps = try roundTrip(.steps, "pullback=10:05 reversal=10:09")
        #expect(steps.value == .document(["pullback": .string("10:05"), "reversal": .string("10:09")]))
        #expect(steps.text == "pullback=10:05 reversal=10:09")
        let values = try roundTrip(.values, "top=101.2 bottom=0.0000012345")
        #expect(values.value == .document(["top": .double(101.2), "bottom": .double(0.0000012345)]))
        #expect(values.text == "top=101.2 bottom=0.0000012345")
        let exits = try roundTrip(.exits, "0.5@101.2 target 10:40; 0.5@100 stop_loss 11:00")
        #expect(
            exits.value
                == .array([
                    .document([
                        "share": .double(0.5), "price": .double(101.2), "reason": .string("target"),
                        "time": .string("10:40"),
                    ]),
                    .document([
                        "share": .double(0.5), "price": .double(100), "reason": .string("stop_loss"),
                        "time": .string("11:00"),
                    ]),
                ]))
        #expect(exits.text == "0.5@101.2 target 10:40; 0.5@100 stop_loss 11:00")
    }

    @Test("have the mode and the trade in their _id where these are not the usual ones")
    func ids() throws {
        var row = try JournalRow.traded()
        row.parametersID = "p0123456789ab"
        #expect(try JournalDocument.id(of: row.key) == "2024-11-04|QQQ|dp20|0123456789ab")
        row.tradeNumber = 2
        #expect(try JournalDocument.id(of: row.key) == "2024-11-04|QQQ|dp20|0123456789ab|2")
        row.mode = .live
        #expect(try JournalDocument.id(of: row.key) == "2024-11-04|QQQ|dp20|0123456789ab|live|2")
        row.tradeNumber = 1
        #expect(try JournalDocument.id(of: row.key) == "2024-11-04|QQQ|dp20|0123456789ab|live")
    }

    @Test("keep what people have added, whatever its type")
    func additions() throws {
        var document = try document()
        let tags = BSONValue.array([.string("fomo"), .int32(3)])
        document.append("tags", tags)
        document.append("notes_user", .string("mine"))
        document.append("rating", .int32(4))
        document.append("nothing", .null)
        document.append("more", .document(["a": .bool(true)]))
        document.append("price", .other(0x13, [UInt8](repeating: 1, count: 16)))
        let extras = try JournalDocument.record(of: document).record.extras
        #expect(extras.map(\.name) == ["tags", "notes_user", "rating", "more", "price"])
        #expect(extras.map(\.text) == ["fomo, 3", "mine", "4", "{a: true}", "(a value of another type)"])
        // Put back, they are what they were.
        var again = BSONDocument()
        for extra in extras { again.append(extra.name, JournalDocument.value(of: extra)) }
        #expect(again.value("tags") == tags)
        #expect(again.value("rating") == .int32(4))
        #expect(again.value("price") == .other(0x13, [UInt8](repeating: 1, count: 16)))
        #expect(JournalDocument.fieldName(of: "a.b$c") == "a_b_c")
        #expect(JournalDocument.fieldName(of: "_id") == "_id_")
    }

    @Test(
        "of the first and last years keep their dates",
        arguments: ["0001-01-01", "1969-12-31", "1970-01-01", "9999-12-31"])
    func dates(date: String) throws {
        #expect(try roundTrip(.tradeDate, date).text == date)
    }

    @Test("are refused when the key's parts could not be told from each other")
    func separators() throws {
        #expect(throws: JournalRecord.Problem.self) { try document([.symbol: "A|B"]) }
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
            (.shares, "20"), (.grossPnL, "-5"), (.entryPrice, "190.4500000001"), (.trendValid, "false"),
            (.mode, "backtest"), (.tradeNumber, "1"), (.trades, "0"), (.side, "long"), (.market, "XNYS"),
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
