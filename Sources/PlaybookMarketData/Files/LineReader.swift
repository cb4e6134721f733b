import PlaybookFileSystem

/// Reads a text file line by line through one buffer of fixed size.
struct LineReader: ~Copyable {
    /// The longest line that is read, in bytes.
    static let longestLine = 1 << 20

    private let file: FileReader
    private let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: LineReader.longestLine, alignment: 16)
    private var start = 0
    private var end = 0
    private var atEnd = false
    /// The number of the line last read, from 1.
    private(set) var line = 0

    /// A line that does not fit the buffer.
    struct LineTooLong: Error {}

    /// Where the next byte to be read into the buffer lies in the file.
    private var offset = 0
    /// Lines that start before this place in the file are read.
    private let limit: Int

    private init(_ file: consuming FileReader, offset: Int, limit: Int) {
        self.file = file
        self.offset = offset
        self.limit = limit
    }

    init(_ path: String) throws(FileError) {
        self.init(try FileReader(path), offset: 0, limit: .max)
    }

    /// A reader of the lines that start at or after `range.lowerBound`, which is 1 or more, and before
    /// `range.upperBound`. Their numbers are not those of the file.
    static func lines(of path: String, at range: Range<Int>) throws -> LineReader {
        // What follows the line feed at or after the byte before the range starts a line.
        let file = try FileReader(path)
        try file.seek(to: range.lowerBound - 1)
        var reader = LineReader(file, offset: range.lowerBound - 1, limit: range.upperBound)
        _ = try reader.next()
        return reader
    }

    deinit { buffer.deallocate() }

    /// Size of the file in bytes.
    var size: Int { file.size }

    /// The next line without its end (`\n` or `\r\n`), valid until the next call; nil at the end of the file.
    mutating func next() throws -> UnsafeBufferPointer<UInt8>? {
        guard offset - (end - start) < limit else { return nil }
        var searched = start
        while true {
            let bytes = UnsafeRawBufferPointer(rebasing: buffer[searched..<end])
            if let newline = firstNewline(bytes) {
                let lineEnd = searched + newline
                let result = trimmed(start, lineEnd)
                start = lineEnd + 1
                line += 1
                return result
            }
            searched = end
            if atEnd {
                guard start < end else { return nil }
                let result = trimmed(start, end)
                start = end
                line += 1
                return result
            }
            if end == buffer.count {
                guard start > 0 else {
                    line += 1
                    throw LineTooLong()
                }
                buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: buffer[start..<end]))
                searched -= start
                end -= start
                start = 0
            }
            let count = try file.read(into: UnsafeMutableRawBufferPointer(rebasing: buffer[end..<buffer.count]))
            atEnd = count == 0
            end += count
            offset += count
        }
    }

    private func trimmed(_ lower: Int, _ upper: Int) -> UnsafeBufferPointer<UInt8> {
        let bytes = UnsafeRawBufferPointer(rebasing: buffer[lower..<upper]).bindMemory(to: UInt8.self)
        guard bytes.last == UInt8(ascii: "\r") else { return bytes }
        return UnsafeBufferPointer(rebasing: bytes.dropLast())
    }

    /// Position of the first line feed, 8 bytes at a time (H. Warren, "Hacker's Delight", "Find first 0-byte").
    @inline(__always)
    private func firstNewline(_ bytes: UnsafeRawBufferPointer) -> Int? {
        var index = 0
        let pattern: UInt64 = 0x0A0A_0A0A_0A0A_0A0A
        while index + 8 <= bytes.count {
            let word = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self)) ^ pattern
            let hit = (word &- 0x0101_0101_0101_0101) & ~word & 0x8080_8080_8080_8080
            if hit != 0 { return index + hit.trailingZeroBitCount / 8 }
            index += 8
        }
        while index < bytes.count {
            if bytes[index] == UInt8(ascii: "\n") { return index }
            index += 1
        }
        return nil
    }
}
