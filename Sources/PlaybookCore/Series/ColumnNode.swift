/// One number or condition of a graph, made ready to be computed: an operation and the places of what it takes.
struct ColumnNode {
    enum Operation: UInt8 {
        // Numbers.
        case constant, broadcast, field, trueRange, shape, clock, running, first, session, prior, premarket
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
    /// Of an average: its place among those of closes (`code` 0) or true ranges (1) that kernels compute, -1 for none.
    var fast = -1
    /// Place of the row of bars that it is computed over.
    var row = 0
    /// How many bars before the first needed one enclosing functions look at it.
    var back = 0
    /// How many bars before the first needed one have to be computed.
    var depth = 0
    /// In which order its bars are computed.
    var order = Order.free
    /// How many bars before one it reads what it takes.
    var reach = 0
    /// How many bars before the first needed one it reads what it takes when it begins.
    var need = 0
    /// Of a recursion: how many bars before the first needed one it starts.
    var ahead = 0
    var isTruth = false
    /// Whether it is known before the session's first bar closes: one value in the session.
    var isSession = false
    /// Whether it is unknown up to a bar of the session and one value from there on, as its first bars' prices are.
    var settles = false

    /// In which order the bars of a node are computed.
    enum Order: UInt8 {
        /// It is one value in the session.
        case session
        /// It is read where the bars lie.
        case inPlace
        /// Each value is made of the one before.
        case ascending
        /// Any.
        case free
    }

    init(_ operation: Operation) { self.operation = operation }

    /// Whether it is about longer bars.
    var isLonger: Bool { operation == .longer || operation == .truthLonger }

    /// Settles what depends on the depth.
    mutating func settle() {
        order =
            if isSession {
                .session
            } else {
                switch operation {
                case .field: .inPlace
                case .average, .superTrend, .pivot, .barsSince: .ascending
                default: .free
                }
            }
        switch operation {
        case .before, .truthBefore: reach = n
        case .window: reach = n - 1
        case .superTrend, .trueRange: reach = 1
        default: reach = 0
        }
        need = readDepth
    }
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
    /// The deepest that it reads what it takes, in bars before the first needed one.
    var readDepth: Int {
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
