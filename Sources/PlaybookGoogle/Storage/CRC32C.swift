import FoundationEssentials

/// CRC-32C (Castagnoli: polynomial 0x1EDC6F41, reflected), which Cloud Storage checks objects with.
enum CRC32C {
    /// Eight tables of 256: eight bytes a step (M. Kounavis, F. Berry, "Novel Table Lookup-Based Algorithms for
    /// High-Performance CRC Generation", 2008).
    private static let tables: [UInt32] = {
        var tables = [UInt32](repeating: 0, count: 8 * 256)
        for byte in 0..<256 {
            var value = UInt32(byte)
            for _ in 0..<8 { value = value & 1 == 1 ? (value >> 1) ^ 0x82F6_3B78 : value >> 1 }
            tables[byte] = value
        }
        for index in 256..<tables.count {
            let value = tables[index - 256]
            tables[index] = tables[Int(value & 0xFF)] ^ (value >> 8)
        }
        return tables
    }()

    /// The checksum of `bytes`.
    static func checksum(_ bytes: [UInt8]) -> UInt32 {
        tables.withUnsafeBufferPointer { tables in
            bytes.withUnsafeBytes { bytes in
                guard let tables = tables.baseAddress else { return 0 }
                var value = ~UInt32(0)
                var index = 0
                while index + 8 <= bytes.count {
                    let word = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self))
                    let (low, high) = (UInt32(truncatingIfNeeded: word) ^ value, UInt32(word >> 32))
                    value =
                        tables[7 * 256 + Int(low & 0xFF)] ^ tables[6 * 256 + Int(low >> 8 & 0xFF)]
                        ^ tables[5 * 256 + Int(low >> 16 & 0xFF)] ^ tables[4 * 256 + Int(low >> 24)]
                    value ^=
                        tables[3 * 256 + Int(high & 0xFF)] ^ tables[2 * 256 + Int(high >> 8 & 0xFF)]
                        ^ tables[256 + Int(high >> 16 & 0xFF)] ^ tables[Int(high >> 24)]
                    index += 8
                }
                while index < bytes.count {
                    value = tables[Int(UInt8(truncatingIfNeeded: value) ^ bytes[index])] ^ (value >> 8)
                    index += 1
                }
                return ~value
            }
        }
    }

    /// The checksum as Cloud Storage writes it: Base64 of its four bytes, the highest first.
    static func text(_ bytes: [UInt8]) -> String {
        let value = checksum(bytes)
        return Data([24, 16, 8, 0].map { UInt8(truncatingIfNeeded: value >> UInt32($0)) }).base64EncodedString()
    }
}
