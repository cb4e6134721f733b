/// A number of the value graph: at each bar its value, unknown where it is NaN.
public struct NumberRef: Sendable, Hashable {
    /// Its place among the numbers of a plan.
    public let index: Int

    /// The number at a place.
    public init(_ index: Int) { self.index = index }
}

/// A condition of the value graph: true, false or unknown at each bar.
public struct TruthRef: Sendable, Hashable, BitwiseCopyable {
    /// Its place among the conditions of a plan.
    public let index: Int

    /// The condition at a place.
    public init(_ index: Int) { self.index = index }
}

/// What a plan's numbers and conditions are, in the session being walked.
///
/// Only a `SessionRun` asks, and only for bars that have closed: bar 0 is the session's first, bar -1 the last one of the
/// session before. Times are minutes since midnight in the market's zone, durations minutes.
public protocol PlanValues {
    /// A number at a bar's close; NaN when it is unknown.
    func number(_ ref: NumberRef, _ bar: Int) -> Double

    /// A condition at a bar's close; nil when it is unknown.
    func truth(_ ref: TruthRef, _ bar: Int) -> Bool?

    /// The first of some bars at which a condition is true.
    func firstTrue(_ ref: TruthRef, in bars: Range<Int>) -> Int?

    /// A number that is known before the session's first bar closes; NaN when it is unknown.
    func sessionNumber(_ ref: NumberRef) -> Double

    /// A condition that is known before the session's first bar closes; nil when it is unknown.
    func sessionTruth(_ ref: TruthRef) -> Bool?
}

/// Where a plan's numbers and conditions are among those of a `PlanValues`, which may serve several plans.
public struct PlanPlaces: Sendable {
    private let numbers: [Int]
    private let conditions: [Int]
    private let areOwn: Bool

    /// Each is where its own index says.
    public init() {
        (numbers, conditions) = ([], [])
        areOwn = true
    }

    /// The places of the plan's numbers and conditions, by their index.
    public init(numbers: [NumberRef], conditions: [TruthRef]) {
        self.numbers = numbers.map(\.index)
        self.conditions = conditions.map(\.index)
        areOwn = false
    }

    func of(_ ref: NumberRef) -> Int { areOwn ? ref.index : numbers[ref.index] }
    func of(_ ref: TruthRef) -> Int { areOwn ? ref.index : conditions[ref.index] }
}
