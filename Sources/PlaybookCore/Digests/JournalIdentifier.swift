/// Digests in the journal: a letter, so that no spreadsheet takes one for a number, then twelve hexadecimal digits. Rows
/// of the first schema have the digits alone, which mean the same.
enum JournalIdentifier {
    /// The letter before the digits of `params_id`.
    static let parameters = UInt8(ascii: "p")
    /// The letter before the digits of `data_id`.
    static let data = UInt8(ascii: "d")

    /// `digits` behind `letter`.
    static func text(_ letter: UInt8, _ digits: String) -> String { String(UnicodeScalar(letter)) + digits }

    /// Whether `bytes` are the digits alone.
    static func isBare(_ bytes: UnsafeRawBufferPointer) -> Bool {
        bytes.count == 12 && bytes.allSatisfy(isDigit)
    }

    /// Whether `bytes` can only be what a spreadsheet made of an identifier: a number.
    static func isNumber(_ bytes: UnsafeRawBufferPointer) -> Bool {
        guard let first = bytes.first, first < UInt8(ascii: ":"), bytes.count < 40 else { return false }
        return Double(String(decoding: bytes, as: UTF8.self)) != nil
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte)
    }
}
