// Numbers and conditions that are known before a session's first bar closes: one value in the session.
extension ColumnBank {
    public func sessionNumber(_ ref: NumberRef) -> Double {
        precondition(nodes[ref.index].isSession, "a number that is known before the first bar closes")
        return sessionNumber(ref.index)
    }

    /// What takes a few instructions is not kept. Of numbers that are made of others it is as `computeTwo` has it.
    func sessionNumber(_ place: Int) -> Double {
        let node = nodes + place
        switch node.pointee.operation {
        case .constant: return node.pointee.x
        case .session where node.pointee.code == Series.SessionValue.open.rawValue: return sessionOpen
        case .dailyMean: return dailyMean(node)
        case .prior where node.pointee.code == Series.Price.close.rawValue: return priorValue(node.pointee.code)
        case .absolute: return Swift.abs(sessionNumber(node.pointee.a))
        case .plus: return sessionNumber(node.pointee.a) + sessionNumber(node.pointee.b)
        case .minus: return sessionNumber(node.pointee.a) - sessionNumber(node.pointee.b)
        case .times: return sessionNumber(node.pointee.a) * sessionNumber(node.pointee.b)
        case .divide:
            let (one, other) = (sessionNumber(node.pointee.a), sessionNumber(node.pointee.b))
            return Swift.abs(other) <= 1e-9 * equality.floor ? .nan : one / other
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
            let one = sessionNumber(node.pointee.a)
            let other = sessionNumber(node.pointee.b)
            guard one == one, other == other else { return nil }
            switch node.pointee.operation {
            case .below: return equality.isBelow(one, other)
            case .atMost: return !equality.isAbove(one, other)
            case .above: return equality.isAbove(one, other)
            default: return !equality.isBelow(one, other)
            }
        default: break
        }
        if !extents[ref.index].contains(0) { fillSession(ref.index) }
        return states[ref.index].truth(0)
    }
}
