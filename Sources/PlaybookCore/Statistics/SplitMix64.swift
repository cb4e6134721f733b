/// Random numbers that are the same everywhere for the same seed.
///
/// Source: G. Steele, D. Lea and C. Flood, "Fast Splittable Pseudorandom Number Generators" (2014).
public struct SplitMix64: RandomNumberGenerator, Sendable {
    @usableFromInline var state: UInt64

    /// The numbers that belong to `seed`.
    @inlinable public init(seed: UInt64) { state = seed }

    @inlinable public mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var word = state
        word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
        word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
        return word ^ (word >> 31)
    }

    /// A whole number from 0 to `count` - 1.
    @inlinable @inline(__always)
    public mutating func index(below count: Int) -> Int { Int(next().multipliedFullWidth(by: UInt64(count)).high) }

    /// Two whole numbers from 0 to `count` - 1, of the halves of one random number: one in 2^32 / `count` is uneven.
    @inline(__always)
    mutating func twoIndices(below count: Int) -> (Int, Int) {
        let word = next()
        let (high, low) = ((word >> 32) &* UInt64(count), (word & 0xFFFF_FFFF) &* UInt64(count))
        return (Int(high >> 32), Int(low >> 32))
    }
}
