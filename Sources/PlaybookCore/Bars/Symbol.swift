/// A ticker symbol in upper case: letters, digits, `.` and `-`, so that it can be part of a file or object name.
public struct Symbol: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// The ticker, for instance `QQQ` or `BRK.B`.
    public let name: String

    /// Nil when `text` is not a ticker: empty, longer than 15 characters, not starting with a letter or digit, or
    /// holding other characters.
    public init?(_ text: some StringProtocol) {
        // Letters of ASCII only: others have upper cases that are letters of another symbol.
        let bytes = text.utf8.map { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) ? $0 - 32 : $0 }
        guard bytes.withUnsafeBytes(Self.isName) else { return nil }
        name = String(decoding: bytes, as: UTF8.self)
    }

    /// Whether bytes are a ticker as it is written, in upper case.
    static func isName(_ bytes: UnsafeRawBufferPointer) -> Bool {
        func isAlphanumeric(_ byte: UInt8) -> Bool {
            (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
                || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
        }
        guard (1...15).contains(bytes.count), isAlphanumeric(bytes[0]) else { return false }
        for byte in bytes where !isAlphanumeric(byte) && byte != UInt8(ascii: ".") && byte != UInt8(ascii: "-") {
            return false
        }
        return true
    }

    public var description: String { name }

    public static func < (left: Symbol, right: Symbol) -> Bool { left.name < right.name }
}
