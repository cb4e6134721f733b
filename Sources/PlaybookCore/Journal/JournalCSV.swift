/// The journal as CSV (RFC 4180, lines end in a line feed): text to records and back, without touching files.
public enum JournalCSV {
    /// The first line.
    public static let header = JournalColumn.allCases.map(\.rawValue).joined(separator: ",")

    /// One line, without its end.
    public static func line(_ fields: [String]) -> String {
        fields.map(quoted).joined(separator: ",")
    }

    /// The whole file.
    public static func text(_ records: [JournalRecord]) -> String {
        var text = header + "\n"
        for record in records {
            text += line(record.fields)
            text += "\n"
        }
        return text
    }

    /// The records of a journal file.
    ///
    /// - Throws: `JournalFormatError` that names the line when the text is not a journal of these columns.
    public static func records(_ bytes: [UInt8]) throws(JournalFormatError) -> [JournalRecord] {
        guard !bytes.isEmpty else { return [] }
        var reader = CSVRecordReader(bytes)
        guard let first = try reader.next(), first.fields == JournalColumn.allCases.map(\.rawValue) else {
            throw JournalFormatError(line: 1, problem: headerProblem(bytes))
        }
        var records: [JournalRecord] = []
        var lines: [JournalKey: Int] = [:]
        while let (fields, line) = try reader.next() {
            let record = try JournalRecord(fields: fields, line: line)
            if let earlier = lines.updateValue(line, forKey: record.key) {
                throw JournalFormatError(
                    line: line, problem: "the same row (date, symbol, strategy, params_id) as line \(earlier)")
            }
            records.append(record)
        }
        return records
    }

    /// Why the header is not a journal's.
    private static func headerProblem(_ bytes: [UInt8]) -> String {
        var reader = CSVRecordReader(bytes)
        guard let fields = (try? reader.next())?.fields, fields.first == JournalColumn.tradeDate.rawValue else {
            return "not a trade journal: the first line is not its header"
        }
        let known = Set(JournalColumn.allCases.map(\.rawValue))
        let unknown = fields.filter { !known.contains($0) }
        if !unknown.isEmpty { return "unknown columns: \(unknown.joined(separator: ", "))" }
        let missing = JournalColumn.allCases.map(\.rawValue).filter { !fields.contains($0) }
        if !missing.isEmpty { return "columns are missing: \(missing.joined(separator: ", "))" }
        return "the columns are not in the journal's order, or one is there twice"
    }

    private static func quoted(_ field: String) -> String {
        let special = field.utf8.contains { $0 == 0x2C || $0 == 0x22 || $0 == 0x0A || $0 == 0x0D }
        guard special else { return field }
        return "\"" + field.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
    }
}

/// A row as it stands in a journal: its fields as text.
public struct JournalRecord: Sendable, Hashable {
    /// The fields, in the order of `JournalColumn`.
    public let fields: [String]
    /// The row's key.
    public let key: JournalKey

    /// The record of a row.
    public init(_ row: JournalRow) {
        fields = row.fields
        key = row.key
    }

    /// The field of `column`.
    public subscript(column: JournalColumn) -> String { fields[column.index] }

    init(fields: [String], line: Int) throws(JournalFormatError) {
        let columns = JournalColumn.allCases
        guard fields.count == columns.count else {
            throw JournalFormatError(line: line, problem: "\(fields.count) fields instead of \(columns.count)")
        }
        guard let date = CivilDate(fields[JournalColumn.tradeDate.index]) else {
            throw JournalFormatError(
                line: line, problem: "trade_date '\(fields[JournalColumn.tradeDate.index])' is not a date YYYY-MM-DD")
        }
        for column in [JournalColumn.symbol, .strategy, .parametersID] where fields[column.index].isEmpty {
            throw JournalFormatError(line: line, problem: "\(column.rawValue) is empty")
        }
        self.fields = fields
        key = JournalKey(
            tradeDate: date, symbol: fields[JournalColumn.symbol.index],
            strategy: fields[JournalColumn.strategy.index], parametersID: fields[JournalColumn.parametersID.index])
    }
}

/// Why a text is not a journal.
public struct JournalFormatError: Error, Hashable, Sendable {
    /// The line, from 1.
    public let line: Int
    /// What is wrong there.
    public let problem: String
}
