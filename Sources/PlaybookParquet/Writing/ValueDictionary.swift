/// The distinct values of a column chunk, and for each row which of them it has.
///
/// Ascending values make indices that compress, if an index is whole bytes. Otherwise indices do not compress, and values
/// are in the order of their bytes, the least significant first: prices with the same cents share those and stand
/// together, which makes the dictionary a third smaller.
struct ValueDictionary {
    /// Bits of the distinct values.
    var values: [UInt64]
    /// For each row, the index of its value.
    var indices: [UInt32]

    /// More distinct values than this do not pay.
    static let most = 1 << 16

    /// Nil if `numbers` have too many distinct values for a dictionary to pay.
    init?(_ numbers: ArraySlice<Double>) {
        let rows = numbers.count
        let limit = min(Self.most, rows / 4 * 3)
        guard limit > 0 else { return nil }
        // Open addressing; a slot holds 1 + the index of a value, 0 is free.
        let bits = UInt64(limit.leadingZeroBitCount)
        var slots = [UInt32](repeating: 0, count: 4 << (64 - limit.leadingZeroBitCount))
        let shift = bits - 2
        var keys: [UInt64] = []
        keys.reserveCapacity(limit + 1)
        var rowKeys = [UInt32](repeating: 0, count: rows)
        let mask = slots.count - 1
        for (row, number) in numbers.enumerated() {
            let key = number.bitPattern
            var slot = Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> shift) & mask
            while slots[slot] != 0 && keys[Int(slots[slot]) - 1] != key { slot = (slot + 1) & mask }
            if slots[slot] == 0 {
                guard keys.count < limit else { return nil }
                keys.append(key)
                slots[slot] = UInt32(keys.count)
            }
            rowKeys[row] = slots[slot] - 1
        }
        let width = Self.width(of: keys.count)
        let byBytes = (9...12).contains(width)
        let ordered = keys.enumerated()
            .map { (order: byBytes ? $0.element.byteSwapped : Self.ordered($0.element), index: $0.offset) }
            .sorted { $0.order < $1.order }
        var ranks = [UInt32](repeating: 0, count: keys.count)
        for (rank, entry) in ordered.enumerated() { ranks[entry.index] = UInt32(rank) }
        values = ordered.map { keys[$0.index] }
        for row in 0..<rows { rowKeys[row] = ranks[Int(rowKeys[row])] }
        indices = rowKeys
    }

    /// A number's bits such that unsigned order is the order of the numbers.
    private static func ordered(_ bits: UInt64) -> UInt64 {
        bits >> 63 == 1 ? ~bits : bits | 1 << 63
    }

    /// The values, PLAIN.
    var page: [UInt8] { values.withUnsafeBytes { Array($0) } }

    /// The bits that tell `count` values apart.
    private static func width(of count: Int) -> Int {
        max(1, UInt64.bitWidth - UInt64(count - 1).leadingZeroBitCount)
    }

    /// The widths worth trying, in bits: the least, and the next that is whole bytes if that is not far.
    var widths: [Int] {
        let least = Self.width(of: values.count)
        return (13...15).contains(least) ? [least, 16] : [least]
    }

    /// The indices of `rows` in `width` bits each, as one bit-packed group or, if they are all the same, one run.
    func data(_ rows: Range<Int>, width: Int) -> [UInt8] { HybridRuns.encode(indices[rows], width: width) }
}

extension HybridRuns {
    /// Encodes numbers of `width` bits, the width before them as in pages of indices.
    static func encode(_ values: ArraySlice<UInt32>, width: Int) -> [UInt8] {
        var sink = BitSink()
        sink.bytes.append(UInt8(width))
        guard let first = values.first else { return sink.bytes }
        if values.allSatisfy({ $0 == first }) {
            sink.varint(UInt64(values.count) << 1)
            for byte in 0..<((width + 7) / 8) {
                sink.bytes.append(UInt8(truncatingIfNeeded: first >> UInt32(byte * 8)))
            }
            return sink.bytes
        }
        sink.bytes.reserveCapacity(values.count * width / 8 + 32)
        let groups = (values.count + 7) / 8
        sink.varint(UInt64(groups) << 1 | 1)
        for value in values { sink.append(UInt64(value), width: width) }
        for _ in values.count..<(groups * 8) { sink.append(0, width: width) }
        sink.flush()
        return sink.bytes
    }
}
