import Testing

@testable import PlaybookReports

@Suite("Texts for people")
struct TextTableTests {
    @Test("are divided at spaces, and words are never broken")
    func wrapping() {
        #expect(wrapped("one two three", to: 7) == ["one two", "three"])
        #expect(wrapped("one two three", to: 8) == ["one two", "three"])
        #expect(wrapped("one two three", to: 13) == ["one two three"])
        #expect(wrapped("incomprehensible word", to: 7) == ["incomprehensible", "word"])
        #expect(wrapped("one two three", to: 9, indent: 2, hanging: 1) == ["  one two", "   three"])
        #expect(wrapped("", to: 7) == [""])
        #expect(wrapped("two  spaces", to: 80) == ["two  spaces"])
    }

    @Test("go on in the next line of a table, behind its other columns")
    func table() {
        var table = TextTable()
        table.add("Name", "1", "a text that is longer than the line")
        table.add("Other", "20", "short")
        #expect(
            table.lines(leftAligned: [0, 2], width: 34) == [
                "  Name    1  a text that is longer", "             than the line", "  Other  20  short",
            ])
        #expect(table.lines(leftAligned: [0, 2]).map(\.count).max() == 48)
        // A column aligned to the right, or hardly any room: a line a row.
        #expect(table.lines(leftAligned: [0], width: 34).count == 2)
        #expect(table.lines(leftAligned: [0, 2], width: 30).count == 2)
    }

    @Test("of the playbooks fit into 80 columns")
    func strategies() throws {
        let lines = try StrategiesReport().text(.table).split(separator: "\n")
        #expect(lines.filter { $0.count > 80 } == [])
        #expect(lines.count > 40)
    }
}
