internal import CDeflate
internal import CZlib

/// Compresses to gzip and back.
public enum Gzip {
    /// `bytes` as one gzip member without name and time: the same bytes give the same result.
    ///
    /// - Parameter level: 1 is fastest, 9 smallest.
    public static func compress(_ bytes: [UInt8], level: Int = 6) throws(GzipError) -> [UInt8] {
        var stream = z_stream()
        // 16: a gzip header.
        guard
            deflateInit2_(
                &stream, Int32(level), Z_DEFLATED, MAX_WBITS + 16, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION, streamSize)
                == Z_OK
        else { throw GzipError(.outOfMemory) }
        defer { deflateEnd(&stream) }
        var output: [UInt8] = []
        output.reserveCapacity(Int(deflateBound(&stream, UInt(bytes.count))))
        var status = Z_OK
        bytes.withUnsafeBufferPointer { source in
            var source = source[...]
            repeat {
                let piece = source.prefix(largestPiece)
                source = source.dropFirst(piece.count)
                stream.next_in = UnsafeMutablePointer(mutating: UnsafeBufferPointer(rebasing: piece).baseAddress)
                stream.avail_in = UInt32(piece.count)
                let flush = source.isEmpty ? Z_FINISH : Z_NO_FLUSH
                repeat {
                    status = step(&stream, &output, room: .max) { deflate(&$0, flush) }
                } while stream.avail_out == 0
            } while !source.isEmpty
        }
        guard status == Z_STREAM_END else { throw GzipError(.outOfMemory) }
        return output
    }

    /// What the gzip members in `bytes` hold, one after the other.
    ///
    /// - Parameter limit: the most bytes that may come out.
    /// - Throws: `GzipError`: `damaged` for anything else than whole members, `tooLarge` beyond `limit`.
    public static func decompress(_ bytes: [UInt8], limit: Int) throws(GzipError) -> [UInt8] {
        var stream = z_stream()
        guard inflateInit2_(&stream, MAX_WBITS + 16, ZLIB_VERSION, streamSize) == Z_OK else {
            throw GzipError(.outOfMemory)
        }
        defer { inflateEnd(&stream) }
        var output: [UInt8] = []
        let problem = bytes.withUnsafeBufferPointer { source -> GzipError.Code? in
            var source = source[...]
            var status = Z_OK
            while true {
                if stream.avail_in == 0 {
                    let piece = source.prefix(largestPiece)
                    source = source.dropFirst(piece.count)
                    stream.next_in = UnsafeMutablePointer(mutating: UnsafeBufferPointer(rebasing: piece).baseAddress)
                    stream.avail_in = UInt32(piece.count)
                }
                if stream.avail_in == 0 { return status == Z_STREAM_END ? nil : .damaged }
                if status == Z_STREAM_END, inflateReset(&stream) != Z_OK { return .damaged }
                // A byte more than the limit shows that there is more.
                repeat {
                    status = step(&stream, &output, room: limit - output.count + 1) { inflate(&$0, Z_NO_FLUSH) }
                    if output.count > limit { return .tooLarge }
                } while status == Z_OK && stream.avail_out == 0
                if status == Z_MEM_ERROR { return .outOfMemory }
                guard status == Z_OK || status == Z_STREAM_END || status == Z_BUF_ERROR else { return .damaged }
            }
        }
        if let problem { throw GzipError(problem) }
        return output
    }

    /// Decompresses one gzip or zlib stream, which must fit in `target`. Returns how many bytes came out.
    public static func decompress(
        _ source: UnsafeRawBufferPointer, into target: UnsafeMutableRawBufferPointer
    ) throws(GzipError) -> Int {
        guard let decompressor = libdeflate_alloc_decompressor() else { throw GzipError(.outOfMemory) }
        defer { libdeflate_free_decompressor(decompressor) }
        let isGzip = source.count > 1 && source[0] == 0x1F && source[1] == 0x8B
        let decompress = isGzip ? libdeflate_gzip_decompress : libdeflate_zlib_decompress
        var count = 0
        let result = decompress(
            decompressor, source.baseAddress, source.count, target.baseAddress, target.count, &count)
        guard result == LIBDEFLATE_SUCCESS else { throw GzipError(.damaged) }
        return count
    }

    /// CRC-32 as gzip computes it (polynomial 0x04C11DB7, reflected) of `bytes`, continuing from `before`, the checksum
    /// of the bytes before them.
    public static func crc32(_ bytes: UnsafeRawBufferPointer, continuing before: UInt32 = 0) -> UInt32 {
        guard let start = bytes.baseAddress else { return before }
        return libdeflate_crc32(before, start, bytes.count)
    }

    private static let streamSize = Int32(MemoryLayout<z_stream>.size)
    private static let largestPiece = 1 << 30

    /// Appends what `work` makes of the input to `output`, at most 256 KiB and `room`.
    private static func step(
        _ stream: inout z_stream, _ output: inout [UInt8], room: Int, _ work: (inout z_stream) -> Int32
    ) -> Int32 {
        let (start, size) = (output.count, min(room, 256 << 10))
        output.append(contentsOf: repeatElement(0, count: size))
        let status = output.withUnsafeMutableBufferPointer { buffer in
            stream.next_out = buffer.baseAddress! + start
            stream.avail_out = UInt32(size)
            return work(&stream)
        }
        output.removeLast(Int(stream.avail_out))
        return status
    }
}

/// Why bytes were not compressed or decompressed.
public struct GzipError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What went wrong.
    public enum Code: Hashable, Sendable {
        /// The bytes are not gzip, or not all of it.
        case damaged
        /// More comes out than is allowed.
        case tooLarge
        /// zlib got no memory.
        case outOfMemory
    }

    /// What went wrong.
    public let code: Code

    init(_ code: Code) { self.code = code }

    /// What went wrong, in words.
    public var description: String {
        switch code {
        case .damaged: "the gzip data is damaged"
        case .tooLarge: "the gzip data is larger than allowed"
        case .outOfMemory: "out of memory for gzip"
        }
    }
}
