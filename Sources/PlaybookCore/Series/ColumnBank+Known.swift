// Numbers and conditions that are known before a session's first bar closes: one value in the session.
extension ColumnBank {
    public func sessionNumber(_ ref: NumberRef) -> Double {
        precondition(nodes[ref.index].isSession, "a number that is known before the first bar closes")
        return sessionNumber(ref.index)
    }

    /// What takes a few instructions is not kept.
    func sessionNumber(_ place: Int) -> Double {
        let node = nodes + place
        switch node.pointee.operation {
        case .constant: return node.pointee.x
        case .session where node.pointee.code == Series.SessionValue.open.rawValue: return sessionOpen
        case .dailyMean: return dailyMean(node)
        case .prior where node.pointee.code == Series.Price.close.rawValue: return priorValue(node.pointee.code)
        case .absolute: return Swift.abs(sessionNumber(node.pointee.a))
        case .plus, .minus, .times, .divide:
            return combined(node.pointee.operation, sessionNumber(node.pointee.a), sessionNumber(node.pointee.b))
        default:
            if !extents[place].contains(0) { fillSession(place) }
            return states[place].values[0]
        }
    }

    public func sessionTruth(_ ref: TruthRef) -> Bool? {
        let node = nodes + ref.index
        precondition(node.pointee.isSession, "a condition that is known before the first bar closes")
        switch node.pointee.operation {
        case .below, .atMost, .above, .atLeast:
            return compared(node.pointee.operation, sessionNumber(node.pointee.a), sessionNumber(node.pointee.b))
        default: break
        }
        if !extents[ref.index].contains(0) { fillSession(ref.index) }
        return states[ref.index].truth(0)
    }

    /// Makes one number of two, as `computeTwo` does.
    @inline(__always)
    func combined(_ operation: ColumnNode.Operation, _ one: Double, _ other: Double) -> Double {
        switch operation {
        case .plus: return one + other
        case .minus: return one - other
        case .times: return one * other
        case .divide: return Swift.abs(other) <= 1e-9 * equality.floor ? .nan : one / other
        case .minimum: return one.isNaN || other.isNaN ? .nan : other < one ? other : one
        default: return one.isNaN || other.isNaN ? .nan : other > one ? other : one
        }
    }

    /// Compares two numbers, as `compare` does; nil where one is unknown.
    @inline(__always)
    func compared(_ operation: ColumnNode.Operation, _ one: Double, _ other: Double) -> Bool? {
        guard one == one, other == other else { return nil }
        switch operation {
        case .below: return equality.isBelow(one, other)
        case .atMost: return !equality.isAbove(one, other)
        case .above: return equality.isAbove(one, other)
        default: return !equality.isBelow(one, other)
        }
    }
}
