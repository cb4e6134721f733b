import PlaybookCore
import PlaybookParquet

/// The times of a Parquet file's rows.
struct ParquetTimes {
    /// Instants, where the file says so: a row each, in seconds since the epoch.
    let instants: [Int64]?
    /// The column's values as a text file would have them, and those of a column of times of day.
    private let texts: ParquetTexts?
    private let clock: ParquetTexts?
    /// Readings of a local clock, in seconds as if they were UTC.
    private let readings: [Int64]?
    private let nullRows: Set<Int>
    /// What `data check` calls the form.
    let words: String

    init(_ file: ParquetFile, _ layout: ParquetLayout, acceptsDates: Bool) throws(ParquetError) {
        if let date = layout.column(.date), let clock = layout.column(.timeOfDay) {
            texts = try ParquetTexts(file, date)
            self.clock = try ParquetTexts(file, clock)
            (instants, readings, nullRows) = (nil, nil, [])
            words = "a column of dates and one of times"
            return
        }
        let index = layout.column(.time) ?? 0
        clock = nil
        let column = file.columns[index]
        switch column.kind {
        case .timestamp(_, let isUTC):
            let found = try file.integers(index)
            let seconds = found.values.map { $0.flooredSeconds }
            nullRows = Set(found.nullRows)
            let isInstant = isUTC && found.nullRows.isEmpty && !acceptsDates
            instants = isInstant ? seconds : nil
            readings = isUTC ? nil : seconds
            texts = isInstant || !isUTC ? nil : ParquetTexts(instants: seconds)
            words = isUTC ? "timestamps" : "timestamps of a local clock"
        case .integer:
            let found = try file.integers(index)
            nullRows = Set(found.nullRows)
            let digits = found.values.first.map { String($0).count } ?? 0
            // Epochs of one unit.
            if let unit = StampParser.unit(ofDigits: digits), nullRows.isEmpty,
                found.values.allSatisfy({ StampParser.unit(ofDigits: Self.digits($0)) == unit })
            {
                instants = found.values.map { $0 / unit }
                texts = nil
                words = StampParser.Form.epoch(digits: digits).words
            } else {
                instants = nil
                texts = try ParquetTexts(file, index)
                words = "whole numbers"
            }
            readings = nil
        case .date, .string:
            texts = try ParquetTexts(file, index)
            (instants, readings, nullRows) = (nil, nil, texts?.nullRows ?? [])
            words = column.kind == .date ? "dates" : "texts"
        case .double, .decimal, .boolean, .other:
            throw ParquetError("column '\(column.name.prefix(40))' does not hold times")
        }
    }

    private static func digits(_ number: Int64) -> Int {
        var (count, rest) = (1, number)
        while rest >= 10 {
            rest /= 10
            count += 1
        }
        return count
    }

    /// The time of a row.
    func stamp(
        _ row: Int, _ parser: inout StampParser, acceptsDates: Bool
    ) throws(StampParser.Problem) -> StampParser.Stamp {
        if let instants { return StampParser.Stamp(seconds: instants[row], form: .civil(hasOffset: true)) }
        guard !nullRows.contains(row) else { throw .malformed }
        if let readings {
            let day = readings[row].flooredQuotient(by: 86_400)
            let date = CivilDate(daysSinceEpoch: Int32(clamping: day))
            let second = readings[row] - day * 86_400
            // In a daily file midnight, of whatever zone, means the date it shows.
            if acceptsDates, second == 0 {
                return StampParser.Stamp(seconds: readings[row], date: date, form: .civil(hasOffset: false))
            }
            return try parser.reading(date, second)
        }
        let text = texts?.text(row) ?? ""
        guard let time = clock?.text(row) else {
            var stamp = try parser.parse(text)
            if acceptsDates, let date = stamp.date { stamp.seconds = Int64(date.daysSinceEpoch) * 86_400 }
            return stamp
        }
        return try parser.parse(text, time)
    }

    /// The time of a row as the file has it, for messages.
    func text(_ row: Int) -> String {
        if nullRows.contains(row) { return "null" }
        if let readings { return String("\(Instant(secondsSinceEpoch: readings[row]))".dropLast()) }
        var text = (texts?.text(row) ?? "") + (clock.map { " " + $0.text(row) } ?? "")
        return text.withUTF8 { printable($0) }
    }
}

/// A column's values as a text file would have them.
struct ParquetTexts {
    private let strings: [String]?
    private let integers: [Int64]
    private let kind: ParquetColumn.Kind
    let nullRows: Set<Int>

    /// - Parameter rows: the rows to read; nil for all.
    init(_ file: ParquetFile, _ column: Int, rows: Range<Int>? = nil) throws(ParquetError) {
        kind = file.columns[column].kind
        if kind == .string {
            let found = try file.strings(column, rows: rows)
            strings = found.values
            integers = []
            nullRows = Set(found.nullRows)
        } else {
            let found = try file.integers(column, rows: rows)
            strings = nil
            integers = found.values
            nullRows = Set(found.nullRows)
        }
    }

    /// Texts of instants, in seconds since the epoch.
    init(instants: [Int64]) {
        strings = nil
        integers = instants.map { $0.multipliedReportingOverflow(by: 1_000_000).partialValue }
        kind = .timestamp(.microseconds, isUTC: true)
        nullRows = []
    }

    /// The text of a row.
    func text(_ row: Int) -> String {
        if let strings { return strings[row] }
        switch kind {
        case .date: return "\(CivilDate(daysSinceEpoch: Int32(clamping: integers[row])))"
        case .timestamp(_, let isUTC):
            let text = "\(Instant(secondsSinceEpoch: integers[row].flooredSeconds))"
            return isUTC ? text : String(text.dropLast())
        default: return String(integers[row])
        }
    }
}

extension Int64 {
    /// Microseconds as whole seconds, rounded down.
    fileprivate var flooredSeconds: Int64 { flooredQuotient(by: 1_000_000) }

    fileprivate func flooredQuotient(by divisor: Int64) -> Int64 {
        let (quotient, rest) = quotientAndRemainder(dividingBy: divisor)
        return rest < 0 ? quotient - 1 : quotient
    }
}
