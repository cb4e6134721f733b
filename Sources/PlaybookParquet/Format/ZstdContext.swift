import CZstd
import Synchronization

/// Zstandard's working memory, kept for the next use: making it costs more than decompressing a month of bars.
final class ZstdContext: Sendable {
    // A context is lent to one user at a time.
    nonisolated(unsafe) let decompressor: OpaquePointer
    nonisolated(unsafe) let compressor: OpaquePointer

    private static let idle = Mutex<[ZstdContext]>([])
    /// How many are kept.
    private static let mostIdle = 8

    private init() {
        guard let decompressor = ZSTD_createDCtx(), let compressor = ZSTD_createCCtx() else {
            fatalError("out of memory")
        }
        self.decompressor = decompressor
        self.compressor = compressor
    }

    deinit {
        ZSTD_freeDCtx(decompressor)
        ZSTD_freeCCtx(compressor)
    }

    /// One that nobody else uses.
    static func take() -> ZstdContext { idle.withLock { $0.popLast() } ?? ZstdContext() }

    /// Gives it back.
    func release() { Self.idle.withLock { if $0.count < Self.mostIdle { $0.append(self) } } }

    /// Compresses `source` at `level`.
    func compress(_ source: UnsafeRawBufferPointer, level: Int32) -> [UInt8] {
        let bound = ZSTD_compressBound(source.count)
        return [UInt8](unsafeUninitializedCapacity: bound) { target, count in
            count = ZSTD_compressCCtx(compressor, target.baseAddress, bound, source.baseAddress, source.count, level)
            guard ZSTD_isError(count) == 0 else { fatalError("zstd: \(String(cString: ZSTD_getErrorName(count)))") }
        }
    }
}
