import Testing

@testable import PlaybookCore

@Suite("Journals that other programs have saved")
struct JournalForeignTests {
    /// A journal of three sessions, two of them traded, and its lines taken apart.
    private static func journal() throws -> (records: [JournalRecord], cells: [[String]]) {
        let rows = [
            try JournalRow.made(
                on: "2024-03-08", parametersID: "p0123456789ab", trade: .made(exit: 101.5, at: "09:45")),
            try .made(on: "2024-03-11", parametersID: "p0123456789ab", notes: "no pullback, again"),
            try .made(on: "2024-03-13", parametersID: "p0123456789ab", trade: .made(exit: 97.25, shares: 20_000)),
        ]
        let records = rows.map { row in
            var row = row
            row.parameters = "defaults"
            return JournalRecord(row)
        }
        return (records, [JournalColumn.names] + records.map(\.fields))
    }

    private static func csv(_ cells: [[String]], _ separator: String = ",", end: String = "\n") -> [UInt8] {
        let lines = cells.map { line in
            line.map { $0.contains(separator) || $0.contains("\"") ? "\"\($0)\"" : $0 }.joined(separator: separator)
        }
        return Array((lines.joined(separator: end) + end).utf8)
    }

    private static func changing(
        _ cells: [[String]], _ change: (JournalColumn, String) -> String
    ) -> [[String]] {
        [cells[0]]
            + cells.dropFirst().map { line in
                zip(JournalColumn.allCases, line).map { $1.isEmpty ? "" : change($0, $1) }
            }
    }

    private static func kind(_ kinds: JournalColumn.Kind..., change: @escaping (String) -> String)
        -> (JournalColumn, String) -> String
    { { column, text in kinds.contains(column.kind) ? change(text) : text } }

    private static func us(_ date: String) -> String {
        let parts = date.split(separator: "-").map { Int($0)! }
        return "\(parts[1])/\(parts[2])/\(parts[0])"
    }

    private static func german(_ date: String) -> String {
        let parts = date.split(separator: "-")
        return "\(parts[2]).\(parts[1]).\(parts[0])"
    }

    /// What programs make of a journal, by name.
    private static func spellings() throws -> [(name: String, bytes: [UInt8])] {
        let cells = try journal().cells
        let upper = changing(cells, kind(.flag) { $0.uppercased() })
        let excel = changing(upper, kind(.date) { us($0) })
        func zeros(_ text: String) -> String { text.contains(".") ? text + "00" : text + ".0" }
        let comma = changing(cells, kind(.number) { $0.replacing(".", with: ",") })
        return [
            ("plain", csv(cells)), ("BOM and CRLF", [0xEF, 0xBB, 0xBF] + csv(cells, end: "\r\n")),
            ("no last line end", Array(csv(cells).dropLast())),
            ("pandas", csv(changing(cells, kind(.flag) { $0.capitalized })),),
            ("pandas, numbers with nulls beside them", csv(changing(cells, kind(.number, .count) { zeros($0) }))),
            ("an index column in front", csv(cells.enumerated().map { [$0 == 0 ? "" : "\($0 - 1)"] + $1 })),
            ("TRUE and FALSE", csv(upper)), ("US dates", csv(excel, end: "\r\n")),
            ("US dates with midnight", csv(changing(cells, kind(.date) { us($0) + " 0:00" }))),
            ("semicolons", csv(cells, ";", end: "\r\n")), ("tabs", csv(cells, "\t")),
            ("semicolons and decimal commas", csv(changing(comma, kind(.date) { german($0) }), ";")),
            ("year first with slashes", csv(changing(cells, kind(.date) { $0.replacing("-", with: "/") }))),
            (
                "times without the zero",
                csv(changing(cells, kind(.time) { $0.hasPrefix("0") ? String($0.dropFirst()) : $0 }))
            ),
            ("times with seconds", csv(changing(cells, kind(.time) { $0 + ":00" }))),
            (
                "thousands separators",
                csv(
                    changing(
                        cells,
                        kind(.number) { $0.replacing("20000", with: "20,000").replacing("-55000", with: "-55,000") }))
            ),
            (
                "instants of pandas",
                csv(changing(cells, kind(.instant) { $0.replacing("T", with: " ").replacing("Z", with: "+00:00") }))
            ),
            ("bare digests", csv(changing(cells, kind(.identifier) { String($0.dropFirst()) }))),
            ("columns in another order", csv(cells.map { $0.reversed() })),
            (
                "every field in quotes",
                Array(cells.map { $0.map { "\"\($0)\"" }.joined(separator: ",") }.joined(separator: "\n").utf8)
            ),
        ]
    }

    @Test("are read as what they mean")
    func spelled() throws {
        let records = try Self.journal().records
        for (name, bytes) in try Self.spellings() {
            let found = try JournalCSV.records(bytes)
            let own = found.map { record in
                var record = record
                record.extras = []
                return record
            }
            #expect(own == records, "\(name)")
        }
    }

    @Test("merge as what they mean, in a pass and in memory")
    func merged() throws {
        let records = try Self.journal().records
        let new = JournalRecord(try .made(on: "2024-03-12", parametersID: "p0123456789ab"))
        for (name, bytes) in try Self.spellings() {
            for isSorted in [true, false] {
                var output: [UInt8] = []
                let open: () throws -> (UnsafeMutableRawBufferPointer) throws -> Int = {
                    var rest = bytes[...]
                    return { buffer in
                        // Pieces of odd sizes.
                        let piece = rest.prefix(min(buffer.count, 97))
                        buffer.copyBytes(from: piece)
                        rest = rest.dropFirst(piece.count)
                        return piece.count
                    }
                }
                let merge =
                    try isSorted
                    ? JournalRewrite([new], open) { output += $0 }
                    : JournalRewrite(unsorted: [new], open) { output += $0 }
                #expect(merge.outcomes == [new.key: .added], "\(name)")
                let found = try JournalCSV.records(output).map { record in
                    var record = record
                    record.extras = []
                    return record
                }
                #expect(found == (records + [new]).sorted { $0.key < $1.key }, "\(name)")
                // What it wrote is as this program writes it.
                var again: [UInt8] = []
                let second = try JournalRewrite([new], { JournalPass.source(output) }) { again += $0 }
                #expect(!second.isChange && !second.isUpgrade && again == output, "\(name)")
            }
        }
    }

    /// The error in reading `cells`.
    private func problem(_ cells: [[String]], _ separator: String = ",") -> JournalFormatError? {
        #expect(throws: JournalFormatError.self) { try JournalCSV.records(Self.csv(cells, separator)) }
    }

    @Test("are refused whole where they may mean two things, or nothing")
    func refused() throws {
        let cells = try Self.journal().cells
        func set(_ line: Int, _ column: JournalColumn, _ text: String) -> [[String]] {
            var changed = cells
            changed[line][column.index] = text
            return changed
        }
        // 4 and 5 March, or 3 April and 3 May: all of them weekdays.
        var ambiguous = cells.prefix(3).map { $0 }
        ambiguous[1][0] = "3/4/2024"
        ambiguous[2][0] = "3/5/2024"
        #expect(problem(ambiguous)?.problem.contains("may be a day and a month") == true)
        // A weekend tells: 3 August 2024 is a Saturday, 8 March a Friday.
        ambiguous[1][0] = "3/8/2024"
        #expect(try JournalCSV.records(Self.csv(Array(ambiguous.prefix(2)))).map { $0[.tradeDate] } == ["2024-03-08"])
        // Contradictions.
        var both = ambiguous
        both[1][0] = "13/3/2024"
        both[2][0] = "3/14/2024"
        #expect(problem(both)?.line == 2)
        // Two digits for the year.
        #expect(problem(set(1, .tradeDate, "3/8/24"))?.problem.contains("is not a date") == true)
        // What Excel makes of a digest that looks like a number, and pandas of one that starts with a zero.
        for text in ["1.23457E+11", "12345678901"] {
            #expect(problem(set(2, .parametersID, text))?.problem.contains("spreadsheet") == true)
            #expect(
                problem(set(2, .dataID, text))
                    == JournalFormatError(
                        line: 3, problem: "data_id '\(text)' is not a digest: a spreadsheet took it for a number"))
        }
        for (column, text) in [
            (JournalColumn.entered, "WAHR"), (.entered, "1"), (.grossPnL, "12,5"), (.grossPnL, "1,23"), (.mae, "nan"),
            (.entryTime, "9:45:30"), (.entryTime, "24:00"), (.mode, "dream"), (.tradeNumber, "0"),
            (.tradeNumber, "1.5"),
            (.side, "buy"), (.exitInstant, "2024-03-08 15:54:00-05:00"),
        ] {
            let error = problem(set(1, column, text))
            #expect(
                error?.line == 2 && error?.problem.contains("\(column.name) '\(text)'") == true,
                "\(column.name) \(text)")
        }
        // Neither mark can be the decimal one of all numbers.
        var marks = cells
        marks[1][JournalColumn.grossPnL.index] = "1.5"
        marks[3][JournalColumn.grossPnL.index] = "1,5"
        #expect(problem(marks, ";")?.problem.contains("decimal mark") == true)
    }

    @Test("with columns of people's own keep them, in the place and the order they have")
    func columns() throws {
        let cells = try Self.journal().cells
        var noted = cells
        for index in noted.indices {
            noted[index].insert(index == 0 ? "mood" : "m\(index)", at: 3)
            noted[index].append(index == 0 ? "notes, mine" : index == 2 ? "so, \"so\"" : "")
        }
        let bytes = Array(
            noted.map {
                $0.map { field in
                    field.contains(",") || field.contains("\"") ? "\"\(field.replacing("\"", with: "\"\""))\"" : field
                }.joined(separator: ",") + "\n"
            }.joined().utf8)
        let contents = try JournalCSV.contents(bytes)
        #expect(contents.extraNames == ["mood", "notes, mine"])
        #expect(contents.records.map { $0.extras.map(\.text) } == [["m1"], ["m2", "so, \"so\""], ["m3"]])
        let written = JournalCSV.bytes(contents.records, extraNames: contents.extraNames)
        #expect(String(decoding: written, as: UTF8.self).hasPrefix(JournalCSV.header + ",mood,\"notes, mine\"\n"))
        #expect(try JournalCSV.contents(written).records == contents.records)
    }
}
