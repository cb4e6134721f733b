/// The journal as CSV (RFC 4180, lines end in a line feed): text to records and back, without touching files.
public enum JournalCSV {
    /// The first line.
    public static let header = JournalColumn.allCases.map(\.rawValue).joined(separator: ",")

    /// The whole file.
    public static func bytes(_ records: [JournalRecord]) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(header.utf8.count + 1 + records.count * 320)
        bytes += header.utf8
        bytes.append(UInt8(ascii: "\n"))
        for record in records {
            for (index, field) in record.fields.enumerated() {
                if index > 0 { bytes.append(UInt8(ascii: ",")) }
                append(field, to: &bytes)
            }
            bytes.append(UInt8(ascii: "\n"))
        }
        return bytes
    }

    /// Adds a field, in quotes if it holds a comma, a quote or a line end.
    private static func append(_ field: String, to bytes: inout [UInt8]) {
        let start = bytes.count
        bytes += field.utf8
        let special = bytes[start...].contains { $0 == 0x2C || $0 == 0x22 || $0 == 0x0A || $0 == 0x0D }
        guard special else { return }
        bytes.removeLast(bytes.count - start)
        bytes.append(UInt8(ascii: "\""))
        for byte in field.utf8 {
            if byte == UInt8(ascii: "\"") { bytes.append(byte) }
            bytes.append(byte)
        }
        bytes.append(UInt8(ascii: "\""))
    }

    /// The records of a journal file.
    ///
    /// - Parameter allowsDoubles: whether a row may be there twice.
    /// - Throws: `JournalFormatError` that names the line when the text is not a journal of these columns.
    public static func records(
        _ bytes: [UInt8], allowsDoubles: Bool = false
    ) throws(JournalFormatError) -> [JournalRecord] {
        guard !bytes.isEmpty else { return [] }
        var reader = CSVRecordReader(bytes)
        guard let first = try? reader.next(), first.fields == JournalColumn.allCases.map(\.rawValue) else {
            throw JournalFormatError(line: 1, problem: headerProblem(bytes))
        }
        var records: [JournalRecord] = []
        var lines: [JournalKey: Int] = [:]
        while let (fields, line) = try reader.next() {
            let record: JournalRecord
            do throws(JournalRecord.Problem) {
                record = try JournalRecord(fields: fields)
            } catch {
                throw JournalFormatError(line: line, problem: error.description)
            }
            if let earlier = lines.updateValue(line, forKey: record.key), !allowsDoubles {
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
}

/// Why a text is not a journal.
public struct JournalFormatError: Error, Hashable, Sendable {
    /// The line, from 1.
    public let line: Int
    /// What is wrong there.
    public let problem: String
}
