import PlaybookCore

/// Rows as lines of COPY's text format, gathered until there are enough to be sent. An empty field is null.
struct PostgresLines: ~Copyable {
    /// What a statement that takes such lines ends with.
    static let options = "FROM STDIN WITH (NULL '')"

    /// So many bytes are sent at once.
    private static let enough = 256 << 10
    private var room: UnsafeMutablePointer<UInt8>
    private var capacity = enough + (64 << 10)
    private var count = 0
    private let ways = JournalColumn.allCases.map(Way.init)
    /// The pairs of a field, while it is written.
    private let pairs: UnsafeMutablePointer<Pair>
    private static let mostPairs = 64

    /// How a column's fields are written.
    private enum Way {
        case text
        case pairs
        case exits

        init(_ column: JournalColumn) {
            switch column {
            case .steps, .values: self = .pairs
            case .exits: self = .exits
            default: self = .text
            }
        }
    }

    init() {
        room = .allocate(capacity: capacity)
        pairs = .allocate(capacity: Self.mostPairs)
    }

    deinit {
        room.deallocate()
        pairs.deallocate()
    }

    /// Hands the lines over when there are many.
    mutating func sendMany(_ put: (UnsafeRawBufferPointer) throws -> Void) throws {
        if count >= Self.enough { try sendAll(put) }
    }

    /// Hands the lines over that there are.
    mutating func sendAll(_ put: (UnsafeRawBufferPointer) throws -> Void) throws {
        if count > 0 { try put(UnsafeRawBufferPointer(start: room, count: count)) }
        count = 0
    }

    /// The lines that there are.
    var text: String { String(decoding: UnsafeBufferPointer(start: room, count: count), as: UTF8.self) }

    /// Adds a row: the journal's columns.
    mutating func append(_ line: borrowing JournalLine) {
        addFields(of: line)
        add(UInt8(ascii: "\n"))
    }

    /// Adds a row: the journal's columns, then what people have added as `extras`.
    mutating func append(_ record: JournalRecord, extras: [String]) {
        record.withLine { addFields(of: $0) }
        for name in extras {
            add(UInt8(ascii: "\t"))
            if var text = record.extras.first(where: { PostgresRow.name(ofExtra: $0.name) == name })?.text {
                text.withUTF8 { addEscaped(UnsafeRawBufferPointer($0)) }
            }
        }
        add(UInt8(ascii: "\n"))
    }

    private mutating func addFields(of line: borrowing JournalLine) {
        let fields = line.columns
        var size = 0
        for field in fields { size += field.count }
        // A byte becomes at most two; one of a pair at most five, and a little for what stands around them.
        reserve(5 * size + 64 * fields.count)
        for index in fields.indices {
            if index > 0 { push(UInt8(ascii: "\t")) }
            let field = fields[index]
            guard !field.isEmpty else { continue }
            switch ways[index] {
            case .text: pushEscaped(field)
            case .pairs: if !pushPairs(field) { addWritten(PostgresJSON.pairs(text(field)), size, fields.count) }
            case .exits: addWritten(PostgresJSON.exits(text(field)), size, fields.count)
            }
        }
    }

    private func text(_ field: UnsafeRawBufferPointer) -> String { String(decoding: field, as: UTF8.self) }

    /// Adds a field that has been written as a text, and makes room for the rest of the row.
    private mutating func addWritten(_ json: String, _ size: Int, _ fieldCount: Int) {
        var json = json
        json.withUTF8 { addEscaped(UnsafeRawBufferPointer($0)) }
        reserve(5 * size + 64 * fieldCount)
    }

    private mutating func add(_ byte: UInt8) {
        reserve(1)
        push(byte)
    }

    private mutating func addEscaped(_ field: UnsafeRawBufferPointer) {
        reserve(2 * field.count)
        pushEscaped(field)
    }

    private mutating func reserve(_ more: Int) {
        guard count + more > capacity else { return }
        let larger = max(2 * capacity, count + more)
        let other = UnsafeMutablePointer<UInt8>.allocate(capacity: larger)
        other.update(from: room, count: count)
        room.deallocate()
        (room, capacity) = (other, larger)
    }

    // MARK: What has room

    @inline(__always)
    private mutating func push(_ byte: UInt8) {
        room[count] = byte
        count += 1
    }

    private mutating func push(_ bytes: UnsafeRawBufferPointer, _ range: Range<Int>) {
        UnsafeMutableRawPointer(room + count).copyMemory(
            from: bytes.baseAddress.map { $0 + range.lowerBound } ?? UnsafeRawPointer(room), byteCount: range.count)
        count += range.count
    }

    /// Adds a field, with a backslash before what would end it.
    @inline(__always)
    private mutating func pushEscaped(_ field: UnsafeRawBufferPointer) {
        var index = 0
        while index + 8 <= field.count {
            let word = field.loadUnaligned(fromByteOffset: index, as: UInt64.self)
            if Self.hasSpecial(word) { break }
            UnsafeMutableRawPointer(room + count + index).storeBytes(of: word, as: UInt64.self)
            index += 8
        }
        count += index
        while index < field.count {
            let byte = field[index]
            index += 1
            if byte < 0x20 || byte == UInt8(ascii: "\\") {
                switch byte {
                case UInt8(ascii: "\n"): pushBackslash(UInt8(ascii: "n"))
                case UInt8(ascii: "\r"): pushBackslash(UInt8(ascii: "r"))
                case UInt8(ascii: "\t"): pushBackslash(UInt8(ascii: "t"))
                case UInt8(ascii: "\\"): pushBackslash(byte)
                default: push(byte)
                }
            } else {
                push(byte)
            }
        }
    }

    private mutating func pushBackslash(_ byte: UInt8) {
        push(UInt8(ascii: "\\"))
        push(byte)
    }

    /// Whether one of eight bytes is a backslash or below a space.
    @inline(__always)
    private static func hasSpecial(_ word: UInt64) -> Bool {
        let below = (word &- 0x2020_2020_2020_2020) & ~word
        let other = word ^ 0x5C5C_5C5C_5C5C_5C5C
        let backslash = (other &- 0x0101_0101_0101_0101) & ~other
        return (below | backslash) & 0x8080_8080_8080_8080 != 0
    }

    // MARK: Pairs

    /// Where a `name=value` stands in its field.
    private struct Pair {
        var start: Int
        var equals: Int
        var end: Int

        var name: Range<Int> { start..<equals }
        var value: Range<Int> { (equals + 1)..<end }
    }

    /// Adds `name=value` pairs as `PostgresJSON.pairs` writes them; false, and nothing is added, for any but plain ones.
    private mutating func pushPairs(_ field: UnsafeRawBufferPointer) -> Bool {
        guard let found = findPairs(field) else { return false }
        var isInOrder = true
        for index in 1..<max(found, 1) {
            let order = Self.order(pairs[index - 1].name, pairs[index].name, field)
            if order >= 0 { isInOrder = false }
        }
        if !isInOrder {
            for index in 0..<found {
                for other in 0..<index where Self.order(pairs[other].name, pairs[index].name, field) == 0 {
                    return false
                }
            }
        }
        push(UInt8(ascii: "{"))
        if !isInOrder {
            for byte in "\"\":[".utf8 { push(byte) }
            for index in 0..<found {
                if index > 0 { push(UInt8(ascii: ",")) }
                pushQuoted(field, pairs[index].name)
            }
            push(UInt8(ascii: "]"))
            push(UInt8(ascii: ","))
        }
        for index in 0..<found {
            if index > 0 { push(UInt8(ascii: ",")) }
            pushQuoted(field, pairs[index].name)
            push(UInt8(ascii: ":"))
            let value = pairs[index].value
            if Self.isNumber(UnsafeRawBufferPointer(rebasing: field[value])) {
                push(field, value)
            } else {
                pushQuoted(field, value)
            }
        }
        push(UInt8(ascii: "}"))
        return true
    }

    /// Finds the pairs of a field; nil when it has others than plain ones, too many or none.
    private func findPairs(_ field: UnsafeRawBufferPointer) -> Int? {
        var found = 0
        var pair = Pair(start: 0, equals: -1, end: 0)
        for index in 0...field.count {
            let byte = index < field.count ? field[index] : UInt8(ascii: " ")
            if byte == UInt8(ascii: " ") {
                guard pair.equals > pair.start, found < Self.mostPairs else { return nil }
                pair.end = index
                (pairs + found).initialize(to: pair)
                found += 1
                pair = Pair(start: index + 1, equals: -1, end: 0)
            } else if byte == UInt8(ascii: "="), pair.equals < 0 {
                pair.equals = index
            } else if byte < 0x20 || byte > 0x7E || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") {
                return nil
            }
        }
        return found
    }

    /// Below 0, 0 or above 0 as the server keeps one name before, at or behind another: the shorter one first.
    private static func order(_ left: Range<Int>, _ right: Range<Int>, _ field: UnsafeRawBufferPointer) -> Int {
        if left.count != right.count { return left.count - right.count }
        for (one, other) in zip(left, right) where field[one] != field[other] {
            return Int(field[one]) - Int(field[other])
        }
        return 0
    }

    private mutating func pushQuoted(_ field: UnsafeRawBufferPointer, _ range: Range<Int>) {
        push(UInt8(ascii: "\""))
        push(field, range)
        push(UInt8(ascii: "\""))
    }

    /// Whether a text is a number that comes back as it was. Up to nine digits and six decimals, no zeros that could be left
    /// out: that is told from the text alone.
    private static func isNumber(_ text: UnsafeRawBufferPointer) -> Bool {
        var index = 0
        while index < text.count, text[index] &- 0x30 < 10 || index == 0 && text[0] == UInt8(ascii: "-") { index += 1 }
        let first = text.first == UInt8(ascii: "-") ? 1 : 0
        let digits = index - first
        // A time of day is the usual text that begins like a number.
        guard digits > 0, index == text.count || text[index] != UInt8(ascii: ":") else { return false }
        let decimals = max(0, text.count - index - 1)
        if digits <= 9, decimals <= 6, text[first] != UInt8(ascii: "0") || digits == 1 {
            if index == text.count { return first == 0 || text[first] != UInt8(ascii: "0") }
            if text[index] == UInt8(ascii: "."), decimals > 0, text[text.count - 1] != UInt8(ascii: "0"),
                text[(index + 1)...].allSatisfy({ $0 &- 0x30 < 10 })
            {
                return true
            }
        }
        return JournalDocument.number(String(decoding: text, as: UTF8.self)) != nil
    }
}
