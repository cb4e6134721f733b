/// What comes before a page's bytes.
struct PageHeader {
    var type: PageType?
    var uncompressedSize = 0
    var compressedSize = 0
    var checksum: UInt32?
    /// Values, nulls among them.
    var valueCount = 0
    var encoding: Int32 = 0
    var levelEncoding: Int32 = 3
    /// Of a data page of version 2.
    var levelBytes = 0
    var repetitionBytes = 0
    var isCompressed = true

    init(_ reader: inout ThriftReader) throws(ParquetError) {
        var last = 0
        var sizesSeen = 0
        while let field = try reader.field(after: &last) {
            switch field.id {
            case 1: type = PageType(rawValue: try reader.int32(field))
            case 2:
                uncompressedSize = Int(try reader.int32(field))
                sizesSeen |= 1
            case 3:
                compressedSize = Int(try reader.int32(field))
                sizesSeen |= 2
            case 4: checksum = UInt32(bitPattern: try reader.int32(field))
            case 5 where type == .data, 7 where type == .dictionary, 8 where type == .dataV2:
                guard field.type == .structure else { throw reader.error("the page's head is not a structure") }
                if type == .dataV2 { try readV2(&reader) } else { try readV1(&reader) }
            default: try reader.skip(field)
            }
        }
        guard sizesSeen == 3, uncompressedSize >= 0, compressedSize >= 0 else {
            throw reader.error("the page's head lacks its sizes")
        }
    }

    private mutating func readV1(_ reader: inout ThriftReader) throws(ParquetError) {
        var last = 0
        while let field = try reader.field(after: &last) {
            switch (field.id, type) {
            case (1, _): valueCount = try reader.size(field)
            case (2, _): encoding = try reader.int32(field)
            case (3, .data): levelEncoding = try reader.int32(field)
            default: try reader.skip(field)
            }
        }
    }

    private mutating func readV2(_ reader: inout ThriftReader) throws(ParquetError) {
        var last = 0
        var rowCount: Int?
        while let field = try reader.field(after: &last) {
            switch field.id {
            case 1: valueCount = try reader.size(field)
            case 2: _ = try reader.size(field)
            case 3: rowCount = try reader.size(field)
            case 4: encoding = try reader.int32(field)
            case 5: levelBytes = try reader.size(field)
            case 6: repetitionBytes = try reader.size(field)
            case 7: isCompressed = try reader.boolean(field)
            default: try reader.skip(field)
            }
        }
        // Nothing is repeated, so that a value is a row.
        if let rowCount, rowCount != valueCount {
            throw reader.error("the page's head has \(valueCount) values for \(rowCount) rows")
        }
    }
}
