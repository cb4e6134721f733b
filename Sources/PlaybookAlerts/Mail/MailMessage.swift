import PlaybookCore
import PlaybookHTTP

/// A message as RFC 5322 and MIME have it: plain text in UTF-8.
struct MailMessage {
    let sender: MailAddress
    let recipients: [MailAddress]
    /// In one line; it may hold anything.
    let subject: String
    /// They may hold anything.
    let lines: [String]
    let isImportant: Bool
    let date: Instant
    /// Before the `@` of its `Message-ID`.
    let id: String

    /// What is sent: ASCII, in lines of at most 76 characters that end in CR LF.
    var bytes: [UInt8] {
        var headers = [
            "Date: \(Self.text(date))", "From: trading-playbook <\(sender)>",
            "To: \(recipients.map(\.description).joined(separator: ",\r\n "))", "Subject: \(Self.header(subject))",
            "Message-ID: <\(id)@\(sender.domain)>", "MIME-Version: 1.0", "Content-Type: text/plain; charset=utf-8",
            "Content-Transfer-Encoding: quoted-printable",
            // Nobody's absence is to be reported back.
            "Auto-Submitted: auto-generated",
        ]
        if isImportant { headers.append("Importance: high") }
        let body = Self.quotedPrintable(lines.isEmpty ? [subject] : lines)
        return Array((headers + ["", body]).joined(separator: "\r\n").utf8)
    }

    /// `Sat, 21 Nov 2026 10:51:40 +0000`.
    static func text(_ date: Instant) -> String {
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        // `2026-11-21T10:51:40Z`
        let parts = date.description.split(separator: "T")
        guard parts.count == 2, let day = CivilDate(parts[0]) else { return date.description }
        return "\(day.weekday.shortName), \(day.day) \(months[day.month - 1]) \(day.year) \(parts[1].dropLast()) +0000"
    }

    /// A header's text: as it is when it is short and plain, else in encoded words (RFC 2047), one a line.
    static func header(_ text: String) -> String {
        let text = oneLine(text).split(separator: " ").joined(separator: " ")
        if text.utf8.count <= 64, !text.contains("=?"), text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) {
            return text
        }
        var words: [[UInt8]] = [[]]
        for scalar in text.unicodeScalars {
            let bytes = Array(String(scalar).utf8)
            // 52 characters of Base64 and 12 around them; the header's name is before the first.
            if words[words.count - 1].count + bytes.count > 39 { words.append([]) }
            words[words.count - 1] += bytes
        }
        return words.map { "=?utf-8?B?\(base64($0))?=" }.joined(separator: "\r\n ")
    }

    /// Lines in quoted-printable (RFC 2045, 6.7), each with its end.
    static func quotedPrintable(_ lines: [String]) -> String {
        lines.flatMap { $0.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) }
            .map { quotedPrintable($0) + "\r\n" }.joined()
    }

    private static func quotedPrintable(_ line: Substring) -> String {
        let bytes = Array(line.utf8)
        var result = ""
        var width = 0
        for (index, byte) in bytes.enumerated() {
            let isSpace = byte == 0x20 || byte == 0x09
            let isPlain =
                isSpace ? index < bytes.count - 1 : byte > 0x20 && byte < 0x7F && byte != UInt8(ascii: "=")
            let piece =
                isPlain
                ? String(Unicode.Scalar(byte))
                : (byte < 16 ? "=0" : "=") + String(byte, radix: 16, uppercase: true)
            // The last column is for the `=` that a line which goes on ends with.
            if width + piece.utf8.count > 75 {
                result += "=\r\n"
                width = 0
            }
            result += piece
            width += piece.utf8.count
        }
        return result
    }
}
