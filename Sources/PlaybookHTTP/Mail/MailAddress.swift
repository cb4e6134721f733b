/// An e-mail address: `name@domain` in ASCII, without a display name, quotes or comments. It can stand in a command or a
/// header as it is.
public struct MailAddress: Hashable, Sendable, CustomStringConvertible {
    /// Before the `@`.
    public let name: String
    /// After the `@`.
    public let domain: String

    /// The address that `text` is; nil for anything else.
    public init?(_ text: some StringProtocol) {
        let parts = text.utf8.split(separator: UInt8(ascii: "@"), omittingEmptySubsequences: false)
        guard parts.count == 2, Self.isName(parts[0]), Self.isDomain(parts[1]), text.utf8.count <= 254 else {
            return nil
        }
        name = String(decoding: parts[0], as: UTF8.self)
        domain = String(decoding: parts[1], as: UTF8.self)
    }

    public var description: String { "\(name)@\(domain)" }

    /// RFC 5322's `dot-atom`, 64 characters at most.
    private static func isName(_ bytes: some Collection<UInt8>) -> Bool {
        let words = bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        return bytes.count <= 64
            && words.allSatisfy { word in
                !word.isEmpty && word.allSatisfy { isAlphanumeric($0) || "!#$%&'*+-/=?^_`{|}~".utf8.contains($0) }
            }
    }

    /// Labels of letters, digits and inner hyphens.
    private static func isDomain(_ bytes: some Collection<UInt8>) -> Bool {
        let hyphen = UInt8(ascii: "-")
        return bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).allSatisfy { label in
            !label.isEmpty && label.count <= 63 && label.allSatisfy { isAlphanumeric($0) || $0 == hyphen }
                && label.first != hyphen && Array(label).last != hyphen
        }
    }

    private static func isAlphanumeric(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "a")...UInt8(ascii: "z"):
            true
        default: false
        }
    }
}
