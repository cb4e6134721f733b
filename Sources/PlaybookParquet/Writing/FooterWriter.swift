/// The footer of a file that is being written.
struct FooterWriter {
    /// A column of a row group: where its pages went, and what they are.
    struct Chunk {
        var start: Int
        var dataStart: Int
        var size: Int
        var uncompressedSize: Int
        var valueCount: Int
        var encodings: [Encoding]
        var codec: CompressionCodec
        var hasDictionary: Bool
        var statistics: Statistics

        init(_ chunk: EncodedChunk, start: Int) {
            self.start = start
            dataStart = start + chunk.dataStart
            size = chunk.bytes.count
            uncompressedSize = chunk.uncompressedSize
            valueCount = chunk.valueCount
            encodings = chunk.encodings
            codec = chunk.codec
            hasDictionary = chunk.hasDictionary
            statistics = chunk.statistics
        }
    }

    struct Group {
        var rowCount: Int
        var start: Int
        var chunks: [Chunk] = []
    }

    var columns: [ParquetWriter.Column]
    var rowCount: Int
    var groups: [Group]
    var metadata: [(String, String)]
    var createdBy: String

    var bytes: [UInt8] {
        var thrift = ThriftWriter()
        thrift.structure { file in
            file.int32(1, 1)
            file.list(2, [nil] + columns.map(Optional.some)) { element, column in
                if let column { write(column, &element) } else { writeRoot(&element) }
            }
            file.int64(3, rowCount)
            file.list(4, Array(groups.enumerated())) { write($1.element, ordinal: $1.offset, &$0) }
            if !metadata.isEmpty {
                file.list(5, metadata) {
                    $0.text(1, $1.0)
                    $0.text(2, $1.1)
                }
            }
            file.text(6, createdBy)
            // The order of a column's type holds for all statistics.
            file.list(7, columns) { order, _ in order.structure(1) { _ in } }
        }
        return thrift.bytes
    }

    private func writeRoot(_ thrift: inout ThriftWriter) {
        thrift.text(4, "schema")
        thrift.int32(5, Int32(columns.count))
    }

    private func write(_ column: ParquetWriter.Column, _ thrift: inout ThriftWriter) {
        thrift.int32(1, column.values.type.rawValue)
        thrift.int32(3, column.values.isOptional ? 1 : 0)
        thrift.text(4, column.name)
        switch column.values {
        case .timestamps, .optionalTimestamps:
            thrift.int32(6, ConvertedType.timestampMicroseconds.rawValue)
            thrift.structure(10) {
                $0.structure(8) {
                    $0.boolean(1, true)
                    $0.structure(2) { $0.structure(2) { _ in } }
                }
            }
        case .dates:
            thrift.int32(6, ConvertedType.date.rawValue)
            thrift.structure(10) { $0.structure(6) { _ in } }
        case .strings, .optionalStrings:
            thrift.int32(6, ConvertedType.utf8.rawValue)
            thrift.structure(10) { $0.structure(1) { _ in } }
        case .doubles, .integers, .optionalDoubles, .optionalIntegers, .optionalBooleans: break
        }
    }

    private func write(_ group: Group, ordinal: Int, _ thrift: inout ThriftWriter) {
        thrift.list(1, Array(zip(columns, group.chunks))) { entry, pair in
            let (column, chunk) = pair
            entry.int64(2, 0)
            entry.structure(3) { write(chunk, column, &$0) }
        }
        thrift.int64(2, group.chunks.reduce(0) { $0 + $1.uncompressedSize })
        thrift.int64(3, group.rowCount)
        thrift.int64(5, group.start)
        thrift.int64(6, group.chunks.reduce(0) { $0 + $1.size })
        if let ordinal = Int16(exactly: ordinal) { thrift.int16(7, ordinal) }
    }

    private func write(_ chunk: Chunk, _ column: ParquetWriter.Column, _ thrift: inout ThriftWriter) {
        thrift.int32(1, column.values.type.rawValue)
        thrift.list(2, chunk.encodings.map(\.rawValue))
        thrift.list(3, [column.name])
        thrift.int32(4, chunk.codec.rawValue)
        thrift.int64(5, chunk.valueCount)
        thrift.int64(6, chunk.uncompressedSize)
        thrift.int64(7, chunk.size)
        thrift.int64(9, chunk.dataStart)
        if chunk.hasDictionary { thrift.int64(11, chunk.start) }
        thrift.structure(12) { chunk.statistics.write(&$0) }
    }
}

extension ParquetWriter.Column.Values {
    var type: PhysicalType {
        switch self {
        case .timestamps, .integers, .optionalTimestamps, .optionalIntegers: .int64
        case .dates: .int32
        case .doubles, .optionalDoubles: .double
        case .optionalBooleans: .boolean
        case .strings, .optionalStrings: .byteArray
        }
    }

    /// Whether values may be absent.
    var isOptional: Bool {
        switch self {
        case .timestamps, .dates, .doubles, .integers, .strings: false
        case .optionalTimestamps, .optionalDoubles, .optionalIntegers, .optionalBooleans, .optionalStrings: true
        }
    }
}
