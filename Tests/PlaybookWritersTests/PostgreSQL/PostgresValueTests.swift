import PlaybookCore
import PlaybookPostgres
import PlaybookTestSupport
import Testing

@testable import PlaybookWriters

@Suite("Values of PostgreSQL")
struct PostgresValueTests {
    @Test(
        "hold lists as JSON, and give them back as they were",
        arguments: [
            ("pullback=10:05 reversal=10:09", #"{"pullback":"10:05","reversal":"10:09"}"#),
            ("top=101.2 bottom=100.4", #"{"top":101.2,"bottom":100.4}"#),
            ("bottom=100.4 top=101.2", #"{"":["bottom","top"],"bottom":100.4,"top":101.2}"#),
            ("a=1 a=2", #""a=1 a=2""#), ("plain words", #""plain words""#), ("a=01.50", #"{"a":"01.50"}"#),
            ("a=x\"y\\", #"{"a":"x\"y\\"}"#),
        ])
    func pairs(text: String, json: String) {
        #expect(PostgresJSON.pairs(text) == json)
        #expect(PostgresJSON.text(pairs: json) == text)
    }

    @Test("hold exits as JSON, and give them back as they were")
    func exits() {
        let text = "0.5@101.2 target 10:40; 0.5@99 stop_loss 10:50"
        let json =
            #"[{"share":0.5,"price":101.2,"reason":"target","time":"10:40"},"#
            + #"{"share":0.5,"price":99,"reason":"stop_loss","time":"10:50"}]"#
        #expect(PostgresJSON.exits(text) == json)
        #expect(PostgresJSON.text(exits: json) == text)
        #expect(PostgresJSON.text(exits: PostgresJSON.exits("what somebody wrote")) == "what somebody wrote")
        #expect(PostgresJSON.text(exits: "[1]") == nil)
    }

    @Test("are escaped as COPY wants them")
    func copy() {
        var line: [UInt8] = []
        PostgresText.append("a\tb\nc\r\\N é", to: &line)
        #expect(String(decoding: line, as: UTF8.self) == "a\\tb\\nc\\r\\\\N é")
        line += Array("\t\\N\t\t\\\\N\tx".utf8)
        let fields = line.withUnsafeBufferPointer { PostgresText.fields($0) }
        #expect(fields == ["a\tb\nc\r\\N é", nil, "", "\\N", "x"])
        #expect(PostgresText.name("a\"b") == "\"a\"\"b\"")
        #expect(PostgresText.literal("it's") == "'it''s'")
    }

    @Test("stand in COPY's lines as the slow way writes them")
    func lines() throws {
        var random = SystemRandomNumberGenerator()
        let words = [
            "a", "b=", "=", "top=101.2", "bottom=-0.5", "last=100", "at=10:05", "n=1e5", "big=1234567890.5", "z=-0",
            "o=0",
            "x=0.1234567", "q=\"", "s=\\", "t=\t", "é=1", "top=7", "low=007", "m=1.50", "i=inf", "e=", "w=a=b", "d=1.",
            "p=.5",
        ]
        var lines = PostgresLines()
        var expected = ""
        for number in 0..<2_000 {
            let text = (0..<Int.random(in: 0...5, using: &random)).map { _ in words.randomElement(using: &random) ?? ""
            }
            .joined(separator: " ")
            var row = try JournalRow.untraded(
                notes: number % 3 == 0 ? "tab\tand \\ and \n" : "none of the \(number) longer")
            row.parameters = number % 2 == 0 ? "defaults" : "stop-atr=1.5"
            var record = JournalRecord(row)
            record[.values] = text
            record[.steps] = String(text.reversed())
            record[.exits] = number % 5 == 0 ? "0.5@101.2 target 10:40; 0.5@99 stop_loss 10:50" : ""
            record.extras = [JournalExtra("mine", "a\tb")]
            lines.append(record, extras: ["other", "mine"])
            var line: [UInt8] = []
            for column in JournalColumn.allCases {
                let field = record[column]
                let json = column == .exits ? PostgresJSON.exits(field) : PostgresJSON.pairs(field)
                let isJSON = [.steps, .values, .exits].contains(column) && !field.isEmpty
                PostgresText.append(isJSON ? json : field, to: &line)
                line.append(UInt8(ascii: "\t"))
            }
            expected += String(decoding: line, as: UTF8.self) + "\ta\\tb\n"
        }
        #expect(lines.text == expected)
    }

    @Test("are numbers in JSON only where they come back as they were")
    func numbers() {
        #expect(PostgresJSON.pairs("a=inf b=nan") == #"{"a":"inf","b":"nan"}"#)
        #expect(PostgresJSON.pairs("a=-0.25 b=999999999.999999") == #"{"a":-0.25,"b":999999999.999999}"#)
    }

    @Test("have names that no column of the journal's has")
    func names() {
        #expect(PostgresRow.name(ofExtra: "notes_user") == "notes_user")
        #expect(PostgresRow.name(ofExtra: "r_multiple") == "r_multiple_")
        #expect(PostgresRow.name(ofExtra: String(repeating: "é", count: 40)).utf8.count == 62)
        #expect(PostgresRow.name(of: .rMultiple) == "r_multiple")
    }

    @Test(
        "of a connection string are not shown",
        arguments: [
            ("postgresql://u:secret@h:5433/d?sslmode=require", "postgresql://h:5433/d"),
            ("postgres://h1:1,h2:2/d", "postgresql://h1:1,h2:2/d"), ("postgresql://u@h", "postgresql://h/u"),
            ("postgresql:///d?host=/var/run/postgresql", "postgresql://localhost/d"),
        ])
    func addresses(uri: String, shown: String) throws { #expect(try PostgresServer(uri).address == shown) }

    @Test("cannot be connection strings of any form", arguments: ["h", "postgresql://u:se%cret@h", "mysql://h/d"])
    func malformed(uri: String) throws {
        let error = playbookError { try PostgresServer(uri) }
        #expect(error?.code == .configuration)
        #expect(error.map { "\($0)".contains("se%cret") } == false)
    }
}
