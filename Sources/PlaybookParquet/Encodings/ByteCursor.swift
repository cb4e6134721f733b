/// Goes through bytes, each step checked against their end.
struct ByteCursor {
    private let bytes: UnsafeRawBufferPointer
    private(set) var position = 0

    init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

    /// Bytes that are left.
    var rest: Int { bytes.count - position }

    /// The next `count` bytes.
    mutating func take(_ count: Int) throws(ParquetError) -> UnsafeRawPointer {
        guard count >= 0, count <= rest, let base = bytes.baseAddress else {
            throw ParquetError("the values are cut off")
        }
        defer { position += count }
        return base + position
    }

    /// Goes past `count` bytes, or to the end if that is nearer.
    mutating func skip(upTo count: Int) { position += max(0, min(count, rest)) }

    /// An unsigned number of seven bits a byte.
    mutating func varint() throws(ParquetError) -> UInt64 {
        var value: UInt64 = 0
        var shift: UInt64 = 0
        while shift < 64 {
            let next = try take(1).load(as: UInt8.self)
            value |= UInt64(next & 0x7F) << shift
            if next < 0x80 { return value }
            shift += 7
        }
        throw ParquetError("a number is longer than 64 bits")
    }

    /// A signed number, its sign in the lowest bit.
    mutating func zigzag() throws(ParquetError) -> Int64 {
        let raw = try varint()
        return Int64(bitPattern: raw >> 1) ^ -Int64(bitPattern: raw & 1)
    }
}
