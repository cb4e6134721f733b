/// Cuts the bytes of a text file into records and fields by RFC 4180: a field in quotes may hold separators, doubled
/// quotes and line ends.
struct RecordReader {
    /// Where a field's content lies, without quotes and spaces around it.
    struct Field {
        var start: Int
        var end: Int
    }

    /// Records longer than this are not read, in bytes.
    static let longestRecord = 1 << 20
    /// The most line ends within quotes.
    static let mostLines = 20

    private let bytes: UnsafeBufferPointer<UInt8>
    private let separator: UInt8
    private var position: Int
    private let end: Int
    /// The line on which the record last read begins, from 1.
    private(set) var line: Int
    private var nextLine: Int
    /// The fields of the record last read.
    private(set) var fields: [Field] = []
    /// Whether its quotes are in order.
    private(set) var isSound = true
    /// Whether it is longer than any that is read.
    private(set) var isTooLong = false

    /// A reader of the records in `range`, the first of which is on line `line`.
    init(_ bytes: UnsafeBufferPointer<UInt8>, in range: Range<Int>? = nil, separator: UInt8, line: Int = 1) {
        self.bytes = bytes
        self.separator = separator
        position = range?.lowerBound ?? 0
        end = range?.upperBound ?? bytes.count
        self.line = line
        nextLine = line
        // The byte order mark.
        if position == 0, bytes.count >= 3, bytes[0] == 0xEF, bytes[1] == 0xBB, bytes[2] == 0xBF { position = 3 }
    }

    /// Where the next record begins.
    var offset: Int { position }
    /// The line after the record last read.
    var lineAfter: Int { nextLine }

    /// The content of field `index` of the record last read.
    func content(_ index: Int) -> UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(rebasing: bytes[fields[index].start..<fields[index].end])
    }

    /// The text of field `index`, doubled quotes made one.
    func text(_ index: Int) -> String {
        let text = String(decoding: content(index), as: UTF8.self)
        return text.utf8.contains(UInt8(ascii: "\"")) ? text.replacing("\"\"", with: "\"") : text
    }

    /// Whether there is nothing on the record's line.
    var isBlank: Bool { fields.allSatisfy { $0.start == $0.end } }

    /// Reads the next record; false at the end.
    mutating func next() -> Bool {
        guard position < end else { return false }
        line = nextLine
        fields.removeAll(keepingCapacity: true)
        isSound = true
        let start = position
        while true {
            readField()
            if position >= end { break }
            let byte = bytes[position]
            position += 1
            if byte == UInt8(ascii: "\n") {
                nextLine += 1
                break
            }
            // A separator that ends the file has an empty field after it.
            if position >= end {
                fields.append(Field(start: end, end: end))
                break
            }
        }
        isTooLong = position - start > Self.longestRecord
        return true
    }

    /// Reads a field and stops at the separator or line end after it.
    private mutating func readField() {
        var start = position
        while start < end, bytes[start] == UInt8(ascii: " ") { start += 1 }
        if start < end, bytes[start] == UInt8(ascii: "\"") {
            if readQuoted(start + 1) { return }
            isSound = false
        }
        var stop = position
        while stop < end, bytes[stop] != separator, bytes[stop] != UInt8(ascii: "\n") { stop += 1 }
        position = stop
        if stop > start, stop == end || bytes[stop] == UInt8(ascii: "\n"), bytes[stop - 1] == UInt8(ascii: "\r") {
            stop -= 1
        }
        while stop > start, bytes[stop - 1] == UInt8(ascii: " ") { stop -= 1 }
        fields.append(Field(start: min(start, stop), end: stop))
    }

    /// Reads what follows an opening quote; false, with nothing read, when no closing quote fits.
    private mutating func readQuoted(_ start: Int) -> Bool {
        var stop = start
        var lines = 0
        let limit = min(end, start + Self.longestRecord)
        while stop < limit {
            if bytes[stop] == UInt8(ascii: "\n") {
                lines += 1
                // A quote that nobody closed would swallow the bars after it.
                if lines > Self.mostLines { return false }
            }
            if bytes[stop] == UInt8(ascii: "\"") {
                guard stop + 1 < end, bytes[stop + 1] == UInt8(ascii: "\"") else { break }
                stop += 1
            }
            stop += 1
        }
        guard stop < limit else { return false }
        var after = stop + 1
        while after < end, bytes[after] == UInt8(ascii: " ") || bytes[after] == UInt8(ascii: "\r") { after += 1 }
        guard after >= end || bytes[after] == separator || bytes[after] == UInt8(ascii: "\n") else { return false }
        var (first, last) = (start, stop)
        while first < last, bytes[first] == UInt8(ascii: " ") { first += 1 }
        while last > first, bytes[last - 1] == UInt8(ascii: " ") { last -= 1 }
        fields.append(Field(start: first, end: last))
        nextLine += lines
        position = after
        return true
    }
}
