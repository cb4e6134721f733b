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
}

/// Goes through the pages of a column chunk.
struct PageReader: ~Copyable {
    private let file: UnsafeRawBufferPointer
    private let leaf: Leaf
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
    private var buffer = UnsafeMutableRawBufferPointer(start: nil, count: 0)
    /// Where the page read last begins, for errors.
    private(set) var pageStart = 0
    /// For each value of a page that has nulls, 1 if it is there and 0 if it is null.
    private(set) var presence: [UInt8] = []

    private static let mostPageBytes = 64 << 20
    private static let slack = 16

    /// - Parameter checksChecksums: Whether pages that bear a checksum are compared with it.
    init(_ file: UnsafeRawBufferPointer, _ leaf: Leaf, checksChecksums: Bool) {
        self.file = file
        self.leaf = leaf
        self.checksChecksums = checksChecksums
        budget = file.count.multipliedClamped(by: 1024).addingClamped(Self.mostPageBytes)
    }

    deinit { buffer.deallocate() }

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
        position = chunk.range.lowerBound
        pageStart = position
        valuesLeft = rowCount
        wanted = rows
    }

    /// The row that the next page begins with.
    private var row: Int { chunk.valueCount - valuesLeft }

    /// The next page of values or dictionary; nil when all values that are wanted have been handed out.
    mutating func next() throws(ParquetError) -> Page? {
        while valuesLeft > 0, row < wanted.upperBound {
            pageStart = position
            guard position < chunk.range.upperBound, let base = file.baseAddress else {
                throw ParquetError("the pages end \(valuesLeft) values early")
            }
            var reader = ThriftReader(base, position..<chunk.range.upperBound)
            let header = try PageHeader(&reader)
            guard header.compressedSize <= chunk.range.upperBound - reader.position else {
                throw ParquetError("a page of \(header.compressedSize) bytes does not fit")
            }
            let body = reader.position..<(reader.position + header.compressedSize)
            position = body.upperBound
            let bytes = UnsafeRawBufferPointer(rebasing: file[body])
            if header.type == .data || header.type == .dataV2, header.valueCount <= wanted.lowerBound - row {
                valuesLeft -= header.valueCount
                continue
            }
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
                let values = try decompressed(bytes, size: header.uncompressedSize, isCompressed: true)
                return Page(
                    isDictionary: true, valueCount: header.valueCount, presentCount: header.valueCount,
                    encoding: try encoding(header.encoding), values: values)
            case .index, nil: continue
            }
        }
        return nil
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
        _ bytes: UnsafeRawBufferPointer, size: Int, isCompressed: Bool
    ) throws(ParquetError) -> UnsafeRawBufferPointer {
        if codec == .uncompressed || !isCompressed {
            guard bytes.count == size else { throw ParquetError("the page has \(bytes.count) bytes, not \(size)") }
            return bytes
        }
        guard size <= budget else { throw ParquetError("the pages expand to more than the file's size makes likely") }
        budget -= size
        if size == 0 { return UnsafeRawBufferPointer(rebasing: bytes[..<0]) }
        if buffer.count < size + Self.slack {
            buffer.deallocate()
            buffer = .allocate(byteCount: size + Self.slack, alignment: 16)
        }
        let target = UnsafeMutableRawBufferPointer(rebasing: buffer[..<size])
        try decompressor.decompress(codec, bytes, into: target)
        UnsafeMutableRawBufferPointer(rebasing: buffer[size..<(size + Self.slack)])
            .initializeMemory(as: UInt8.self, repeating: 0)
        return UnsafeRawBufferPointer(target)
    }
}
