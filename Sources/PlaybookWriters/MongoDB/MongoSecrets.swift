/// What of a connection string must not be seen.
struct MongoSecrets: Sendable, Hashable {
    private let words: [String]

    /// The words that must not be seen, besides whatever stands before the host of a connection string.
    init(_ words: [String]) { self.words = words.filter { !$0.isEmpty } }

    /// `text` with `***` in place of secrets.
    func removed(from text: String) -> String {
        var text = Self.withoutUsers(text)
        for word in words {
            text = text.split(separator: word, omittingEmptySubsequences: false).joined(separator: "***")
        }
        return text
    }

    /// Puts `***` in place of user and password wherever there is a connection string.
    private static func withoutUsers(_ text: String) -> String {
        var parts = text.split(separator: "://", omittingEmptySubsequences: false)[...]
        var result = String(parts.removeFirst())
        for part in parts {
            let end = part.firstIndex { $0 == " " || $0 == "\"" || $0 == "'" } ?? part.endIndex
            let start = part[..<end].lastIndex(of: "@").map { part[$0...] }
            result += "://" + (start.map { "***\($0)" } ?? String(part))
        }
        return result
    }

    /// Whether user and password, if any, are clearly apart from the hosts: libmongoc takes what follows the first `@` of
    /// an unescaped password for a host, and what precedes its `/` too.
    static func isUserApart(_ uri: String) -> Bool {
        guard !uri.utf8.contains(0), let start = uri.firstRange(of: "://")?.upperBound else { return false }
        let (rest, marks) = (uri[start...], uri.count { $0 == "@" })
        return marks == 0 || marks == 1 && rest.prefix { $0 != "/" }.contains("@")
    }

    /// Whether a message about a malformed connection string quotes nothing of where its user and password might be.
    static func isHarmless(_ message: String, about uri: String) -> Bool {
        let scheme = uri.split(separator: "://", maxSplits: 1, omittingEmptySubsequences: false)
        let rest = scheme.count == 2 ? scheme[1] : Substring(uri)
        let region = rest[..<(rest.lastIndex(of: "@") ?? rest.firstIndex(of: "?") ?? rest.endIndex)]
        let pieces = region.split { ":/@?&=,;".contains($0) }
        return pieces.allSatisfy { piece in
            !message.contains(piece) && !message.contains(percentDecoded(piece))
        }
    }

    /// `text` with bytes in place of `%41`.
    static func percentDecoded(_ text: some StringProtocol) -> String {
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "%"), rest.count >= 2,
                let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
            {
                bytes.append(value)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
