import PlaybookCore
import PlaybookHTTP
import Testing

@testable import PlaybookAlerts

@Suite("A message")
struct MailMessageTests {
    private func message(_ subject: String, _ lines: [String] = ["one"], isImportant: Bool = false) -> MailMessage {
        MailMessage(
            sender: MailAddress("robot@example.com")!,
            recipients: [MailAddress("a@example.com")!, MailAddress("b@example.org")!], subject: subject, lines: lines,
            isImportant: isImportant, date: testClock.now(), id: "id")
    }

    private func text(_ message: MailMessage) -> String { String(decoding: message.bytes, as: UTF8.self) }

    @Test("is written like this")
    func whole() {
        let expected = """
            Date: Sat, 21 Nov 2026 10:51:40 +0000
            From: trading-playbook <robot@example.com>
            To: a@example.com,
             b@example.org
            Subject: 3 trades
            Message-ID: <id@example.com>
            MIME-Version: 1.0
            Content-Type: text/plain; charset=utf-8
            Content-Transfer-Encoding: quoted-printable
            Auto-Submitted: auto-generated
            Importance: high

            win rate =3D 50 %
            =C3=84=20

            .

            """
        let message = message("3 trades", ["win rate = 50 %", "Ä ", "", "."], isImportant: true)
        #expect(text(message) == expected.replacing("\n", with: "\r\n"))
        #expect(!text(self.message("a")).contains("Importance"))
        #expect(text(self.message("a", [])).hasSuffix("\r\n\r\na\r\n"))
    }

    @Test("dates")
    func dates() {
        #expect(MailMessage.text(Instant("2024-02-29T00:00:00Z")!) == "Thu, 29 Feb 2024 00:00:00 +0000")
        #expect(MailMessage.text(Instant("2025-01-05T23:59:59Z")!) == "Sun, 5 Jan 2025 23:59:59 +0000")
    }

    @Test(
        "a subject cannot become a header",
        arguments: [
            "a\r\nBcc: x@y.z", "a\nBcc: x@y.z", "a\rBcc: x@y.z", "a\u{2028}Bcc: x@y.z", "a\r\n\r\nbody", "a\0b",
        ])
    func injection(subject: String) throws {
        let text = text(message(subject))
        let head = try #require(text.firstRange(of: "\r\n\r\n")).lowerBound
        let lines = text[..<head].split(separator: "\r\n")
        #expect(lines.count == 10)
        #expect(!lines.contains { $0.hasPrefix("Bcc") })
        #expect(!text.contains("\0"))
        #expect(!text.utf8.indices.contains { text.utf8[$0] == 0x0A && text.utf8[text.utf8.index(before: $0)] != 0x0D })
    }

    @Test("subjects")
    func subjects() {
        #expect(MailMessage.header("QQQ: 3 trades") == "QQQ: 3 trades")
        #expect(MailMessage.header("Ä") == "=?utf-8?B?w4Q=?=")
        #expect(MailMessage.header("=?x?=") == "=?utf-8?B?PT94Pz0=?=")
        #expect(MailMessage.header("") == "")
        let long = MailMessage.header(String(repeating: "😀", count: 100))
        let words = long.split(separator: "\r\n ")
        #expect(words.count == 12)
        #expect(words.allSatisfy { $0.hasPrefix("=?utf-8?B?") && $0.hasSuffix("?=") && $0.utf8.count <= 67 })
    }

    @Test("no line is longer than 76 characters, whatever it says")
    func lines() {
        for unit in ["x", "=", "Ä", "😀", " ", "\t", "a ", "."] {
            for count in [1, 74, 75, 76, 77, 150, 1000] {
                let text = text(message(String(repeating: unit, count: count), [String(repeating: unit, count: count)]))
                for line in text.split(separator: "\r\n", omittingEmptySubsequences: false) {
                    #expect(line.utf8.count <= 76, "\(unit) × \(count)")
                    #expect(line.utf8.allSatisfy { ($0 >= 0x20 && $0 < 0x7F) || $0 == 0x09 })
                    #expect(line.last.map { $0 != " " && $0 != "\t" } ?? true || line == "Subject: ")
                }
            }
        }
    }

    @Test("every end of a line is one", arguments: ["a\nb", "a\r\nb", "a\rb", "a\u{2028}b"])
    func lineEnds(line: String) {
        #expect(MailMessage.quotedPrintable([line]) == "a\r\nb\r\n")
    }
}
