/// How names and values are written into statements and into lines of COPY's text format.
public enum PostgresText {
    /// A name in quotes.
    public static func name(_ text: String) -> String { "\"\(text.replacing("\"", with: "\"\""))\"" }

    /// A text in quotes, where `standard_conforming_strings` is on.
    public static func literal(_ text: String) -> String { "'\(text.replacing("'", with: "''"))'" }

    /// Adds a field of COPY's text format.
    public static func append(_ text: String, to line: inout [UInt8]) {
        var text = text
        text.withUTF8 { append(UnsafeRawBufferPointer($0), to: &line) }
    }

    /// Adds a field of COPY's text format.
    public static func append(_ field: UnsafeRawBufferPointer, to line: inout [UInt8]) {
        guard field.contains(where: { $0 == UInt8(ascii: "\\") || $0 < 0x20 }) else {
            line.append(contentsOf: field)
            return
        }
        for byte in field {
            switch byte {
            case UInt8(ascii: "\\"): line += [UInt8(ascii: "\\"), UInt8(ascii: "\\")]
            case UInt8(ascii: "\n"): line += [UInt8(ascii: "\\"), UInt8(ascii: "n")]
            case UInt8(ascii: "\r"): line += [UInt8(ascii: "\\"), UInt8(ascii: "r")]
            case UInt8(ascii: "\t"): line += [UInt8(ascii: "\\"), UInt8(ascii: "t")]
            default: line.append(byte)
            }
        }
    }

    /// Null in COPY's text format.
    public static let null = Array("\\N".utf8)

    /// The fields of a line of COPY's text format; nil for null.
    public static func fields(_ line: UnsafeBufferPointer<UInt8>) -> [String?] {
        var fields: [String?] = []
        var start = 0
        var isPlain = true
        for index in 0...line.count {
            if index < line.count, line[index] != UInt8(ascii: "\t") {
                if line[index] == UInt8(ascii: "\\") { isPlain = false }
                continue
            }
            let field = UnsafeBufferPointer(rebasing: line[start..<index])
            fields.append(isPlain ? String(decoding: field, as: UTF8.self) : unescaped(field))
            start = index + 1
            isPlain = true
        }
        return fields
    }

    private static func unescaped(_ field: UnsafeBufferPointer<UInt8>) -> String? {
        if field.elementsEqual(null) { return nil }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(field.count)
        var index = 0
        while index < field.count {
            if field[index] == UInt8(ascii: "\\"), index + 1 < field.count {
                index += 1
                switch field[index] {
                case UInt8(ascii: "n"): bytes.append(UInt8(ascii: "\n"))
                case UInt8(ascii: "r"): bytes.append(UInt8(ascii: "\r"))
                case UInt8(ascii: "t"): bytes.append(UInt8(ascii: "\t"))
                case UInt8(ascii: "b"): bytes.append(8)
                case UInt8(ascii: "f"): bytes.append(12)
                case UInt8(ascii: "v"): bytes.append(11)
                case let byte: bytes.append(byte)
                }
            } else {
                bytes.append(field[index])
            }
            index += 1
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
