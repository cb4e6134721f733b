/// Reads JSON (RFC 8259) from left to right without building a tree. What is asked for next is named by the caller;
/// anything else at that place is an error with its byte.
struct JSONScanner {
    private let start: UnsafePointer<UInt8>
    let end: UnsafePointer<UInt8>
    var position: UnsafePointer<UInt8>
    let decimals = PlainDecimal()
    var times = PlainTime()

    /// Where the text is not what it should be.
    struct Malformed: Error, Hashable {
        /// Bytes before the place.
        let byte: Int
        let expected: String
        /// Whether the text ends there.
        let isCutOff: Bool
    }

    /// Deeper nesting is refused.
    private static let deepest = 64

    /// A scanner over `bytes`, which must outlive it.
    init(_ bytes: UnsafeBufferPointer<UInt8>) {
        // Any address will do for no bytes.
        start = bytes.baseAddress ?? UnsafePointer(bitPattern: 1)!
        end = start + bytes.count
        position = start
    }

    /// Goes through an object's members. `body` must read or skip each value.
    mutating func object(_ body: (inout JSONScanner, UnsafeBufferPointer<UInt8>) throws -> Void) throws {
        try expect(UInt8(ascii: "{"), "{")
        if take(UInt8(ascii: "}")) { return }
        repeat {
            let name = try string()
            try expect(UInt8(ascii: ":"), ":")
            try body(&self, name)
        } while take(UInt8(ascii: ","))
        try expect(UInt8(ascii: "}"), ", or }")
    }

    /// Goes through an array's elements. `body` must read or skip each.
    mutating func array(_ body: (inout JSONScanner) throws -> Void) throws {
        try expect(UInt8(ascii: "["), "[")
        if take(UInt8(ascii: "]")) { return }
        repeat { try body(&self) } while take(UInt8(ascii: ","))
        try expect(UInt8(ascii: "]"), ", or ]")
    }

    /// Reads `null` if it stands here.
    @inline(__always)
    mutating func null() -> Bool {
        skipSpace()
        guard end - position >= 4, position[0] == UInt8(ascii: "n"), position[1] == UInt8(ascii: "u"),
            position[2] == UInt8(ascii: "l"), position[3] == UInt8(ascii: "l")
        else { return false }
        position += 4
        return true
    }

    /// Whether an object starts here.
    mutating func isObject() -> Bool {
        skipSpace()
        return position < end && position[0] == UInt8(ascii: "{")
    }

    /// Whether an array starts here.
    mutating func isArray() -> Bool {
        skipSpace()
        return position < end && position[0] == UInt8(ascii: "[")
    }

    /// Whether a string starts here.
    @inline(__always)
    mutating func isString() -> Bool {
        skipSpace()
        return position < end && position[0] == UInt8(ascii: "\"")
    }

    /// Whether something stands here that no JSON starts with: a page, or a sentence.
    mutating func isMarkup() -> Bool {
        skipSpace()
        guard position < end else { return false }
        return !"{[\"-0123456789tfn".utf8.contains(position[0])
    }

    /// The bytes between the quotes, escapes as they are.
    @inline(__always)
    mutating func string() throws -> UnsafeBufferPointer<UInt8> {
        try expect(UInt8(ascii: "\""), "a string")
        let first = position
        while position < end {
            let byte = position[0]
            if byte == UInt8(ascii: "\"") {
                defer { position += 1 }
                return UnsafeBufferPointer(start: first, count: position - first)
            }
            if byte < 0x20 { break }
            position += byte == UInt8(ascii: "\\") && position + 1 < end ? 2 : 1
        }
        throw malformed("the end of a string")
    }

    /// A number.
    @inline(__always)
    mutating func number() throws -> Double {
        skipSpace()
        let first = position
        if position < end, let value = decimals.parse(&position, end), isEndOfNumber(first) { return value }
        position = first
        while position < end, isPartOfNumber(position[0]) { position += 1 }
        let digits = UnsafeBufferPointer(start: first, count: position - first)
        guard Self.isNumber(digits), let value = DecimalParser.parse(digits), value.isFinite else {
            position = first
            throw malformed("a number")
        }
        return value
    }

    /// An instant in a string.
    @inline(__always)
    mutating func instant() throws -> Int64 {
        skipSpace()
        let first = position
        if end - position >= 22, position[0] == UInt8(ascii: "\""), position[21] == UInt8(ascii: "\""),
            let seconds = times.parse(position + 1, end)
        {
            position += 22
            return seconds
        }
        var parser = StampParser(zone: nil)
        let text = try string()
        guard text.count > 4, text[4] == UInt8(ascii: "-") || text[4] &- UInt8(ascii: "0") < 10,
            let parsed = try? parser.parse(text), parsed.hasTime
        else {
            position = first
            throw malformed("an instant such as 2025-11-04T14:30:00Z")
        }
        return parsed.seconds
    }

    /// Passes over a value of any kind.
    mutating func skip() throws { try skip(depth: 0) }

    /// Makes sure that nothing follows.
    mutating func finish() throws {
        skipSpace()
        guard position == end else { throw malformed("the end") }
    }

    private mutating func skip(depth: Int) throws {
        guard depth < Self.deepest else { throw malformed("less nesting") }
        skipSpace()
        switch position < end ? position[0] : 0 {
        case UInt8(ascii: "{"): try object { scanner, _ in try scanner.skip(depth: depth + 1) }
        case UInt8(ascii: "["): try array { scanner in try scanner.skip(depth: depth + 1) }
        case UInt8(ascii: "\""): _ = try string()
        case UInt8(ascii: "t"): try word("true")
        case UInt8(ascii: "f"): try word("false")
        case UInt8(ascii: "n"): try word("null")
        default: _ = try number()
        }
    }

    private mutating func word(_ word: StaticString) throws {
        guard end - position >= word.utf8CodeUnitCount,
            (0..<word.utf8CodeUnitCount).allSatisfy({ position[$0] == word.utf8Start[$0] })
        else { throw malformed("a value") }
        position += word.utf8CodeUnitCount
    }

    private func isEndOfNumber(_ first: UnsafePointer<UInt8>) -> Bool {
        // A leading zero is followed by a point or nothing; a point by a digit.
        if first[0] == UInt8(ascii: "0"), position - first > 1, first[1] != UInt8(ascii: ".") { return false }
        if position[-1] == UInt8(ascii: ".") { return false }
        return position == end || !isPartOfNumber(position[0])
    }

    /// Whether `text` is a number by JSON's grammar: `Double` also reads `.5`, `1.`, `+1` and `01`, which can be what is left
    /// of another number.
    private static func isNumber(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        var rest = text[...]
        func take(_ accepted: StaticString) -> Bool {
            guard let byte = rest.first,
                (0..<accepted.utf8CodeUnitCount).contains(where: { accepted.utf8Start[$0] == byte })
            else { return false }
            rest = rest.dropFirst()
            return true
        }
        func takeDigits() -> Bool {
            let count = rest.prefix { $0 &- UInt8(ascii: "0") < 10 }.count
            rest = rest.dropFirst(count)
            return count > 0
        }
        _ = take("-")
        guard take("0") || takeDigits() else { return false }
        if take("."), !takeDigits() { return false }
        if take("eE") {
            _ = take("+-")
            guard takeDigits() else { return false }
        }
        return rest.isEmpty
    }

    private func isPartOfNumber(_ byte: UInt8) -> Bool {
        byte &- UInt8(ascii: "0") < 10 || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "-")
            || byte == UInt8(ascii: "+") || byte == UInt8(ascii: "e") || byte == UInt8(ascii: "E")
    }

    @inline(__always)
    private mutating func skipSpace() {
        while position < end {
            let byte = position[0]
            guard byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 else { return }
            position += 1
        }
    }

    @inline(__always)
    private mutating func take(_ byte: UInt8) -> Bool {
        skipSpace()
        guard position < end, position[0] == byte else { return false }
        position += 1
        return true
    }

    @inline(__always)
    private mutating func expect(_ byte: UInt8, _ what: String) throws {
        guard take(byte) else { throw malformed(what) }
    }

    private func malformed(_ expected: String) -> Malformed {
        Malformed(byte: position - start, expected: expected, isCutOff: position >= end)
    }
}
