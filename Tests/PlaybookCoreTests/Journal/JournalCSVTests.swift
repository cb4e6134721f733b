import PlaybookCore
import Testing

@Suite("Journal as CSV")
struct JournalCSVTests {
    @Test("starts with the header and has a line for each row")
    func text() throws {
        #expect(JournalCSV.text([]) == JournalCSV.header + "\n")
        let record = JournalRecord(try .made(trade: .made(exit: 101.5, costs: 0.25)))
        let lines = JournalCSV.text([record]).split(separator: "\n", omittingEmptySubsequences: false)
        #expect(lines.count == 3)
        #expect(lines[0] == JournalCSV.header)
        let line =
            "2013-10-09,,,,,,,,true,10:08,100,10,99.5,1,0.01,2,98,10:00-10:10,19,15:54,101.5,15,0.25,14.75,2,"
            + "0.75,50.251256,,,TEST,dp20,p0123456789ab,end_of_day,0,0,files,dba9876543210,run-1,backtest,1,1,long,,,"
            + ",,,,,2013-10-09T14:08:00Z,2013-10-09T19:54:00Z,XNYS,,"
        #expect(lines[1] == line)
        #expect(lines[2].isEmpty)
    }

    @Test("leaves fields empty that do not apply")
    func empty() throws {
        let line =
            "2013-10-09,,,,,,,,false,,,,,,,,,,,,,,,,,,,no trade,,TEST,dp20,p0123456789ab,,,,files,dba9876543210,"
            + "run-1,backtest,1,0,long,,,,,,,,,,XNYS,,"
        #expect(JournalCSV.line(try .made(notes: "no trade")) == line)
    }

    @Test(
        "gives back what was written, whatever it holds",
        arguments: [
            "", "plain", "a,b", ",", "\"", "\"\"", "he said \"no\"", "\"quoted\"", "line\nfeed", "carriage\rreturn",
            "both\r\n", "\n", "a,\"b\"\nc", " spaces ", "日本語", "naïve — “quotes”", "e\u{301}", "🇺🇸,👍🏽", "tab\tx",
            "'", ";", "=1+1", "\u{FEFF}bom", "a\"\u{301}b", ",\u{301}", "\r\u{301}",
        ])
    func roundTrip(text: String) throws {
        var row = try JournalRow.made(notes: text)
        row.chartLink = text
        row.dataSource = text + "x"
        let other = JournalRecord(try .made(on: "2013-10-10", notes: "after"))
        let records = [JournalRecord(row), other]
        let bytes = Array(JournalCSV.text(records).utf8)
        let read = try JournalCSV.records(bytes)
        #expect(read == records)
        #expect(read.first.map { Array($0[.notes].unicodeScalars) } == Array(text.unicodeScalars))
        #expect(read.first?[.chartLink] == text)
        // Once more, to the byte.
        #expect(Array(JournalCSV.text(read).utf8) == bytes)
    }

    @Test("quotes only fields that need it")
    func quoting() throws {
        for text in ["b c", "d;e", "'", "tab\tx"] {
            #expect(JournalCSV.line(try .made(notes: text)).contains(",\(text),,TEST,"))
        }
        for (text, quoted) in [
            ("a,b", "\"a,b\""), ("c\"d", "\"c\"\"d\""), ("e\nf", "\"e\nf\""), ("g\rh", "\"g\rh\""),
        ] {
            #expect(JournalCSV.line(try .made(notes: text)).contains(",\(quoted),,TEST,"))
        }
    }

    @Test("is read with either line end, with a byte order mark, and without a last line end")
    func variants() throws {
        let records = try ["2013-10-09", "2013-10-10"].map { date in
            var row = try JournalRow.made(on: date, notes: "x, y")
            row.parameters = "defaults"
            return JournalRecord(row)
        }
        let text = JournalCSV.text(records)
        let variants = [
            text, String(text.dropLast()), "\u{FEFF}" + text, text.split(separator: "\n").joined(separator: "\r\n"),
            text.split(separator: "\n").joined(separator: "\r\n") + "\r\n",
        ]
        for variant in variants { #expect(try JournalCSV.records(Array(variant.utf8)) == records) }
        #expect(Set(variants.map { Array($0.utf8) }).count == variants.count)
    }

    @Test("is empty when there is nothing, or only the header")
    func noRows() throws {
        #expect(try JournalCSV.records([]).isEmpty)
        #expect(try JournalCSV.records(Array(JournalCSV.header.utf8)).isEmpty)
        #expect(try JournalCSV.records(Array((JournalCSV.header + "\n").utf8)).isEmpty)
    }

    @Test("keeps the key of each row")
    func keys() throws {
        let row = try JournalRow.made(on: "2013-10-10", symbol: "QQQ", strategy: "timed-entry", parametersID: "abc")
        let read = try JournalCSV.records(Array(JournalCSV.text([JournalRecord(row)]).utf8))
        #expect(read.map(\.key) == [row.key])
        #expect(row.key.symbol == "QQQ")
        #expect(row.key.strategy == "timed-entry")
        #expect(row.key.parametersID == "abc")
        #expect(row.key.tradeDate == row.tradeDate)
    }
}
