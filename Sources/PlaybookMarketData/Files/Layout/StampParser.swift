import PlaybookCore

/// Reads timestamps of any usual spelling: ISO 8601, `yyyymmdd hhmmss`, 8, 12 and 14 digits, epochs by their number of
/// digits, month names, dates in American or European order, with or without an offset or a zone's name.
struct StampParser {
    /// Why a timestamp is refused.
    enum Problem: Error, Hashable {
        case malformed
        /// The calendar has no such day, or the clock no such time.
        case impossible
        case noZone
        /// It is before the years of which the zone's rules are known.
        case tooEarly
        /// Day and month may be either.
        case noOrder
        case unknownZone
        /// A number that a spreadsheet has rounded.
        case rounded
    }

    /// What a text was taken for.
    enum Form: Hashable {
        case epoch(digits: Int)
        /// A date and perhaps a time; whether with an offset or zone of its own.
        case civil(hasOffset: Bool)
    }

    /// A timestamp as it was read.
    struct Stamp {
        /// Seconds since the epoch.
        var seconds: Int64
        /// The date, when the text was a date alone or shows midnight.
        var date: CivilDate?
        /// Whether there was a time of day.
        var hasTime = true
        /// How many seconds later clocks show the same again; else 0.
        var againAfter: Int64 = 0
        /// Whether clocks never show it.
        var isSkipped = false
        /// What the text was taken for.
        var form: Form
    }

    private let zone: TimestampZone?
    private let order: FileOptions.DateOrder?
    // Bars of a day follow each other: the date is taken apart once a day.
    private var cachedText: [UInt8] = []
    private var cachedDate = CivilDate(daysSinceEpoch: 0)
    private var cachedName: [UInt8] = []
    private var cachedZone: TimestampZone?

    /// - Parameters:
    ///   - zone: how to read timestamps without an offset; nil refuses them.
    ///   - order: which of day and month comes first; nil refuses dates in which either may.
    init(zone: TimestampZone?, order: FileOptions.DateOrder? = nil) {
        self.zone = zone
        self.order = order
    }

    /// Reads a timestamp that stands in one field.
    mutating func parse(_ bytes: UnsafeBufferPointer<UInt8>) throws(Problem) -> Stamp {
        guard bytes.count >= 6, bytes.count <= 80 else { throw .malformed }
        var cursor = TextCursor(bytes)
        let digits = cursor.digitCount
        if digits >= 8, digits == bytes.count || bytes[digits] == UInt8(ascii: ".") {
            return try number(bytes, digits)
        }
        if digits > 0, Self.isScientific(bytes) { throw .rounded }
        let date = try self.date(&cursor)
        guard !cursor.isAtEnd else { return Self.midnight(date) }
        guard cursor.skipJoint(), !cursor.isAtEnd else { throw .malformed }
        let second = try Self.secondOfDay(&cursor)
        return try stamp(date, second, &cursor)
    }

    /// Reads a timestamp whose date and time of day stand in two fields.
    mutating func parse(
        _ dateText: UnsafeBufferPointer<UInt8>, _ timeText: UnsafeBufferPointer<UInt8>
    ) throws(Problem) -> Stamp {
        guard dateText.count >= 6, dateText.count <= 40, !timeText.isEmpty, timeText.count <= 40 else {
            throw .malformed
        }
        var cursor = TextCursor(dateText)
        let date: CivilDate
        if cursor.digitCount == 8, dateText.count == 8 || dateText.count == 10 && dateText[8] == UInt8(ascii: ".") {
            date = try self.compactDate(&cursor)
        } else {
            date = try self.date(&cursor)
            // A date that pandas wrote with its midnight.
            if cursor.skipJoint(), !cursor.isAtEnd, try Self.secondOfDay(&cursor) != 0 { throw .malformed }
            guard cursor.isAtEnd else { throw .malformed }
        }
        var time = TextCursor(timeText)
        return try stamp(date, try Self.secondOfDay(&time, mayLackZeros: true), &time)
    }

    /// Reads a timestamp that stands in one text.
    mutating func parse(_ text: String) throws(Problem) -> Stamp {
        var text = text
        return try text.withUTF8 { bytes in Result { () throws(Problem) in try parse(bytes) } }.get()
    }

    /// Reads a timestamp whose date and time of day stand in two texts.
    mutating func parse(_ date: String, _ time: String) throws(Problem) -> Stamp {
        var (date, time) = (date, time)
        return try date.withUTF8 { date in
            time.withUTF8 { time in Result { () throws(Problem) in try parse(date, time) } }
        }.get()
    }

    /// The instant at which clocks of the zone that was given show `second` on `date`.
    func reading(_ date: CivilDate, _ second: Int64) throws(Problem) -> Stamp {
        try local(date, second, second == 0 ? date : nil, zone, hasOffset: false)
    }

    private static func midnight(_ date: CivilDate) -> Stamp {
        Stamp(
            seconds: Int64(date.daysSinceEpoch) * 86_400, date: date, hasTime: false, form: .civil(hasOffset: false))
    }

    /// The instant of `second` on `date`, by the offset or zone that follows, else by the zone that was given.
    private mutating func stamp(
        _ date: CivilDate, _ second: Int64, _ cursor: inout TextCursor
    ) throws(Problem) -> Stamp {
        let midnight = second == 0 ? date : nil
        cursor.skipSpaces()
        if cursor.isAtEnd { return try local(date, second, midnight, zone, hasOffset: false) }
        if let offset = try cursor.offset() {
            let seconds = Int64(date.daysSinceEpoch) * 86_400 + second - offset
            return Stamp(seconds: seconds, date: midnight, form: .civil(hasOffset: true))
        }
        let zone = try named(cursor.rest)
        // Some write EST all the year, and mean the clocks of US stocks, which have summer time.
        let noon = Instant(secondsSinceEpoch: Int64(date.daysSinceEpoch) * 86_400 + 61_200)
        if zone == .fixed(-18_000), Market.xnys.clock.utcOffset(at: noon) != -18_000 { throw .unknownZone }
        return try local(date, second, midnight, zone, hasOffset: true)
    }

    private func local(
        _ date: CivilDate, _ second: Int64, _ midnight: CivilDate?, _ zone: TimestampZone?, hasOffset: Bool
    ) throws(Problem) -> Stamp {
        guard let zone else { throw .noZone }
        guard let reading = zone.reading(date, secondOfDay: second) else { throw .tooEarly }
        return Stamp(
            seconds: reading.seconds, date: midnight, againAfter: reading.againAfter, isSkipped: reading.isSkipped,
            form: .civil(hasOffset: hasOffset))
    }

    /// The zone that a name at the end of a timestamp means: `US/Eastern`, `EST`.
    private mutating func named(_ name: UnsafeBufferPointer<UInt8>) throws(Problem) -> TimestampZone {
        if let cachedZone, cachedName.elementsEqual(name) { return cachedZone }
        let text = String(decoding: name, as: UTF8.self).filter { $0 != "[" && $0 != "]" }
        let abbreviations = ["EST": -5, "EDT": -4, "CDT": -5, "MDT": -6, "PDT": -7, "PST": -8]
        guard text.first?.isLetter == true,
            let zone = abbreviations[text].map({ TimestampZone.fixed($0 * 3600) }) ?? TimestampZone(text)
        else { throw .unknownZone }
        cachedName = Array(name)
        cachedZone = zone
        return zone
    }

    // MARK: Dates

    private mutating func date(_ cursor: inout TextCursor) throws(Problem) -> CivilDate {
        if !cachedText.isEmpty, cursor.starts(with: cachedText) {
            cursor.advance(cachedText.count)
            return cachedDate
        }
        let start = cursor.position
        let date = try spelledDate(&cursor)
        cachedText = Array(cursor.text(from: start))
        cachedDate = date
        return date
    }

    private func spelledDate(_ cursor: inout TextCursor) throws(Problem) -> CivilDate {
        if cursor.digitCount == 0 {
            var word = cursor.letters()
            if MonthName.isWeekday(word) {
                cursor.skip(UInt8(ascii: ","))
                cursor.skipSpaces()
                guard cursor.digitCount == 0 else { return try spelledDate(&cursor) }
                word = cursor.letters()
            }
            // `Mar 4, 2024`
            guard let month = MonthName.number(word), cursor.skipSeparator(), let day = cursor.number(1...2) else {
                throw .malformed
            }
            cursor.skip(UInt8(ascii: ","))
            guard cursor.skipSeparator(), let year = cursor.number(4...4) else { throw .malformed }
            return try Self.day(year, month, day)
        }
        if cursor.digitCount == 8 { return try compactDate(&cursor) }
        if cursor.digitCount == 4 {
            guard let year = cursor.number(4...4), let separator = cursor.separator(), let month = cursor.number(1...2),
                cursor.skip(separator), let day = cursor.number(1...2)
            else { throw .malformed }
            return try Self.day(year, month, day)
        }
        guard let first = cursor.number(1...2), let separator = cursor.separator() else { throw .malformed }
        if cursor.digitCount == 0 {
            // `4-Mar-2024`
            guard let month = MonthName.number(cursor.letters()), cursor.skipSeparator(), let year = cursor.year()
            else { throw .malformed }
            return try Self.day(year, month, first)
        }
        guard let second = cursor.number(1...2), cursor.skip(separator), let year = cursor.year() else {
            throw .malformed
        }
        // Nobody writes the month first with points.
        switch order ?? (separator == UInt8(ascii: ".") ? .dayFirst : nil) {
        case .monthFirst: return try Self.day(year, first, second)
        case .dayFirst: return try Self.day(year, second, first)
        case nil: throw .noOrder
        }
    }

    private func compactDate(_ cursor: inout TextCursor) throws(Problem) -> CivilDate {
        guard let year = cursor.number(digits: 4), let month = cursor.number(digits: 2),
            let day = cursor.number(digits: 2)
        else { throw .malformed }
        return try Self.day(year, month, day)
    }

    private static func day(_ year: Int, _ month: Int, _ day: Int) throws(Problem) -> CivilDate {
        guard let date = CivilDate(year: year, month: month, day: day) else { throw .impossible }
        return date
    }

    // MARK: Times and numbers

    /// Whether `text` is a time of day alone.
    static func isTimeOfDay(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        var cursor = TextCursor(text)
        guard (try? secondOfDay(&cursor, mayLackZeros: true)) != nil else { return false }
        cursor.skipSpaces()
        return cursor.isAtEnd || (try? cursor.offset()) != nil
    }

    /// `HH:MM`, `HH:MM:SS`, with a fraction, `HHMM`, `HHMMSS`, `9:30 AM`.
    private static func secondOfDay(
        _ cursor: inout TextCursor, mayLackZeros: Bool = false
    ) throws(Problem) -> Int64 {
        let digits = cursor.digitCount
        var hour: Int
        var (minute, second) = (0, 0)
        if digits > 2 || mayLackZeros && digits == cursor.rest.count {
            // A spreadsheet or pandas writes 093000 as 93000, and midnight as 0.
            guard digits <= 6, digits == 4 || digits == 6 || mayLackZeros, let number = cursor.number(1...6) else {
                throw .malformed
            }
            guard digits > 2 || number == 0 else { throw .malformed }
            let clock = digits > 4 ? number : number * 100
            (hour, minute, second) = (clock / 10_000, clock / 100 % 100, clock % 100)
            cursor.skipFraction()
        } else {
            guard let hours = cursor.number(1...2), cursor.skip(UInt8(ascii: ":")),
                let minutes = cursor.number(digits: 2)
            else { throw .malformed }
            (hour, minute) = (hours, minutes)
            if cursor.skip(UInt8(ascii: ":")) {
                guard let seconds = cursor.number(digits: 2) else { throw .malformed }
                second = seconds
                guard cursor.skipFraction() else { throw .malformed }
            }
        }
        if let isAfternoon = cursor.afternoon() {
            guard (1...12).contains(hour) else { throw .impossible }
            hour = hour % 12 + (isAfternoon ? 12 : 0)
        }
        guard hour < 24, minute < 60, second < 60 else { throw .impossible }
        return Int64(hour * 3600 + minute * 60 + second)
    }

    /// Digits alone, perhaps with a fraction: a date by 8, a date and time by 12 or 14, else an epoch.
    private mutating func number(_ bytes: UnsafeBufferPointer<UInt8>, _ digits: Int) throws(Problem) -> Stamp {
        var cursor = TextCursor(bytes)
        switch digits {
        case 8:
            guard digits == bytes.count else { throw .malformed }
            return Self.midnight(try compactDate(&cursor))
        case 12, 14:
            let date = try compactDate(&cursor)
            var second = 0
            guard let hour = cursor.number(digits: 2), let minute = cursor.number(digits: 2) else { throw .malformed }
            if digits == 14 { second = cursor.number(digits: 2) ?? 60 }
            guard cursor.skipFraction(), cursor.isAtEnd else { throw .malformed }
            guard hour < 24, minute < 60, second < 60 else { throw .impossible }
            return try stamp(date, Int64(hour * 3600 + minute * 60 + second), &cursor)
        default: break
        }
        guard let unit = Self.unit(ofDigits: digits), let number = cursor.wholeNumber() else { throw .malformed }
        guard cursor.skipFraction() else { throw .malformed }
        guard cursor.isAtEnd else { throw .rounded }
        return Stamp(seconds: number / unit, form: .epoch(digits: digits))
    }

    /// Whether `bytes` are a number such as 1.70991E+12.
    private static func isScientific(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        bytes.contains { $0 | 0x20 == UInt8(ascii: "e") }
            && bytes.allSatisfy { $0 &- UInt8(ascii: "0") < 10 || ".+eE".utf8.contains($0) }
    }

    /// How many units of an epoch of so many digits make a second, for instants from 1973 on; nil for none.
    static func unit(ofDigits digits: Int) -> Int64? {
        switch digits {
        case 9, 10: 1
        case 13: 1000
        case 15, 16: 1_000_000
        case 18, 19: 1_000_000_000
        default: nil
        }
    }
}
