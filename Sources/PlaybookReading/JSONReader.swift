/// A JSON document, with the fields in the order in which they were written.
public enum JSONTree: Sendable, Hashable {
    case null
    case flag(Bool)
    /// As it is spelled.
    case number(String)
    case text(String)
    case list([JSONTree])
    case fields([Field])

    /// A field of an object.
    public struct Field: Sendable, Hashable {
        public let name: String
        public let value: JSONTree
    }
}

/// Reads JSON to the letter of RFC 8259, with no field twice.
public struct JSONReader {
    /// What is wrong with a document.
    public struct Failure: Error, Hashable {
        /// The place, as a JSON pointer (RFC 6901); empty for the document.
        public let pointer: String
        /// What is wrong there.
        public let detail: String
        /// Whether this is not JSON at all; otherwise it is JSON that is refused.
        public let isSyntax: Bool
    }

    private let bytes: [UInt8]
    private var next = 0
    private var path: [String] = []
    private let maximumDepth: Int

    /// The document that `bytes` hold.
    ///
    /// - Parameter maximumDepth: how deep lists and objects may lie within each other.
    /// - Throws: `Failure` with the place of what is wrong.
    public static func parse(_ bytes: [UInt8], maximumDepth: Int = 16) throws(Failure) -> JSONTree {
        guard String(validating: bytes, as: UTF8.self) != nil else {
            throw Failure(pointer: "", detail: "this is not UTF-8", isSyntax: true)
        }
        var parser = JSONReader(bytes, maximumDepth)
        let value = try parser.value()
        parser.skipSpace()
        guard parser.next == bytes.count else { throw parser.wrong("there is something after the document's end") }
        return value
    }

    /// `name` as a step of a JSON pointer.
    public static func step(_ name: String) -> String {
        var step = "/"
        for scalar in name.unicodeScalars {
            switch scalar {
            case "~": step += "~0"
            case "/": step += "~1"
            default: step.unicodeScalars.append(scalar)
            }
        }
        return step
    }

    private init(_ bytes: [UInt8], _ maximumDepth: Int) {
        self.bytes = bytes
        self.maximumDepth = maximumDepth
    }

    private func wrong(_ problem: String) -> Failure {
        Failure(pointer: path.joined(), detail: "this is not JSON: at byte \(next), \(problem)", isSyntax: true)
    }

    private func refused(_ problem: String) -> Failure {
        Failure(pointer: path.joined(), detail: problem, isSyntax: false)
    }

    private mutating func skipSpace() {
        while next < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[next]) { next += 1 }
    }

    private mutating func skip(_ character: Unicode.Scalar) -> Bool {
        guard next < bytes.count, bytes[next] == UInt8(ascii: character) else { return false }
        next += 1
        return true
    }

    private mutating func value() throws(Failure) -> JSONTree {
        skipSpace()
        guard next < bytes.count else { throw wrong("a value is missing") }
        switch bytes[next] {
        case UInt8(ascii: "{"): return try fields()
        case UInt8(ascii: "["): return try list()
        case UInt8(ascii: "\""): return .text(try string())
        case UInt8(ascii: "t"): return try word("true", .flag(true))
        case UInt8(ascii: "f"): return try word("false", .flag(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        default: return .number(try number())
        }
    }

    private mutating func word(_ word: String, _ value: JSONTree) throws(Failure) -> JSONTree {
        guard bytes[next...].starts(with: word.utf8) else { throw wrong("there is no value") }
        next += word.utf8.count
        return value
    }

    private mutating func open() throws(Failure) {
        next += 1
        guard path.count < maximumDepth else {
            throw refused("at byte \(next), this lies more than \(maximumDepth) levels deep")
        }
        skipSpace()
    }

    private mutating func fields() throws(Failure) -> JSONTree {
        try open()
        var fields: [JSONTree.Field] = []
        var names: Set<[UInt8]> = []
        if skip("}") { return .fields(fields) }
        while true {
            skipSpace()
            guard next < bytes.count, bytes[next] == UInt8(ascii: "\"") else {
                throw wrong("a field's name is missing")
            }
            let name = try string()
            path.append(Self.step(name))
            // Byte by byte: what looks alike may be equal as a string.
            guard names.insert(Array(name.utf8)).inserted else { throw refused("this field is there twice") }
            skipSpace()
            guard skip(":") else { throw wrong("':' is missing") }
            fields.append(JSONTree.Field(name: name, value: try value()))
            path.removeLast()
            skipSpace()
            if skip("}") { return .fields(fields) }
            guard skip(",") else { throw wrong("',' or '}' is missing") }
        }
    }

    private mutating func list() throws(Failure) -> JSONTree {
        try open()
        var values: [JSONTree] = []
        if skip("]") { return .list(values) }
        while true {
            path.append("/\(values.count)")
            values.append(try value())
            path.removeLast()
            skipSpace()
            if skip("]") { return .list(values) }
            guard skip(",") else { throw wrong("',' or ']' is missing") }
        }
    }

    private mutating func digits() -> Int {
        let start = next
        while next < bytes.count, (0x30...0x39).contains(bytes[next]) { next += 1 }
        return next - start
    }

    private mutating func number() throws(Failure) -> String {
        let start = next
        _ = skip("-")
        let isZero = next < bytes.count && bytes[next] == UInt8(ascii: "0")
        let whole = digits()
        guard whole > 0 else { throw wrong("there is no value") }
        guard !isZero || whole == 1 else { throw wrong("a number starts with 0") }
        if skip(".") {
            guard digits() > 0 else { throw wrong("a number ends with '.'") }
        }
        if skip("e") || skip("E") {
            if !skip("+") { _ = skip("-") }
            guard digits() > 0 else { throw wrong("a number's exponent is missing") }
        }
        return String(decoding: bytes[start..<next], as: UTF8.self)
    }

    private mutating func string() throws(Failure) -> String {
        next += 1
        var text = String.UnicodeScalarView()
        var start = next
        while next < bytes.count {
            let byte = bytes[next]
            guard byte >= 0x20 else { throw wrong("a control character is not escaped") }
            if byte == UInt8(ascii: "\"") {
                text.append(contentsOf: String(decoding: bytes[start..<next], as: UTF8.self).unicodeScalars)
                next += 1
                return String(text)
            }
            if byte == UInt8(ascii: "\\") {
                text.append(contentsOf: String(decoding: bytes[start..<next], as: UTF8.self).unicodeScalars)
                text.append(try escape())
                start = next
            } else {
                next += 1
            }
        }
        throw wrong("a string does not end")
    }

    private mutating func escape() throws(Failure) -> Unicode.Scalar {
        next += 1
        guard next < bytes.count else { throw wrong("a string does not end") }
        let letter = bytes[next]
        next += 1
        switch letter {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(letter)
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "f"): return "\u{C}"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"):
            let unit = try hexadecimal()
            if let scalar = Unicode.Scalar(unit) { return scalar }
            // The first half of a pair; the second must follow.
            if unit < 0xDC00, skip("\\"), skip("u") {
                let second = try hexadecimal()
                if (0xDC00...0xDFFF).contains(second),
                    let scalar = Unicode.Scalar(0x1_0000 + (unit - 0xD800) << 10 + (second - 0xDC00))
                {
                    return scalar
                }
            }
            throw refused("at byte \(next), half a character is escaped")
        default: throw wrong("there is no such escape")
        }
    }

    private mutating func hexadecimal() throws(Failure) -> UInt32 {
        guard next + 4 <= bytes.count, bytes[next..<next + 4].allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }),
            let unit = UInt32(String(decoding: bytes[next..<next + 4], as: UTF8.self), radix: 16)
        else { throw wrong("four hexadecimal digits are missing") }
        next += 4
        return unit
    }
}
