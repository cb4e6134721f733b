import PlaybookCore
import Testing

/// Journals as text, by a second, simpler reader and writer than the program's own.
enum CSVText {
    /// The rows of a journal: the fields of the journal's own columns.
    static func rows(_ text: String) -> [[String]] {
        let records = records(text)
        let names = records.first ?? []
        #expect(Array(names.prefix(JournalColumn.names.count)) == JournalColumn.names)
        return records.dropFirst().map { Array($0.prefix(JournalColumn.names.count)) }
    }

    /// What people have added to each row.
    static func additions(_ text: String) -> [[String: String]] {
        let records = records(text)
        let own = JournalColumn.names
        return records.dropFirst().map { record in
            Dictionary(
                uniqueKeysWithValues: zip(records[0], record).filter { !own.contains($0.0) && !$0.1.isEmpty }
                    .map { ($0.0, $0.1) })
        }
    }

    /// The text with `value` in the column `name` of a row.
    static func annotated(_ text: String, _ row: Int, _ name: String, _ value: String) -> String {
        var records = records(text)
        if !records[0].contains(name) {
            for index in records.indices { records[index].append(index == 0 ? name : "") }
        }
        if let column = records[0].firstIndex(of: name) { records[row + 1][column] = value }
        return self.text(records)
    }

    /// Rows as the first schema had them.
    static func firstSchema(_ rows: [JournalRow]) -> String {
        text([Array(JournalColumn.names.prefix(38))] + rows.map(firstSchema))
    }

    /// A row's fields as the first schema had them.
    static func firstSchema(_ row: JournalRow) -> [String] {
        var fields = Array(row.fields.prefix(38))
        for column in [JournalColumn.parametersID, .dataID] where fields[column.index].count == 13 {
            fields[column.index].removeFirst()
        }
        return fields
    }

    static func text(_ records: [[String]]) -> String {
        records.map { record in
            record.map { field in
                let isSpecial = field.utf8.contains { ",\"\n\r".utf8.contains($0) }
                return isSpecial
                    ? "\"" + field.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"")
                        + "\"" : field
            }.joined(separator: ",") + "\n"
        }.joined()
    }

    static func records(_ text: String) -> [[String]] {
        var records: [[String]] = []
        var record: [String] = []
        var field: [UInt8] = []
        var isQuoted = false
        var wasQuote = false
        func end() {
            record.append(String(decoding: field, as: UTF8.self))
            field = []
            wasQuote = false
        }
        for byte in text.utf8 {
            if byte == UInt8(ascii: "\"") {
                if wasQuote { field.append(byte) }
                wasQuote = isQuoted
                isQuoted.toggle()
            } else if isQuoted {
                field.append(byte)
            } else if byte == UInt8(ascii: ",") {
                end()
            } else if byte == UInt8(ascii: "\n") {
                end()
                records.append(record)
                record = []
            } else {
                field.append(byte)
            }
        }
        return records
    }
}
