/// A 64-bit digest that is the same on every machine and in every version: it names data and parameters in the
/// journal. It detects accidental differences; it is not for security.
///
/// Each word goes through the finaliser of MurmurHash3 (Appleby 2011, public domain), which maps different words to
/// different words.
public struct StableDigest: Sendable {
    /// The digest so far.
    public private(set) var value: UInt64

    /// A digest of nothing, distinct for each `seed`.
    public init(seed: UInt64 = 0) { value = Self.mix(seed &+ 0x9E37_79B9_7F4A_7C15) }

    /// Adds one word.
    public mutating func add(_ word: UInt64) {
        value = Self.mix((value ^ word) &+ 0x9E37_79B9_7F4A_7C15)
    }

    /// Adds the number's exact bits.
    public mutating func add(_ number: Double) { add(number.bitPattern) }

    /// Adds a text: its length and its UTF-8 bytes.
    public mutating func add(_ text: String) {
        add(UInt64(text.utf8.count))
        for byte in text.utf8 { add(UInt64(byte)) }
    }

    /// The first 12 hexadecimal digits.
    public var shortText: String {
        let digits = String(value >> 16, radix: 16)
        return String(repeating: "0", count: 12 - digits.count) + digits
    }

    /// MurmurHash3's 64-bit finaliser: a bijection.
    static func mix(_ word: UInt64) -> UInt64 {
        var h = word
        h = (h ^ (h >> 33)) &* 0xFF51_AFD7_ED55_8CCD
        h = (h ^ (h >> 33)) &* 0xC4CE_B9FE_1A85_EC53
        return h ^ (h >> 33)
    }
}

extension BarColumns {
    /// Digest of the bars at `range`: every column's exact bits, each column in a chain of its own so that the
    /// processor works on all of them at once.
    func digest(_ range: Range<Int>) -> UInt64 {
        let prime: UInt64 = 0x9E37_79B1_85EB_CA87
        var lanes: (UInt64, UInt64, UInt64, UInt64, UInt64, UInt64) = (1, 2, 3, 4, 5, 6)
        @inline(__always) func step(_ lane: UInt64, _ word: UInt64) -> UInt64 {
            let product = (lane ^ word) &* prime
            return product ^ (product >> 29)
        }
        withPointers(range) { bars, volume in
            for index in range {
                lanes.0 = step(lanes.0, UInt64(bitPattern: bars.times[index]))
                lanes.1 = step(lanes.1, bars.open[index].bitPattern)
                lanes.2 = step(lanes.2, bars.high[index].bitPattern)
                lanes.3 = step(lanes.3, bars.low[index].bitPattern)
                lanes.4 = step(lanes.4, bars.close[index].bitPattern)
                lanes.5 = step(lanes.5, volume[index].bitPattern)
            }
        }
        var digest = StableDigest(seed: UInt64(range.count))
        for lane in [lanes.0, lanes.1, lanes.2, lanes.3, lanes.4, lanes.5] { digest.add(lane) }
        return digest.value
    }
}
