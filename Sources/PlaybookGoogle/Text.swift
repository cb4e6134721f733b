import FoundationEssentials
import PlaybookAddresses
import PlaybookHTTP

/// A URL's pieces that tokens may be sent to.
enum Address {
    /// Whether what is sent there cannot be read on the way: `https`, or this machine.
    static func isSafe(_ url: String) -> Bool {
        if url.lowercased().hasPrefix("https://") { return origin(url).count > "https://".count }
        let parts = URLParts(url)
        return parts.scheme == "http" && parts.userInfo == nil && parts.isLoopback
    }

    /// Scheme, host and port in lower case; a user, a fragment or a backslash count as a part of the host, so that it matches
    /// none that is known.
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

/// The bytes of `text`, Base64 for URLs without padding; nil for anything else, and for bits that no encoder sets, so that
/// the same bytes have one text.
func base64URLDecoded(_ text: some Collection<UInt8>) -> [UInt8]? {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.count * 3 / 4)
    var (pending, count) = (UInt32(0), 0)
    for byte in text {
        let value: UInt8
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): value = byte - UInt8(ascii: "A")
        case UInt8(ascii: "a")...UInt8(ascii: "z"): value = byte - UInt8(ascii: "a") + 26
        case UInt8(ascii: "0")...UInt8(ascii: "9"): value = byte - UInt8(ascii: "0") + 52
        case UInt8(ascii: "-"): value = 62
        case UInt8(ascii: "_"): value = 63
        default: return nil
        }
        pending = pending << 6 | UInt32(value)
        count += 6
        if count >= 8 {
            count -= 8
            bytes.append(UInt8(truncatingIfNeeded: pending >> UInt32(count)))
            pending &= (1 << UInt32(count)) - 1
        }
    }
    return count < 6 && pending == 0 ? bytes : nil
}
