/// A word of an expression.
struct Token: Sendable {
    enum Kind: Sendable, Hashable {
        case number(Double)
        /// A number with `%` or `bps` behind it, as a fraction.
        case share(Double)
        /// Minutes since midnight.
        case time(Double)
        /// Minutes.
        case duration(Double)
        /// The length of bars, `15Min`.
        case frame(Int)
        case name(String)
        case sign(String)
    }

    let kind: Kind
    /// Its bytes in the expression.
    let range: Range<Int>
}

/// What is wrong with an expression.
struct ExpressionError: Error {
    /// The byte at which it is wrong.
    let offset: Int
    let message: String
}

/// Cuts an expression into words.
struct Lexer {
    private let bytes: [UInt8]
    private var place = 0

    /// The longest expression, in bytes.
    static let maximumLength = 4_000

    /// The words of an expression.
    static func tokens(_ text: String) throws(ExpressionError) -> [Token] {
        var lexer = Lexer(bytes: Array(text.utf8))
        guard lexer.bytes.count <= maximumLength else {
            throw ExpressionError(
                offset: 0,
                message: "an expression has at most \(maximumLength) characters: give parts of it names in values")
        }
        var tokens: [Token] = []
        while let token = try lexer.next() { tokens.append(token) }
        return tokens
    }

    private init(bytes: [UInt8]) { self.bytes = bytes }

    private mutating func next() throws(ExpressionError) -> Token? {
        while place < bytes.count, bytes[place] <= 0x20 { place += 1 }
        guard place < bytes.count else { return nil }
        let start = place
        let kind: Token.Kind
        switch bytes[place] {
        case 0x30...0x39: kind = try number()
        case UInt8(ascii: ".") where place + 1 < bytes.count && Self.isDigit(bytes[place + 1]): kind = try number()
        case let byte where Self.isLetter(byte):
            while place < bytes.count, Self.isPartOfName(bytes[place]) { place += 1 }
            kind = .name(text(start..<place))
        default: kind = try sign()
        }
        return Token(kind: kind, range: start..<place)
    }

    private mutating func sign() throws(ExpressionError) -> Token.Kind {
        let rest = bytes[place...].prefix(2)
        for two in ["<=", ">=", "!="] where rest.elementsEqual(two.utf8) {
            place += 2
            return .sign(two)
        }
        for (written, right) in [("==", "="), ("&&", "and"), ("||", "or"), ("<>", "!="), ("**", "*")]
        where rest.elementsEqual(written.utf8) {
            throw ExpressionError(offset: place, message: "'\(written)' is not known: write '\(right)'")
        }
        let byte = bytes[place]
        switch byte {
        case UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "="), UInt8(ascii: "+"), UInt8(ascii: "-"),
            UInt8(ascii: "*"), UInt8(ascii: "/"), UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: ","),
            UInt8(ascii: "."), UInt8(ascii: "["), UInt8(ascii: "]"):
            place += 1
            return .sign(text(place - 1..<place))
        case UInt8(ascii: "!"): throw ExpressionError(offset: place, message: "'!' is not known: write 'not'")
        case UInt8(ascii: "%"):
            throw ExpressionError(offset: place, message: "'%' stands right behind a number, as in 2%")
        default:
            var end = place + 1
            while end < bytes.count, bytes[end] & 0xC0 == 0x80 { end += 1 }
            throw ExpressionError(offset: place, message: "'\(text(place..<end))' is not known in an expression")
        }
    }

    private mutating func number() throws(ExpressionError) -> Token.Kind {
        let start = place
        skipDigits()
        if place < bytes.count, bytes[place] == UInt8(ascii: ":") { return try time(start) }
        if place + 1 < bytes.count, bytes[place] == UInt8(ascii: "."), Self.isDigit(bytes[place + 1]) {
            place += 1
            skipDigits()
        }
        let digits = text(start..<place)
        let unitStart = place
        while place < bytes.count, Self.isPartOfName(bytes[place]) || bytes[place] == UInt8(ascii: "%") {
            // What a minus begins that a letter does not follow is another word: `2m-x` is none, `2-1` is.
            if bytes[place] == UInt8(ascii: "-") { break }
            place += 1
        }
        let unit = text(unitStart..<place)
        guard let value = Double(digits), value.isFinite else {
            throw ExpressionError(offset: start, message: "'\(digits)' is too large a number")
        }
        switch unit {
        case "": return .number(value)
        case "%": return .share(value / 100)
        case "bps": return .share(value / 10_000)
        case "m": return .duration(value)
        case "h": return .duration(value * 60)
        case "Min":
            guard let minutes = Int(digits), (1...1440).contains(minutes) else { break }
            return .frame(minutes)
        default: break
        }
        throw ExpressionError(
            offset: start,
            message:
                "'\(digits)\(unit.prefix(20))' is not known: numbers are 12, 0.5, 2%, 10bps, 15m or 2h; no name begins "
                + "with a digit")
    }

    /// A time whose hour has been read.
    private mutating func time(_ start: Int) throws(ExpressionError) -> Token.Kind {
        let hourEnd = place
        place += 1
        let minuteStart = place
        while place < bytes.count, Self.isPartOfName(bytes[place]) || bytes[place] == UInt8(ascii: ":") { place += 1 }
        let (hours, minutes) = (text(start..<hourEnd), text(minuteStart..<place))
        guard hours.count <= 2, minutes.count == 2, let hour = Int(hours), let minute = Int(minutes), minute < 60,
            hour < 24 || (hour == 24 && minute == 0)
        else {
            throw ExpressionError(
                offset: start, message: "'\(hours):\(minutes)' is not a time of day: times are 09:30, 24 hours a day")
        }
        return .time(Double(hour * 60 + minute))
    }

    private mutating func skipDigits() {
        while place < bytes.count, Self.isDigit(bytes[place]) { place += 1 }
    }

    private func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

    private static func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }

    private static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- 0x61 < 26 }

    private static func isPartOfName(_ byte: UInt8) -> Bool {
        isLetter(byte) || isDigit(byte) || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-")
    }

    /// Whether a text is a name: a letter, then letters, digits, `_` and `-`.
    static func isName(_ text: String) -> Bool {
        guard let first = text.utf8.first, isLetter(first) else { return false }
        return text.utf8.allSatisfy { isPartOfName($0) }
    }
}
