/// A ticker symbol in upper case: letters, digits, `.` and `-`, so that it can be part of a file or object name.
public struct Symbol: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// The ticker, for instance `QQQ` or `BRK.B`.
    public let name: String

    /// Nil when `text` is not a ticker: empty, longer than 15 characters, not starting with a letter or digit, or
    /// holding other characters.
    public init?(_ text: some StringProtocol) {
        // Letters of ASCII only: others have upper cases that are letters of another symbol.
        let bytes = text.utf8.map { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) ? $0 - 32 : $0 }
        let name = String(decoding: bytes, as: UTF8.self)
        func isAlphanumeric(_ byte: UInt8) -> Bool {
            (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
                || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
        }
        guard (1...15).contains(name.utf8.count), let first = name.utf8.first, isAlphanumeric(first),
            name.utf8.allSatisfy({ isAlphanumeric($0) || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "-") })
        else { return nil }
        self.name = name
    }

    public var description: String { name }

    public static func < (left: Symbol, right: Symbol) -> Bool { left.name < right.name }
}
