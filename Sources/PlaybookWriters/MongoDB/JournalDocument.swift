import PlaybookCore

/// How a row stands in a collection: a document whose fields are the journal's columns. Dates are BSON dates (midnight
/// UTC), flags are booleans, numbers are doubles, the rest is text; a column that does not apply is null. `_id` is the
/// key: `2024-11-04|QQQ|dp20|a1b2c3`.
enum JournalDocument {
    /// The `_id` of the row with `key`.
    ///
    /// - Throws: a `PlaybookError` when the key's parts could not be told from each other.
    static func id(of key: JournalKey) throws(PlaybookError) -> String {
        guard !key.symbol.contains("|"), !key.strategy.contains("|") else {
            throw PlaybookError(
                .badData,
                "the row of \(key.tradeDate) cannot be kept in MongoDB: its symbol '\(key.symbol.prefix(40))' or strategy "
                    + "'\(key.strategy.prefix(40))' holds a '|'")
        }
        return "\(key.tradeDate)|\(key.symbol)|\(key.strategy)|\(key.parametersID)"
    }

    /// The document of `record`, called `id`.
    static func document(of record: JournalRecord, id: String) -> BSONDocument {
        var document: BSONDocument = ["_id": .string(id)]
        for (column, field) in zip(JournalColumn.allCases, record.fields) {
            document.append(
                column.rawValue, column == .tradeDate ? midnight(record.key.tradeDate) : value(field, column))
        }
        return document
    }

    /// Midnight UTC of a date.
    static func midnight(_ date: CivilDate) -> BSONValue { .date(Int64(date.daysSinceEpoch) * millisecondsPerDay) }

    private static let millisecondsPerDay: Int64 = 86_400_000

    /// A field as a value. A text that is no flag or number as the journal writes them stays text, so that it comes
    /// back as it was.
    private static func value(_ field: String, _ column: JournalColumn) -> BSONValue {
        if field.isEmpty { return .null }
        switch column.kind {
        case .flag where field == "true": return .bool(true)
        case .flag where field == "false": return .bool(false)
        case .number:
            guard let number = Double(field), journalNumber(number) == field else { return .string(field) }
            return .double(number)
        case .date, .flag, .text: return .string(field)
        }
    }

    /// The record of a document. Other tools may have written it: fields that are missing are empty, whole numbers are
    /// numbers, other fields do not matter. The `_id` is empty when it is no text.
    static func record(of document: BSONDocument) throws(Problem) -> (id: String, record: JournalRecord) {
        guard let content = try? document.fields() else { throw Problem("a document is damaged") }
        var fields = [String](repeating: "", count: JournalColumn.allCases.count)
        var id = BSONValue.null
        var problem: String?
        for (name, value) in content {
            if name == "_id" { id = value }
            guard let column = JournalColumn(rawValue: name) else { continue }
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
            return (id.string ?? "", try JournalRecord(fields: fields))
        } catch {
            throw Problem("the document with _id \(text(ofID: id)): \(error)")
        }
    }

    /// A value as the journal's text; nil when the column cannot have it.
    private static func text(_ value: BSONValue, _ column: JournalColumn) -> String? {
        switch (value, column.kind) {
        case (.date(let milliseconds), .date):
            let (whole, rest) = milliseconds.quotientAndRemainder(dividingBy: millisecondsPerDay)
            let days = rest < 0 ? whole - 1 : whole
            return (-719_162...2_932_896).contains(days) ? "\(CivilDate(daysSinceEpoch: Int32(days)))" : nil
        case (_, .date): return nil
        case (.null, _), (.other(0x06), _): return ""
        case (.string(let text), _): return text
        case (.bool(let flag), _): return flag ? "true" : "false"
        case (.double(let number), .number), (.double(let number), .text): return journalNumber(number)
        case (.int32(let number), .number), (.int32(let number), .text): return String(number)
        case (.int64(let number), .number), (.int64(let number), .text): return String(number)
        default: return nil
        }
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
