extension Series {
    /// Calls `body` with this number and with all numbers that it is made of, but for the parts of those of which it says
    /// that it wants none.
    func visit(_ body: (Series) -> Bool) {
        guard body(self) else { return }
        switch node {
        case .constant, .field, .running, .first, .session, .prior, .premarket, .superTrend, .pivot: break
        case .negated(let one), .absolute(let one), .rounded(let one, _), .before(let one, _), .moved(let one, _, _),
            .window(_, let one, _), .average(let one, _), .longer(_, let one), .daily(let one, _),
            .sameTime(let one, _):
            one.visit(body)
        case .combined(_, let one, let other):
            one.visit(body)
            other.visit(body)
        case .choice(let condition, let one, let other):
            condition.visit(body)
            one.visit(body)
            other.visit(body)
        case .barsSince(let condition), .asNumber(let condition): condition.visit(body)
        }
    }
}

extension Condition {
    /// Calls `body` with all numbers that it is made of.
    func visit(_ body: (Series) -> Bool) {
        switch node {
        case .constant, .weekday: break
        case .compared(_, let one, let other), .crosses(let one, let other, _):
            one.visit(body)
            other.visit(body)
        case .between(let one, let low, let high):
            one.visit(body)
            low.visit(body)
            high.visit(body)
        case .not(let one), .before(let one, _), .longer(_, let one): one.visit(body)
        case .and(let one, let other), .or(let one, let other):
            one.visit(body)
            other.visit(body)
        case .choice(let condition, let one, let other):
            condition.visit(body)
            one.visit(body)
            other.visit(body)
        }
    }
}
