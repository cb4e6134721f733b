/// A number or condition that is unknown up to a bar of the session and one value from there on.
struct SettledValue {
    /// The session it is of, as the bank counts those it has opened.
    var opened = 0
    /// The bar from which on it is known; -1 where bars are missing, so that each bar has to be looked at.
    var from = -1
    /// A condition is 1 or 0; NaN for an unknown one.
    var value = Double.nan

    func number(_ bar: Int) -> Double { bar >= from ? value : .nan }

    func truth(_ bar: Int) -> Bool? { bar >= from && !value.isNaN ? value == 1 : nil }

    func firstTrue(in bars: Range<Int>) -> Int? {
        let first = max(bars.lowerBound, from)
        return value == 1 && first < bars.upperBound ? first : nil
    }
}

// What a session's first bars tell needs no column: after them it is one value.
extension ColumnBank {
    /// What a node that settles is in the session at hand; nil where bars are missing.
    func settledValue(_ place: Int) -> SettledValue? {
        if settled[place].opened != opened {
            settled[place] = settle(place)
            settled[place].opened = opened
        }
        return settled[place].from >= 0 ? settled[place] : nil
    }

    /// Of numbers that are made of others it is as `computeTwo` and `computeOne` have it, of comparisons as `compare`.
    @inline(never)
    private func settle(_ place: Int) -> SettledValue {
        let node = nodes + place
        if node.pointee.isSession { return SettledValue(from: 0, value: sessionNumber(place)) }
        if node.pointee.operation == .first { return settleFirst(node) }
        guard let one = settledValue(node.pointee.a) else { return SettledValue() }
        switch node.pointee.operation {
        case .broadcast: return one
        case .negate: return SettledValue(from: one.from, value: -one.value)
        case .absolute: return SettledValue(from: one.from, value: Swift.abs(one.value))
        default:
            guard let other = settledValue(node.pointee.b) else { return SettledValue() }
            let from = max(one.from, other.from)
            return SettledValue(from: from, value: settle(node.pointee.operation, one.value, other.value))
        }
    }

    private func settleFirst(_ node: UnsafeMutablePointer<ColumnNode>) -> SettledValue {
        let slice = source.slices + self.slice
        guard let price = Series.Price(rawValue: node.pointee.code),
            let bars = clockBars(of: Int64(node.pointee.n) * 60, in: slice), bars > 0
        else { return SettledValue() }
        let first = slice.pointee.bars.lowerBound
        return SettledValue(from: bars - 1, value: part(price, first..<first + bars))
    }

    private func settle(_ operation: ColumnNode.Operation, _ one: Double, _ other: Double) -> Double {
        let isKnown = !one.isNaN && !other.isNaN
        func truth(_ holds: Bool) -> Double { isKnown ? holds ? 1 : 0 : .nan }
        switch operation {
        case .plus: return one + other
        case .minus: return one - other
        case .times: return one * other
        case .divide: return Swift.abs(other) <= 1e-9 * equality.floor ? .nan : one / other
        case .minimum: return isKnown ? other < one ? other : one : .nan
        case .maximum: return isKnown ? other > one ? other : one : .nan
        case .below: return truth(equality.isBelow(one, other))
        case .atMost: return truth(!equality.isAbove(one, other))
        case .above: return truth(equality.isAbove(one, other))
        default: return truth(!equality.isBelow(one, other))
        }
    }
}
