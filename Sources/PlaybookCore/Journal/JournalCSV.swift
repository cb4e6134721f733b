/// The journal as CSV (RFC 4180, lines end in a line feed): text to rows and back, without touching files.
public enum JournalCSV {
    /// The first line of a journal to which nobody has added columns.
    public static let header = JournalColumn.names.joined(separator: ",")

    /// The first line, with its line feed.
    static func headerLine(_ extraNames: [String]) -> [UInt8] {
        var bytes = Array(header.utf8)
        for name in extraNames {
            bytes.append(UInt8(ascii: ","))
            append(Array(name.utf8), to: &bytes)
        }
        bytes.append(UInt8(ascii: "\n"))
        return bytes
    }

    /// The whole file.
    ///
    /// - Parameter extraNames: columns that are not the journal's own, in the order of the file; those of the records
    ///   that are not among them follow.
    public static func bytes(_ records: [JournalRecord], extraNames: [String] = []) -> [UInt8] {
        let names = names(extraNames, of: records)
        var bytes = headerLine(names)
        bytes.reserveCapacity(bytes.count + records.count * 480)
        for record in records { append(record, extraNames: names, to: &bytes) }
        return bytes
    }

    /// `extraNames`, and behind them the names of what has been added to `records`.
    static func names(_ extraNames: [String], of records: [JournalRecord]) -> [String] {
        var names = extraNames
        var known = Set(extraNames)
        for record in records {
            for extra in record.extras where known.insert(extra.name).inserted { names.append(extra.name) }
        }
        return names
    }

    /// Adds the line of a row.
    static func append(_ record: JournalRecord, extraNames: [String], to bytes: inout [UInt8]) {
        record.appendFields(to: &bytes)
        for name in extraNames {
            bytes.append(UInt8(ascii: ","))
            if let extra = record.extras.first(where: { $0.name == name }) {
                append(Array(extra.text.utf8), to: &bytes)
            }
        }
        bytes.append(UInt8(ascii: "\n"))
    }

    /// Whether a field that holds the byte needs quotes.
    @inline(__always)
    static func isSpecial(_ byte: UInt8) -> Bool {
        byte <= 0x2C && (byte == 0x2C || byte == 0x22 || byte == 0x0A || byte == 0x0D)
    }

    /// Adds a field, in quotes if it holds a comma, a quote or a line end.
    static func append(_ field: some Collection<UInt8>, to bytes: inout [UInt8]) {
        guard field.contains(where: isSpecial) else {
            bytes += field
            return
        }
        bytes.append(UInt8(ascii: "\""))
        for byte in field {
            if byte == UInt8(ascii: "\"") { bytes.append(byte) }
            bytes.append(byte)
        }
        bytes.append(UInt8(ascii: "\""))
    }

    /// Reads rows in the order of the text, with memory for one at a time.
    ///
    /// - Parameters:
    ///   - isTolerant: whether rows whose columns do not hold what they should are handed over too; the line tells.
    ///   - open: begins to read the text, from its start, whenever it is called. What it gives fills a buffer with the
    ///     next bytes; 0 at the end.
    /// - Throws: `JournalFormatError` that names the line when the text is not a journal, or what `open` or `body`
    ///   throw.
    public static func read(
        isTolerant: Bool = false, _ open: () throws -> (UnsafeMutableRawBufferPointer) throws -> Int,
        _ body: (borrowing JournalLine) throws -> Void
    ) throws {
        var pass = try JournalPass(isTolerant: isTolerant, open)
        while try pass.next() { try pass.line(body) }
    }

    /// Reads the rows of a journal that is in memory, in its order.
    ///
    /// - Throws: as the other.
    public static func read(
        _ bytes: [UInt8], isTolerant: Bool = false, _ body: (borrowing JournalLine) throws -> Void
    ) throws {
        try read(isTolerant: isTolerant, { source(bytes) }, body)
    }

    /// A journal's text that is in memory.
    static func source(_ bytes: [UInt8]) -> CSVScanner.Source {
        var position = 0
        return { buffer in
            let count = min(buffer.count, bytes.count - position)
            bytes.withUnsafeBytes { buffer.copyMemory(from: .init(rebasing: $0[position..<(position + count)])) }
            position += count
            return count
        }
    }

    /// The rows of a journal that is in memory, in its order, and its columns that are not the journal's own.
    ///
    /// - Parameters:
    ///   - allowsDoubles: whether a row may be there twice.
    /// - Throws: `JournalFormatError` that names the line when the text is not a journal.
    public static func contents(
        _ bytes: [UInt8], allowsDoubles: Bool = false
    ) throws(JournalFormatError) -> JournalContents {
        do {
            var pass = try JournalPass { source(bytes) }
            var records: [JournalRecord] = []
            var upgraded = 0
            var lines: [JournalKey: Int] = [:]
            while try pass.next() {
                let record = try pass.line { $0.record() }
                if !allowsDoubles, let earlier = lines.updateValue(pass.lineNumber, forKey: record.key) {
                    throw JournalFormatError.doubled(pass.lineNumber, earlier)
                }
                if pass.verbatim == nil { upgraded += 1 }
                records.append(record)
            }
            return JournalContents(
                records: records, extraNames: pass.header.extraNames, upgraded: upgraded,
                isCurrent: upgraded == 0 && pass.header.isCurrent)
        } catch let error as JournalFormatError {
            throw error
        } catch {
            // Nothing else can go wrong in memory.
            throw JournalFormatError(line: 1, problem: "\(error)")
        }
    }

    /// The rows of a journal that is in memory, in its order.
    ///
    /// - Throws: `JournalFormatError` that names the line when the text is not a journal, or a row is there twice.
    public static func records(_ bytes: [UInt8]) throws(JournalFormatError) -> [JournalRecord] {
        try contents(bytes).records
    }
}

/// What a journal's text holds.
public struct JournalContents: Sendable {
    /// The rows, in the order of the text.
    public var records: [JournalRecord]
    /// The columns that are not the journal's own.
    public var extraNames: [String]
    /// How many rows are of the first schema, or written in a way of their own.
    public var upgraded: Int
    /// Whether the text is as this program would write it.
    public var isCurrent: Bool
}

/// Why a text is not a journal.
public struct JournalFormatError: Error, Hashable, Sendable {
    /// The line, from 1.
    public let line: Int
    /// What is wrong there.
    public let problem: String

    /// A row that is there twice.
    static func doubled(_ line: Int, _ earlier: Int) -> JournalFormatError {
        JournalFormatError(
            line: line,
            problem: "the same row (date, symbol, strategy, params_id, mode, trade_no) as line \(earlier)")
    }
}
