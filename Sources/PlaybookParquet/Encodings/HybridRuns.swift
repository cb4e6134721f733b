/// Parquet's mixture of runs and bit-packed groups, for small unsigned numbers of one width.
enum HybridRuns {
    /// Decodes `count` numbers of `width` bits. At least 8 bytes after `bytes` have to be readable.
    static func decode(
        _ bytes: UnsafeRawBufferPointer, width: Int, count: Int, into target: UnsafeMutablePointer<UInt32>
    ) throws(ParquetError) {
        guard (0...32).contains(width) else { throw ParquetError("a width of \(width) bits") }
        var cursor = ByteCursor(bytes)
        let mask = width == 32 ? UInt64(UInt32.max) : (1 << UInt64(width)) - 1
        let runBytes = (width + 7) / 8
        var filled = 0
        while filled < count {
            let head = try cursor.varint()
            let wanted = count - filled
            if head & 1 == 1 {
                let values = head >> 1 >= UInt64(wanted) ? wanted : min(wanted, Int(head >> 1) * 8)
                guard values > 0 else { throw ParquetError("a group of no values") }
                let bits = try cursor.take((values * width + 7) / 8)
                unpack(bits, width: UInt64(width), mask: mask, target + filled, values)
                // The last group may stand for more values than there are.
                let whole = Int(min(head >> 1, UInt64(bytes.count))) * width
                cursor.skip(upTo: whole - (values * width + 7) / 8)
                filled += values
            } else {
                let run = Int(min(head >> 1, UInt64(wanted)))
                guard run > 0 else { throw ParquetError("a run of no values") }
                let raw = try cursor.take(runBytes).loadUnaligned(as: UInt64.self)
                let value = UInt32(truncatingIfNeeded: UInt64(littleEndian: raw) & mask)
                (target + filled).update(repeating: value, count: run)
                filled += run
            }
        }
    }

    @inline(__always)
    private static func unpack(
        _ bits: UnsafeRawPointer, width: UInt64, mask: UInt64, _ target: UnsafeMutablePointer<UInt32>, _ count: Int
    ) {
        if width == 16 {
            for index in 0..<count {
                target[index] = UInt32(
                    UInt16(littleEndian: bits.loadUnaligned(fromByteOffset: index &* 2, as: UInt16.self)))
            }
            return
        }
        var bit: UInt64 = 0
        var index = 0
        @inline(__always) func word() -> UInt64 {
            let start = Int(truncatingIfNeeded: bit &>> 3)
            return UInt64(littleEndian: bits.loadUnaligned(fromByteOffset: start, as: UInt64.self)) &>> (bit & 7)
        }
        if width <= 14 {
            // 7 bits to the first and 4 times 14 fit into 64.
            while index &+ 4 <= count {
                let four = word()
                target[index] = UInt32(truncatingIfNeeded: four & mask)
                target[index &+ 1] = UInt32(truncatingIfNeeded: (four &>> width) & mask)
                target[index &+ 2] = UInt32(truncatingIfNeeded: (four &>> (2 &* width)) & mask)
                target[index &+ 3] = UInt32(truncatingIfNeeded: (four &>> (3 &* width)) & mask)
                bit &+= 4 &* width
                index &+= 4
            }
        }
        while index < count {
            target[index] = UInt32(truncatingIfNeeded: word() & mask)
            bit &+= width
            index &+= 1
        }
    }

    /// Decodes levels of a column whose values may be null: how many of `count` values are there. Fills `presence` if
    /// that is not all of them.
    static func presence(
        _ bytes: UnsafeRawBufferPointer, count: Int, into presence: inout [UInt8]
    ) throws(ParquetError) -> Int {
        var probe = ByteCursor(bytes)
        if count > 0, let head = try? probe.varint(), head & 1 == 0, head >> 1 >= UInt64(count),
            try probe.take(1).load(as: UInt8.self) == 1
        {
            return count
        }
        presence.removeAll(keepingCapacity: true)
        presence.reserveCapacity(count)
        var cursor = ByteCursor(bytes)
        var present = 0
        while presence.count < count {
            let head = try cursor.varint()
            let wanted = count - presence.count
            if head & 1 == 1 {
                var left = head >> 1 >= UInt64(wanted) ? wanted : min(wanted, Int(head >> 1) * 8)
                guard left > 0 else { throw ParquetError("a group of no values") }
                while left > 0 {
                    var byte = try cursor.take(1).load(as: UInt8.self)
                    for _ in 0..<min(8, left) {
                        presence.append(byte & 1)
                        present += Int(byte & 1)
                        byte >>= 1
                    }
                    left -= min(8, left)
                }
            } else {
                let run = Int(min(head >> 1, UInt64(wanted)))
                let value = try cursor.take(1).load(as: UInt8.self)
                guard run > 0, value <= 1 else { throw ParquetError("a run of \(run) levels of \(value)") }
                presence.append(contentsOf: repeatElement(value, count: run))
                present += value == 1 ? run : 0
            }
        }
        return present
    }
}
