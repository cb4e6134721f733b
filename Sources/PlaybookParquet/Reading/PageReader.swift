/// A page, decompressed.
struct Page {
    var isDictionary: Bool
    /// The row of the first value, counted from 0 in the chunk.
    var firstRow = 0
    /// Values, nulls among them.
    var valueCount: Int
    /// Values that are not null; which ones, `PageReader.presence` says.
    var presentCount: Int
    var encoding: Encoding
    /// The encoded values. At least 8 bytes after them can be read.
    var values: UnsafeRawBufferPointer
    /// Whether they are there until the next dictionary, rather than until the next page.
    var isKept = false
}

/// Goes through the pages of a column chunk.
struct PageReader: ~Copyable {
    private let file: ParquetFile.Bytes
    private let leaf: Leaf
    private let scratch: Scratch
    /// The part of the chunk that is in memory, and where it begins in the chunk.
    private var window = UnsafeRawBufferPointer(start: nil, count: 0)
    private var windowStart = 0
    private let decompressor = Decompressor()
    private var chunk = ColumnChunk(type: .int32, codec: 0, valueCount: 0, range: 0..<0)
    private var codec = CompressionCodec.uncompressed
    private var position = 0
    private var valuesLeft = 0
    /// The rows that are wanted, counted from 0 in the chunk.
    private var wanted = 0..<0
    /// Bytes that may yet be decompressed: so many as the file's size makes likely.
    private var budget: Int
    private let checksChecksums: Bool
    /// Where the page read last begins in the file, for errors.
    private(set) var pageStart = 0
    /// For each value of a page that has nulls, 1 if it is there and 0 if it is null.
    private(set) var presence: [UInt8] = []

    private static let mostPageBytes = 64 << 20
    /// So many bytes of a file are read at a time: they are still near when they are decompressed.
    private static let windowSize = 256 << 10
    /// Few heads of pages are longer.
    private static let usualHead = 4 << 10

    /// - Parameters:
    ///   - scratch: working memory that nobody else uses meanwhile.
    ///   - checksChecksums: Whether pages that bear a checksum are compared with it.
    init(_ file: ParquetFile.Bytes, _ leaf: Leaf, _ scratch: Scratch, checksChecksums: Bool) {
        self.file = file
        self.leaf = leaf
        self.scratch = scratch
        self.checksChecksums = checksChecksums
        budget = file.count.multipliedClamped(by: 1024).addingClamped(Self.mostPageBytes)
    }

    /// Begins with `chunk`, which has `rowCount` rows; pages that hold none of `rows` are passed over.
    mutating func begin(_ chunk: ColumnChunk, rowCount: Int, rows: Range<Int>) throws(ParquetError) {
        guard let codec = CompressionCodec(rawValue: chunk.codec) else {
            throw ParquetError("unknown compression \(chunk.codec)")
        }
        guard chunk.valueCount == rowCount else {
            throw ParquetError("\(chunk.valueCount) values for \(rowCount) rows")
        }
        self.codec = codec
        self.chunk = chunk
        position = 0
        pageStart = chunk.range.lowerBound
        window = UnsafeRawBufferPointer(start: nil, count: 0)
        if case .memory(let all) = file { window = UnsafeRawBufferPointer(rebasing: all[chunk.range]) }
        windowStart = 0
        valuesLeft = rowCount
        wanted = rows
    }

    /// The row that the next page begins with.
    private var row: Int { chunk.valueCount - valuesLeft }

    /// The next page of values or dictionary; nil when all values that are wanted have been handed out.
    mutating func next() throws(ParquetError) -> Page? {
        while valuesLeft > 0, row < wanted.upperBound {
            pageStart = chunk.range.lowerBound + position
            guard position < chunk.range.count else { throw ParquetError("the pages end \(valuesLeft) values early") }
            let (header, start) = try head()
            guard header.compressedSize <= chunk.range.count - start else {
                throw ParquetError("a page of \(header.compressedSize) bytes does not fit")
            }
            position = start + header.compressedSize
            if header.type == .data || header.type == .dataV2, header.valueCount <= wanted.lowerBound - row {
                valuesLeft -= header.valueCount
                continue
            }
            try hold(start..<position)
            let bytes = UnsafeRawBufferPointer(rebasing: window[(start - windowStart)..<(position - windowStart)])
            if checksChecksums, let checksum = header.checksum, Checksum.crc32(bytes) != checksum {
                throw ParquetError("the page is damaged: its bytes do not match its checksum")
            }
            switch header.type {
            case .data: return try dataPage(header, bytes)
            case .dataV2: return try dataPageV2(header, bytes)
            case .dictionary:
                // Entries that no row refers to are allowed, but not any number of them.
                guard header.valueCount <= chunk.valueCount + (1 << 20) else {
                    throw ParquetError("a dictionary of \(header.valueCount) entries for \(chunk.valueCount) rows")
                }
                try checkPlausible(header, values: header.valueCount)
                let values = try decompressed(
                    bytes, size: header.uncompressedSize, isCompressed: true, isDictionary: true)
                return Page(
                    isDictionary: true, valueCount: header.valueCount, presentCount: header.valueCount,
                    encoding: try encoding(header.encoding), values: values, isKept: codec != .uncompressed)
            case .index, nil: continue
            }
        }
        return nil
    }

    /// The next page's head, and where its bytes begin in the chunk.
    private mutating func head() throws(ParquetError) -> (PageHeader, start: Int) {
        try hold(position..<min(position + Self.usualHead, chunk.range.count))
        do throws(ParquetError) {
            return try parsedHead()
        } catch {
            // It may be longer.
            guard windowStart + window.count < chunk.range.count else { throw error }
            try hold(position..<chunk.range.count)
            return try parsedHead()
        }
    }

    private func parsedHead() throws(ParquetError) -> (PageHeader, start: Int) {
        guard let base = window.baseAddress else { throw ParquetError("the page's head is cut off") }
        var reader = ThriftReader(
            base, (position - windowStart)..<window.count, origin: chunk.range.lowerBound + windowStart)
        let header = try PageHeader(&reader)
        return (header, windowStart + reader.position)
    }

    /// Has `range` of the chunk in memory: what was there may go.
    private mutating func hold(_ range: Range<Int>) throws(ParquetError) {
        guard range.lowerBound < windowStart || range.upperBound > windowStart + window.count,
            case .source(let source) = file
        else { return }
        let end = min(chunk.range.count, max(range.upperBound, range.lowerBound + Self.windowSize))
        let room = scratch.areas.window.room(end - range.lowerBound)
        try source.read(at: chunk.range.lowerBound + range.lowerBound, into: room)
        scratch.areas.window.endAfter(room.count)
        window = UnsafeRawBufferPointer(room)
        windowStart = range.lowerBound
    }

    private func encoding(_ raw: Int32) throws(ParquetError) -> Encoding {
        guard let encoding = Encoding(rawValue: raw) else { throw ParquetError("unknown encoding \(raw)") }
        return encoding
    }

    /// Throws if a page says to be larger than its values can make it.
    private func checkPlausible(_ header: PageHeader, values: Int) throws(ParquetError) {
        var most = Self.mostPageBytes
        if leaf.type != .byteArray {
            // Levels, widths and the padding of the last block come on top of the values.
            most = min(most, values.multipliedClamped(by: leaf.width + 6).addingClamped(64 << 10))
        }
        guard header.uncompressedSize <= most else {
            throw ParquetError("\(header.uncompressedSize) bytes for \(values) values is not plausible")
        }
    }

    private mutating func takeValues(_ header: PageHeader) throws(ParquetError) {
        guard header.valueCount <= valuesLeft else {
            throw ParquetError("\(header.valueCount) values where \(valuesLeft) are left in the row group")
        }
        valuesLeft -= header.valueCount
        try checkPlausible(header, values: header.valueCount)
    }

    private mutating func dataPage(
        _ header: PageHeader, _ bytes: UnsafeRawBufferPointer
    ) throws(ParquetError) -> Page {
        let first = row
        try takeValues(header)
        var values = try decompressed(bytes, size: header.uncompressedSize, isCompressed: true)
        var present = header.valueCount
        if leaf.column.isOptional && header.valueCount > 0 {
            guard header.levelEncoding == Encoding.rle.rawValue else {
                throw ParquetError("nulls are marked in an encoding that is not supported (\(header.levelEncoding))")
            }
            guard values.count >= 4 else { throw ParquetError("the marks of nulls are cut off") }
            let length = Int(UInt32(littleEndian: values.loadUnaligned(as: UInt32.self)))
            guard length <= values.count - 4 else { throw ParquetError("the marks of nulls are cut off") }
            present = try levels(UnsafeRawBufferPointer(rebasing: values[4..<(4 + length)]), header.valueCount)
            values = UnsafeRawBufferPointer(rebasing: values[(4 + length)...])
        }
        return Page(
            isDictionary: false, firstRow: first, valueCount: header.valueCount, presentCount: present,
            encoding: try encoding(header.encoding), values: values)
    }

    private mutating func dataPageV2(
        _ header: PageHeader, _ bytes: UnsafeRawBufferPointer
    ) throws(ParquetError) -> Page {
        let first = row
        try takeValues(header)
        let levelBytes = header.levelBytes.addingClamped(header.repetitionBytes)
        guard levelBytes <= bytes.count, levelBytes <= header.uncompressedSize, header.repetitionBytes == 0 else {
            throw ParquetError("the marks of nulls do not fit")
        }
        var present = header.valueCount
        if leaf.column.isOptional {
            present = try levels(UnsafeRawBufferPointer(rebasing: bytes[..<levelBytes]), header.valueCount)
        }
        let values = try decompressed(
            UnsafeRawBufferPointer(rebasing: bytes[levelBytes...]), size: header.uncompressedSize - levelBytes,
            isCompressed: header.isCompressed)
        return Page(
            isDictionary: false, firstRow: first, valueCount: header.valueCount, presentCount: present,
            encoding: try encoding(header.encoding), values: values)
    }

    private mutating func levels(_ bytes: UnsafeRawBufferPointer, _ count: Int) throws(ParquetError) -> Int {
        do {
            return try HybridRuns.presence(bytes, count: count, into: &presence)
        } catch {
            throw error.within("marks of nulls")
        }
    }

    private mutating func decompressed(
        _ bytes: UnsafeRawBufferPointer, size: Int, isCompressed: Bool,
        isDictionary: Bool = false
    ) throws(ParquetError) -> UnsafeRawBufferPointer {
        if codec == .uncompressed || !isCompressed {
            guard bytes.count == size else { throw ParquetError("the page has \(bytes.count) bytes, not \(size)") }
            return bytes
        }
        guard size <= budget else { throw ParquetError("the pages expand to more than the file's size makes likely") }
        budget -= size
        if size == 0 { return UnsafeRawBufferPointer(rebasing: bytes[..<0]) }
        // A dictionary has a place of its own: it is looked at as long as its row group is read.
        let target = isDictionary ? scratch.areas.dictionaryPage.room(size) : scratch.areas.page.room(size)
        try decompressor.decompress(codec, bytes, into: target)
        if isDictionary { scratch.areas.dictionaryPage.endAfter(size) } else { scratch.areas.page.endAfter(size) }
        return UnsafeRawBufferPointer(target)
    }
}
