/// A column of one row group, encoded and compressed, with what the footer says of it.
struct EncodedChunk {
    /// Pages with their heads, one after the other.
    private(set) var bytes: [UInt8] = []
    private(set) var codec = CompressionCodec.zstd
    /// Where the first data page begins in `bytes`.
    private(set) var dataStart = 0
    /// Size of the pages before compression, heads included.
    private(set) var uncompressedSize = 0
    private(set) var encodings: [Encoding] = []
    var statistics: Statistics
    var valueCount = 0

    /// Rows a page holds at most.
    static let pageRows = 1 << 16

    /// The same pages as they are before compression, where that may be kept.
    private var plain: (bytes: [UInt8], dataStart: Int)?

    init(statistics: Statistics, _ compressor: borrowing PageCompressor) {
        self.statistics = statistics
        if compressor.halvesOnly { plain = ([], 0) }
    }

    /// The chunk without compression, where the compressor keeps it only where it halves a chunk and it does not.
    var settled: EncodedChunk {
        guard let plain else { return self }
        var settled = self
        settled.plain = nil
        guard bytes.count * 2 > plain.bytes.count || plain.bytes.count - bytes.count < Self.leastSaved else {
            return settled
        }
        (settled.bytes, settled.dataStart) = plain
        settled.codec = .uncompressed
        return settled
    }

    /// Bytes that compression has to save in a chunk to be worth the time of decompressing it.
    private static let leastSaved = 512

    var hasDictionary: Bool { dataStart > 0 }

    mutating func addDictionary(_ page: [UInt8], entries: Int, _ compressor: borrowing PageCompressor) {
        add(page, compressor, type: .dictionary) { thrift in
            thrift.structure(7) {
                $0.int32(1, Int32(entries))
                $0.int32(2, Encoding.plain.rawValue)
            }
        }
        note(.plain)
        dataStart = bytes.count
        if let size = plain?.bytes.count { plain?.dataStart = size }
    }

    mutating func addData(_ page: [UInt8], rows: Int, _ encoding: Encoding, _ compressor: borrowing PageCompressor) {
        add(page, compressor, type: .data) { thrift in
            thrift.structure(5) {
                $0.int32(1, Int32(rows))
                $0.int32(2, encoding.rawValue)
                $0.int32(3, Encoding.rle.rawValue)
                $0.int32(4, Encoding.rle.rawValue)
            }
        }
        note(encoding)
        valueCount += rows
    }

    private mutating func note(_ encoding: Encoding) {
        if !encodings.contains(encoding) { encodings.append(encoding) }
    }

    private mutating func add(
        _ page: [UInt8], _ compressor: borrowing PageCompressor, type: PageType, _ head: (inout ThriftWriter) -> Void
    ) {
        func write(_ body: [UInt8], to bytes: inout [UInt8]) -> Int {
            var thrift = ThriftWriter()
            thrift.structure {
                $0.int32(1, type.rawValue)
                $0.int32(2, Int32(page.count))
                $0.int32(3, Int32(body.count))
                $0.int32(4, Int32(bitPattern: Checksum.crc32(body)))
                head(&$0)
            }
            bytes += thrift.bytes
            bytes += body
            return thrift.bytes.count
        }
        uncompressedSize += page.count + write(compressor.compress(page), to: &bytes)
        if plain != nil { _ = write(page, to: &plain!.bytes) }
    }
}

/// Compresses pages with zstd at one level.
struct PageCompressor: ~Copyable {
    let level: Int32
    /// Whether a chunk that does not become half as large stays as it is.
    let halvesOnly: Bool
    private let zstd = ZstdContext.take()

    init(level: Int32, halvesOnly: Bool) {
        self.level = level
        self.halvesOnly = halvesOnly
    }

    deinit { zstd.release() }

    func compress(_ page: [UInt8]) -> [UInt8] { page.withUnsafeBytes { zstd.compress($0, level: level) } }
}
