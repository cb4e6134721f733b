/// Where the pages of one column in one row group are.
struct ColumnChunk {
    var type: PhysicalType
    var codec: Int32
    var valueCount: Int
    /// The pages, within the file.
    var range: Range<Int>
    /// The least and the largest of whole numbers of 64 bits, as the file says; nil if it does not.
    var extent: ClosedRange<Int64>?
}

/// Rows stored together, column by column.
struct RowGroup {
    var rowCount: Int
    /// One for each leaf of the schema.
    var chunks: [ColumnChunk]
}

/// What a file says of itself.
struct Footer {
    var leaves: [Leaf] = []
    var rowCount = 0
    var rowGroups: [RowGroup] = []
    var metadata: [(key: String, value: String)] = []
    var createdBy: String?

    /// More columns than anything sensible has.
    private static let mostColumns = 10_000
    /// Rows that a file of `size` bytes may claim: constant columns take few bytes, but not none.
    static func mostRows(size: Int) -> Int { min(size.multipliedClamped(by: 256).addingClamped(4 << 20), 1 << 28) }

    /// Parses the footer in `range` from `base` on, which is byte `origin` of a file of `size` bytes; column chunks have
    /// to end where the footer begins.
    init(_ base: UnsafeRawPointer, _ range: Range<Int>, origin: Int, size: Int) throws(ParquetError) {
        var reader = ThriftReader(base, range, origin: origin)
        var last = 0
        var schemaSeen = false
        while let field = try reader.field(after: &last) {
            switch field.id {
            case 2:
                leaves = try Self.schema(field, &reader)
                schemaSeen = true
            case 3: rowCount = try reader.size(field)
            case 4:
                guard schemaSeen else { throw reader.error("row groups come before the schema") }
                for _ in 0..<(try reader.list(field, of: .structure)) {
                    do {
                        rowGroups.append(try rowGroup(&reader, dataEnd: origin + range.lowerBound))
                    } catch {
                        throw error.within("row group \(rowGroups.count)")
                    }
                }
            case 5:
                for _ in 0..<(try reader.list(field, of: .structure)) {
                    if let entry = try Self.keyValue(&reader) { metadata.append(entry) }
                }
            case 6: createdBy = try reader.text(field)
            default: try reader.skip(field)
            }
        }
        guard schemaSeen else { throw ParquetError("the footer has no schema") }
        try checkRows(size: size)
    }

    private func checkRows(size: Int) throws(ParquetError) {
        let most = Self.mostRows(size: size)
        guard rowCount <= most else { throw ParquetError("\(rowCount) rows do not fit into a file of \(size) bytes") }
        var sum = 0
        for (number, group) in rowGroups.enumerated() {
            guard group.rowCount <= rowCount - sum else {
                throw ParquetError("row group \(number): more rows than the \(rowCount) of the file")
            }
            sum += group.rowCount
        }
        guard sum == rowCount else { throw ParquetError("row groups have \(sum) rows, the file \(rowCount)") }
    }

    private static func schema(
        _ field: ThriftReader.Field, _ reader: inout ThriftReader
    ) throws(ParquetError) -> [Leaf] {
        let count = try reader.list(field, of: .structure)
        guard count <= mostColumns else { throw reader.error("a schema of \(count) entries") }
        var elements: [SchemaElement] = []
        elements.reserveCapacity(count)
        for _ in 0..<count { elements.append(try SchemaElement(&reader)) }
        return try Leaf.all(of: elements)
    }

    private static func keyValue(_ reader: inout ThriftReader) throws(ParquetError) -> (key: String, value: String)? {
        var key: String?
        var value = ""
        var last = 0
        while let field = try reader.field(after: &last) {
            switch field.id {
            case 1: key = try reader.text(field)
            case 2: value = try reader.text(field)
            default: try reader.skip(field)
            }
        }
        return key.map { ($0, value) }
    }

    private func rowGroup(_ reader: inout ThriftReader, dataEnd: Int) throws(ParquetError) -> RowGroup {
        var rows: Int?
        var chunks: [ColumnChunk] = []
        var last = 0
        while let field = try reader.field(after: &last) {
            switch field.id {
            case 1:
                let count = try reader.list(field, of: .structure)
                guard count == leaves.count else {
                    throw reader.error("\(count) columns where the schema has \(leaves.count)")
                }
                chunks.reserveCapacity(count)
                for leaf in leaves {
                    do {
                        chunks.append(try Self.chunk(&reader, dataEnd: dataEnd, leaf))
                    } catch {
                        throw error.within(leaf.label)
                    }
                }
            case 3: rows = try reader.size(field)
            default: try reader.skip(field)
            }
        }
        guard let rows, chunks.count == leaves.count else { throw reader.error("columns or the row count are missing") }
        return RowGroup(rowCount: rows, chunks: chunks)
    }

    private static func chunk(
        _ reader: inout ThriftReader, dataEnd: Int, _ leaf: Leaf
    ) throws(ParquetError) -> ColumnChunk {
        var chunk: ColumnChunk?
        var last = 0
        while let field = try reader.field(after: &last) {
            switch field.id {
            case 1: throw reader.error("the values are in another file")
            case 3:
                guard field.type == .structure else {
                    throw reader.error("the column's description is not a structure")
                }
                chunk = try columnMetadata(&reader, dataEnd: dataEnd, leaf)
            case 8: throw reader.error("the column is encrypted")
            default: try reader.skip(field)
            }
        }
        guard let chunk else { throw reader.error("the column's description is missing") }
        return chunk
    }

    private static func columnMetadata(
        _ reader: inout ThriftReader, dataEnd: Int, _ leaf: Leaf
    ) throws(ParquetError) -> ColumnChunk {
        var type: Int32?
        var codec: Int32?
        var values: Int?
        var length: Int?
        var dataStart: Int?
        var dictionaryStart = 0
        var extent: ClosedRange<Int64>?
        var last = 0
        while let field = try reader.field(after: &last) {
            switch field.id {
            case 1: type = try reader.int32(field)
            case 4: codec = try reader.int32(field)
            case 5: values = try reader.size(field)
            case 7: length = try reader.size(field)
            case 9: dataStart = try reader.size(field)
            case 11: dictionaryStart = try reader.size(field)
            case 12 where field.type == .structure && leaf.type == .int64 && !leaf.isUnsigned:
                extent = try Self.extent(&reader)
            default: try reader.skip(field)
            }
        }
        guard let type, let codec, let values, let length, let dataStart else {
            throw reader.error("the column's description is incomplete")
        }
        guard type == leaf.type.rawValue else {
            throw reader.error("physical type \(type) where the schema has \(leaf.type.rawValue)")
        }
        // A column without values may be said to be anywhere.
        if values == 0 { return ColumnChunk(type: leaf.type, codec: codec, valueCount: 0, range: dataEnd..<dataEnd) }
        let start = dictionaryStart >= parquetMagic.count ? min(dictionaryStart, dataStart) : dataStart
        guard start >= parquetMagic.count, start <= dataEnd, length <= dataEnd - start else {
            throw reader.error("pages at byte \(start), \(length) bytes long, are not within the file")
        }
        return ColumnChunk(
            type: leaf.type, codec: codec, valueCount: values, range: start..<(start + length), extent: extent)
    }

    /// The least and the largest value that statistics name; nil if they make no sense.
    private static func extent(_ reader: inout ThriftReader) throws(ParquetError) -> ClosedRange<Int64>? {
        var (least, largest): (Int64?, Int64?)
        var last = 0
        while let field = try reader.field(after: &last) {
            switch field.id {
            // The older fields come first; for numbers with a sign they mean the same.
            case 1, 5: largest = try reader.word(field) ?? largest
            case 2, 6: least = try reader.word(field) ?? least
            default: try reader.skip(field)
            }
        }
        guard let least, let largest, least <= largest else { return nil }
        return least...largest
    }
}

extension Int {
    /// The product, or the largest number if that is too small for it; both are at least zero.
    func multipliedClamped(by other: Int) -> Int {
        let (product, overflow) = multipliedReportingOverflow(by: other)
        return overflow ? .max : product
    }

    /// The sum, or the largest number if that is too small for it; both are at least zero.
    func addingClamped(_ other: Int) -> Int {
        let (sum, overflow) = addingReportingOverflow(other)
        return overflow ? .max : sum
    }
}
