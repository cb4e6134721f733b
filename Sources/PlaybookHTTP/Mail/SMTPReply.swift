/// What a mail server last refused, from the lines that it sends.
struct SMTPReply: Hashable {
    /// Three digits.
    private(set) var code = 0
    /// Its lines in one.
    private(set) var text = ""

    private var isOpen = false

    /// Whether it refuses.
    var isRefusal: Bool { code >= 400 }

    /// Takes a line; what a server says to a goodbye is passed over.
    mutating func add(_ line: some Collection<UInt8>) {
        let line = line.prefix { $0 != 0x0D && $0 != 0x0A }
        let digits = line.prefix(3)
        guard digits.count == 3, digits.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }),
            let number = Int(String(decoding: digits, as: UTF8.self)), number != 221
        else { return }
        let words = String(decoding: line.dropFirst(4), as: UTF8.self)
        text = isOpen && number == code ? "\(text) \(words)" : words
        code = number
        isOpen = line.dropFirst(3).first == UInt8(ascii: "-")
    }

    /// `550 5.1.1 no such user`: one line of at most 300 characters without `secrets`.
    func shown(without secrets: [String]) -> String {
        var text = text
        for secret in secrets { text = text.replacing(secret, with: Secrecy.mask) }
        return "\(code) \(printable(String(text.prefix(300))))"
    }
}
