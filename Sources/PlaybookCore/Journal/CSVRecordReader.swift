/// Takes a CSV text (RFC 4180; lines may end in CR LF) apart into records.
struct CSVRecordReader {
    private let bytes: [UInt8]
    private var position = 0
    private var line = 1

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
    }

    /// The next record and the line it starts on; nil at the end.
    mutating func next() throws(JournalFormatError) -> (fields: [String], line: Int)? {
        guard position < bytes.count else { return nil }
        let start = line
        var fields: [String] = []
        while true {
            fields.append(try field())
            guard position < bytes.count else { return (fields, start) }
            let separator = bytes[position]
            position += 1
            if separator == UInt8(ascii: ",") { continue }
            if separator == UInt8(ascii: "\r"), position < bytes.count, bytes[position] == UInt8(ascii: "\n") {
                position += 1
            }
            line += 1
            return (fields, start)
        }
    }

    /// A field up to, and not including, the separator or line end after it.
    private mutating func field() throws(JournalFormatError) -> String {
        var content: [UInt8] = []
        if position < bytes.count, bytes[position] == UInt8(ascii: "\"") {
            let start = line
            position += 1
            while true {
                guard position < bytes.count else {
                    throw JournalFormatError(line: start, problem: "a quoted field does not end")
                }
                let byte = bytes[position]
                position += 1
                if byte == UInt8(ascii: "\n") { line += 1 }
                guard byte == UInt8(ascii: "\"") else {
                    content.append(byte)
                    continue
                }
                guard position < bytes.count, bytes[position] == UInt8(ascii: "\"") else { break }
                content.append(byte)
                position += 1
            }
            if position < bytes.count, !isEnd(bytes[position]) {
                throw JournalFormatError(line: line, problem: "text after a closing quote")
            }
        } else {
            let start = position
            while position < bytes.count, !isEnd(bytes[position]) { position += 1 }
            content = Array(bytes[start..<position])
        }
        guard let text = String(validating: content, as: UTF8.self) else {
            throw JournalFormatError(line: line, problem: "bytes that are not UTF-8 text")
        }
        return text
    }

    private func isEnd(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: ",") || byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r")
    }
}
