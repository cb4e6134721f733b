/// Writes columns as a Parquet file: compressed with zstd, a checksum on every page, statistics, and a seal over the whole
/// (`ParquetFile.verifySeal`). The same columns give the same bytes.
public struct ParquetWriter: Sendable {
    /// A column.
    public struct Column: Sendable {
        /// Values by kind.
        public enum Values: Sendable {
            /// Instants in microseconds since 1970-01-01T00:00:00Z.
            case timestamps([Int64])
            /// Days since 1970-01-01.
            case dates([Int32])
            case doubles([Double])
            case integers([Int64])
            case strings([String])
            /// Each of which may be absent.
            case optionalTimestamps([Int64?])
            case optionalDoubles([Double?])
            case optionalIntegers([Int64?])
            case optionalBooleans([Bool?])
            case optionalStrings([String?])
        }

        /// The name.
        public var name: String
        /// One value a row.
        public var values: Values

        /// A column called `name`.
        public init(_ name: String, _ values: Values) {
            self.name = name
            self.values = values
        }
    }

    /// What zstd is told: 1 (fast) to 19 (small).
    public var compressionLevel = 3
    /// Leaves a column uncompressed unless zstd halves it: a larger file that is read in less time.
    public var compressesWhereItHalves = false
    /// Rows stored together at most.
    public var rowsPerGroup = 1 << 20
    /// Who writes, after "trading-playbook version ".
    public var version: String

    /// A writer of `version` of the program.
    public init(version: String = "0") { self.version = version }

    /// The file of `columns`, which have to have as many values each, and of `metadata`.
    public func encode(_ columns: [Column], metadata: [(String, String)] = []) -> [UInt8] {
        let rows = columns.first?.values.count ?? 0
        precondition(columns.allSatisfy { $0.values.count == rows }, "columns have as many values each")
        let compressor = PageCompressor(
            level: Int32(min(max(compressionLevel, 1), 19)), halvesOnly: compressesWhereItHalves)
        var file = parquetMagic
        var groups: [FooterWriter.Group] = []
        for start in stride(from: 0, to: rows, by: max(1, rowsPerGroup)) {
            let range = start..<min(start + max(1, rowsPerGroup), rows)
            var group = FooterWriter.Group(rowCount: range.count, start: file.count)
            for column in columns {
                let chunk = column.values.encoded(range, compressor).settled
                group.chunks.append(FooterWriter.Chunk(chunk, start: file.count))
                file += chunk.bytes
            }
            groups.append(group)
        }
        let seal = file.count
        file += Seal.blank
        let footer = FooterWriter(
            columns: columns, rowCount: rows, groups: groups, metadata: metadata,
            createdBy: "trading-playbook version \(version)"
        ).bytes
        file += footer
        withUnsafeBytes(of: UInt32(footer.count).littleEndian) { file.append(contentsOf: $0) }
        file += parquetMagic
        let checksum = file.withUnsafeBytes { Seal.checksum($0, at: seal) }
        for byte in 0..<4 {
            file[seal + Seal.checksumOffset + byte] = UInt8(truncatingIfNeeded: checksum >> UInt32(byte * 8))
        }
        return file
    }
}

extension ParquetWriter.Column.Values {
    var count: Int {
        switch self {
        case .timestamps(let values), .integers(let values): values.count
        case .dates(let values): values.count
        case .doubles(let values): values.count
        case .strings(let values): values.count
        case .optionalTimestamps(let values), .optionalIntegers(let values): values.count
        case .optionalDoubles(let values): values.count
        case .optionalBooleans(let values): values.count
        case .optionalStrings(let values): values.count
        }
    }

    func encoded(_ rows: Range<Int>, _ compressor: borrowing PageCompressor) -> EncodedChunk {
        switch self {
        case .timestamps(let values), .integers(let values): .integers(values, rows, compressor)
        case .dates(let values): .days(values, rows, compressor)
        case .doubles(let values): .doubles(values, rows, compressor)
        case .strings(let values): .strings(values, rows, compressor)
        case .optionalTimestamps(let values), .optionalIntegers(let values):
            .optional(values, rows, compressor) { values in values.withUnsafeBytes { Array($0) } }
        case .optionalDoubles(let values):
            .optional(values, rows, compressor) { values in values.withUnsafeBytes { Array($0) } }
        case .optionalBooleans(let values): .optional(values, rows, compressor, EncodedChunk.plainFlags)
        case .optionalStrings(let values):
            .optional(values, rows, compressor) { EncodedChunk.plainText($0[...]) }
        }
    }
}
