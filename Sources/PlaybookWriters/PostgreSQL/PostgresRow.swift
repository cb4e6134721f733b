import PlaybookCore
import PlaybookPostgres

/// How a row stands in a table: the journal's columns in lower case, typed; steps, values and exits as JSON; a column that
/// does not apply is null.
enum PostgresRow {
    /// The column's name in the table.
    static func name(of column: JournalColumn) -> String { column.name.lowercased() }

    /// The journal's column called `name` in the table; nil for one that people have added.
    static func column(named name: String) -> JournalColumn? { columns[name] }

    private static let columns = Dictionary(
        uniqueKeysWithValues: JournalColumn.allCases.map { (name(of: $0), $0) })

    /// The column's type.
    static func type(of column: JournalColumn) -> String {
        switch column {
        case .steps, .values, .exits: "jsonb"
        default:
            switch column.kind {
            case .date: "date"
            case .flag: "boolean"
            case .number: "double precision"
            case .count: "integer"
            case .time: "time"
            case .instant: "timestamptz"
            case .side, .identifier, .text: "text"
            }
        }
    }

    /// The columns of the key.
    static let key: [JournalColumn] = [
        .tradeDate, .symbol, .strategy, .parametersID, .mode, .tradeNumber,
    ]

    /// The name of the column that holds what people have added as `name`.
    static func name(ofExtra name: String) -> String {
        // Names have 63 bytes, and no zero; one of the journal's own in other letters is another.
        var name = String(name.map { $0 == "\0" ? "_" : $0 })
        while name.utf8.count > 62 { name.removeLast() }
        return name.isEmpty || columns[name] != nil ? name + "_" : name
    }

    /// The record of a line of COPY's text format, and the first column that does not hold what it should.
    ///
    /// - Parameter names: of the line's columns.
    static func record(
        _ line: UnsafeBufferPointer<UInt8>, _ names: [String]
    ) throws(JournalRecord.Problem) -> (record: JournalRecord, problem: JournalRecord.Problem?) {
        var fields = [String](repeating: "", count: JournalColumn.allCases.count)
        var extras: [JournalExtra] = []
        for (name, value) in zip(names, PostgresText.fields(line)) {
            guard let value else { continue }
            if let column = column(named: name) {
                fields[column.index] = text(value, column)
            } else if !value.isEmpty {
                extras.append(JournalExtra(name, value))
            }
        }
        return try JournalRecord.read(fields, extras: extras)
    }

    /// A value as the journal writes it.
    private static func text(_ value: String, _ column: JournalColumn) -> String {
        switch column {
        case .steps, .values: return PostgresJSON.text(pairs: value) ?? value
        case .exits: return PostgresJSON.text(exits: value) ?? value
        default: break
        }
        switch column.kind {
        case .flag: return value == "t" ? "true" : value == "f" ? "false" : value
        case .number:
            guard value.utf8.contains(where: { $0 == UInt8(ascii: "e") }) || decimals(value) > 6,
                let number = Double(value), number.isFinite
            else { return value }
            return JournalDocument.numberText(number)
        case .time:
            return value.hasSuffix(":00") && value.utf8.count == 8 ? String(value.dropLast(3)) : value
        case .instant:
            // 2024-11-04 15:16:00+00
            guard value.utf8.count == 22, value.hasSuffix("+00") else { return value }
            return value.prefix(10) + "T" + value.dropFirst(11).dropLast(3) + "Z"
        case .date, .count, .side, .identifier, .text: return value
        }
    }

    private static func decimals(_ number: String) -> Int {
        number.utf8.firstIndex(of: UInt8(ascii: ".")).map {
            number.utf8.distance(from: $0, to: number.utf8.endIndex) - 1
        }
            ?? 0
    }
}
