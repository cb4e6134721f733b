/// A gzip file of `bytes`, which must be all the same byte: a dynamic compressor is not needed to make a bomb.
///
/// One DEFLATE block with fixed codes (RFC 1951, 3.2.6): a literal, then matches of 258 bytes at distance 1, then as
/// many literals as are left.
func gzip(_ bytes: [UInt8]) -> [UInt8] {
    precondition(!bytes.isEmpty && bytes.allSatisfy { $0 == bytes[0] && $0 < 144 })
    var packer = BitPacker()
    packer.put(0b011, 3)  // last block, fixed codes
    let literal = UInt32(bytes[0]) + 0x30
    packer.putCode(literal, 8)
    var left = bytes.count - 1
    while left >= 258 {
        packer.putCode(0b1100_0101, 8)  // symbol 285: length 258
        packer.putCode(0, 5)  // distance 1
        left -= 258
    }
    for _ in 0..<left { packer.putCode(literal, 8) }
    packer.putCode(0, 7)  // end of block
    var result: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255]
    result += packer.finished
    for word in [crc32(bytes), UInt32(truncatingIfNeeded: bytes.count)] {
        for shift in stride(from: 0, to: 32, by: 8) { result.append(UInt8(truncatingIfNeeded: word >> shift)) }
    }
    return result
}

private struct BitPacker {
    private var bytes: [UInt8] = []
    private var pending: UInt32 = 0
    private var count = 0

    /// Bits from the lowest.
    mutating func put(_ value: UInt32, _ width: Int) {
        for bit in 0..<width {
            pending |= (value >> UInt32(bit) & 1) << UInt32(count)
            count += 1
            if count == 8 { flush() }
        }
    }

    /// A Huffman code: bits from the highest.
    mutating func putCode(_ code: UInt32, _ width: Int) {
        for bit in stride(from: width - 1, through: 0, by: -1) { put(code >> UInt32(bit) & 1, 1) }
    }

    private mutating func flush() {
        bytes.append(UInt8(pending))
        pending = 0
        count = 0
    }

    var finished: [UInt8] { count > 0 ? bytes + [UInt8(pending)] : bytes }
}

private func crc32(_ bytes: [UInt8]) -> UInt32 {
    var table: [UInt32] = []
    for byte in 0..<UInt32(256) {
        var value = byte
        for _ in 0..<8 { value = value & 1 == 1 ? (value >> 1) ^ 0xEDB8_8320 : value >> 1 }
        table.append(value)
    }
    var value = ~UInt32(0)
    for byte in bytes { value = table[Int(UInt8(truncatingIfNeeded: value) ^ byte)] ^ (value >> 8) }
    return ~value
}
