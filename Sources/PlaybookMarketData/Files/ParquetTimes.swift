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
            let (dates, times) = (try ParquetTexts(file, date), try ParquetTexts(file, clock))
            texts = dates
            self.clock = times
            (instants, readings, nullRows) = (nil, nil, dates.nullRows.union(times.nullRows))
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
        case .integer, .double:
            guard !file.isSinglePrecision(index) else {
                throw ParquetError(
                    "column '\(column.name.prefix(40))' holds numbers of 32 bits, which are too coarse for times: "
                        + "write them with 64 bits (float64 in pandas)")
            }
            let numbers = try ParquetTexts(file, index)
            nullRows = numbers.nullRows
            if let (epochs, digits) = numbers.epochs {
                instants = epochs
                texts = nil
                words = StampParser.Form.epoch(digits: digits).words
            } else {
                instants = nil
                texts = numbers
                words = "numbers"
            }
            readings = nil
        case .date, .string:
            texts = try ParquetTexts(file, index)
            (instants, readings, nullRows) = (nil, nil, texts?.nullRows ?? [])
            words = column.kind == .date ? "dates" : "texts"
        case .timeOfDay:
            throw ParquetError("column '\(column.name.prefix(40))' holds times of day, and no column holds their dates")
        case .decimal, .boolean, .other:
            throw ParquetError("column '\(column.name.prefix(40))' does not hold times")
        }
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
    /// Numbers with a fraction, or beyond 64 bits, by their rows.
    private let fractions: [Int: Double]
    private let kind: ParquetColumn.Kind
    let nullRows: Set<Int>

    /// - Parameter rows: the rows to read; nil for all.
    init(_ file: ParquetFile, _ column: Int, rows: Range<Int>? = nil) throws(ParquetError) {
        kind = file.columns[column].kind
        var fractions: [Int: Double] = [:]
        switch kind {
        case .string:
            let found = try file.strings(column, rows: rows)
            strings = found.values
            integers = []
            nullRows = Set(found.nullRows)
        case .double:
            let found = try file.doubles(column, rows: rows)
            strings = nil
            // What is not a number stands for nothing, as in pandas.
            nullRows = Set(found.values.indices.lazy.filter { found.values[$0].isNaN })
            integers = found.values.enumerated().map { row, value in
                if let whole = Int64(exactly: value) { return whole }
                if !value.isNaN { fractions[row] = value }
                return 0
            }
        default:
            let found = try file.integers(column, rows: rows)
            strings = nil
            integers = found.values
            nullRows = Set(found.nullRows)
        }
        self.fractions = fractions
    }

    /// All values as seconds since the epoch, and the digits of the first, if all are epochs of one unit; nil otherwise.
    var epochs: (seconds: [Int64], digits: Int)? {
        guard nullRows.isEmpty, fractions.isEmpty, let first = integers.first else { return nil }
        let digits = Self.digits(first)
        guard let unit = StampParser.unit(ofDigits: digits),
            integers.allSatisfy({ StampParser.unit(ofDigits: Self.digits($0)) == unit })
        else { return nil }
        return (integers.map { $0 / unit }, digits)
    }

    private static func digits(_ number: Int64) -> Int {
        var (count, rest) = (1, number)
        while rest >= 10 {
            rest /= 10
            count += 1
        }
        return count
    }

    /// Texts of instants, in seconds since the epoch.
    init(instants: [Int64]) {
        strings = nil
        fractions = [:]
        integers = instants.map { $0.multipliedReportingOverflow(by: 1_000_000).partialValue }
        kind = .timestamp(.microseconds, isUTC: true)
        nullRows = []
    }

    /// The text of a row.
    func text(_ row: Int) -> String {
        if let strings { return strings[row] }
        switch kind {
        case .date: return "\(CivilDate(daysSinceEpoch: Int32(clamping: integers[row])))"
        case .timeOfDay: return Self.clock(integers[row])
        case .double: return fractions[row].map { "\($0)" } ?? String(integers[row])
        case .timestamp(_, let isUTC):
            let text = "\(Instant(secondsSinceEpoch: integers[row].flooredSeconds))"
            return isUTC ? text : String(text.dropLast())
        default: return String(integers[row])
        }
    }

    /// `09:30:00`; a number that no clock shows stays a number, which is longer than one of hours and minutes.
    private static func clock(_ microseconds: Int64) -> String {
        guard microseconds >= 0, microseconds < 86_400_000_000 else { return "\(microseconds)" }
        let seconds = Int(microseconds / 1_000_000)
        let parts = [seconds / 3600, seconds / 60 % 60, seconds % 60]
        return parts.map { $0 < 10 ? "0\($0)" : "\($0)" }.joined(separator: ":")
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
