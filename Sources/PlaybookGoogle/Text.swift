import FoundationEssentials

/// A URL's pieces that tokens may be sent to.
enum Address {
    /// Whether what is sent there cannot be read on the way: `https`, or this machine.
    static func isSafe(_ url: String) -> Bool {
        if url.lowercased().hasPrefix("https://") { return origin(url).count > "https://".count }
        guard url.lowercased().hasPrefix("http://") else { return false }
        let authority = origin(url).dropFirst("http://".count)
        let host = authority.hasPrefix("[") ? authority.prefix { $0 != "]" } + "]" : authority.prefix { $0 != ":" }
        return ["localhost", "127.0.0.1", "[::1]"].contains(host)
    }

    /// Scheme, host and port in lower case; a user, a fragment or a backslash count as a part of the host, which then is
    /// no host that is known.
    static func origin(_ url: String) -> String {
        guard let mark = url.firstRange(of: "://") else { return "" }
        return url[..<mark.upperBound].lowercased() + url[mark.upperBound...].prefix { !"/?".contains($0) }.lowercased()
    }
}

/// What a server says, fit for a message: one line of at most 300 characters, without `secrets`.
func quoted(_ text: String, without secrets: [String] = []) -> String {
    var text = text
    for secret in secrets where !secret.isEmpty { text = text.replacing(secret, with: "(secret)") }
    let line = text.unicodeScalars.prefix(300).map { $0.value < 0x20 || $0.value == 0x7F ? " " : $0 }
    return String(String.UnicodeScalarView(line))
}

/// Base64 for URLs (RFC 4648, 5), without padding.
func base64URL(_ bytes: [UInt8]) -> String {
    String(
        Data(bytes).base64EncodedString().compactMap { character -> Character? in
            switch character {
            case "+": "-"
            case "/": "_"
            case "=": nil
            default: character
            }
        })
}
