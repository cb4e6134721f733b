// What a session's first bars tell needs no column: after them it is one value.
extension ColumnBank {
    /// What a node settles to in the session at hand; nil where bars are missing.
    func settledValue(_ place: Int) -> SettledValue? {
        if settled[place].session != sessionsOpened {
            settled[place] = settle(place)
            settled[place].session = sessionsOpened
        }
        return settled[place].from >= 0 ? settled[place] : nil
    }

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
            return SettledValue(from: from, value: settle(node.pointee, one.value, other.value))
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

    private func settle(_ node: ColumnNode, _ one: Double, _ other: Double) -> Double {
        guard node.isTruth else { return combined(node.operation, one, other) }
        return compared(node.operation, one, other).map { $0 ? 1 : 0 } ?? .nan
    }
}
