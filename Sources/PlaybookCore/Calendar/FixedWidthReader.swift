/// Reads the fixed-width ASCII fields of a date or a time, front to back.
struct FixedWidthReader<Bytes: IteratorProtocol<UInt8>> {
    private var bytes: Bytes

    init<Text: StringProtocol>(_ text: Text) where Text.UTF8View.Iterator == Bytes {
        bytes = text.utf8.makeIterator()
    }

    /// The number written with exactly that many digits, or `nil` where something else stands.
    mutating func number(digits: Int) -> Int? {
        var value = 0
        for _ in 0..<digits {
            guard let byte = bytes.next(), (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
            value = value * 10 + Int(byte - UInt8(ascii: "0"))
        }
        return value
    }

    /// Steps over the given ASCII character; false where something else stands.
    mutating func skip(_ separator: Unicode.Scalar) -> Bool {
        bytes.next() == UInt8(ascii: separator)
    }

    /// Whether the text ends here.
    mutating func isAtEnd() -> Bool {
        bytes.next() == nil
    }
}
