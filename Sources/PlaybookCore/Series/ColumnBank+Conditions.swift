extension ColumnBank {
    /// Computes a condition at the bars from `low` to `high`.
    func computeTruth(_ place: Int, _ node: ColumnNode, _ low: Int, _ high: Int) {
        let out = states[place]
        switch node.operation {
        case .truthConstant, .weekday:
            let holds = node.operation == .weekday ? isWeekday(node.code) : node.code == 1
            out.setBits(low, high) { _ in (true, holds) }
        case .truthBroadcast:
            let value = states[node.a].truth(0)
            out.setBits(low, high) { _ in (value != nil, value == true) }
        case .truthBefore:
            let a = states[node.a]
            out.setBits(low, high) { bar in
                let value = a.truth(bar - node.n)
                return (value != nil, value == true)
            }
        case .between:
            let (a, b, c) = (states[node.a].values, states[node.b].values, states[node.c].values)
            let equality = equality
            out.setBits(low, high) { bar in
                let isKnown = !(a[bar].isNaN || b[bar].isNaN || c[bar].isNaN)
                return (isKnown, isKnown && !equality.isBelow(a[bar], b[bar]) && !equality.isAbove(a[bar], c[bar]))
            }
        case .not, .and, .or, .truthChoose: combineBits(out, node, low, high)
        default: compare(out, node, low, high)
        }
    }

    private func compare(_ out: ColumnState, _ node: ColumnNode, _ low: Int, _ high: Int) {
        let (a, b) = (states[node.a].values, states[node.b].values)
        let equality = equality
        switch node.operation {
        case .below:
            out.setBits(low, high) { (a[$0] == a[$0] && b[$0] == b[$0], equality.isBelow(a[$0], b[$0])) }
        case .above:
            out.setBits(low, high) { (a[$0] == a[$0] && b[$0] == b[$0], equality.isAbove(a[$0], b[$0])) }
        case .atMost:
            out.setBits(low, high) {
                let isKnown = a[$0] == a[$0] && b[$0] == b[$0]
                return (isKnown, isKnown && !equality.isAbove(a[$0], b[$0]))
            }
        case .atLeast:
            out.setBits(low, high) {
                let isKnown = a[$0] == a[$0] && b[$0] == b[$0]
                return (isKnown, isKnown && !equality.isBelow(a[$0], b[$0]))
            }
        case .equal:
            out.setBits(low, high) { (a[$0] == a[$0] && b[$0] == b[$0], equality.isSame(a[$0], b[$0])) }
        default:
            out.setBits(low, high) {
                let isKnown = a[$0] == a[$0] && b[$0] == b[$0]
                return (isKnown, isKnown && !equality.isSame(a[$0], b[$0]))
            }
        }
    }

    /// Logic on eight bars at a time. A bit is true only where it is known.
    private func combineBits(_ out: ColumnState, _ node: ColumnNode, _ low: Int, _ high: Int) {
        let a = states[node.a]
        let b = node.b >= 0 ? states[node.b] : a
        let c = node.c >= 0 ? states[node.c] : a
        for byte in (low >> 3)..<((high + 7) >> 3) {
            let (aKnown, aTrue, bKnown, bTrue) = (a.known[byte], a.isTrue[byte], b.known[byte], b.isTrue[byte])
            let (known, isTrue): (UInt8, UInt8) =
                switch node.operation {
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

    func computeBarsSince(_ place: Int, _ node: ColumnNode, _ low: Int, _ high: Int) {
        let (condition, out, first) = (states[node.a], states[place].values, rows[node.row].first)
        // The last bar before these at which it was true is known from the value there.
        var bar = low
        while bar < high {
            let start = history.slices[sliceIndex(of: bar)].bars.lowerBound - first
            if condition.truth(bar) == true {
                out[bar] = 0
            } else if bar > low, bar > start {
                out[bar] = out[bar - 1] + 1
            } else {
                // Bars of an earlier session that are not computed are looked at no further than they are.
                var back = bar - 1
                let least = max(start, -nodes[node.a].depth)
                while back >= least, condition.truth(back) != true { back -= 1 }
                out[bar] = back >= least ? Double(bar - back) : .nan
            }
            bar += 1
        }
    }
}
