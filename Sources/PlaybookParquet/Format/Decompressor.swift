import CSnappy
import CZlib
import CZstd

/// Decompresses pages.
struct Decompressor: ~Copyable {
    private let zstd = ZstdContext.take()

    deinit { zstd.release() }

    /// Decompresses `source` into exactly `target`.
    func decompress(
        _ codec: CompressionCodec, _ source: UnsafeRawBufferPointer, into target: UnsafeMutableRawBufferPointer
    ) throws(ParquetError) {
        let count: Int
        switch codec {
        case .uncompressed:
            guard source.count <= target.count else { throw ParquetError("a page that is longer than it says") }
            target.copyMemory(from: source)
            count = source.count
        case .zstd:
            let result = ZSTD_decompressDCtx(
                zstd.decompressor, target.baseAddress, target.count, source.baseAddress, source.count)
            guard ZSTD_isError(result) == 0 else {
                throw ParquetError("zstd: \(String(cString: ZSTD_getErrorName(result)))")
            }
            count = result
        case .snappy:
            var length = target.count
            let status = snappy_uncompress(
                source.assumingMemoryBound(to: CChar.self).baseAddress, source.count,
                target.assumingMemoryBound(to: CChar.self).baseAddress, &length)
            guard status == SNAPPY_OK else { throw ParquetError("snappy: the compressed page is damaged") }
            count = length
        case .gzip: count = try gunzip(source, into: target)
        case .lzo, .brotli, .lz4, .lz4Raw: throw ParquetError("compression \(codec.name) is not supported")
        }
        guard count == target.count else {
            throw ParquetError("the page has \(count) bytes where its head says \(target.count)")
        }
    }

    /// How many bytes came out.
    private func gunzip(
        _ source: UnsafeRawBufferPointer, into target: UnsafeMutableRawBufferPointer
    ) throws(ParquetError) -> Int {
        var stream = z_stream()
        // 32: a gzip or a zlib header, whichever is there.
        let version = ZLIB_VERSION
        guard inflateInit2_(&stream, MAX_WBITS + 32, version, Int32(MemoryLayout<z_stream>.size)) == Z_OK else {
            throw ParquetError("gzip: out of memory")
        }
        defer { inflateEnd(&stream) }
        stream.next_in = UnsafeMutablePointer(
            mutating: source.baseAddress?.assumingMemoryBound(to: UInt8.self))
        stream.avail_in = UInt32(source.count)
        stream.next_out = target.baseAddress?.assumingMemoryBound(to: UInt8.self)
        stream.avail_out = UInt32(target.count)
        guard inflate(&stream, Z_FINISH) == Z_STREAM_END else {
            throw ParquetError("gzip: the compressed page is damaged")
        }
        return Int(stream.total_out)
    }
}
