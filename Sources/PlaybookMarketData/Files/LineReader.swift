import PlaybookFileSystem

/// Reads the whole lines of a text file, many at a time, through one buffer of fixed size.
struct LineReader: ~Copyable {
    /// The longest line that is read, in bytes.
    static let longestLine = 1 << 20
    /// How much is read at a time where lines are not longer: what a core keeps at hand.
    private static let step = 1 << 18

    private let file: FileReader
    private let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: LineReader.longestLine, alignment: 16)
    private var start = 0
    private var end = 0
    private var atEnd = false
    /// Where the next byte to be read into the buffer lies in the file.
    private var offset: Int
    /// Lines that start before this place in the file are read.
    private let limit: Int

    /// A line that does not fit the buffer.
    struct LineTooLong: Error {}

    private init(_ file: consuming FileReader, offset: Int, limit: Int) {
        self.file = file
        self.offset = offset
        self.limit = limit
    }

    /// A reader of the lines that start at or after `range.lowerBound`, which is 1 or more, and before
    /// `range.upperBound`.
    static func lines(of path: String, at range: Range<Int>) throws -> LineReader {
        // What follows the line feed at or after the byte before the range starts a line.
        let file = try FileReader(path)
        try file.seek(to: range.lowerBound - 1)
        var reader = LineReader(file, offset: range.lowerBound - 1, limit: range.upperBound)
        try reader.skipLine()
        return reader
    }

    /// Passes over what is left of a line.
    private mutating func skipLine() throws {
        while true {
            if let feed = firstFeed(from: start) {
                start = feed + 1
                return
            }
            start = end
            guard !atEnd else { return }
            try fill()
        }
    }

    deinit { buffer.deallocate() }

    /// Size of the file in bytes.
    var size: Int { file.size }

    /// The next lines, valid until the next call, each with its end but for the file's last; nil after the last of them.
    mutating func next() throws -> UnsafeBufferPointer<UInt8>? {
        while true {
            // Where the place lies that no line may start at.
            let bound = limit - (offset - end)
            guard bound > start else { return nil }
            let whole =
                if bound <= end {
                    // The line with the byte before it is the last.
                    firstFeed(from: bound - 1)
                } else {
                    lastFeed
                }
            if let whole { return take(whole + 1) }
            if atEnd { return start < end ? take(end) : nil }
            try fill()
        }
    }

    private mutating func take(_ upper: Int) -> UnsafeBufferPointer<UInt8> {
        defer { start = upper }
        return UnsafeRawBufferPointer(rebasing: buffer[start..<upper]).bindMemory(to: UInt8.self)
    }

    /// Reads on behind what was not taken yet.
    private mutating func fill() throws {
        if start > 0 {
            buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: buffer[start..<end]))
            end -= start
            start = 0
        }
        guard end < buffer.count else { throw LineTooLong() }
        let upper = min(end + Self.step, buffer.count)
        let count = try file.read(into: UnsafeMutableRawBufferPointer(rebasing: buffer[end..<upper]))
        atEnd = count == 0
        end += count
        offset += count
    }

    private func firstFeed(from lower: Int) -> Int? {
        buffer[lower..<end].firstIndex(of: UInt8(ascii: "\n"))
    }

    private var lastFeed: Int? { buffer[start..<end].lastIndex(of: UInt8(ascii: "\n")) }
}
