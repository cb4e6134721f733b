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

    /// The record of `fields`, in the order of `JournalColumn`.
    public init(fields: [String]) throws(Problem) {
        let columns = JournalColumn.allCases
        guard fields.count == columns.count else {
            throw Problem("\(fields.count) fields instead of \(columns.count)")
        }
        guard let date = CivilDate(fields[JournalColumn.tradeDate.index]) else {
            throw Problem("trade_date '\(fields[JournalColumn.tradeDate.index])' is not a date YYYY-MM-DD")
        }
        for column in [JournalColumn.symbol, .strategy, .parametersID] where fields[column.index].isEmpty {
            throw Problem("\(column.rawValue) is empty")
        }
        self.fields = fields
        key = JournalKey(
            tradeDate: date, symbol: fields[JournalColumn.symbol.index],
            strategy: fields[JournalColumn.strategy.index], parametersID: fields[JournalColumn.parametersID.index])
    }

    /// The field of `column`.
    public subscript(column: JournalColumn) -> String { fields[column.index] }

    /// Why fields are not a row.
    public struct Problem: Error, Hashable, Sendable, CustomStringConvertible {
        public let description: String

        init(_ description: String) { self.description = description }
    }
}
