/// A place in a short text that is taken apart.
struct TextCursor {
    private let bytes: UnsafeBufferPointer<UInt8>
    private(set) var position = 0

    init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

    var isAtEnd: Bool { position == bytes.count }

    /// What is left.
    var rest: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(rebasing: bytes[position...]) }

    /// How many digits follow.
    var digitCount: Int {
        var end = position
        while end < bytes.count, bytes[end] &- UInt8(ascii: "0") < 10 { end += 1 }
        return end - position
    }

    func text(from start: Int) -> UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(rebasing: bytes[start..<position]) }

    /// Whether `text` follows, and no digit after it.
    func starts(with text: [UInt8]) -> Bool {
        let end = position + text.count
        guard end <= bytes.count else { return false }
        for index in 0..<text.count where bytes[position &+ index] != text[index] { return false }
        return end == bytes.count || bytes[end] &- UInt8(ascii: "0") >= 10
    }

    mutating func advance(_ count: Int) { position += count }

    /// A number of exactly so many digits, of more that may follow.
    mutating func number(digits: Int) -> Int? {
        guard digitCount >= digits else { return nil }
        return take(digits)
    }

    /// The number that follows, if it has so many digits.
    mutating func number(_ digits: ClosedRange<Int>) -> Int? {
        let count = digitCount
        return digits.contains(count) ? take(count) : nil
    }

    /// A year of four digits, or of two, which lie in the years 1970 to 2069.
    mutating func year() -> Int? {
        let count = digitCount
        guard count == 2 || count == 4 else { return nil }
        let number = take(count)
        return count == 4 ? number : number + (number < 70 ? 2000 : 1900)
    }

    /// The whole number that follows; nil when there is none or 64 bits do not hold it.
    mutating func wholeNumber() -> Int64? {
        let count = digitCount
        guard count > 0 else { return nil }
        var value: Int64 = 0
        for byte in bytes[position..<(position + count)] {
            let (product, tooLarge) = value.multipliedReportingOverflow(by: 10)
            let (sum, overflow) = product.addingReportingOverflow(Int64(byte &- UInt8(ascii: "0")))
            guard !tooLarge, !overflow else { return nil }
            value = sum
        }
        position += count
        return value
    }

    private mutating func take(_ count: Int) -> Int {
        var value = 0
        for byte in bytes[position..<(position + count)] { value = value * 10 + Int(byte &- UInt8(ascii: "0")) }
        position += count
        return value
    }

    /// The letters that follow.
    mutating func letters() -> UnsafeBufferPointer<UInt8> {
        let start = position
        while position < bytes.count, (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(bytes[position] | 0x20) {
            position += 1
        }
        return text(from: start)
    }

    /// Goes past `byte`; whether it follows.
    @discardableResult
    mutating func skip(_ byte: UInt8) -> Bool {
        guard position < bytes.count, bytes[position] == byte else { return false }
        position += 1
        return true
    }

    mutating func skipSpaces() {
        while position < bytes.count, bytes[position] == UInt8(ascii: " ") { position += 1 }
    }

    /// The byte between the parts of a date, gone past; nil for anything else.
    mutating func separator() -> UInt8? {
        guard position < bytes.count, "-/. ".utf8.contains(bytes[position]) else { return nil }
        position += 1
        return bytes[position - 1]
    }

    mutating func skipSeparator() -> Bool { separator() != nil }

    /// Goes past what stands between a date and a time: spaces, `T`, `_`, `,`, `;`, `-`.
    mutating func skipJoint() -> Bool {
        let start = position
        while position < bytes.count, "T _,;-t".utf8.contains(bytes[position]) { position += 1 }
        return position > start
    }

    /// Goes past `.123` or `,123`; false when a point without digits follows.
    @discardableResult
    mutating func skipFraction() -> Bool {
        guard position < bytes.count, bytes[position] == UInt8(ascii: ".") || bytes[position] == UInt8(ascii: ",")
        else { return true }
        position += 1
        let count = digitCount
        position += count
        return count > 0
    }

    /// Whether `PM` follows, gone past; false for `AM`; nil for neither.
    mutating func afternoon() -> Bool? {
        let start = position
        skipSpaces()
        guard bytes.count - position >= 2, bytes[position + 1] | 0x20 == UInt8(ascii: "m"),
            bytes.count - position == 2 || bytes[position + 2] == UInt8(ascii: " ")
        else {
            position = start
            return nil
        }
        switch bytes[position] | 0x20 {
        case UInt8(ascii: "a"), UInt8(ascii: "p"):
            position += 2
            return bytes[position - 2] | 0x20 == UInt8(ascii: "p")
        default:
            position = start
            return nil
        }
    }

    /// Seconds east of UTC: `Z`, `UTC`, `GMT`, `+HH:MM`, `+HHMM`, `+HH`, `GMT+0100`, and a name in brackets after them;
    /// nil when something else follows.
    mutating func offset() throws(StampParser.Problem) -> Int64? {
        let start = position
        let word = letters()
        let name = String(decoding: word, as: UTF8.self).uppercased()
        if !word.isEmpty,
            !["Z", "UTC", "GMT"].contains(name) || position < bytes.count && bytes[position] == UInt8(ascii: "/")
        {
            position = start
            return nil
        }
        if isAtEnd || bytes[position] == UInt8(ascii: "[") {
            if word.isEmpty { return nil }
            return try endOfOffset(0)
        }
        let sign = bytes[position]
        guard sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") else { throw .malformed }
        position += 1
        guard let hours = number(digits: 2), hours < 24 else { throw .malformed }
        var minutes = 0
        let hasColon = skip(UInt8(ascii: ":"))
        if hasColon || digitCount > 0 {
            guard digitCount == 2, let value = number(digits: 2), value < 60 else { throw .malformed }
            minutes = value
        }
        // Seconds of an offset, as Python writes them where there are some.
        if skip(UInt8(ascii: ":")), number(digits: 2) != 0 { throw .malformed }
        let seconds = Int64(hours * 3600 + minutes * 60)
        return try endOfOffset(sign == UInt8(ascii: "-") ? -seconds : seconds)
    }

    private mutating func endOfOffset(_ offset: Int64) throws(StampParser.Problem) -> Int64 {
        skipSpaces()
        if !isAtEnd, bytes[position] == UInt8(ascii: "["), bytes.last == UInt8(ascii: "]") { position = bytes.count }
        guard isAtEnd else { throw .malformed }
        return offset
    }
}
