/// Takes CSV (RFC 4180) apart, record by record, from pieces of any size: memory does not grow with the text.
///
/// Records end with a line feed, a carriage return, or both. A quote within a field that does not start with one is just
/// a quote.
struct CSVScanner: ~Copyable {
    /// Reads the next bytes into a buffer; 0 at the end.
    typealias Source = (UnsafeMutableRawBufferPointer) throws -> Int

    /// Where the record begins, from 1.
    private(set) var line = 1
    /// How many bytes of the text come before what is in the buffer.
    private var offset = 0
    /// Whether just the fields that need quotes have them, and the record ends with a line feed alone: as this program
    /// writes it.
    private(set) var isPlain = false
    /// Whether the text ends within the record, which has no line end: it may be cut within its last field, unless that is
    /// in quotes.
    private(set) var isOpen = false

    private let source: Source
    private let separator: UInt8
    private var buffer: UnsafeMutableRawBufferPointer
    private var start = 0
    private var end = 0
    private var isAtEnd = false
    private var nextLine = 1
    private var recordStart = 0
    private var recordEnd = 0
    private var fieldBuffer: UnsafeMutableBufferPointer<UnsafeRawBufferPointer>
    private var count = 0
    /// Fields that were quoted, without their quotes.
    private var unquoted: UnsafeMutableRawBufferPointer

    /// Blocks of this size are looked at together, also beyond the end of what was filled.
    private static let block = 64

    /// - Parameter capacity: how many bytes are read at a time; a longer record makes room for itself.
    init(separator: UInt8 = UInt8(ascii: ","), capacity: Int = 1 << 18, source: @escaping Source) {
        self.separator = separator
        self.source = source
        buffer = .allocate(byteCount: capacity + Self.block, alignment: 16)
        buffer.initializeMemory(as: UInt8.self, repeating: 0)
        fieldBuffer = .allocate(capacity: 2 * Self.block)
        unquoted = .allocate(byteCount: 0, alignment: 1)
    }

    /// Takes `bytes` apart.
    init(_ bytes: [UInt8], separator: UInt8 = UInt8(ascii: ",")) {
        var position = 0
        self.init(separator: separator, capacity: min(bytes.count + 1, 1 << 18)) { buffer in
            let count = min(buffer.count, bytes.count - position)
            bytes.withUnsafeBytes { buffer.copyMemory(from: .init(rebasing: $0[position..<(position + count)])) }
            position += count
            return count
        }
    }

    deinit {
        buffer.deallocate()
        fieldBuffer.deallocate()
        unquoted.deallocate()
    }

    /// The record's fields, which are gone when the next one is read.
    var fields: UnsafeBufferPointer<UnsafeRawBufferPointer> {
        UnsafeBufferPointer(rebasing: UnsafeBufferPointer(fieldBuffer)[..<count])
    }

    /// The record as it stands in the text, its line end included.
    var raw: UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(buffer)[recordStart..<recordEnd])
    }

    /// Where the next record begins: the number of bytes before it.
    var nextOffset: Int { offset + start }

    /// Whether the text has nothing at all, after `next` has looked.
    private(set) var isEmpty = true

    /// Goes to the next record; false at the end.
    ///
    /// - Throws: `JournalFormatError`, or what the source throws.
    mutating func next() throws -> Bool {
        if start == 0, end == 0, !isAtEnd {
            try fill()
            if end >= 3, buffer[0] == 0xEF, buffer[1] == 0xBB, buffer[2] == 0xBF { start = 3 }
        }
        line = nextLine
        while true {
            if start == end, isAtEnd { return false }
            if try scan() { return true }
            try fill()
        }
    }

    /// Makes the next record of what is in the buffer; false when it does not end there and there may be more.
    private mutating func scan() throws(JournalFormatError) -> Bool {
        // What the loop needs, where nothing else can change it.
        let (end, separator) = (end, separator)
        let base = UnsafeRawPointer(buffer.baseAddress!)
        var places = fieldBuffer.baseAddress!
        var room = fieldBuffer.count
        var position = start
        var fieldStart = start
        var found = 0
        var high: UInt64 = 0
        var quoting = Quoting()
        @inline(__always) func add(_ from: Int, _ to: Int) {
            places[found] = UnsafeRawBufferPointer(start: base + from, count: to - from)
            found += 1
        }
        blocks: while position < end {
            if room - found < Self.block {
                growFields(found)
                places = fieldBuffer.baseAddress!
                room = fieldBuffer.count
            }
            var candidates = Self.candidates(base + position, separator, &high)
            while candidates != 0 {
                let at = position + candidates.trailingZeroBitCount
                guard at < end else { break blocks }
                candidates &= candidates &- 1
                let byte = base.load(fromByteOffset: at, as: UInt8.self)
                if byte == separator {
                    add(fieldStart, at)
                    fieldStart = at + 1
                } else if byte == UInt8(ascii: "\n") {
                    add(fieldStart, at)
                    try finish(found, at + 1, isPlain: quoting.isPlain, high | quoting.high, lines: quoting.lines)
                    return true
                } else if byte == UInt8(ascii: "\r") {
                    guard at + 1 < end || isAtEnd else { return false }
                    add(fieldStart, at)
                    let isPair = at + 1 < end && buffer[at + 1] == UInt8(ascii: "\n")
                    try finish(found, at + (isPair ? 2 : 1), isPlain: false, high | quoting.high, lines: quoting.lines)
                    return true
                } else if byte == UInt8(ascii: "\"") {
                    guard at == fieldStart else {
                        quoting.isPlain = false
                        continue
                    }
                    // The field is what lies between the quotes, unless there are quotes within it.
                    guard let close = quoting.close(after: at, in: UnsafeRawBufferPointer(start: base, count: end)),
                        close + 1 < end, buffer[close + 1] == separator || buffer[close + 1] == UInt8(ascii: "\n")
                    else { return try scanQuoted() }
                    add(at + 1, close)
                    fieldStart = close + 2
                    if buffer[close + 1] == separator {
                        position = fieldStart
                        continue blocks
                    }
                    try finish(found, fieldStart, isPlain: quoting.isPlain, high | quoting.high, lines: quoting.lines)
                    return true
                }
            }
            position += Self.block
        }
        guard isAtEnd else { return false }
        if room == found { growFields(found) }
        places = fieldBuffer.baseAddress!
        add(fieldStart, end)
        try finish(found, end, isPlain: false, high | quoting.high, lines: quoting.lines)
        isOpen = true
        return true
    }

    /// Which of a block's bytes may end a field or be quotes: those below the digits, the letters, the point and the minus
    /// sign; between semicolons the digits too.
    @inline(__always)
    private static func candidates(
        _ start: UnsafeRawPointer, _ separator: UInt8, _ high: inout UInt64
    ) -> UInt64 {
        let (low, top): (UInt64, UInt64) = (0x0101_0101_0101_0101, 0x8080_8080_8080_8080)
        let below = separator == UInt8(ascii: ",") ? low &* 0x2D : low &* 0x3C
        var mask: UInt64 = 0
        for word in 0..<(block / 8) {
            let bytes = start.loadUnaligned(fromByteOffset: word * 8, as: UInt64.self).littleEndian
            high |= bytes
            let found = ~((bytes | top) &- below) & ~bytes & top
            // The highest bit of each byte, put together.
            mask |= (((found >> 7) &* 0x0102_0408_1020_4080) >> 56) << UInt64(word * 8)
        }
        return mask
    }

    /// What the quotes of a record come to.
    private struct Quoting {
        /// Whether just the fields that need quotes have them.
        var isPlain = true
        /// Line ends within fields.
        var lines = 0
        /// Not 0 in its highest bits when a field holds more than ASCII.
        var high: UInt64 = 0

        /// Where the field that begins with the quote at `open` ends, if no quote lies within it.
        mutating func close(after open: Int, in bytes: UnsafeRawBufferPointer) -> Int? {
            var index = open + 1
            var isNeeded = false
            while index < bytes.count {
                let byte = bytes[index]
                high |= UInt64(byte)
                if byte < 0x2D {
                    if byte == UInt8(ascii: "\"") { break }
                    if byte == UInt8(ascii: "\n") { lines += 1 }
                    if byte == UInt8(ascii: ",") || byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") {
                        isNeeded = true
                    }
                }
                index += 1
            }
            if !isNeeded { isPlain = false }
            return index < bytes.count ? index : nil
        }
    }

    /// As `scan`, for a record with quotes within fields, or one that is cut or malformed.
    private mutating func scanQuoted() throws(JournalFormatError) -> Bool {
        if unquoted.count < end - start {
            unquoted.deallocate()
            unquoted = .allocate(byteCount: end - start, alignment: 1)
        }
        let base = UnsafeRawPointer(buffer.baseAddress!)
        var position = start
        var written = 0
        var found = 0
        var lines = 0
        var isPlain = true
        while true {
            let content = written
            var needsQuotes = false
            if position < end, buffer[position] == UInt8(ascii: "\"") {
                let openLine = nextLine + lines
                position += 1
                while true {
                    guard position < end else {
                        guard isAtEnd else { return false }
                        throw JournalFormatError(line: openLine, problem: "a quoted field does not end")
                    }
                    let byte = buffer[position]
                    position += 1
                    if byte == UInt8(ascii: "\"") {
                        guard position < end || isAtEnd else { return false }
                        guard position < end, buffer[position] == UInt8(ascii: "\"") else { break }
                        position += 1
                    }
                    if byte == UInt8(ascii: "\n") { lines += 1 }
                    if byte == UInt8(ascii: "\"") || isEnd(byte) { needsQuotes = true }
                    unquoted[written] = byte
                    written += 1
                }
                if !needsQuotes { isPlain = false }
                if position < end, !isEnd(buffer[position]) {
                    throw JournalFormatError(line: nextLine + lines, problem: "text after a closing quote")
                }
            } else {
                while position < end, !isEnd(buffer[position]) {
                    if buffer[position] == UInt8(ascii: "\"") { isPlain = false }
                    unquoted[written] = buffer[position]
                    written += 1
                    position += 1
                }
            }
            add(UnsafeRawPointer(unquoted.baseAddress!) + content, written - content, &found)
            guard position < end else {
                guard isAtEnd else { return false }
                isPlain = false
                isOpen = position == 0 || buffer[position - 1] != UInt8(ascii: "\"")
                break
            }
            let byte = buffer[position]
            if byte == UInt8(ascii: "\r") { isPlain = false }
            if byte == UInt8(ascii: "\r"), position + 1 >= end, !isAtEnd { return false }
            position += 1
            if byte == separator { continue }
            if byte == UInt8(ascii: "\r"), position < end, buffer[position] == UInt8(ascii: "\n") { position += 1 }
            break
        }
        guard
            String(validating: UnsafeRawBufferPointer(start: base + start, count: position - start), as: UTF8.self)
                != nil
        else { throw JournalFormatError(line: nextLine + lines, problem: Self.notText) }
        recordStart = start
        recordEnd = position
        start = position
        count = found
        self.isPlain = isPlain
        nextLine += lines + 1
        return true
    }

    private func isEnd(_ byte: UInt8) -> Bool {
        byte == separator || byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r")
    }

    private mutating func finish(
        _ found: Int, _ after: Int, isPlain: Bool, _ high: UInt64, lines: Int = 0
    ) throws(JournalFormatError) {
        if high & 0x8080_8080_8080_8080 != 0 {
            let record = UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(buffer)[start..<after])
            guard String(validating: record, as: UTF8.self) != nil else {
                throw JournalFormatError(line: nextLine, problem: Self.notText)
            }
        }
        recordStart = start
        recordEnd = after
        start = after
        count = found
        self.isPlain = isPlain
        nextLine += lines + 1
    }

    private static let notText = "bytes that are not UTF-8 text"

    @inline(__always)
    private mutating func add(_ field: UnsafeRawPointer, _ length: Int, _ found: inout Int) {
        if found == fieldBuffer.count { growFields(found) }
        fieldBuffer[found] = UnsafeRawBufferPointer(start: field, count: length)
        found += 1
    }

    private mutating func growFields(_ used: Int) {
        let larger = UnsafeMutableBufferPointer<UnsafeRawBufferPointer>.allocate(capacity: (used + Self.block) * 2)
        for index in 0..<used { larger[index] = fieldBuffer[index] }
        fieldBuffer.deallocate()
        fieldBuffer = larger
    }

    /// Reads more, behind what has not been taken apart yet.
    private mutating func fill() throws {
        let rest = end - start
        let capacity = buffer.count - Self.block
        if rest * 2 > capacity {
            let larger = UnsafeMutableRawBufferPointer.allocate(
                byteCount: capacity * 2 + Self.block, alignment: 16)
            larger.initializeMemory(as: UInt8.self, repeating: 0)
            larger.copyMemory(from: .init(rebasing: buffer[start..<end]))
            buffer.deallocate()
            buffer = larger
        } else if start > 0 {
            UnsafeMutableRawBufferPointer(rebasing: buffer[0..<rest])
                .copyMemory(from: .init(rebasing: buffer[start..<end]))
        }
        offset += start
        start = 0
        end = rest
        let count = try source(
            UnsafeMutableRawBufferPointer(rebasing: buffer[rest..<(buffer.count - Self.block)]))
        if count == 0 { isAtEnd = true } else { isEmpty = false }
        end += count
    }
}
