/// DELTA_BINARY_PACKED: differences of neighbours, less the least of a block, in as few bits as a group of them needs.
enum DeltaBinaryPacked {
    /// Values of a block and of a group within it, as this codec writes them.
    static let blockSize = 128
    static let groupSize = 32

    /// Decodes the values of `bytes`, of which there have to be `count`: how many bytes they took. At least 8 bytes
    /// after `bytes` have to be readable.
    @discardableResult
    static func decode(
        _ bytes: UnsafeRawBufferPointer, count: Int, into target: UnsafeMutablePointer<Int64>
    ) throws(ParquetError) -> Int {
        var cursor = ByteCursor(bytes)
        let block = try cursor.varint()
        let groups = try cursor.varint()
        guard block > 0, block <= 1 << 20, groups > 0, groups <= block, block % groups == 0, block / groups % 8 == 0
        else { throw ParquetError("blocks of \(block) values in \(groups) groups") }
        let size = Int(block / groups)
        let total = try cursor.varint()
        guard total == UInt64(count) else { throw ParquetError("\(total) values where \(count) are due") }
        var previous = try cursor.zigzag()
        if count == 0 { return cursor.position }
        target[0] = previous
        var filled = 1
        while filled < count {
            let least = try cursor.zigzag()
            let widths = try cursor.take(Int(groups)).assumingMemoryBound(to: UInt8.self)
            for group in 0..<Int(groups) where filled < count {
                let width = Int(widths[group])
                guard width <= 64 else { throw ParquetError("a width of \(width) bits") }
                let values = min(size, count - filled)
                let needed = (values * width + 7) / 8
                let bits = try cursor.take(needed)
                previous = unpack(bits, width, least, previous, target + filled, values)
                cursor.skip(upTo: size * width / 8 - needed)
                filled += values
            }
        }
        return cursor.position
    }

    /// The last value.
    @inline(__always)
    private static func unpack(
        _ bits: UnsafeRawPointer, _ width: Int, _ least: Int64, _ before: Int64, _ target: UnsafeMutablePointer<Int64>,
        _ count: Int
    ) -> Int64 {
        var value = before
        if width == 0 {
            for index in 0..<count {
                value &+= least
                target[index] = value
            }
            return value
        }
        let mask = UInt64.max >> UInt64(64 &- width)
        var bit = 0
        if width <= 56 {
            for index in 0..<count {
                let word = UInt64(littleEndian: bits.loadUnaligned(fromByteOffset: bit &>> 3, as: UInt64.self))
                let delta = (word &>> UInt64(truncatingIfNeeded: bit & 7)) & mask
                value &+= least &+ Int64(bitPattern: delta)
                target[index] = value
                bit &+= width
            }
            return value
        }
        for index in 0..<count {
            let start = bit >> 3
            let shift = UInt64(truncatingIfNeeded: bit & 7)
            var delta = UInt64(littleEndian: bits.loadUnaligned(fromByteOffset: start, as: UInt64.self)) >> shift
            if Int(shift) &+ width > 64 {
                delta |= UInt64(bits.load(fromByteOffset: start &+ 8, as: UInt8.self)) << (64 &- shift)
            }
            value &+= least &+ Int64(bitPattern: delta & mask)
            target[index] = value
            bit &+= width
        }
        return value
    }

    /// Encodes `values`.
    static func encode<Value: FixedWidthInteger & SignedInteger>(_ values: ArraySlice<Value>) -> [UInt8] {
        var sink = BitSink()
        sink.bytes.reserveCapacity(values.count * MemoryLayout<Value>.size / 2 + 64)
        sink.varint(UInt64(blockSize))
        sink.varint(UInt64(blockSize / groupSize))
        sink.varint(UInt64(values.count))
        values.withUnsafeBufferPointer { values in
            sink.zigzag(Int64(values.first ?? 0))
            var deltas = [Value](repeating: 0, count: blockSize)
            var start = 1
            while start < values.count {
                let count = min(blockSize, values.count - start)
                var least = Value.max
                for index in 0..<count {
                    deltas[index] = values[start + index] &- values[start + index - 1]
                    least = min(least, deltas[index])
                }
                sink.zigzag(Int64(least))
                encodeBlock(&sink, deltas, count, least)
                start += count
            }
        }
        return sink.bytes
    }

    private static func encodeBlock<Value: FixedWidthInteger & SignedInteger>(
        _ sink: inout BitSink, _ deltas: [Value], _ count: Int, _ least: Value
    ) {
        let narrow = UInt64.max >> UInt64(64 - Value.bitWidth)
        @inline(__always) func excess(_ index: Int) -> UInt64 {
            index < count ? UInt64(truncatingIfNeeded: deltas[index] &- least) & narrow : 0
        }
        var widths: [Int] = []
        for group in stride(from: 0, to: blockSize, by: groupSize) {
            var any: UInt64 = 0
            for index in group..<(group + groupSize) { any |= excess(index) }
            widths.append(64 - any.leadingZeroBitCount)
            sink.bytes.append(UInt8(widths[widths.count - 1]))
        }
        for (group, width) in widths.enumerated() where group * groupSize < count && width > 0 {
            for index in (group * groupSize)..<((group + 1) * groupSize) { sink.append(excess(index), width: width) }
            sink.flush()
        }
    }
}
