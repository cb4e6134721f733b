import PlaybookCore

/// How a row stands in a collection: a document whose fields are the journal's columns. Dates and instants are BSON
/// dates (a date is midnight UTC), flags are booleans, numbers are doubles, steps, values and exits are documents, the
/// rest is text; a column that does not apply is null. `_id` is the key: `2024-11-04|QQQ|dp20|a1b2c3`, with the mode and
/// the number of the trade behind it where they are not `backtest` and 1.
enum JournalDocument {
    /// The `_id` of the row with `key`. Digests stand in it without their letter, as they did in the first schema, so that
    /// documents of that time keep theirs.
    ///
    /// - Throws: a `PlaybookError` when the key's parts could not be told from each other.
    static func id(of key: JournalKey) throws(PlaybookError) -> String {
        guard !key.symbol.contains("|"), !key.strategy.contains("|") else {
            throw PlaybookError(
                .badData,
                "the row of \(key.tradeDate) cannot be kept in MongoDB: its symbol '\(key.symbol.prefix(40))' or strategy "
                    + "'\(key.strategy.prefix(40))' holds a '|'")
        }
        let digits = JournalKey.bareIdentifier(key.parametersID)
        return "\(key.tradeDate)|\(key.symbol)|\(key.strategy)|\(digits)"
            + (key.mode == .backtest ? "" : "|\(key.mode.rawValue)")
            + (key.tradeNumber == 1 ? "" : "|\(key.tradeNumber)")
    }

    /// The fields of some of a record's columns.
    static func fields(of record: JournalRecord, _ columns: some Sequence<JournalColumn>) -> BSONDocument {
        var document = BSONDocument()
        for column in columns {
            document.append(
                column.name,
                column == .tradeDate ? midnight(record.key.tradeDate) : value(record[column], column))
        }
        return document
    }

    /// What people have added to a row as a field.
    static func value(of extra: JournalExtra) -> BSONValue {
        guard let type = extra.native.first else { return .string(extra.text) }
        return .other(type, Array(extra.native.dropFirst()))
    }

    /// The name of the field that holds what people have added as `name`: MongoDB has no field with a point in its name,
    /// none that starts with a dollar sign, and an `_id` of its own.
    static func fieldName(of name: String) -> String {
        var field = String(name.map { ".$\0".contains($0) ? "_" : $0 })
        if field.isEmpty || field == "_id" { field += "_" }
        return field
    }

    /// Midnight UTC of a date.
    static func midnight(_ date: CivilDate) -> BSONValue { .date(Int64(date.daysSinceEpoch) * millisecondsPerDay) }

    private static let millisecondsPerDay: Int64 = 86_400_000

    /// A field as a value. A text that is not of the column's kind, as the journal writes it, stays text, so that it
    /// comes back as it was.
    private static func value(_ field: String, _ column: JournalColumn) -> BSONValue {
        if field.isEmpty { return .null }
        switch column {
        case .steps, .values: return JournalLists.pairs(field).map(BSONValue.document) ?? .string(field)
        case .exits: return JournalLists.exits(field).map { .array($0.map(BSONValue.document)) } ?? .string(field)
        default: break
        }
        switch column.kind {
        case .flag where field == "true": return .bool(true)
        case .flag where field == "false": return .bool(false)
        case .number, .count: return number(field).map(BSONValue.double) ?? .string(field)
        case .instant:
            guard let instant = Instant(field) else { return .string(field) }
            return .date(instant.secondsSinceEpoch * 1000)
        case .date, .flag, .time, .side, .identifier, .text: return .string(field)
        }
    }

    /// The number whose text, as the journal writes it, is `text`.
    static func number(_ text: String) -> Double? {
        guard let number = Double(text), journalNumber(number) == text || journalNumber(number, .ten) == text else {
            return nil
        }
        return number
    }

    /// The record of a document. Other tools may have written it: fields that are missing are empty, whole numbers are
    /// numbers, fields that are not columns are what people have added. The `_id` is empty when it is not text.
    ///
    /// - Throws: `Problem` when a column does not hold what it should.
    static func record(of document: BSONDocument) throws(Problem) -> (id: String, record: JournalRecord) {
        let (id, record, problem) = try read(document)
        if let problem { throw Problem("the document with _id '\(id.prefix(100))': \(problem)") }
        return (id, record)
    }

    /// As `record(of:)`; what is wrong with columns other than the key's is told, not thrown.
    static func read(
        _ document: BSONDocument
    ) throws(Problem) -> (id: String, record: JournalRecord, problem: JournalRecord.Problem?) {
        guard let content = try? document.fields() else { throw Problem("a document is damaged") }
        var fields = [String](repeating: "", count: JournalColumn.allCases.count)
        var extras: [JournalExtra] = []
        var id = BSONValue.null
        var problem: String?
        for (name, value) in content {
            if name == "_id" {
                id = value
                continue
            }
            guard let column = JournalColumn(name) else {
                if let extra = value.extra(name) { extras.append(extra) }
                continue
            }
            if let text = text(value, column) {
                fields[column.index] = text
            } else {
                problem = problem ?? "\(name) is of a type that this column cannot have"
            }
        }
        if let problem { throw Problem("the document with _id \(text(ofID: id)): \(problem)") }
        if fields[JournalColumn.tradeDate.index].isEmpty {
            throw Problem("the document with _id \(text(ofID: id)): trade_date is missing")
        }
        do throws(JournalRecord.Problem) {
            let (record, problem) = try JournalRecord.read(fields, extras: extras)
            return (id.string ?? "", record, problem)
        } catch {
            throw Problem("the document with _id \(text(ofID: id)): \(error)")
        }
    }

    /// Whether a document is of the first schema.
    static func isOfFirstSchema(_ document: BSONDocument) -> Bool {
        let mode = document.value(JournalColumn.mode.name) ?? .null
        return mode == .null || mode == .string("")
    }

    /// A value as the journal's text; nil when the column cannot have it.
    private static func text(_ value: BSONValue, _ column: JournalColumn) -> String? {
        switch (value, column.kind) {
        case (.date(let milliseconds), .date):
            let (whole, rest) = milliseconds.quotientAndRemainder(dividingBy: millisecondsPerDay)
            let days = rest < 0 ? whole - 1 : whole
            return (-719_162...2_932_896).contains(days) ? "\(CivilDate(daysSinceEpoch: Int32(days)))" : nil
        case (_, .date): return nil
        case (.date(let milliseconds), .instant):
            guard (-62_000_000_000_000...253_000_000_000_000).contains(milliseconds) else { return nil }
            return "\(Instant(secondsSinceEpoch: milliseconds / 1000))"
        case (.null, _), (.other(0x06, _), _): return ""
        case (.string(let text), _): return text
        case (.bool(let flag), _): return flag ? "true" : "false"
        case (.double(let number), .number), (.double(let number), .text): return numberText(number)
        case (.double(let number), .count): return numberText(number)
        case (.int32(let number), .number), (.int32(let number), .text), (.int32(let number), .count):
            return String(number)
        case (.int64(let number), .number), (.int64(let number), .text), (.int64(let number), .count):
            return String(number)
        case (.document(let content), .text) where column == .steps || column == .values:
            return JournalLists.text(pairs: content)
        case (.array(let content), .text) where column == .exits: return JournalLists.text(exits: content)
        default: return nil
        }
    }

    /// A number as the journal writes it, with ten decimals where six would lose something that ten keep.
    static func numberText(_ number: Double) -> String {
        let ten = journalNumber(number, .ten)
        return Double(ten) == number ? ten : journalNumber(number)
    }

    /// An `_id` for people.
    static func text(ofID value: BSONValue) -> String {
        switch value {
        case .string(let text): "'\(text.prefix(100))'"
        case .objectID(let bytes):
            "ObjectId('\(bytes.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined())')"
        case .int32(let number): "\(number)"
        case .int64(let number): "\(number)"
        default: "(of another type)"
        }
    }

    /// Why a document is not a row.
    struct Problem: Error {
        let description: String

        init(_ description: String) { self.description = description }
    }
}
