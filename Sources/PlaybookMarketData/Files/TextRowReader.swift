import PlaybookCore

/// Reads the rows of a text file by its layout.
struct TextRowReader {
    private let layout: TextLayout
    private let matcher: SymbolMatcher?
    private let acceptsDates: Bool
    private let decimals: Int
    private var parser: StampParser
    private let plain = PlainDecimal()
    private let hasZone: Bool
    /// Whether the symbol of the row before is wanted.
    private var isWanted = true

    private let time, date, clock, volume, symbol: Int?
    private let prices: (open: Int, high: Int, low: Int, close: Int)

    /// - Parameter acceptsDates: whether a date without a time of day, or midnight, stands for that date.
    init(_ layout: TextLayout, symbol: Symbol?, options: FileOptions, acceptsDates: Bool) {
        self.layout = layout
        self.acceptsDates = acceptsDates
        matcher = symbol.map(SymbolMatcher.init)
        decimals = options.priceDecimals
        let zone = layout.isUTCByName ? .utc : options.zone
        hasZone = zone != nil
        parser = StampParser(zone: zone, order: options.dateOrder)
        time = layout.column(.time)
        date = layout.column(.date)
        clock = layout.column(.timeOfDay)
        volume = layout.column(.volume)
        self.symbol = layout.column(.symbol)
        prices = (
            layout.column(.open) ?? 0, layout.column(.high) ?? 0, layout.column(.low) ?? 0, layout.column(.close) ?? 0
        )
    }

    /// The rows in `range`, the first of which is on line `line`; and how many lines they take.
    mutating func read(
        _ bytes: UnsafeBufferPointer<UInt8>, in range: Range<Int>, line: Int
    ) -> (table: RowTable, lines: Int) {
        var reader = RecordReader(bytes, in: range, separator: layout.separator, line: line)
        var table = RowTable()
        table.reserve(range.count / 60)
        while reader.next() {
            guard !reader.isBlank else { continue }
            read(reader, &table)
        }
        return (table, reader.lineAfter - line)
    }

    private mutating func read(_ record: RecordReader, _ table: inout RowTable) {
        let line = record.line
        let expected = layout.roles.count
        if let problem = shape(record, expected) {
            table.defects.append(LineDefect(line: line, kind: .fieldCount, message: NeutralText(problem)))
            return
        }
        if let symbol {
            let field = record.content(symbol)
            if !table.symbols.add(field) { isWanted = matcher?.matches(field) ?? true }
            if !isWanted {
                table.others += 1
                return
            }
        }
        table.wanted += 1
        let stamp: StampParser.Stamp
        do {
            stamp = try self.stamp(record)
        } catch {
            table.defects.append(described(error, record))
            return
        }
        guard acceptsDates || stamp.hasTime else {
            table.defects.append(
                LineDefect(
                    line: line, kind: .time, message: "timestamp '\(text(record))' has no time of day",
                    nextStep: """
                        Daily bars belong into SYMBOL_1Day.csv; bars within a day need a time of day; \
                        \(.run(.checkData)) shows how a file is understood.
                        """))
            return
        }
        if table.form == nil { table.form = stamp.form }
        if stamp.form == .civil(hasOffset: false) { table.usesZone = true }
        var fields = PriceFields()
        let numbers = layout.numbers
        fields.open = numbers.read(record.content(prices.open), plain)
        fields.high = numbers.read(record.content(prices.high), plain)
        fields.low = numbers.read(record.content(prices.low), plain)
        fields.close = numbers.read(record.content(prices.close), plain)
        if let volume { fields.volume = numbers.read(record.content(volume), plain, isVolume: true) }
        fields.decimals = decimals
        let before = table.defects.count
        table.append(line: line, stamp, fields)
        if table.defects.count > before, case .number(let role) = table.defects[before].kind {
            reword(&table, before, role, record)
        }
    }

    /// Says which text is not a number.
    private func reword(_ table: inout RowTable, _ index: Int, _ role: ColumnRole, _ record: RecordReader) {
        guard let column = layout.column(role) else { return }
        let content = record.content(column)
        let isMissing = layout.numbers.read(content, plain) == .missing
        table.defects[index] = LineDefect(
            line: record.line, kind: .number(role),
            message: isMissing && !content.isEmpty
                ? "\(role) is not a finite number: '\(printable(content))', while the volume is above 0"
                : "\(role) is '\(printable(content))', not a number"
                    + (isMissing ? ", while the volume is above 0" : ""))
    }

    private func shape(_ record: RecordReader, _ expected: Int) -> String? {
        let count = record.fields.count
        guard !record.isTooLong else { return "the line is longer than \(RecordReader.longestRecord) bytes" }
        guard record.isSound else { return "a quote is not closed, or text follows it" }
        if count < expected { return "\(count) fields where the header has \(expected)" }
        // Some write a separator after the last field.
        if count > expected, (expected..<count).contains(where: { !record.content($0).isEmpty }) {
            return "more fields than the \(expected) of the header"
        }
        return nil
    }

    private mutating func stamp(_ record: RecordReader) throws(StampParser.Problem) -> StampParser.Stamp {
        var stamp: StampParser.Stamp
        if let time {
            stamp = try parser.parse(record.content(time))
        } else {
            stamp = try parser.parse(record.content(date ?? 0), record.content(clock ?? 0))
        }
        // In a daily file midnight, of whatever zone, means the date it shows.
        if acceptsDates, let date = stamp.date {
            stamp.seconds = Int64(date.daysSinceEpoch) * 86_400
            stamp.isSkipped = false
            stamp.againAfter = 0
        }
        return stamp
    }

    private func text(_ record: RecordReader) -> String {
        if let time { return printable(record.content(time)) }
        return printable(record.content(date ?? 0)) + " " + printable(record.content(clock ?? 0))
    }

    private func described(_ problem: StampParser.Problem, _ record: RecordReader) -> LineDefect {
        problem.defect(line: record.line, text: text(record))
    }
}

extension StampParser.Problem {
    /// The problem as a defect of `line`.
    ///
    /// - Parameter text: the timestamp, printable.
    func defect(line: Int, text: String) -> LineDefect {
        let stamp = "timestamp '\(text)'"
        switch self {
        case .malformed:
            return LineDefect(
                line: line, kind: .time,
                message:
                    "\(stamp) is neither ISO 8601 (2013-10-04T13:30:00Z) nor an epoch nor another form that is read")
        case .impossible:
            return LineDefect(
                line: line, kind: .time, message: "\(stamp) names a day or a time that does not exist",
                nextStep: """
                    See that \(.set(.dateOrder)), mdy or dmy, is that of the file; else correct the line; \
                    \(.run(.checkData)) lists all such lines.
                    """)
        case .noZone:
            return LineDefect(
                line: line, kind: .zone,
                message: """
                    \(stamp) has no UTC offset: say with \(.named(.timezoneOfFiles)) how to read it, for instance \
                    \(.named(.timezoneOfFiles, "America/New_York"))
                    """,
                nextStep: """
                    Set \(.set(.timezoneOfFiles)) to the zone whose clocks the file shows; \(.run(.checkData)) shows how a \
                    file is understood.
                    """)
        case .tooEarly:
            return LineDefect(
                line: line, kind: .zone,
                message: "\(stamp): the rules of its zone are known from 1990 on",
                nextStep: "Export the times in UTC or with their offsets.")
        case .noOrder:
            return LineDefect(
                line: line, kind: .order,
                message: "\(stamp) may have the month or the day first: \(.named(.dateOrder)) says which",
                nextStep: "Set \(.set(.dateOrder)): mdy for 12/31/2024, dmy for 31/12/2024.")
        case .unknownZone:
            return LineDefect(
                line: line, kind: .zone, message: "\(stamp) ends in a zone that is not known",
                nextStep: "Zones are read as UTC offsets or by names such as US/Eastern and America/New_York.")
        case .rounded:
            return LineDefect(
                line: line, kind: .time, message: "\(stamp) has lost digits, as spreadsheets do to long numbers",
                nextStep: "Export the file anew, and do not save it in a spreadsheet.")
        }
    }
}
