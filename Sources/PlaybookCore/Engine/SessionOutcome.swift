/// What a playbook did in one session, as its rows tell it. Bars are indices within the session.
public struct SessionOutcome: Sendable, Hashable {
    /// The session's place in the history's `slices`.
    public let slice: Int
    /// The trades, in the order in which they were entered.
    public internal(set) var trades: [Trade] = []
    /// What became of it without a trade; nil with one, and in a session without a bar.
    public internal(set) var untraded: Untraded?
    /// What the filters said that were looked at, in their order; nil is unknown.
    public internal(set) var filters: [Bool?] = []

    /// A session without a bar.
    init(slice: Int) { self.slice = slice }

    /// A trade, and what led to it.
    public struct Trade: Sendable, Hashable {
        /// As it was filled.
        public var fill: SessionTrade
        /// Its exits, the last one last.
        public var exits: [ExitPart]
        /// The bars at which the steps of its setup held.
        public var steps: [Int]
        /// The setup's window, in minutes since midnight; nil when an end is unknown.
        var window: SessionOutcome.Window?
        /// The playbook's values at the bar at which it was decided; a condition is 1 or 0, nil is unknown.
        var values: [Double?]
    }

    /// A session without a trade: it tells of the setup that got furthest.
    public struct Untraded: Sendable, Hashable {
        /// The setup's place in the plan.
        public var setup: Int
        /// The bars at which the steps of its latest attempt held.
        public var steps: [Int]
        /// What is known of the quality of each step.
        public var quality: [Bool?]
        /// Why there was no trade.
        public var reason: NoTrade?
        /// The bar at which the attempt ended, or the one before it where an order was refused as it was filled.
        public var endBar: Int?
        /// Whether the setups were looked at at all: no filter, nor an unknown exit, had ended the session.
        public var isPlayed: Bool
        package var window: SessionOutcome.Window?
        /// The playbook's values as far as they are known before the open.
        var values: [Double?]
    }

    /// First and last time of a setup's window, in minutes since midnight.
    package struct Window: Sendable, Hashable {
        package var from: Double
        package var to: Double
    }
}

extension SessionOutcome {
    /// What a session's walk gave, once it is over.
    init(_ slice: Int, _ run: inout SessionRun<ColumnBank, SimulatedFills, SessionRecorder>) {
        self.init(slice: slice)
        filters = run.events.filters
        func window(_ setup: Int) -> Window? { run.window(of: setup).map { Window(from: $0.from, to: $0.to) } }
        guard run.trades.isEmpty else {
            for (place, fill) in run.trades.enumerated() {
                trades.append(
                    Trade(
                        fill: fill, exits: Array(run.exits[fill.exits]), steps: Array(run.stepBars[fill.steps]),
                        window: window(fill.setup), values: run.events.values[place]))
            }
            return
        }
        let setup = run.described
        let steps = run.plan.setups[setup].stepCount
        untraded = Untraded(
            setup: setup, steps: run.steps(of: setup), quality: (0..<steps).map { run.quality(of: $0, in: setup) },
            reason: run.noTrade(of: setup), endBar: run.events.endBars[setup], isPlayed: run.verdict == nil,
            window: window(setup), values: run.events.valuesAtOpen())
    }
}

/// Notes of a session what only shows while it is walked: filters, values at the moment of decision, where attempts ended.
struct SessionRecorder: RunObserver {
    static var isListening: Bool { true }

    private(set) var filters: [Bool?] = []
    /// Of each trade, the playbook's values at the bar at which it was decided.
    private(set) var values: [[Double?]] = []
    /// Of each setup, the bar at which its latest attempt ended without a trade.
    private(set) var endBars: [Int?]
    /// Of each setup, the bar at which its last step held.
    private var decided: [Int?]
    private let bank: ColumnBank
    private let named: [(value: Playbook.NamedValue, place: Int)]
    private let stepCounts: [Int]
    private let entriesAtTime: [Bool]

    init(_ playbook: Playbook, _ bank: ColumnBank, _ places: PlanPlaces) {
        self.bank = bank
        named = playbook.values.map { value in
            switch value.kind {
            case .number(let ref, _): (value, places.of(ref))
            case .condition(let ref): (value, places.of(ref))
            }
        }
        stepCounts = playbook.plan.setups.map(\.steps.count)
        entriesAtTime = playbook.plan.setups.map { if case .at = $0.entry { true } else { false } }
        endBars = Array(repeating: nil, count: stepCounts.count)
        decided = endBars
    }

    mutating func begin() {
        filters.removeAll(keepingCapacity: true)
        values.removeAll(keepingCapacity: true)
        for setup in stepCounts.indices { (endBars[setup], decided[setup]) = (nil, nil) }
    }

    mutating func receive(_ event: RunEvent) {
        switch event {
        case .filter(_, let truth): filters.append(truth)
        case .step(let setup, let step, let bar) where step + 1 == stepCounts[setup]: decided[setup] = bar
        case .entered(let setup, _, _, _, let bar): values.append(valuesAt(decided[setup] ?? bar - 1))
        case .ended(let setup, let reason, let bar, _):
            // Orders of steps are refused for want of bars as they are decided; all others as they would be filled.
            let isDecision = stepCounts[setup] > 0 && !entriesAtTime[setup]
            endBars[setup] = reason == .refused(.bars) && !isDecision ? bar - 1 : bar
        default: break
        }
    }

    /// The playbook's values at a bar's close.
    private func valuesAt(_ bar: Int) -> [Double?] {
        named.map { value, place in
            guard !value.isKnownAtOpen else { return atOpen(value, place) }
            return switch value.kind {
            case .number: Self.known(bank.number(NumberRef(place), bar))
            case .condition: Self.known(Evaluator.number(bank.truth(TruthRef(place), bar)))
            }
        }
    }

    /// The playbook's values as far as they are known before the session's first bar closes.
    func valuesAtOpen() -> [Double?] {
        named.map { value, place in value.isKnownAtOpen ? atOpen(value, place) : nil }
    }

    private func atOpen(_ value: Playbook.NamedValue, _ place: Int) -> Double? {
        switch value.kind {
        case .number: Self.known(bank.sessionNumber(NumberRef(place)))
        case .condition: Self.known(Evaluator.number(bank.sessionTruth(TruthRef(place))))
        }
    }

    private static func known(_ value: Double) -> Double? { value.isNaN ? nil : value }
}
