/// A row as it stands in a journal: the fields of its columns as text, and what people have added to it.
public struct JournalRecord: Sendable, Hashable {
    /// The row's key.
    public let key: JournalKey
    /// The columns' fields, one after the other.
    private var bytes: [UInt8]
    /// Where each column's field ends.
    private var ends: [UInt32]
    /// Columns or fields that are not the journal's own: people's notes and tags, and what later programs add. Those
    /// that are empty are left out.
    public var extras: [JournalExtra]

    /// A row of `bytes` cut at `ends`.
    init(key: JournalKey, bytes: [UInt8], ends: [UInt32], extras: [JournalExtra] = []) {
        self.key = key
        self.bytes = bytes
        self.ends = ends
        self.extras = extras
    }

    /// The record of `fields`, in the order of `JournalColumn`: those of the first schema, or all. What a spreadsheet or
    /// pandas makes of a value is read as what it means, and a row of the first schema is brought to the second.
    public init(fields: [String], extras: [JournalExtra] = []) throws(Problem) {
        let (record, problem) = try Self.read(fields, extras: extras)
        if let problem { throw problem }
        self = record
    }

    /// The record of `fields`, as `init(fields:extras:)` makes it, and the first column that does not hold what it should.
    ///
    /// - Throws: `Problem` when it cannot be told which row it is.
    public static func read(
        _ fields: [String], extras: [JournalExtra] = []
    ) throws(Problem) -> (record: JournalRecord, problem: Problem?) {
        guard [JournalColumn.countInFirstSchema, JournalColumn.allCases.count].contains(fields.count) else {
            throw Problem("\(fields.count) fields instead of \(JournalColumn.allCases.count)")
        }
        let content = fields.map { Array($0.utf8) }
        var reading = JournalLineReading()
        var (record, problem) = try content.withFields { fields throws(Problem) in
            try reading.read(fields)
            return reading.line { line in (line.record(), line.problem) }
        }
        record.extras = extras.filter { !$0.text.isEmpty }
        return (record, problem)
    }

    /// The fields, in the order of `JournalColumn`; empty where a column does not apply.
    public var fields: [String] { JournalColumn.allCases.map { self[$0] } }

    /// The field of `column`.
    public subscript(column: JournalColumn) -> String {
        get { String(decoding: bytes[range(column.index)], as: UTF8.self) }
        set {
            let range = range(column.index)
            let replacement = Array(newValue.utf8)
            bytes.replaceSubrange(range, with: replacement)
            let growth = replacement.count - range.count
            for index in column.index..<ends.count { ends[index] = UInt32(Int(ends[index]) + growth) }
        }
    }

    /// Whether the field of `column` is empty.
    func isEmpty(_ column: JournalColumn) -> Bool { range(column.index).isEmpty }

    private func range(_ index: Int) -> Range<Int> {
        (index == 0 ? 0 : Int(ends[index - 1]))..<Int(ends[index])
    }

    /// Adds the columns' fields as CSV, with commas between them.
    func appendFields(to line: inout [UInt8]) {
        bytes.withUnsafeBytes { bytes in
            var start = 0
            for (index, end) in ends.enumerated() {
                if index > 0 { line.append(UInt8(ascii: ",")) }
                let field = UnsafeRawBufferPointer(rebasing: bytes[start..<Int(end)])
                if field.contains(where: JournalCSV.isSpecial) {
                    JournalCSV.append(field, to: &line)
                } else {
                    line.append(contentsOf: field)
                }
                start = Int(end)
            }
        }
    }

    /// Calls `body` with the columns' fields, which are gone afterwards.
    func withFields<Result, Failure: Error>(
        _ body: (UnsafeBufferPointer<UnsafeRawBufferPointer>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try bytes.withContent { content throws(Failure) in
            let fields = ends.indices.map { UnsafeRawBufferPointer(rebasing: content[range($0)]) }
            return try fields.withElements(body)
        }
    }

    /// Whether all columns are the same but the run that wrote the row and the chart, which is drawn or not.
    func hasSameContent(as other: JournalRecord) -> Bool {
        if ends == other.ends, bytes == other.bytes { return true }
        return JournalColumn.allCases.allSatisfy { column in
            column == .runID || column == .chartLink
                || bytes[range(column.index)] == other.bytes[other.range(column.index)]
        }
    }

    /// Why fields are not a row.
    public struct Problem: Error, Hashable, Sendable, CustomStringConvertible {
        public let description: String

        init(_ description: String) { self.description = description }

        /// The text ends behind the field of the column `name`, which may have been longer.
        static func cut(_ name: String) -> Problem {
            Problem("the file ends within this line: \(name) may be cut off; end the line if it is whole")
        }
    }
}

/// Something in a row that is not one of the journal's own columns.
public struct JournalExtra: Sendable, Hashable {
    /// The column's or field's name.
    public let name: String
    /// What it holds, as text.
    public let text: String
    /// What it holds as the place keeps it, where that is not just the text; empty otherwise.
    public let native: [UInt8]

    /// What `name` holds.
    public init(_ name: String, _ text: String, native: [UInt8] = []) {
        self.name = name
        self.text = text
        self.native = native
    }
}

extension Array where Element == [UInt8] {
    /// Calls `body` with the elements as fields.
    fileprivate func withFields<Result, Failure: Error>(
        _ body: (UnsafeBufferPointer<UnsafeRawBufferPointer>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        let joined = Array<UInt8>(self.joined())
        return try joined.withContent { content throws(Failure) in
            var start = 0
            let fields = map { field in
                defer { start += field.count }
                return UnsafeRawBufferPointer(rebasing: content[start..<(start + field.count)])
            }
            return try fields.withElements(body)
        }
    }
}

extension Array {
    /// `withUnsafeBufferPointer` for bodies that throw errors of one type.
    func withElements<Result, Failure: Error>(
        _ body: (UnsafeBufferPointer<Element>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        let outcome: Swift.Result<Result, Failure> = withUnsafeBufferPointer { buffer in
            do throws(Failure) {
                return .success(try body(buffer))
            } catch {
                return .failure(error)
            }
        }
        return try outcome.get()
    }
}

extension Array where Element == UInt8 {
    /// `withUnsafeBytes` for bodies that throw errors of one type.
    func withContent<Result, Failure: Error>(
        _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try withElements { buffer throws(Failure) in try body(UnsafeRawBufferPointer(buffer)) }
    }
}
