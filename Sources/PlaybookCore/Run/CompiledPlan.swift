/// A plan made ready to be walked: formulas as programs, setups as plain values in memory that never moves.
final class CompiledPlan {
    let plan: Plan
    let setups: UnsafeMutablePointer<CompiledSetup>
    let setupCount: Int
    let evaluator: Evaluator
    /// The filters' conditions.
    let filters: UnsafeMutablePointer<TruthRef>
    let filterCount: Int
    /// The file's exit; absent where it is 5 minutes before the end.
    let exit: Term
    /// Whether the exit and the windows are plain times.
    let hasConstantTimes: Bool
    let sizeAmount: Term
    let sizeAtMost: Term
    /// Whether the size reads nothing of a session.
    let hasConstantSize: Bool
    /// Whether a setup without steps orders before the first bar.
    let ordersAtOpen: Bool
    /// Whether there is one setup, with steps and without `cancel`: nothing happens but its steps until it orders.
    let isAlone: Bool
    /// Whether there are two setups, a buy stop and a sell-short stop, whose orders end at a time or with a fill.
    let isPair: Bool
    let secondsPerBar: Int64
    /// The most targets and exits that a setup has.
    let mostTargets: Int
    let mostExits: Int
    /// The steps of all setups.
    let stepCount: Int
    private let steps: UnsafeMutablePointer<CompiledStep>
    private let targets: UnsafeMutablePointer<CompiledTarget>
    private let exits: UnsafeMutablePointer<CompiledExit>
    /// Whether a program reads the bars at which steps held.
    let readsSteps: Bool
    private let instructions: UnsafeMutablePointer<Instruction>

    init(_ plan: Plan, _ places: PlanPlaces) {
        var writer = ProgramWriter(places)
        let all = plan.setups
        self.plan = plan
        setupCount = all.count
        secondsPerBar = plan.timeframe.seconds
        filters = Self.memory(plan.filters.map { TruthRef(places.of($0.condition)) })
        filterCount = plan.filters.count
        exit = writer.term(plan.exit)
        sizeAmount = writer.term(plan.size.amount)
        sizeAtMost = writer.term(plan.size.atMost)
        hasConstantSize =
            (sizeAmount.kind == .constant || sizeAmount.isAbsent)
            && (sizeAtMost.kind == .constant || sizeAtMost.isAbsent)
        ordersAtOpen = all.contains { $0.steps.isEmpty }
        isAlone = all.count == 1 && !ordersAtOpen && all[0].cancel == nil
        isPair = all.count == 2 && all[0].side != all[1].side && all.allSatisfy(Self.ordersByTime)
        mostTargets = all.reduce(0) { max($0, $1.targets.count) }
        mostExits = all.reduce(0) { max($0, $1.exits.count) }
        stepCount = all.reduce(0) { $0 + $1.steps.count }
        steps = Self.memory(
            all.flatMap { $0.steps }.map { step in
                CompiledStep(
                    when: writer.term(step.when), quality: writer.term(step.quality),
                    within: step.within ?? .max, restarts: step.restarts)
            })
        targets = Self.memory(
            all.flatMap { $0.targets }.map { CompiledTarget(price: writer.term($0.price), share: $0.share) })
        exits = Self.memory(all.flatMap { $0.exits }.map { CompiledExit($0, &writer) })
        var firstStep = 0
        var firstTarget = 0
        var firstExit = 0
        setups = .allocate(capacity: all.count)
        for (place, setup) in all.enumerated() {
            (setups + place).initialize(
                to: CompiledSetup(
                    setup, steps: steps + firstStep, targets: targets + firstTarget, exits: exits + firstExit,
                    firstMark: firstStep, &writer))
            firstStep += setup.steps.count
            firstTarget += setup.targets.count
            firstExit += setup.exits.count
        }
        var isConstant = exit.isAbsent || exit.kind == .constant
        for setup in 0..<setupCount where setups[setup].hasWindow {
            if setups[setup].windowFrom.kind != .constant || setups[setup].windowTo.kind != .constant {
                isConstant = false
            }
        }
        hasConstantTimes = isConstant
        readsSteps = writer.instructions.contains { $0.operation == .step || $0.operation == .stepBefore }
        instructions = Self.memory(writer.instructions)
        evaluator = Evaluator(instructions: instructions, stack: .allocate(capacity: writer.depth))
    }

    /// The places of the filters' conditions.
    var filterPlaces: [Int] { (0..<filterCount).map { filters[$0].index } }

    /// Whether a setup enters by a stop order that nothing but a time or a fill ends.
    private static func ordersByTime(_ setup: Setup) -> Bool {
        guard setup.cancel == nil, case .stop(_, bars: nil, _) = setup.entry else { return false }
        return true
    }

    deinit {
        filters.deallocate()
        setups.deallocate()
        steps.deallocate()
        targets.deallocate()
        exits.deallocate()
        instructions.deallocate()
        evaluator.stack.deallocate()
    }

    /// The elements, plain values, at an address of their own.
    private static func memory<Element: BitwiseCopyable>(_ elements: [Element]) -> UnsafeMutablePointer<Element> {
        let memory = UnsafeMutablePointer<Element>.allocate(capacity: max(1, elements.count))
        for (place, element) in elements.enumerated() { (memory + place).initialize(to: element) }
        return memory
    }
}

/// A step made ready.
struct CompiledStep {
    let when: Term
    let quality: Term
    /// `Int.max` for any number of bars.
    let within: Int
    let restarts: Bool
}

/// A target made ready.
struct CompiledTarget {
    let price: Term
    let share: Double
}

/// An exit made ready.
struct CompiledExit {
    /// Absent for an exit after so many bars.
    let when: Term
    /// NaN for all of the position.
    let share: Double

    init(_ exit: Setup.Exit, _ writer: inout ProgramWriter) {
        switch exit.when {
        case .after: (when, share) = (Term(), .nan)
        case .condition(let condition, let part): (when, share) = (writer.term(condition), part ?? .nan)
        }
    }
}

/// A setup made ready. It is large: what is read of it is read where it lies.
struct CompiledSetup: ~Copyable {
    enum EntryKind: UInt8 { case market, at, stop, limit }
    enum TrailKind: UInt8 { case none, by, to }

    /// 1 for a long, -1 for a short: prices times this rise in favour of the trade.
    let sign: Double
    let hasWindow: Bool
    let windowFrom, windowTo: Term
    /// `Int.max` for any number.
    let trades: Int
    let steps: UnsafePointer<CompiledStep>
    let stepCount: Int
    /// Where the setup's marks are among those of all setups.
    let firstMark: Int
    let cancel: Term
    let entry: EntryKind
    /// Price of a stop or limit order, or time of an order that waits for one.
    let price: Term
    /// `Int.max` for any number.
    let bars: Int
    let until: Term
    /// Whether `until` is a plain time, or the exit.
    let hasPlainUntil: Bool
    /// Whether `until` is the same for all orders of a session.
    let hasFixedUntil: Bool
    let stop: Term
    let targets: UnsafePointer<CompiledTarget>
    let targetCount: Int
    /// Whether the targets' shares add to the whole position.
    let targetsAreWhole: Bool
    let trail: TrailKind
    let trailPlace, trailAfter: Term
    let evenTo, evenAfter: Term
    let exits: UnsafePointer<CompiledExit>
    let exitCount: Int
    /// The fewest bars after which an exit closes; `Int.max` for none.
    let mostBars: Int
    /// Whether a close may move the stop or end the trade at the next open.
    let isManaged: Bool
    /// Whether the stop moves with the best price alone, by what is fixed at the fill, and no condition ends the trade.
    let isSteady: Bool

    init(
        _ setup: Setup, steps: UnsafePointer<CompiledStep>, targets: UnsafePointer<CompiledTarget>,
        exits: UnsafePointer<CompiledExit>, firstMark: Int, _ writer: inout ProgramWriter
    ) {
        sign = setup.side == .long ? 1 : -1
        hasWindow = setup.window != nil
        windowFrom = writer.term(setup.window?.from)
        windowTo = writer.term(setup.window?.to)
        trades = setup.trades ?? .max
        self.steps = steps
        stepCount = setup.steps.count
        self.firstMark = firstMark
        cancel = writer.term(setup.cancel)
        switch setup.entry {
        case .market: (entry, price, bars, until) = (.market, Term(), .max, Term())
        case .at(let time): (entry, price, bars, until) = (.at, writer.term(time), .max, Term())
        case .stop(let price, let bars, let until):
            entry = .stop
            (self.price, self.bars, self.until) = (writer.term(price), bars ?? .max, writer.term(until))
        case .limit(let price, let bars, let until):
            entry = .limit
            (self.price, self.bars, self.until) = (writer.term(price), bars ?? .max, writer.term(until))
        }
        hasPlainUntil = until.isAbsent || until.kind == .constant && !until.value.isNaN
        hasFixedUntil = until.isAbsent || until.kind == .constant || until.kind == .sessionNumber
        stop = writer.term(setup.stop)
        self.targets = targets
        targetCount = setup.targets.count
        targetsAreWhole = Equality(price: 1).isEqual(setup.targets.reduce(0) { $0 + $1.share }, 1)
        switch setup.trail?.place {
        case nil: (trail, trailPlace) = (.none, Term())
        case .by(let distance): (trail, trailPlace) = (.by, writer.term(distance))
        case .to(let price): (trail, trailPlace) = (.to, writer.term(price))
        }
        trailAfter = writer.term(setup.trail?.after)
        evenTo = writer.term(setup.breakeven?.to)
        evenAfter = writer.term(setup.breakeven?.after)
        self.exits = exits
        exitCount = setup.exits.count
        var mostBars = Int.max
        var hasConditions = false
        for exit in setup.exits {
            switch exit.when {
            case .after(let bars): mostBars = min(mostBars, bars)
            case .condition: hasConditions = true
            }
        }
        self.mostBars = mostBars
        isManaged = hasConditions || setup.trail != nil || setup.breakeven != nil
        isSteady =
            !hasConditions && trail != .to && trailPlace.isFixed && trailAfter.isFixed && evenTo.isFixed
            && evenAfter.isFixed
    }
}
