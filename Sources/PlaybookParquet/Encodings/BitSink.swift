/// Collects bytes, and numbers of any width packed from the lowest bit on.
struct BitSink {
    var bytes: [UInt8] = []
    private var pending: UInt64 = 0
    private var pendingBits = 0

    /// Adds the lowest `width` bits of `value`, whose others have to be zero; 1 to 64.
    @inline(__always)
    mutating func append(_ value: UInt64, width: Int) {
        pending |= value << UInt64(pendingBits)
        let bits = pendingBits + width
        if bits < 64 {
            pendingBits = bits
            return
        }
        withUnsafeBytes(of: pending.littleEndian) { bytes.append(contentsOf: $0) }
        pending = pendingBits == 0 ? 0 : value >> UInt64(64 - pendingBits)
        pendingBits = bits - 64
    }

    /// Fills up the last byte with zeros.
    mutating func flush() {
        while pendingBits > 0 {
            bytes.append(UInt8(truncatingIfNeeded: pending))
            pending >>= 8
            pendingBits -= 8
        }
        pending = 0
        pendingBits = 0
    }

    /// Adds an unsigned number of seven bits a byte.
    mutating func varint(_ value: UInt64) {
        var rest = value
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }

    /// Adds a signed number, its sign in the lowest bit.
    mutating func zigzag(_ value: Int64) { varint(UInt64(bitPattern: (value << 1) ^ (value >> 63))) }
}
