/// What is wrong with a table, in words.
struct CSVProblem: Error {
    let message: String

    init(_ message: String) { self.message = message }
}

/// At most 40 bytes of a field, with anything unprintable escaped: for messages.
func printable(_ field: UnsafeBufferPointer<UInt8>) -> String {
    var text = ""
    for byte in field.prefix(40) {
        if (0x20..<0x7F).contains(byte) {
            text.unicodeScalars.append(Unicode.Scalar(byte))
        } else {
            let digits = String(byte, radix: 16, uppercase: true)
            text += "\\x" + (digits.count == 1 ? "0" : "") + digits
        }
    }
    return field.count > 40 ? text + "…" : text
}
