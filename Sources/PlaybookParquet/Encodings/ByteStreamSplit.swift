/// BYTE_STREAM_SPLIT: the first bytes of all values, then the second bytes of all, and so on.
enum ByteStreamSplit {
    /// Puts `count` values of 8 bytes together again.
    static func decode(
        _ bytes: UnsafeRawBufferPointer, count: Int, into target: UnsafeMutablePointer<UInt64>
    ) throws(ParquetError) {
        guard count <= bytes.count / 8, bytes.count % 8 == 0, let base = bytes.baseAddress else {
            throw ParquetError("\(bytes.count) bytes for \(count) values of 8 bytes")
        }
        let stride = bytes.count / 8
        let lanes = base.assumingMemoryBound(to: UInt8.self)
        for index in 0..<count {
            var word = UInt64(lanes[index])
            word |= UInt64(lanes[index &+ stride]) << 8
            word |= UInt64(lanes[index &+ stride &* 2]) << 16
            word |= UInt64(lanes[index &+ stride &* 3]) << 24
            word |= UInt64(lanes[index &+ stride &* 4]) << 32
            word |= UInt64(lanes[index &+ stride &* 5]) << 40
            word |= UInt64(lanes[index &+ stride &* 6]) << 48
            word |= UInt64(lanes[index &+ stride &* 7]) << 56
            target[index] = word
        }
    }

    /// The bytes of `count` values of `width` bytes, value after value.
    static func joined(_ bytes: UnsafeRawBufferPointer, width: Int, count: Int) throws(ParquetError) -> [UInt8] {
        guard count <= bytes.count / width, bytes.count % width == 0 else {
            throw ParquetError("\(bytes.count) bytes for \(count) values of \(width) bytes")
        }
        let stride = bytes.count / width
        // 8 bytes more: whoever decodes them may read that far.
        return [UInt8](unsafeUninitializedCapacity: count * width + 8) { target, used in
            for index in 0..<count {
                for byte in 0..<width { target[index * width + byte] = bytes[byte * stride + index] }
            }
            for index in (count * width)..<(count * width + 8) { target[index] = 0 }
            used = count * width + 8
        }
    }

    /// Encodes numbers by their bits.
    static func encode(_ values: ArraySlice<Double>) -> [UInt8] {
        let count = values.count
        return values.withUnsafeBufferPointer { values in
            [UInt8](unsafeUninitializedCapacity: count * 8) { target, used in
                for index in 0..<count {
                    var word = values[index].bitPattern
                    for byte in 0..<8 {
                        target[byte &* count &+ index] = UInt8(truncatingIfNeeded: word)
                        word >>= 8
                    }
                }
                used = count * 8
            }
        }
    }
}
