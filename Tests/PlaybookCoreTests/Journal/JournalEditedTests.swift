import PlaybookYardsticks
import Testing

@testable import PlaybookCore

@Suite("Journals edited by hand")
struct JournalEditedTests {
    private func text(_ rows: JournalRow...) -> String { JournalCSV.text(rows.map(JournalRecord.init)) }

    /// A row with the parameters of its strategy by default.
    private func row(runID: String = "run-1") throws -> JournalRow {
        var row = try JournalRow.made(runID: runID)
        row.parameters = "defaults"
        return row
    }

    private func problem(_ text: String) -> String? {
        do {
            _ = try JournalCSV.records(Array(text.utf8))
            return nil
        } catch {
            return "\(error.line): \(error.problem)"
        }
    }

    @Test("have symbols and names read as what they mean", arguments: ["test", " TEST", "TEST  ", "\tTest"])
    func symbols(spelling: String) throws {
        let records = [JournalRecord(try .made()), JournalRecord(try .made(on: "2013-10-10"))]
        let plain = JournalCSV.text(records)
        let edited = plain.replacing(",TEST,dp20,", with: ",\(spelling), dp20 ,")
        #expect(edited != plain)
        #expect(try JournalCSV.records(Array(edited.utf8)) == records)
        // A rewrite finds the row that it replaces, and writes the symbol as symbols are written.
        let new = JournalRecord(try .made(on: "2013-10-10", notes: "anew"))
        var written: [UInt8] = []
        let rewrite = try JournalRewrite(
            [new], { JournalPass.source(Array(edited.utf8)) }, write: { written += $0 })
        #expect(rewrite.outcomes == [new.key: .replaced])
        #expect(String(decoding: written, as: UTF8.self) == JournalCSV.text([records[0], new]))
    }

    @Test("are refused where a symbol is none, or is there in two spellings")
    func noSymbols() throws {
        let plain = text(try .made(), try .made(on: "2013-10-10"))
        for wrong in ["Q Q", "ÄB", "^GSPC", " "] {
            #expect(
                problem(plain.replacing(",TEST,", with: ",\(wrong),")) == "2: symbol '\(wrong)' is not a ticker symbol")
        }
        let lines = plain.split(separator: "\n").map(String.init)
        let twice = [lines[0], lines[1], lines[1].replacing(",TEST,", with: ",test,")].joined(separator: "\n") + "\n"
        #expect(problem(twice)?.hasPrefix("3: the same row") == true)
    }

    @Test("may lack their last line end where the last field is known to be whole, and else may not")
    func lastLine() throws {
        let strategy = try StrategyCatalog.playbook(
            "dp20", overrides: ["window-end": "10:45", "stop-atr": "1.5"])
        var row = try JournalRow.made(parametersID: strategy.parametersID)
        row.parameters = strategy.parameters.differences
        let changed = text(row)
        #expect(changed.hasSuffix(",\(row.parameters)\n") && row.parameters.utf8.count == 29)
        #expect(try JournalCSV.records(Array(changed.dropLast().utf8)) == [JournalRecord(row)])
        let cut = "2: the file ends within this line: params may be cut off; end the line if it is whole"
        for count in 2...25 { #expect(problem(String(changed.dropLast(count))) == cut, "\(count)") }

        let defaults = text(try self.row())
        #expect(problem(String(defaults.dropLast())) == nil)
        for count in 2...8 { #expect(problem(String(defaults.dropLast(count))) == cut, "\(count)") }
        // A line that ends is whole, whatever its last field is.
        #expect(problem(defaults.replacing(",defaults\n", with: ",\n")) == nil)
        #expect(problem(defaults.replacing(",defaults\n", with: ",\"defaults\"")) == nil)

        let noted = defaults.replacing("params\n", with: "params,mine\n").replacing(
            "defaults\n", with: "defaults,a note\n")
        #expect(problem(noted) == nil)
        #expect(problem(String(noted.dropLast()))?.contains("mine may be cut off") == true)
        #expect(problem(noted.replacing(",a note\n", with: ",\"a note\"")) == nil)
    }

    @Test("of the first schema end with a run's name, which shows when it is cut; so do those with semicolons")
    func firstSchema() throws {
        let row = try self.row(runID: "20241105T060000Z-2a8f38")
        let fields = row.fields.prefix(38)
        let header = JournalColumn.names.prefix(38)
        for separator in [",", ";"] {
            let text = header.joined(separator: separator) + "\n" + fields.joined(separator: separator)
            #expect(problem(text) == nil)
            #expect(problem(text + "\n") == nil)
            for count in [1, 6, 7, 23] {
                #expect(problem(String(text.dropLast(count)))?.contains("run_id may be cut off") == true, "\(count)")
            }
            #expect(problem(String(text.dropLast(24)))?.contains("37 fields instead of 38") == true)
        }
    }
}

extension JournalPass {
    /// Begins to read `bytes`.
    static func source(_ bytes: [UInt8]) -> CSVScanner.Source {
        var rest = bytes[...]
        return { buffer in
            let piece = rest.prefix(buffer.count)
            buffer.copyBytes(from: piece)
            rest = rest.dropFirst(piece.count)
            return piece.count
        }
    }
}
