/// Where the bytes of a Parquet file come from when they are not in memory: only the columns that are asked for are
/// read then. Several threads may read at a time.
public protocol ParquetSource: Sendable {
    /// How many bytes the file has.
    var size: Int { get }

    /// Fills `buffer` with the bytes from `offset` on.
    ///
    /// - Throws: `ParquetError` when they cannot be read, or the file has become shorter.
    func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) throws(ParquetError)
}

extension ParquetFile {
    /// What a file was made of.
    enum Contents: Sendable {
        case memory([UInt8])
        case source(any ParquetSource)
    }

    /// The bytes of a file while it is being read.
    enum Bytes {
        case memory(UnsafeRawBufferPointer)
        case source(any ParquetSource)

        var count: Int {
            switch self {
            case .memory(let bytes): bytes.count
            case .source(let source): source.size
            }
        }
    }

    func withBytes<Result>(_ body: (Bytes) throws(ParquetError) -> Result) throws(ParquetError) -> Result {
        switch contents {
        case .memory(let bytes):
            try bytes.withUnsafeBufferPointer { (bytes) throws(ParquetError) in
                try body(.memory(UnsafeRawBufferPointer(bytes)))
            }
        case .source(let source): try body(.source(source))
        }
    }
}

extension ParquetSource {
    /// The bytes from `offset` to the end.
    func tail(from offset: Int) throws(ParquetError) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: size - offset)
        try bytes.withUnsafeMutableBufferPointer { (buffer) throws(ParquetError) in
            try read(at: offset, into: UnsafeMutableRawBufferPointer(buffer))
        }
        return bytes
    }
}
