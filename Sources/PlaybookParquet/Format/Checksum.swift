import PlaybookGzip

/// CRC-32 as gzip computes it (polynomial 0x04C11DB7, reflected).
enum Checksum {
    /// Of `bytes`, continuing from `before`, the checksum of the bytes before them.
    static func crc32(_ bytes: UnsafeRawBufferPointer, continuing before: UInt32 = 0) -> UInt32 {
        Gzip.crc32(bytes, continuing: before)
    }

    /// Of an array.
    static func crc32(_ bytes: [UInt8]) -> UInt32 { bytes.withUnsafeBytes { crc32($0) } }
}
