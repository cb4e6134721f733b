#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

extension SeriesGraph {
    static func logarithm(_ x: Double) -> Double { log(x) }

    mutating func made(_ condition: Condition, _ row: Int, _ back: Int) -> ColumnNode {
        switch condition.node {
        case .constant(let value):
            var node = ColumnNode(.truthConstant)
            (node.isSession, node.code) = (true, value ? 1 : 0)
            return node
        case .weekday(let days):
            var node = ColumnNode(.weekday)
            (node.isSession, node.code) = (true, days)
            return node
        case .compared(let how, let one, let other):
            let parts = [add(one, row: row, back: back), add(other, row: row, back: back)]
            return combined(Self.operation(how), parts, row)
        case .between(let one, let low, let high):
            let parts = [one, low, high].map { add($0, row: row, back: back) }
            return combined(.between, parts, row)
        case .crosses(let one, let other, let isAbove):
            let now = isAbove ? one > other : one < other
            let (first, second) = (one.earlier(1), other.earlier(1))
            let then = isAbove ? first <= second : first >= second
            return combined(.and, [add(now, row: row, back: back), add(then, row: row, back: back)], row)
        case .not(let one): return combined(.not, [add(one, row: row, back: back)], row)
        case .and(let one, let other):
            return combined(.and, [add(one, row: row, back: back), add(other, row: row, back: back)], row)
        case .or(let one, let other):
            return combined(.or, [add(one, row: row, back: back), add(other, row: row, back: back)], row)
        case .choice(let condition, let one, let other):
            let parts = [condition, one, other].map { add($0, row: row, back: back) }
            return combined(.truthChoose, parts, row)
        case .before(let one, let n):
            return before(add(one, row: row, back: back + n), .truthBefore, n, row)
        case .longer(let minutes, let inner):
            precondition(row == 0, "bars within bars are not known")
            let place = self.row(.longer(minutes: minutes, back: inner.dependsOnStart ? back : 0))
            let child = column(add(inner, row: place, back: 0), place)
            var node = ColumnNode(.truthLonger)
            node.a = child
            return node
        }
    }

    private static func operation(_ how: Condition.Comparison) -> ColumnNode.Operation {
        switch how {
        case .below: .below
        case .atMost: .atMost
        case .above: .above
        case .atLeast: .atLeast
        case .equal: .equal
        case .notEqual: .notEqual
        }
    }
}

// MARK: - What an expression consists of

extension Series {
    /// What decides how old daily bars may be: a window's first bar, or the newest.
    enum Outermost { case field, window, recursion }

    var outermost: Outermost {
        switch node {
        case .window, .moved: .window
        case .average, .superTrend, .pivot: .recursion
        case .negated(let one), .absolute(let one), .rounded(let one, _), .before(let one, _): one.outermost
        case .combined(_, let one, let other), .choice(_, let one, let other):
            switch (one.outermost, other.outermost) {
            case (.recursion, _), (_, .recursion): .recursion
            case (.window, _), (_, .window): .window
            default: .field
            }
        default: .field
        }
    }

    /// Whether its values depend on the bar at which recursions start.
    var dependsOnStart: Bool {
        switch node {
        case .average, .superTrend, .pivot: true
        case .constant, .field, .running, .first, .session, .prior, .premarket, .daily, .sameTime: false
        case .negated(let one), .absolute(let one), .rounded(let one, _), .before(let one, _), .moved(let one, _, _),
            .window(_, let one, _), .longer(_, let one):
            one.dependsOnStart
        case .combined(_, let one, let other): one.dependsOnStart || other.dependsOnStart
        case .choice(let condition, let one, let other):
            condition.dependsOnStart || one.dependsOnStart || other.dependsOnStart
        case .barsSince(let condition), .asNumber(let condition): condition.dependsOnStart
        }
    }
}

extension Condition {
    /// Whether its values depend on the bar at which recursions start.
    var dependsOnStart: Bool {
        switch node {
        case .constant, .weekday: false
        case .compared(_, let one, let other), .crosses(let one, let other, _):
            one.dependsOnStart || other.dependsOnStart
        case .between(let one, let low, let high):
            one.dependsOnStart || low.dependsOnStart || high.dependsOnStart
        case .not(let one), .before(let one, _), .longer(_, let one): one.dependsOnStart
        case .and(let one, let other), .or(let one, let other): one.dependsOnStart || other.dependsOnStart
        case .choice(let condition, let one, let other):
            condition.dependsOnStart || one.dependsOnStart || other.dependsOnStart
        }
    }
}
