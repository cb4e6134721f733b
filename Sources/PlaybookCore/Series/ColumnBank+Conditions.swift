import CPrefetch

extension ColumnBank {
    /// Computes a condition that is neither a comparison nor logic at the bars from `low` to `high`.
    @inline(never)
    func computeTruth(_ out: UnsafeMutablePointer<ColumnState>, _ node: ColumnNode, _ low: Int, _ high: Int) {
        switch node.operation {
        case .truthBroadcast:
            let value = states[node.a].truth(0)
            out.pointee.setBits(low, high) { _ in (value != nil, value == true) }
        case .truthBefore:
            let a = states[node.a]
            out.pointee.setBits(low, high) { bar in
                let value = a.truth(bar - node.n)
                return (value != nil, value == true)
            }
        case .between:
            let (a, b, c) = (states[node.a].values, states[node.b].values, states[node.c].values)
            let equality = equality
            out.pointee.setBits(low, high) { bar in
                let isKnown = !(a[bar].isNaN || b[bar].isNaN || c[bar].isNaN)
                return (isKnown, isKnown && !equality.isBelow(a[bar], b[bar]) && !equality.isAbove(a[bar], c[bar]))
            }
        default:
            let holds = node.operation == .weekday ? isWeekday(node.code) : node.code == 1
            out.pointee.setBits(low, high) { _ in (true, holds) }
        }
    }

    /// Compares two numbers. Those of a block are compared together.
    @inline(never)
    func compare(
        _ out: UnsafeMutablePointer<ColumnState>, _ node: UnsafeMutablePointer<ColumnNode>, _ low: Int, _ high: Int
    ) {
        var (one, other) = (UnsafePointer(states[node.pointee.a].values), UnsafePointer(states[node.pointee.b].values))
        let operation = node.pointee.operation
        // Below is above the other way round.
        if operation == .below || operation == .atLeast { swap(&one, &other) }
        let isEither = operation == .equal || operation == .notEqual
        let isInverted = operation == .atMost || operation == .atLeast || operation == .equal
        let floor = equality.floor
        let (known, isTrue) = (out.pointee.known, out.pointee.isTrue)
        var bar = low
        while bar < high {
            if bar & 7 == 0, bar &+ 8 <= high, wide_is_there() != 0 {
                let blocks = (high &- bar) >> 3
                wide_compare(
                    one + bar, other + bar, blocks, floor, isEither ? 1 : 0, isInverted ? 1 : 0, known + (bar >> 3),
                    isTrue + (bar >> 3))
                bar &+= blocks << 3
                continue
            }
            guard bar & 7 == 0, bar &+ 8 <= high else {
                let end = min(high, (bar | 7) &+ 1)
                compare(out, operation, bar, end, one, other)
                bar = end
                continue
            }
            let found = Comparison8(one + bar, other + bar, floor, isEither: isEither)
            known[bar >> 3] = found.known
            isTrue[bar >> 3] = isInverted ? found.known & ~found.above : found.above
            bar &+= 8
        }
    }

    @inline(never)
    private func compare(
        _ out: UnsafeMutablePointer<ColumnState>, _ operation: ColumnNode.Operation, _ low: Int, _ high: Int,
        _ one: UnsafePointer<Double>, _ other: UnsafePointer<Double>
    ) {
        let equality = equality
        out.pointee.setBits(low, high) { bar in
            let isKnown = one[bar] == one[bar] && other[bar] == other[bar]
            let holds =
                switch operation {
                case .above, .below: equality.isAbove(one[bar], other[bar])
                case .atMost, .atLeast: !equality.isAbove(one[bar], other[bar])
                case .equal: equality.isEqual(one[bar], other[bar])
                default: !equality.isEqual(one[bar], other[bar])
                }
            return (isKnown, isKnown && holds)
        }
    }

    /// Logic on eight bars at a time. A bit is true only where it is known.
    @inline(never)
    func combineBits(
        _ state: UnsafeMutablePointer<ColumnState>, _ node: UnsafeMutablePointer<ColumnNode>, _ low: Int, _ high: Int
    ) {
        let (operation, out) = (node.pointee.operation, state.pointee)
        let a = states[node.pointee.a]
        let b = states[node.pointee.b >= 0 ? node.pointee.b : node.pointee.a]
        let c = states[node.pointee.c >= 0 ? node.pointee.c : node.pointee.a]
        for byte in (low >> 3)..<((high + 7) >> 3) {
            let (aKnown, aTrue, bKnown, bTrue) = (a.known[byte], a.isTrue[byte], b.known[byte], b.isTrue[byte])
            let (known, isTrue): (UInt8, UInt8) =
                switch operation {
                case .not: (aKnown, aKnown & ~aTrue)
                case .and: (aKnown & bKnown | aKnown & ~aTrue | bKnown & ~bTrue, aTrue & bTrue)
                case .or: (aKnown & bKnown | aTrue | bTrue, aTrue | bTrue)
                default:
                    (
                        aTrue & bKnown | aKnown & ~aTrue & c.known[byte],
                        aTrue & bTrue | aKnown & ~aTrue & c.isTrue[byte]
                    )
                }
            // Bars of the byte beyond these are computed anew when they are asked for.
            out.known[byte] = known
            out.isTrue[byte] = isTrue
        }
    }

    @inline(never)
    func computeBarsSince(_ place: Int, _ node: ColumnNode, _ low: Int, _ high: Int) {
        let (condition, out, first) = (states[node.a], states[place].values, rows[node.row].first)
        // The last bar before these at which it was true is known from the value there.
        var bar = low
        while bar < high {
            let start = source.slices[sliceIndex(of: bar)].bars.lowerBound - first
            if condition.truth(bar) == true {
                out[bar] = 0
            } else if bar > low, bar > start {
                out[bar] = out[bar - 1] + 1
            } else {
                // Bars of an earlier session that are not computed are looked at no further than they are.
                var back = bar - 1
                let least = max(start, -node.need)
                while back >= least, condition.truth(back) != true { back -= 1 }
                out[bar] = back >= least ? Double(bar - back) : .nan
            }
            bar += 1
        }
    }
}

/// At which of eight bars one number is above another by more than equal numbers may differ, a bit a bar.
struct Comparison8 {
    let known, above: UInt8

    /// - Parameters:
    ///   - floor: of the session's `Equality`.
    ///   - isEither: whether below counts as well.
    @inline(__always)
    init(_ one: UnsafePointer<Double>, _ other: UnsafePointer<Double>, _ floor: Double, isEither: Bool) {
        let (a, b) = (load8(one), load8(other))
        let distance = a - b
        let least = 1e-9 * greater(greater(Self.size(a), Self.size(b)), SIMD8(repeating: floor))
        let mask = (isEither ? Self.size(distance) : distance) .> least
        above = Self.bits(mask)
        let all = distance.lowHalf + distance.highHalf
        let pair = all.lowHalf + all.highHalf
        // A sum of known numbers is known.
        let sum = pair[0] + pair[1]
        known = sum == sum ? 0xFF : Self.known(one, other)
    }

    /// A bit a bar, added up in halves.
    @inline(__always)
    private static func bits(_ mask: SIMDMask<SIMD8<Int64>>) -> UInt8 {
        let bits = SIMD8<Int64>.zero.replacing(with: SIMD8(1, 2, 4, 8, 16, 32, 64, 128), where: mask)
        let four = bits.lowHalf &+ bits.highHalf
        let two = four.lowHalf &+ four.highHalf
        return UInt8(truncatingIfNeeded: two[0] &+ two[1])
    }

    @inline(__always)
    private static func size(_ x: SIMD8<Double>) -> SIMD8<Double> {
        unsafeBitCast(unsafeBitCast(x, to: SIMD8<UInt64>.self) & 0x7FFF_FFFF_FFFF_FFFF, to: SIMD8<Double>.self)
    }

    @inline(never)
    private static func known(_ one: UnsafePointer<Double>, _ other: UnsafePointer<Double>) -> UInt8 {
        let (a, b) = (load8(one), load8(other))
        return bits((a .== a) .& (b .== b))
    }
}
