/// At which bars a node is computed in the session at hand.
struct ColumnExtent {
    var from, end: Int
    /// Whether bars before `from` were computed and given up.
    var hasJumped = false

    static let nowhere = ColumnExtent(from: .max, end: .min)

    var isNowhere: Bool { end == .min }

    @inline(__always)
    func contains(_ bar: Int) -> Bool { bar >= from && bar < end }
}

/// The values of a node in the session at hand.
struct ColumnState {
    /// Where bar 0's number is: in memory of its own, or in the bars' columns.
    var values: UnsafeMutablePointer<Double>
    /// Bar 0's number in memory of its own.
    let own: UnsafeMutablePointer<Double>
    /// Bit by bar whether a condition is known, and whether it is true, from bar 0 on.
    let known, isTrue: UnsafeMutablePointer<UInt8>
    /// After the values that are computed.
    var state = IndicatorState()
    /// Where the memory begins.
    private let numbers: UnsafeMutablePointer<Double>
    private let bits: UnsafeMutablePointer<UInt8>

    /// Room for `depth` bars before bar 0 and `room` from it on.
    init(depth: Int, room: Int, isTruth: Bool) {
        let before = (depth + 7) / 8 * 8
        let all = before + (room + 7) / 8 * 8 + 8
        numbers = .allocate(capacity: isTruth ? 1 : all)
        numbers.initialize(repeating: .nan, count: isTruth ? 1 : all)
        own = isTruth ? numbers : numbers + before
        values = own
        // Eight more bytes, since conditions are looked at eight bytes at a time.
        let bytes = isTruth ? all / 8 + 8 : 1
        bits = .allocate(capacity: 2 * bytes)
        bits.initialize(repeating: 0, count: 2 * bytes)
        known = isTruth ? bits + before / 8 : bits
        isTrue = isTruth ? bits + (bytes + before / 8) : bits
    }

    func deallocate() {
        numbers.deallocate()
        bits.deallocate()
    }

    /// A condition at a bar.
    @inline(__always)
    func truth(_ bar: Int) -> Bool? {
        let bit = UInt8(1) << UInt8(truncatingIfNeeded: bar & 7)
        guard known[bar >> 3] & bit != 0 else { return nil }
        return isTrue[bar >> 3] & bit != 0
    }

    /// Where a condition is true, a bit a bar, 57 bars at least from one on.
    @inline(__always)
    func bits(_ bar: Int) -> UInt64 {
        let word = UnsafeRawPointer(isTrue).loadUnaligned(fromByteOffset: bar >> 3, as: UInt64.self)
        return UInt64(littleEndian: word) &>> UInt64(truncatingIfNeeded: bar & 7)
    }

    /// The first of the bars from `start` to `end` at which a condition is true.
    @inline(__always)
    func firstTrue(_ start: Int, _ end: Int) -> Int? {
        let bytes = UnsafeRawPointer(isTrue)
        var bar = start
        while bar < end {
            let word = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: bar >> 3, as: UInt64.self))
            let rest = word >> UInt64(bar & 7)
            if rest != 0 {
                let found = bar + rest.trailingZeroBitCount
                return found < end ? found : nil
            }
            bar = (bar | 7) + 57
        }
        return nil
    }

    /// Sets a condition at the bars from `low` to `high`.
    @inline(__always)
    func setBits(_ low: Int, _ high: Int, _ truth: (Int) -> (known: Bool, isTrue: Bool)) {
        var bar = low
        while bar < high {
            let byte = bar >> 3
            let end = min(high, (byte + 1) << 3)
            var (mask, knownBits, trueBits): (UInt8, UInt8, UInt8) = (0, 0, 0)
            while bar < end {
                let bit = UInt8(1) << UInt8(truncatingIfNeeded: bar & 7)
                let (isKnown, holds) = truth(bar)
                mask |= bit
                if isKnown { knownBits |= bit }
                if holds { trueBits |= bit }
                bar += 1
            }
            known[byte] = known[byte] & ~mask | knownBits
            isTrue[byte] = isTrue[byte] & ~mask | trueBits
        }
    }
}
