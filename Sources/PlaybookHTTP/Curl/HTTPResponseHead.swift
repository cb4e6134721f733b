/// Collects the header lines of an answer.
struct HTTPResponseHead {
    /// Of all lines together, those of informational answers too.
    static let maximumBytes = 64 << 10
    static let maximumFields = 256

    private(set) var headers = HTTPHeaders()
    private var bytes = 0
    private var isInformational = false
    /// Whether the empty line at its end came.
    private(set) var isComplete = false

    /// Takes a line with its end; false when there are too many.
    mutating func add(_ line: UnsafeRawBufferPointer) -> Bool {
        bytes += line.count
        guard bytes <= Self.maximumBytes else { return false }
        // What follows the head are trailers.
        guard !isComplete else { return true }
        let text = Self.trimmed(line[...])
        if text.isEmpty {
            isComplete = !isInformational
            return true
        }
        // No field's name has a slash: this is a status line.
        if text.starts(with: "HTTP/".utf8) {
            headers = HTTPHeaders()
            isInformational = text.drop { $0 != 0x20 }.dropFirst().first == UInt8(ascii: "1")
            return true
        }
        if line[0] == 0x20 || line[0] == 0x09 {
            headers.extendLast(with: String(decoding: text, as: UTF8.self))
            return true
        }
        guard let colon = text.firstIndex(of: UInt8(ascii: ":")) else { return true }
        let name = String(decoding: Self.trimmed(text[..<colon]), as: UTF8.self)
        headers.append(name, String(decoding: Self.trimmed(text[(colon + 1)...]), as: UTF8.self))
        return headers.fields.count <= Self.maximumFields
    }

    private static func trimmed(_ bytes: Slice<UnsafeRawBufferPointer>) -> Slice<UnsafeRawBufferPointer> {
        func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (byte >= 0x09 && byte <= 0x0D) }
        var bytes = bytes
        while let first = bytes.first, isSpace(first) { bytes.removeFirst() }
        while let last = bytes.last, isSpace(last) { bytes.removeLast() }
        return bytes
    }
}
