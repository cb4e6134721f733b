/// SHA-256 (FIPS 180-4) and HMAC (RFC 2104), for what is so short that loading a library would cost more.
enum MessageDigest {
    /// The digest of bytes, 32 of them.
    static func sha256(_ bytes: [UInt8]) -> [UInt8] {
        var state: [UInt32] = [
            0x6A09_E667, 0xBB67_AE85, 0x3C6E_F372, 0xA54F_F53A, 0x510E_527F, 0x9B05_688C, 0x1F83_D9AB, 0x5BE0_CD19,
        ]
        var message = bytes + [0x80]
        while message.count % 64 != 56 { message.append(0) }
        let bits = UInt64(bytes.count) * 8
        message += (0..<8).map { UInt8(truncatingIfNeeded: bits >> UInt64(56 - 8 * $0)) }
        for start in stride(from: 0, to: message.count, by: 64) { add(message[start..<(start + 64)], to: &state) }
        return state.flatMap { word in (0..<4).map { UInt8(truncatingIfNeeded: word >> UInt32(24 - 8 * $0)) } }
    }

    /// The code that only who knows `key` can make of `message`, 32 bytes.
    static func hmac(key: [UInt8], _ message: [UInt8]) -> [UInt8] {
        var block = key.count > 64 ? sha256(key) : key
        block += [UInt8](repeating: 0, count: 64 - block.count)
        return sha256(block.map { $0 ^ 0x5C } + sha256(block.map { $0 ^ 0x36 } + message))
    }

    /// Whether two codes are the same, in a time that does not tell where they differ.
    static func isEqual(_ one: [UInt8], _ other: [UInt8]) -> Bool {
        guard one.count == other.count else { return false }
        return zip(one, other).reduce(0) { $0 | ($1.0 ^ $1.1) } == 0
    }

    private static func add(_ block: ArraySlice<UInt8>, to state: inout [UInt32]) {
        var words = [UInt32](repeating: 0, count: 64)
        for (index, byte) in block.enumerated() { words[index / 4] = words[index / 4] << 8 | UInt32(byte) }
        for index in 16..<64 {
            let (early, late) = (words[index - 15], words[index - 2])
            let small = turned(early, 7) ^ turned(early, 18) ^ early >> 3
            let large = turned(late, 17) ^ turned(late, 19) ^ late >> 10
            words[index] = words[index - 16] &+ small &+ words[index - 7] &+ large
        }
        var now = state
        for index in 0..<64 {
            let (a, e) = (now[0], now[4])
            let large = turned(e, 6) ^ turned(e, 11) ^ turned(e, 25)
            let choice = e & now[5] ^ ~e & now[6]
            let first = now[7] &+ large &+ choice &+ constants[index] &+ words[index]
            let small = turned(a, 2) ^ turned(a, 13) ^ turned(a, 22)
            let majority = a & now[1] ^ a & now[2] ^ now[1] & now[2]
            now = [first &+ small &+ majority, a, now[1], now[2], now[3] &+ first, e, now[5], now[6]]
        }
        for index in 0..<8 { state[index] &+= now[index] }
    }

    private static func turned(_ word: UInt32, _ count: UInt32) -> UInt32 { word >> count | word << (32 - count) }

    /// The first 32 bits of the fractions of the cube roots of the first 64 primes.
    private static let constants: [UInt32] = {
        var primes: [UInt64] = []
        var number: UInt64 = 2
        while primes.count < 64 {
            if primes.allSatisfy({ number % $0 != 0 }) { primes.append(number) }
            number += 1
        }
        return primes.map { prime in
            // The largest root whose cube is at most prime x 2^96, of which the lowest 32 bits are the fraction.
            var (low, high): (UInt64, UInt64) = (0, 1 << 36)
            while high - low > 1 {
                let middle = (low + high) / 2
                if isCube(middle, atMost: prime) { low = middle } else { high = middle }
            }
            return UInt32(truncatingIfNeeded: low)
        }
    }()

    /// Whether `root`, below 2^36, has a cube of at most `prime` x 2^96.
    private static func isCube(_ root: UInt64, atMost prime: UInt64) -> Bool {
        let square = root.multipliedFullWidth(by: root)
        // 128 bits of the square, times the root, in parts of 64 bits.
        let low = square.low.multipliedFullWidth(by: root)
        let high = square.high.multipliedFullWidth(by: root)
        let (middle, carry) = high.low.addingReportingOverflow(low.high)
        let top = high.high + (carry ? 1 : 0)
        // prime x 2^96 is prime x 2^32 in the middle 64 bits.
        let limit = prime << 32
        return top == 0 && (middle < limit || middle == limit && low.low == 0)
    }
}
