import CSnappy
import CZstd
import PlaybookGzip

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
        case .gzip:
            do {
                count = try Gzip.decompress(source, into: target)
            } catch {
                throw ParquetError(
                    error.code == .outOfMemory ? "gzip: out of memory" : "gzip: the compressed page is damaged")
            }
        case .lzo, .brotli, .lz4, .lz4Raw: throw ParquetError("compression \(codec.name) is not supported")
        }
        guard count == target.count else {
            throw ParquetError("the page has \(count) bytes where its head says \(target.count)")
        }
    }
}
