/// One number or condition of a graph, made ready to be computed: an operation and the places of what it takes.
struct ColumnNode {
    enum Operation: UInt8 {
        // Numbers.
        case constant, broadcast, field, trueRange, clock, running, first, session, prior
        case negate, absolute, round, plus, minus, times, divide, modulo, minimum, maximum, choose
        case before, aged, window, average, superTrend, pivot, longer, daily, dailyMean, sameTime, barsSince, asNumber
        // Conditions.
        case truthConstant, truthBroadcast, below, atMost, above, atLeast, equal, notEqual, between
        case not, and, or, truthChoose, truthBefore, weekday, truthLonger
    }

    var operation: Operation
    /// Which field, window or other kind of the operation.
    var code = 0
    /// What it takes; -1 for nothing.
    var a = -1, b = -1, c = -1
    /// A period, or a number of bars or minutes.
    var n = 0
    /// A constant, weight, factor or tick.
    var x = 0.0
    /// Of an average: its place among those that the engine's own kernels compute, -1 for none.
    var fast = -1
    /// Place of the row of bars that it is computed over.
    var row = 0
    /// How many bars before the first needed one enclosing functions look at it.
    var back = 0
    /// How many bars before the first needed one have to be computed.
    var depth = 0
    /// Of a recursion: how many bars before the first needed one it starts.
    var ahead = 0
    var isTruth = false
    /// Whether it is known before the session's first bar closes: one value in the session.
    var isSession = false

    init(_ operation: Operation) { self.operation = operation }
}

/// The bars that nodes are computed over.
enum RowKind: Hashable, Sendable {
    /// The history's own.
    case own
    /// Its daily bars.
    case daily
    /// Longer ones. They are needed from the one that is newest so many of the own bars before the session.
    case longer(minutes: Int, back: Int)
}

extension ColumnNode {
    /// The deepest that it reads each of what it takes, in bars before the first needed one.
    func need(_ child: Int) -> Int {
        switch operation {
        // Of bars since, n is a session's bars: it looks back to the session's first bar.
        case .before, .truthBefore, .barsSince: depth + n
        case .window: depth + n - 1
        case .average, .superTrend: max(depth, ahead) + 1
        case .trueRange: depth + 1
        case .daily: n + 1
        default: depth
        }
    }
}
