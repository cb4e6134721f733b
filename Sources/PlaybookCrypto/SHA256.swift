import COpenSSL

/// SHA-256 (FIPS 180-4, section 6.2): of what is large by libcrypto, which has the processor's own instructions for it; of
/// what is so small that no library is loaded for it, or where there is none, by this file.
package enum SHA256 {
    /// From this size on loading libcrypto pays, in bytes.
    private static let large = 256 << 10

    /// The digest as 64 hexadecimal digits, as publishers of files give it beside them.
    package static func hexadecimal(_ bytes: [UInt8]) -> String {
        digest(bytes).map { byte in
            let digits = String(byte, radix: 16)
            return byte < 16 ? "0" + digits : digits
        }.joined()
    }

    /// The digest, 32 bytes.
    package static func digest(_ bytes: [UInt8]) -> [UInt8] {
        bytes.count >= large ? byLibrary(bytes) ?? byWords(bytes) : byWords(bytes)
    }

    /// The digest by libcrypto; nil where that is missing.
    static func byLibrary(_ bytes: [UInt8]) -> [UInt8]? {
        var digest = [UInt8](repeating: 0, count: 32)
        return copenssl_sha256(bytes, bytes.count, &digest) ? digest : nil
    }

    /// The digest by this file.
    static func byWords(_ bytes: [UInt8]) -> [UInt8] {
        words(bytes).flatMap { word in withUnsafeBytes(of: word.bigEndian) { Array($0) } }
    }

    private static func words(_ bytes: [UInt8]) -> [UInt32] {
        var state: [UInt32] = [
            0x6A09_E667, 0xBB67_AE85, 0x3C6E_F372, 0xA54F_F53A, 0x510E_527F, 0x9B05_688C, 0x1F83_D9AB, 0x5BE0_CD19,
        ]
        // The last blocks: what is left over, a 1 bit, zeros, and the number of bits.
        let whole = bytes.count / 64 * 64
        var tail = Array(bytes[whole...])
        tail.append(0x80)
        while tail.count % 64 != 56 { tail.append(0) }
        let bits = UInt64(bytes.count) * 8
        for shift in stride(from: 56, through: 0, by: -8) {
            tail.append(UInt8(truncatingIfNeeded: bits >> UInt64(shift)))
        }
        constants.withUnsafeBufferPointer { constants in
            bytes.withUnsafeBytes { bytes in
                for start in stride(from: 0, to: whole, by: 64) {
                    add(UnsafeRawBufferPointer(rebasing: bytes[start..<(start + 64)]), constants, to: &state)
                }
            }
            tail.withUnsafeBytes { bytes in
                for start in stride(from: 0, to: bytes.count, by: 64) {
                    add(UnsafeRawBufferPointer(rebasing: bytes[start..<(start + 64)]), constants, to: &state)
                }
            }
        }
        return state
    }

    private static func add(
        _ block: UnsafeRawBufferPointer, _ constants: UnsafeBufferPointer<UInt32>, to state: inout [UInt32]
    ) {
        withUnsafeTemporaryAllocation(of: UInt32.self, capacity: 64) { words in
            for index in 0..<16 {
                words[index] = UInt32(bigEndian: block.loadUnaligned(fromByteOffset: index * 4, as: UInt32.self))
            }
            for index in 16..<64 {
                let (early, late) = (words[index - 15], words[index - 2])
                let small = rotated(early, 7) ^ rotated(early, 18) ^ (early >> 3)
                let large = rotated(late, 17) ^ rotated(late, 19) ^ (late >> 10)
                words[index] = words[index - 16] &+ small &+ words[index - 7] &+ large
            }
            var (a, b, c, d) = (state[0], state[1], state[2], state[3])
            var (e, f, g, h) = (state[4], state[5], state[6], state[7])
            for index in 0..<64 {
                let large = rotated(e, 6) ^ rotated(e, 11) ^ rotated(e, 25)
                let first = h &+ large &+ ((e & f) ^ (~e & g)) &+ constants[index] &+ words[index]
                let second =
                    (rotated(a, 2) ^ rotated(a, 13) ^ rotated(a, 22)) &+ ((a & b) ^ (a & c) ^ (b & c))
                (h, g, f, e) = (g, f, e, d &+ first)
                (d, c, b, a) = (c, b, a, first &+ second)
            }
            for (index, value) in [a, b, c, d].enumerated() { state[index] &+= value }
            for (index, value) in [e, f, g, h].enumerated() { state[index + 4] &+= value }
        }
    }

    @inline(__always)
    private static func rotated(_ word: UInt32, _ count: UInt32) -> UInt32 { word >> count | word << (32 - count) }

    private static let constants: [UInt32] = [
        0x428a_2f98, 0x7137_4491, 0xb5c0_fbcf, 0xe9b5_dba5, 0x3956_c25b, 0x59f1_11f1, 0x923f_82a4, 0xab1c_5ed5,
        0xd807_aa98, 0x1283_5b01, 0x2431_85be, 0x550c_7dc3, 0x72be_5d74, 0x80de_b1fe, 0x9bdc_06a7, 0xc19b_f174,
        0xe49b_69c1, 0xefbe_4786, 0x0fc1_9dc6, 0x240c_a1cc, 0x2de9_2c6f, 0x4a74_84aa, 0x5cb0_a9dc, 0x76f9_88da,
        0x983e_5152, 0xa831_c66d, 0xb003_27c8, 0xbf59_7fc7, 0xc6e0_0bf3, 0xd5a7_9147, 0x06ca_6351, 0x1429_2967,
        0x27b7_0a85, 0x2e1b_2138, 0x4d2c_6dfc, 0x5338_0d13, 0x650a_7354, 0x766a_0abb, 0x81c2_c92e, 0x9272_2c85,
        0xa2bf_e8a1, 0xa81a_664b, 0xc24b_8b70, 0xc76c_51a3, 0xd192_e819, 0xd699_0624, 0xf40e_3585, 0x106a_a070,
        0x19a4_c116, 0x1e37_6c08, 0x2748_774c, 0x34b0_bcb5, 0x391c_0cb3, 0x4ed8_aa4a, 0x5b9c_ca4f, 0x682e_6ff3,
        0x748f_82ee, 0x78a5_636f, 0x84c8_7814, 0x8cc7_0208, 0x90be_fffa, 0xa450_6ceb, 0xbef9_a3f7, 0xc671_78f2,
    ]
}
