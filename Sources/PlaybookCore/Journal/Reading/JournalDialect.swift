/// Journals that a spreadsheet has saved: with semicolons or tabs between fields, decimal commas, dates as its country
/// writes them. What they mean is decided by all of the text, and refused where that leaves a doubt.
enum JournalDialect {
    /// Whether a journal with the header `names` is such a one, going by its first row.
    static func isForeign(_ names: [String], _ scanner: inout CSVScanner) throws -> Bool {
        let date = JournalColumn.tradeDate.name
        guard let place = names.firstIndex(of: date) else {
            return names.count == 1 && separator(of: Array(names[0].utf8)) != nil
        }
        guard try scanner.next(), place < scanner.fields.count else { return false }
        let text = String(decoding: scanner.fields[place], as: UTF8.self)
        return CivilDate(text) == nil && SlashedDate(text) != nil
    }

    /// The character between the fields of a header, if it is not a comma.
    private static func separator(of header: [UInt8]) -> UInt8? {
        for separator in [UInt8(ascii: ";"), UInt8(ascii: "\t")] {
            let names = header.split(separator: separator).map { String(decoding: $0, as: UTF8.self) }
            if names.count > 1, names.contains(where: { $0.contains(JournalColumn.tradeDate.name) }) {
                return separator
            }
        }
        return nil
    }

    /// The same journal with commas, decimal points and dates `YYYY-MM-DD`, line for line.
    ///
    /// - Throws: `JournalFormatError` when a date or a number may mean two things.
    static func plain(_ bytes: [UInt8]) throws -> [UInt8] {
        let header = bytes.prefix { $0 != UInt8(ascii: "\n") && $0 != UInt8(ascii: "\r") }
        let separator = separator(of: Array(header)) ?? UInt8(ascii: ",")
        var scanner = CSVScanner(bytes, separator: separator)
        var records: [(fields: [String], line: Int)] = []
        while try scanner.next() {
            records.append((scanner.fields.map { String(decoding: $0, as: UTF8.self) }, scanner.line))
        }
        guard let names = records.first?.fields else { return [] }
        let columns = names.map(JournalColumn.init)
        try readDates(&records, columns)
        if separator != UInt8(ascii: ",") { try readNumbers(&records, columns) }
        var text: [UInt8] = []
        for record in records {
            for (index, field) in record.fields.enumerated() {
                if index > 0 { text.append(UInt8(ascii: ",")) }
                JournalCSV.append(Array(field.utf8), to: &text)
            }
            text.append(UInt8(ascii: "\n"))
        }
        // What may be cut stays so.
        if scanner.isOpen { text.removeLast() }
        return text
    }

    // MARK: Dates

    /// A date with slashes, dots or hyphens: its year, and two numbers that are a month and a day.
    private struct SlashedDate {
        let year: Int
        let first: Int
        let second: Int
        /// Whether the order of the two is known from the form itself: `2024/3/8`, `8.3.2024`.
        let isDayFirst: Bool?

        init?(_ text: String) {
            // Spreadsheets may add midnight.
            let parts = text.split(separator: " ", omittingEmptySubsequences: false)
            guard let day = parts.first, parts.count == 1 || parts[1].allSatisfy({ "0:AM".contains($0) }) else {
                return nil
            }
            guard let mark = day.first(where: { "/.-".contains($0) }) else { return nil }
            let numbers = day.split(separator: mark, omittingEmptySubsequences: false).map { Int($0) ?? -1 }
            guard numbers.count == 3, numbers.allSatisfy({ $0 > 0 }) else { return nil }
            if numbers[0] > 999 {
                (year, first, second, isDayFirst) = (numbers[0], numbers[1], numbers[2], false)
            } else {
                guard numbers[2] > 999 else { return nil }
                (year, first, second) = (numbers[2], numbers[0], numbers[1])
                isDayFirst = mark == "." ? true : nil
            }
        }

        func date(dayFirst: Bool) -> CivilDate? {
            CivilDate(year: year, month: dayFirst ? second : first, day: dayFirst ? first : second)
        }
    }

    private static func readDates(
        _ records: inout [(fields: [String], line: Int)], _ columns: [JournalColumn?]
    ) throws(JournalFormatError) {
        guard let place = columns.firstIndex(of: .tradeDate) else { return }
        var slashed: [Int: SlashedDate] = [:]
        for index in records.indices.dropFirst() where place < records[index].fields.count {
            let text = records[index].fields[place]
            if CivilDate(text) == nil { slashed[index] = SlashedDate(text) }
        }
        let unknown = slashed.values.filter { $0.isDayFirst == nil }
        let isDayFirst = try unknown.isEmpty ? false : order(of: unknown, records, place, slashed)
        for (index, slashed) in slashed {
            guard let date = slashed.date(dayFirst: slashed.isDayFirst ?? isDayFirst) else { continue }
            records[index].fields[place] = "\(date)"
        }
    }

    /// Whether days come before months: when a number is too large for a month, or when only one way makes every date a
    /// trading session.
    private static func order(
        of dates: [SlashedDate], _ records: [(fields: [String], line: Int)], _ place: Int,
        _ slashed: [Int: SlashedDate]
    ) throws(JournalFormatError) -> Bool {
        func holds(dayFirst: Bool) -> Bool {
            dates.allSatisfy { date in
                guard let date = date.date(dayFirst: dayFirst) else { return false }
                return ![.saturday, .sunday].contains(date.weekday)
            }
        }
        let (days, months) = (holds(dayFirst: true), holds(dayFirst: false))
        if days != months { return days }
        let index = slashed.keys.filter { slashed[$0]?.isDayFirst == nil }.min() ?? 1
        let text = records[index].fields[place].prefix(40)
        throw JournalFormatError(
            line: records[index].line,
            problem: days
                ? "trade_date '\(text)' may be a day and a month or a month and a day: write dates as YYYY-MM-DD"
                : "trade_date '\(text)': some dates have the day first, others the month")
    }

    // MARK: Numbers

    private static func readNumbers(
        _ records: inout [(fields: [String], line: Int)], _ columns: [JournalColumn?]
    ) throws(JournalFormatError) {
        let places = columns.indices.filter { columns[$0]?.kind == .number || columns[$0]?.kind == .count }
        var marks = NumberMarks()
        for record in records.dropFirst() {
            for place in places where place < record.fields.count { marks.look(at: record.fields[place], record.line) }
        }
        let decimal = try marks.decimal()
        for index in records.indices.dropFirst() {
            for place in places where place < records[index].fields.count {
                let text = records[index].fields[place]
                records[index].fields[place] = String(
                    text.filter { !".,".contains($0) || $0 == decimal }.map { $0 == decimal ? "." : $0 })
            }
        }
    }

    /// Which of comma and point is the decimal mark, by all numbers of a text.
    private struct NumberMarks {
        private var comma = Use()
        private var point = Use()

        /// How a mark is used.
        private struct Use {
            /// A number that has it, and its line.
            var example: (text: String, line: Int)?
            /// Whether every number can be read with it between thousands, or as its decimal mark.
            var mayGroup = true
            var mayBeDecimal = true
        }

        mutating func look(at text: String, _ line: Int) {
            Self.look(at: text, line, ",", other: ".", &comma)
            Self.look(at: text, line, ".", other: ",", &point)
        }

        private static func look(
            at text: String, _ line: Int, _ mark: Character, other: Character, _ use: inout Use
        ) {
            guard text.contains(mark) else { return }
            if use.example == nil { use.example = (text, line) }
            let digits = text.drop { $0 == "-" || $0 == "+" }
            if digits.count(where: { $0 == mark }) > 1 { use.mayBeDecimal = false }
            if let last = digits.lastIndex(of: mark), digits[last...].contains(other) { use.mayBeDecimal = false }
            let whole = digits.prefix { $0 != other }
            let groups = whole.split(separator: mark, omittingEmptySubsequences: false)
            if digits.dropFirst(whole.count).contains(mark) || !(1...3).contains(groups[0].count)
                || !groups.dropFirst().allSatisfy({ $0.count == 3 })
            {
                use.mayGroup = false
            }
        }

        /// The decimal mark. Between semicolons or tabs a comma alone is one.
        func decimal() throws(JournalFormatError) -> Character {
            guard let comma = comma.example else { return "." }
            guard let point = point.example else { return "," }
            let byComma = self.comma.mayBeDecimal && self.point.mayGroup
            let byPoint = self.point.mayBeDecimal && self.comma.mayGroup
            if byComma != byPoint { return byComma ? "," : "." }
            throw JournalFormatError(
                line: min(comma.line, point.line),
                problem: "numbers such as '\(comma.text.prefix(20))' and '\(point.text.prefix(20))' do not tell "
                    + "whether the comma or the point is the decimal mark")
        }
    }
}
