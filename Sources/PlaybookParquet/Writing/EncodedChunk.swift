/// A column of one row group, encoded and compressed, with what the footer says of it.
struct EncodedChunk {
    /// Pages with their heads, one after the other.
    private(set) var bytes: [UInt8] = []
    /// Where the first data page begins in `bytes`.
    private(set) var dataStart = 0
    /// Size of the pages before compression, heads included.
    private(set) var uncompressedSize = 0
    private(set) var encodings: [Encoding] = []
    var statistics: Statistics
    var valueCount = 0

    /// Rows a page holds at most.
    static let pageRows = 1 << 16

    init(statistics: Statistics) { self.statistics = statistics }

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
        let body = compressor.compress(page)
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
        uncompressedSize += thrift.bytes.count + page.count
    }
}

/// Compresses pages with zstd at one level.
struct PageCompressor: ~Copyable {
    let level: Int32
    private let zstd = ZstdContext.take()

    init(level: Int32) { self.level = level }

    deinit { zstd.release() }

    func compress(_ page: [UInt8]) -> [UInt8] { page.withUnsafeBytes { zstd.compress($0, level: level) } }
}
