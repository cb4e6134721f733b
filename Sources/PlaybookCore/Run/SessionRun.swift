/// How far a setup has come in a session.
struct SetupState {
    var isOver = false
    /// Whether an attempt is under way, its order included.
    var isActive = false
    var hasOrder = false
    /// Steps held in the latest attempt.
    var held = 0
    /// The first bar whose close is tested.
    var firstTested = 0
    var trades = 0
    /// Why the latest attempt ended without a trade; nil while it goes on, and before the first.
    var end: NoTrade?
    var order = PlacedOrder()
    /// Seconds after the session's open at which the window's first and last bar may open.
    var windowFrom: Int64 = 0
    var windowTo: Int64 = -1
    /// The window in minutes since midnight; NaN where an end is unknown.
    var windowStart = Double.nan
    var windowStop = Double.nan
    /// The window's first bar and the one after its last, once they have closed; -1 until then.
    var windowFirst = -1
    var windowEnd = -1
    /// The same where no bar is missing, whether or not they have closed.
    var firstPlace = 0
    var endPlace = 0
    /// Seconds after the open from which on stop and limit orders are gone, where that is a plain time or the exit.
    var until: Int64 = 0
    /// No bar before this one changes anything; `Int.max` for none at all.
    var next = 0
    /// Whether something may happen at `next`; otherwise it has to be looked for from there on.
    var isDue = false

    /// Finds the window's bars where none is missing.
    mutating func findPlaces(_ secondsPerBar: Int64) {
        firstPlace = ClosedBars.place(atOrAfter: windowFrom, secondsPerBar)
        endPlace = windowTo == .max ? .max : ClosedBars.place(atOrAfter: windowTo + 1, secondsPerBar)
    }

    /// Begins a session; the window stays, an old order is read no more.
    mutating func restart() {
        isOver = false
        isActive = false
        hasOrder = false
        held = 0
        firstTested = 0
        trades = 0
        end = nil
        windowFirst = -1
        windowEnd = -1
        next = 0
        isDue = false
    }
}

/// A walk through sessions by a plan.
///
/// A session begins with `begin`; then `advance` is told how many of its bars have closed. Backtest, replay and live differ
/// in nothing but how many that are, and in who fills orders. It keeps its memory from session to session.
public struct SessionRun<Values: PlanValues, Fills: Execution, Events: RunObserver>: ~Copyable {
    let plan: CompiledPlan
    /// The plan's numbers and conditions; whoever owns them takes them to the session before it begins.
    public let values: Values
    /// Who fills orders.
    public var fills: Fills
    /// Who listens.
    public var events: Events
    let minimumCompleteness: Double

    var hours = SessionHours(open: 0, start: 0, end: 0, isEarlyClose: false, equality: Equality(price: 1))
    /// The bars that have closed, while they are walked.
    var bars: UnsafePointer<ClosedBars>?
    var finer: ClosedBars?
    let states: UnsafeMutablePointer<SetupState>
    let marks: UnsafeMutablePointer<StepMark>
    /// Room for what a bar would fill.
    let candidates: UnsafeMutablePointer<Candidate>
    var phase = Phase.over
    /// Bars walked.
    var played = 0
    /// The first bar that contains the exit time or comes after it, once it has closed.
    var exitBar: Int?
    /// Seconds after the open: a bar that opens then or later is after the exit.
    var exitFrom: Int64 = 0
    /// A bar that ends after it contains the exit.
    var exitTo: Int64 = 0
    /// The first bar that contains the exit or comes after it where no bar is missing, whether or not it has closed.
    var exitPlace = 0
    /// The exit, in minutes since midnight.
    var exitMinute = 0.0
    /// Whether the exit and the windows are those of the hours below, and the same in each session with such hours.
    var hasTimes = false
    var timesStart = 0.0
    var timesEnd = 0.0
    var timesEarly = false
    var size: SessionSize
    var losses = 0
    var net = 0.0

    /// The position that is open, if one is.
    public internal(set) var position: Position
    /// The session's trades that are over, in their order.
    public internal(set) var trades: ContiguousArray<SessionTrade> = []
    /// Indices of the bars at which the steps of the session's trades held; a trade says which are its own.
    public internal(set) var stepBars: ContiguousArray<Int> = []
    /// Why the session is over without setups being looked at: a filter that was not true, or an unknown exit.
    public internal(set) var verdict: NoTrade?

    /// How far a session is.
    enum Phase { case waiting, playing, over }

    /// A walk by `plan`.
    ///
    /// - Parameters:
    ///   - places: where the plan's numbers and conditions are among the values.
    ///   - minimumCompleteness: the share, 0 to 1, of the bars due by a decision that must exist where more than one is
    ///     missing.
    public init(
        _ plan: Plan, values: Values, places: PlanPlaces = PlanPlaces(), fills: Fills, events: Events,
        minimumCompleteness: Double = 0.95
    ) {
        self.init(
            CompiledPlan(plan, places), values: values, fills: fills, events: events,
            minimumCompleteness: minimumCompleteness)
    }

    /// A walk by a plan that was made ready before.
    init(_ compiled: CompiledPlan, values: Values, fills: Fills, events: Events, minimumCompleteness: Double) {
        plan = compiled
        let asked = compiled.plan.size
        self.values = values
        self.fills = fills
        self.events = events
        self.minimumCompleteness = minimumCompleteness
        states = .allocate(capacity: compiled.setupCount)
        states.initialize(repeating: SetupState(), count: compiled.setupCount)
        marks = .allocate(capacity: max(1, compiled.stepCount))
        marks.initialize(repeating: StepMark(), count: max(1, compiled.stepCount))
        candidates = .allocate(capacity: compiled.setupCount)
        size = SessionSize(
            kind: asked.kind, amount: compiled.sizeAmount.value,
            atMost: compiled.sizeAtMost.isAbsent ? .infinity : compiled.sizeAtMost.value, step: asked.step)
        position = Position(targets: compiled.mostTargets, exits: compiled.mostExits)
    }

    deinit {
        states.deallocate()
        marks.deallocate()
        candidates.deallocate()
        position.deallocate()
    }

    // Methods that change nothing are `mutating` too where a walk calls them: lending all of `self` would copy it.

    /// What a setup's formulas read at the bars that have closed.
    mutating func scope(_ setup: Int) -> Scope {
        Scope(
            marks: marks + plan.setups[setup].firstMark, held: states[setup].held, numbers: position.numbers,
            bars: bars, equality: hours.equality)
    }

    /// The value of a term at a bar's close.
    @inline(__always)
    mutating func value(_ term: Term, _ bar: Int, _ setup: Int) -> Double {
        switch term.kind {
        case .absent: .nan
        case .constant: term.value
        case .number: values.number(NumberRef(term.index), bar)
        case .sessionNumber: values.sessionNumber(NumberRef(term.index))
        case .truth: Evaluator.number(values.truth(TruthRef(term.index), bar))
        case .sessionTruth: Evaluator.number(values.sessionTruth(TruthRef(term.index)))
        case .trade: position.numbers[term.index]
        case .traded: position.numbers[Int(term.base)] + term.value * position.numbers[term.index]
        case .shifted: position.numbers[Int(term.base)] + term.value * values.number(NumberRef(term.index), bar)
        case .program: plan.evaluator.run(term, bar, values, scope(setup))
        }
    }

    /// Whether a condition is true at a bar's close.
    @inline(__always)
    mutating func isTrue(_ term: Term, _ bar: Int, _ setup: Int) -> Bool {
        switch term.kind {
        case .truth: values.truth(TruthRef(term.index), bar) == true
        default: value(term, bar, setup) == 1
        }
    }

    /// Tells whoever listens.
    @inline(__always)
    mutating func tell(_ event: RunEvent) {
        if Events.isListening { events.receive(event) }
    }
}
