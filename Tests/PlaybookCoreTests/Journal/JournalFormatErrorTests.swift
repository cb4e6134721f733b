import Testing

@testable import PlaybookCore

@Suite("Malformed journals")
struct JournalFormatErrorTests {
    /// The header and three rows, one a line; the second's notes are `notes`.
    static func lines(notes: String = "") throws -> [String] {
        let rows = [
            try JournalRow.made(on: "2013-10-07"), try .made(on: "2013-10-08", notes: notes),
            try .made(on: "2013-10-09"),
        ]
        return [JournalCSV.header] + rows.map { JournalCSV.line($0) }
    }

    static func error(
        _ bytes: [UInt8], sourceLocation: SourceLocation = #_sourceLocation
    ) -> JournalFormatError? {
        #expect(throws: JournalFormatError.self, sourceLocation: sourceLocation) { try JournalCSV.records(bytes) }
    }

    static func error(
        _ lines: [String], sourceLocation: SourceLocation = #_sourceLocation
    ) -> JournalFormatError? {
        error(Array((lines.joined(separator: "\n") + "\n").utf8), sourceLocation: sourceLocation)
    }

    /// The line with the field of `column` replaced.
    static func replacing(_ line: String, _ column: JournalColumn, by text: String) -> String {
        var fields = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        fields[column.index] = text
        return fields.joined(separator: ",")
    }

    @Test("that are something else are told by their first line")
    func header() {
        for text in ["\n", "hello", "date,open,close\n2013-10-09,1,2", "\u{FEFF}", " " + JournalCSV.header] {
            let error = Self.error(Array(text.utf8))
            #expect(error?.line == 1)
            #expect(error?.problem == "not a trade journal: the first line is not its header")
        }
    }

    @Test("that lack a column of the first schema, or have one twice, are told which")
    func columns() throws {
        let names = JournalColumn.names
        func error(_ columns: [String]) -> JournalFormatError? { Self.error([columns.joined(separator: ",")]) }
        #expect(
            error(names.filter { $0 != "mae" && $0 != "mfe" })
                == JournalFormatError(line: 1, problem: "columns are missing: mae, mfe"))
        #expect(
            error(names + ["run_id"]) == JournalFormatError(line: 1, problem: "the column 'run_id' is there twice"))
        #expect(
            error(names + ["mood", "mood"]) == JournalFormatError(line: 1, problem: "the column 'mood' is there twice"))
        // Columns of any other name, in any order, are people's own.
        #expect(try JournalCSV.records(Array((names.reversed() + ["mood"]).joined(separator: ",").utf8)).isEmpty)
    }

    @Test("with too few or too many fields in a line")
    func fieldCount() throws {
        var lines = try Self.lines()
        lines[2] += ",more"
        #expect(Self.error(lines) == JournalFormatError(line: 3, problem: "55 fields instead of 54"))
        lines = try Self.lines()
        lines[3] = "2013-10-09,true"
        #expect(Self.error(lines) == JournalFormatError(line: 4, problem: "2 fields instead of 54"))
        lines = try Self.lines()
        lines.insert("", at: 2)
        #expect(Self.error(lines) == JournalFormatError(line: 3, problem: "1 fields instead of 54"))
    }

    @Test("with a date that is none", arguments: ["", "2013-13-09", "2013-10-9", "10/09/2013", "2013-10-09T00:00"])
    func date(text: String) throws {
        var lines = try Self.lines()
        lines[3] = Self.replacing(lines[3], .tradeDate, by: text)
        #expect(
            Self.error(lines)
                == JournalFormatError(line: 4, problem: "trade_date '\(text)' is not a date YYYY-MM-DD"))
    }

    @Test("without a part of the key", arguments: [JournalColumn.symbol, .strategy, .parametersID])
    func key(column: JournalColumn) throws {
        var lines = try Self.lines()
        lines[1] = Self.replacing(lines[1], column, by: "")
        #expect(Self.error(lines) == JournalFormatError(line: 2, problem: "\(column.name) is empty"))
    }

    @Test("with the same row twice")
    func duplicate() throws {
        var lines = try Self.lines()
        lines.append(Self.replacing(lines[1], .runID, by: "another"))
        #expect(
            Self.error(lines)
                == JournalFormatError(
                    line: 5, problem: "the same row (date, symbol, strategy, params_id, mode, trade_no) as line 2"))
        // Another symbol is another row.
        lines[4] = Self.replacing(lines[1], .symbol, by: "OTHER")
        #expect(try JournalCSV.records(Array((lines.joined(separator: "\n") + "\n").utf8)).count == 4)
    }

    @Test("with a quoted field that does not end are told where it starts")
    func openQuote() throws {
        var lines = try Self.lines()
        lines[2] = Self.replacing(lines[2], .notes, by: "\"open")
        #expect(Self.error(lines) == JournalFormatError(line: 3, problem: "a quoted field does not end"))
    }

    @Test("with text after a closing quote")
    func textAfterQuote() throws {
        var lines = try Self.lines()
        lines[3] = Self.replacing(lines[3], .notes, by: "\"closed\" and more")
        #expect(Self.error(lines) == JournalFormatError(line: 4, problem: "text after a closing quote"))
    }

    @Test("with bytes that are no text")
    func notText() throws {
        let lines = try Self.lines()
        var bytes = Array(lines.joined(separator: "\n").utf8)
        let start = Array((lines[0] + "\n" + lines[1] + "\n2013-10-08,").utf8).count
        bytes.insert(0xFF, at: start)
        #expect(Self.error(bytes) == JournalFormatError(line: 3, problem: "bytes that are not UTF-8 text"))
    }

    @Test("are told by the line of the file, also after a field of several lines")
    func multilineFields() throws {
        var lines = try Self.lines(notes: "one\ntwo\r\nthree")
        lines[3] = Self.replacing(lines[3], .tradeDate, by: "never")
        // The second row takes lines 3 to 5.
        #expect(Self.error(lines)?.line == 6)
        let good = try Self.lines(notes: "one\ntwo\r\nthree")
        #expect(try JournalCSV.records(Array((good.joined(separator: "\r\n") + "\r\n").utf8)).count == 3)
    }
}
