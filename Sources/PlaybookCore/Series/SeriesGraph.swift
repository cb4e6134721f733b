/// The numbers and conditions that plans need, each once. A `ColumnBank` computes them.
///
///     var graph = SeriesGraph()
///     let average = graph.number(.ema(.close, 20))
///     let pullback = graph.truth(.close < .ema(.close, 20))
public struct SeriesGraph: Sendable {
    /// Children come before what takes them.
    private(set) var nodes: [ColumnNode] = []
    private(set) var rows: [RowKind] = [.own]
    private(set) var averages: [ExponentialMovingAverage] = []
    private(set) var ranges: [AverageTrueRange] = []
    private(set) var sameTimes: [SameTime] = []
    private var places: [Key: Int] = [:]

    private struct Key: Hashable {
        enum Expression: Hashable {
            case number(Series)
            case truth(Condition)
            case broadcast(Int)
            case aged(Int, Int)
        }
        var expression: Expression
        var row: Int
        var back: Int
    }

    /// A number whose values at the same time of other sessions are wanted.
    struct SameTime: Sendable {
        var graph: SeriesGraph
        var number: NumberRef
        var sessions: Int
    }

    /// Nothing yet.
    public init() {}

    /// Whether nothing is wanted.
    public var isEmpty: Bool { nodes.isEmpty }

    /// The place of a number; the same for equal numbers.
    public mutating func number(_ series: Series) -> NumberRef {
        let place = add(series, row: 0, back: 0)
        require(place, depth: 1)
        return NumberRef(place)
    }

    /// The place of a condition; the same for equal conditions.
    public mutating func truth(_ condition: Condition) -> TruthRef {
        let place = add(condition, row: 0, back: 0)
        require(place, depth: 1)
        return TruthRef(place)
    }

    /// The places of a plan's numbers and conditions.
    mutating func places(numbers: [Series], conditions: [Condition]) -> PlanPlaces {
        PlanPlaces(numbers: numbers.map { number($0) }, conditions: conditions.map { truth($0) })
    }

    /// Whether a number is known before the session's first bar closes.
    public func isKnownAtOpen(_ ref: NumberRef) -> Bool { nodes[ref.index].isSession }

    /// Whether a condition is known before the session's first bar closes.
    public func isKnownAtOpen(_ ref: TruthRef) -> Bool { nodes[ref.index].isSession }

    /// The graph with the depths that sessions of at most `bars` bars make necessary.
    func settled(sessionBars bars: Int) -> SeriesGraph {
        var graph = self
        for place in nodes.indices where nodes[place].operation == .barsSince {
            graph.nodes[place].n = bars
            graph.require(nodes[place].a, depth: graph.nodes[place].depth + bars)
        }
        for place in nodes.indices {
            graph.nodes[place].settle()
            graph.nodes[place].settles = graph.settles(place)
        }
        return graph
    }

    /// Whether a node is one value from some bar of the session on. What it takes comes before it.
    private func settles(_ place: Int) -> Bool {
        let node = nodes[place]
        guard !node.isSession, node.row == 0 else { return node.isSession }
        switch node.operation {
        case .first: return true
        case .broadcast, .negate, .absolute, .plus, .minus, .times, .divide, .minimum, .maximum, .below, .atMost,
            .above, .atLeast:
            return [node.a, node.b, node.c].allSatisfy { $0 < 0 || nodes[$0].settles }
        default: return false
        }
    }

    private mutating func require(_ place: Int, depth: Int) {
        guard depth > nodes[place].depth else { return }
        nodes[place].depth = depth
        let node = nodes[place]
        if node.operation == .longer || node.operation == .truthLonger {
            // A bar closes at most one longer bar.
            var back = 0
            if case .longer(_, let of) = rows[nodes[node.a].row] { back = of }
            require(node.a, depth: max(0, depth - back) + 1)
            return
        }
        for child in [node.a, node.b, node.c] where child >= 0 { require(child, depth: node.readDepth) }
    }
}

// MARK: - Numbers

extension SeriesGraph {
    mutating func add(_ series: Series, row: Int, back: Int) -> Int {
        let key = Key(expression: .number(series), row: row, back: series.dependsOnStart ? back : 0)
        if let place = places[key] { return place }
        var node = made(series, row, back)
        node.row = node.isSession ? 0 : row
        node.back = key.back
        return keep(node, key)
    }

    private mutating func keep(_ node: ColumnNode, _ key: Key) -> Int {
        if node.isSession, key.row != 0 {
            // One value in the session is the same for all rows of bars.
            var own = key
            own.row = 0
            let place = places[own] ?? keep(node, own)
            places[key] = place
            return place
        }
        nodes.append(node)
        places[key] = nodes.count - 1
        return nodes.count - 1
    }

    private mutating func made(_ series: Series, _ row: Int, _ back: Int) -> ColumnNode {
        switch series.node {
        case .constant(let value): return leaf(.constant, isSession: true) { $0.x = value }
        case .field(let field): return made(field, row, back)
        case .running(let kind): return leaf(.running) { $0.code = kind.rawValue }
        case .first(let minutes, let price):
            return leaf(.first) { ($0.code, $0.n) = (price.rawValue, minutes) }
        case .session(let value): return leaf(.session, isSession: true) { $0.code = value.rawValue }
        case .prior(let price): return leaf(.prior, isSession: true) { $0.code = price.rawValue }
        case .premarket(let price): return leaf(.premarket, isSession: true) { $0.code = price.rawValue }
        case .negated(let one): return combined(.negate, [add(one, row: row, back: back)], row)
        case .absolute(let one): return combined(.absolute, [add(one, row: row, back: back)], row)
        case .rounded(let one, let tick):
            return combined(.round, [add(one, row: row, back: back)], row) { $0.x = tick }
        case .combined(let how, let one, let other):
            let parts = [add(one, row: row, back: back), add(other, row: row, back: back)]
            return combined(Self.operation(how), parts, row)
        case .choice(let condition, let one, let other):
            let parts = [
                add(condition, row: row, back: back), add(one, row: row, back: back), add(other, row: row, back: back),
            ]
            return combined(.choose, parts, row)
        case .before(let one, let n): return before(add(one, row: row, back: back + n), .before, n, row)
        case .moved(let one, let n, let isRatio): return moved(one, n, isRatio, row, back)
        case .window(let kind, let one, let n):
            let x = column(add(one, row: row, back: back + n - 1), row)
            return leaf(.window) { ($0.a, $0.code, $0.n) = (x, kind.rawValue, n) }
        case .average(let one, let average): return made(one, average, row, back)
        case .superTrend(let n, let k, let isSide):
            let ahead = Self.ahead(1 / Double(n))
            let parts = [Series.atrWilder(n), .hl2, .close].map { add($0, row: row, back: back + ahead) }
            return leaf(.superTrend) {
                ($0.a, $0.b, $0.c) = (parts[0], parts[1], parts[2])
                ($0.x, $0.code, $0.ahead) = (k, isSide ? 1 : 0, back + ahead)
            }
        case .pivot(let n, let isHigh):
            return leaf(.pivot) { ($0.n, $0.code, $0.ahead) = (n, isHigh ? 1 : 0, back + Series.pivotReach * n) }
        case .longer(let minutes, let inner):
            precondition(row == 0, "bars within bars are not known")
            let place = longer(minutes, inner.dependsOnStart ? back : 0)
            let child = column(add(inner, row: place, back: 0), place)
            return leaf(.longer) { $0.a = child }
        case .daily(let inner, let back): return daily(inner, back, row)
        case .sameTime(let x, let n):
            precondition(row == 0, "the same time of longer bars is not known")
            var graph = SeriesGraph()
            let ref = graph.number(x)
            sameTimes.append(SameTime(graph: graph, number: ref, sessions: n))
            return leaf(.sameTime) { ($0.code, $0.n) = (sameTimes.count - 1, n) }
        case .barsSince(let condition):
            let child = column(add(condition, row: row, back: back), row)
            return leaf(.barsSince) { $0.a = child }
        case .asNumber(let condition): return combined(.asNumber, [add(condition, row: row, back: back)], row)
        }
    }

    private mutating func made(_ field: Series.Field, _ row: Int, _ back: Int) -> ColumnNode {
        switch field {
        case .open, .high, .low, .close, .volume: return leaf(.field) { $0.code = field.rawValue }
        case .time, .bar: return leaf(.clock) { $0.code = field == .bar ? 1 : 0 }
        case .trueRange:
            let parts = [Series.high, .low, .close].map { add($0, row: row, back: back) }
            return leaf(.trueRange) { ($0.a, $0.b, $0.c) = (parts[0], parts[1], parts[2]) }
        case .hl2, .hlc3, .position:
            let parts = [Series.high, .low, .close].map { add($0, row: row, back: back) }
            return leaf(.shape) { ($0.a, $0.b, $0.c, $0.code) = (parts[0], parts[1], parts[2], field.rawValue) }
        case .ohlc4: return made((.open + .high + .low + .close) * 0.25, row, back)
        }
    }

    private mutating func made(_ x: Series, _ average: Series.Average, _ row: Int, _ back: Int) -> ColumnNode {
        var ahead = Self.ahead(average.weight)
        let child = column(add(x, row: row, back: back + ahead), row)
        var (fast, code) = (-1, 0)
        if row == 0, back == 0, case .exponential(let period) = average {
            if x == .close {
                averages.append(ExponentialMovingAverage(period: period))
                fast = averages.count - 1
            } else if x == .trueRange {
                ranges.append(AverageTrueRange(period: period))
                (fast, code) = (ranges.count - 1, 1)
            }
        }
        ahead += back
        return leaf(.average) {
            ($0.a, $0.x, $0.fast, $0.code, $0.ahead) = (child, average.weight, fast, code, ahead)
        }
    }

    private mutating func moved(
        _ x: Series, _ n: Int, _ isRatio: Bool, _ row: Int, _ back: Int
    ) -> ColumnNode {
        let now = add(x, row: row, back: back)
        let earlier = x.earlier(n)
        var then = add(earlier, row: row, back: back)
        if rows[row] == .daily {
            let node = leaf(.aged) { ($0.a, $0.n) = (column(then, row), n + 1) }
            then = keep(with(node) { $0.row = row }, Key(expression: .aged(then, n), row: row, back: back))
        }
        guard isRatio else { return combined(.minus, [now, then], row) }
        let ratio = combined(.divide, [now, then], row)
        let place = keep(
            with(ratio) { $0.row = $0.isSession ? 0 : row }, Key(expression: .number(x / earlier), row: row, back: back)
        )
        return combined(.minus, [place, add(1, row: row, back: back)], row)
    }

    private mutating func daily(_ inner: Series, _ back: Int, _ row: Int) -> ColumnNode {
        precondition(row == 0, "bars within bars are not known")
        if back == 0, case .window(.mean, .close, let n) = inner.node {
            // The slow way too: for sessions seen with a later session's splits.
            let child = add(inner, row: dailyRow(), back: 0)
            return leaf(.dailyMean, isSession: true) { ($0.a, $0.n) = (child, n) }
        }
        let place = dailyRow()
        let child = column(add(inner, row: place, back: back), place)
        return leaf(.daily, isSession: true) {
            ($0.a, $0.n, $0.code) = (child, back, inner.outermost == .window ? 0 : 1)
        }
    }

    private mutating func dailyRow() -> Int { row(.daily) }

    private mutating func longer(_ minutes: Int, _ back: Int) -> Int { row(.longer(minutes: minutes, back: back)) }

    mutating func row(_ kind: RowKind) -> Int {
        if let place = rows.firstIndex(of: kind) { return place }
        rows.append(kind)
        return rows.count - 1
    }

    private static func operation(_ how: Series.Operator) -> ColumnNode.Operation {
        switch how {
        case .plus: .plus
        case .minus: .minus
        case .times: .times
        case .dividedBy: .divide
        case .modulo: .modulo
        case .minimum: .minimum
        case .maximum: .maximum
        }
    }
}

// MARK: - Making nodes

extension SeriesGraph {
    private func with(_ node: ColumnNode, _ change: (inout ColumnNode) -> Void) -> ColumnNode {
        var node = node
        change(&node)
        return node
    }

    private func leaf(
        _ operation: ColumnNode.Operation, isSession: Bool = false, _ change: (inout ColumnNode) -> Void
    ) -> ColumnNode {
        with(ColumnNode(operation)) {
            $0.isSession = isSession
            change(&$0)
        }
    }

    /// The node of an operation on the same bar. It is one value in the session where all that it takes is.
    mutating func combined(
        _ operation: ColumnNode.Operation, _ parts: [Int], _ row: Int, _ change: (inout ColumnNode) -> Void = { _ in }
    ) -> ColumnNode {
        var node = ColumnNode(operation)
        node.isSession = parts.allSatisfy { nodes[$0].isSession }
        let parts = node.isSession ? parts : parts.map { column($0, row) }
        node.a = parts[0]
        if parts.count > 1 { node.b = parts[1] }
        if parts.count > 2 { node.c = parts[2] }
        change(&node)
        return node
    }

    /// The value at earlier bars; one that is the same in the whole session is that at each of them.
    mutating func before(_ child: Int, _ operation: ColumnNode.Operation, _ n: Int, _ row: Int) -> ColumnNode {
        let child = column(child, row)
        return leaf(operation) { ($0.a, $0.n) = (child, n) }
    }

    /// A node with a value at each bar of a row.
    mutating func column(_ place: Int, _ row: Int) -> Int {
        guard nodes[place].isSession else { return place }
        let key = Key(expression: .broadcast(place), row: row, back: 0)
        if let known = places[key] { return known }
        let isTruth = nodes[place].isTruth
        return keep(
            leaf(isTruth ? .truthBroadcast : .broadcast) { ($0.a, $0.row, $0.isTruth) = (place, row, isTruth) }, key)
    }

    /// How many bars before the first needed one a recursion starts: what is older weighs less than 2^-53.
    static func ahead(_ weight: Double) -> Int {
        weight >= 1 ? 1 : Int((53 * 0.693147180559945309 / -logarithm(1 - weight)).rounded(.up))
    }

    mutating func add(_ condition: Condition, row: Int, back: Int) -> Int {
        let key = Key(expression: .truth(condition), row: row, back: condition.dependsOnStart ? back : 0)
        if let place = places[key] { return place }
        var node = made(condition, row, back)
        node.row = node.isSession ? 0 : row
        node.back = key.back
        node.isTruth = true
        return keep(node, key)
    }
}

extension SeriesGraph {
    /// Whether a session's bars before the open are read.
    public var readsPremarket: Bool {
        nodes.contains { $0.operation == .premarket } || sameTimes.contains { $0.graph.readsPremarket }
    }
}
