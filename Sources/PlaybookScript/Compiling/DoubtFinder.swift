import PlaybookCore
import PlaybookReading

/// Looks for what is allowed and hardly meant.
struct DoubtFinder {
    private let script: Script
    private let defaults: ConstantEvaluator
    private var findings: [Finding] = []

    init(_ script: Script) {
        self.script = script
        defaults = ConstantEvaluator(parameters: script.defaults, market: script.usualMarket)
    }

    mutating func find() -> [Finding] {
        for filter in script.filters { look(at: filter.term) }
        for value in script.values where value.term.kind == .truth { look(at: value.term) }
        for setup in script.setups {
            for step in setup.steps {
                look(at: step.when)
                if let quality = step.quality { look(at: quality) }
            }
            for exit in setup.exits { if let when = exit.when { look(at: when) } }
            if let cancel = setup.cancel { look(at: cancel) }
            window(setup)
            stop(setup)
            targets(setup)
            cancel(setup)
        }
        repeatedFilters()
        ranges()
        return findings
    }

    private mutating func doubt(_ term: Term, _ message: String) {
        findings.append(Finding(.warning, term.place, message))
    }

    // MARK: - Conditions

    /// Warns of conditions, and of parts that are joined by `and`, which are never true.
    private mutating func look(at term: Term) {
        if let reason = Truths.unknown(term) {
            doubt(term, "this is always unknown, so never true: \(reason)")
            return
        }
        if let reason = Truths.never(term) {
            doubt(term, "this can never be true: \(reason)")
            return
        }
        switch term.form {
        case .and, .or: for part in term.arguments { look(at: part) }
        default: break
        }
    }

    // MARK: - Windows

    private mutating func window(_ setup: ScriptSetup) {
        guard let window = setup.window, let from = defaults.value(window.from), let to = defaults.value(window.to)
        else {
            return
        }
        let minutes = Double(script.timeframe.seconds) / 60
        let bars = Int((to - from) / minutes) + 1
        for (place, step) in setup.steps.enumerated() {
            if let time = earliestTime(step.when), time > to {
                doubt(
                    step.when,
                    "the step \(step.name) waits for \(Self.clock(time)), and the window ends at \(Self.clock(to))")
            } else if place + 1 > bars {
                doubt(
                    step.when,
                    "the window has \(bars) bars, and the step \(step.name) is number \(place + 1): a step takes a bar at least"
                )
            }
            if let within = step.within, let count = defaults.value(within), Int(count) > bars {
                doubt(step.when, "'within' is longer than the window, which has \(bars) bars")
            }
        }
    }

    /// The time of day before which a condition is not true; nil where there is none.
    private func earliestTime(_ term: Term) -> Double? {
        switch term.form {
        case .and: return term.arguments.compactMap(earliestTime).max()
        case .compared(let how):
            let (one, other) = (term.arguments[0], term.arguments[1])
            if [.above, .atLeast, .equal].contains(how), one.isTime { return defaults.value(other) }
            if [.below, .atMost, .equal].contains(how), other.isTime { return defaults.value(one) }
            return nil
        case .between: return term.arguments[0].isTime ? defaults.value(term.arguments[1]) : nil
        default: return nil
        }
    }

    private static func clock(_ minutes: Double) -> String { TimeOfDay(minutes: Int(minutes)).onTheClock.description }

    // MARK: - Orders

    private mutating func stop(_ setup: ScriptSetup) {
        guard let stop = setup.stop else { return }
        let isLong = setup.side == .long
        if Truths.isAtOrBeyond(stop, isAbove: isLong) {
            doubt(
                stop, "the stop is never \(isLong ? "below" : "above") the entry, so each order is refused")
        }
    }

    private mutating func targets(_ setup: ScriptSetup) {
        let isLong = setup.side == .long
        for target in setup.targets where Truths.isAtOrBeyond(target.at, isAbove: !isLong) {
            doubt(
                target.at, "the target is never \(isLong ? "above" : "below") the entry, so each order is refused")
        }
        guard script.size.kind == .shares, setup.targets.count > 1 else { return }
        let shares = script.size.amount.map { defaults.value($0) } ?? defaults.number(script.defaults[sharesPlace ?? 0])
        guard let shares else { return }
        let step = script.size.step.flatMap { defaults.value($0) } ?? script.usualMarket.lot
        let parts = setup.targets.map { $0.share.flatMap { defaults.value($0) } ?? 1 }
        let isWhole = abs(parts.reduce(0, +) - 1) < 1e-9
        for (place, target) in setup.targets.enumerated() {
            // The one farthest from the entry takes the rest, where they add to the whole.
            guard parts[place] * shares / step + 1e-9 < 1, !(isWhole && place == setup.targets.count - 1) else {
                continue
            }
            doubt(
                target.at,
                "this target is skipped: its share of \(journalNumber(shares)) shares is less than \(journalNumber(step))"
            )
        }
    }

    private var sharesPlace: Int? { script.parameters.firstIndex { $0.spec.name == "shares" } }

    private mutating func cancel(_ setup: ScriptSetup) {
        guard let cancel = setup.cancel else { return }
        if Truths.always(cancel) {
            doubt(cancel, "'cancel' is always true: the order is withdrawn at the close of the bar after the last step")
            return
        }
        if case .at(let time) = setup.entry, let at = defaults.value(time), let from = latestStart(cancel), from < at {
            doubt(
                cancel,
                "'cancel' withdraws the order from \(Self.clock(from)) on, and it waits until \(Self.clock(at))")
            return
        }
        if setup.steps.count == 1, case .market = setup.entry { return }
        if let last = setup.steps.last, setup.steps.count > 1, last.when == cancel {
            doubt(cancel, "'cancel' is the same as the step \(last.name): each attempt ends where it would be complete")
        }
    }

    /// The time of day from which on a condition is always true; nil where there is none.
    private func latestStart(_ term: Term) -> Double? {
        guard case .compared(let how) = term.form else { return nil }
        let (one, other) = (term.arguments[0], term.arguments[1])
        if how == .above || how == .atLeast, one.isTime { return defaults.value(other) }
        if how == .below || how == .atMost, other.isTime { return defaults.value(one) }
        return nil
    }

    private mutating func repeatedFilters() {
        for (place, filter) in script.filters.enumerated() {
            guard let other = script.filters[..<place].first(where: { $0.term == filter.term }) else { continue }
            findings.append(
                Finding(.warning, filter.place, "the filter \(filter.name) says the same as \(other.name)"))
        }
    }

    // MARK: - Ranges of parameters

    /// Warns of parameters whose range goes further than what they are used for allows.
    private mutating func ranges() {
        for (place, parameter) in script.parameters.enumerated() where parameter.range.count == 2 {
            for end in parameter.range {
                guard let value = try? ParameterSet(specs: [parameter.spec], overrides: [parameter.spec.name: end]),
                    let number = value[parameter.spec.name]
                else { continue }
                var values = script.defaults
                values[place] = number
                let constants = ConstantEvaluator(parameters: values, market: script.usualMarket)
                for requirement in script.requirements where requirement.term.parameters.contains(place) {
                    let result = constants.value(requirement.term)
                    if let result, requirement.rule.allows(result, script.timeframe) { continue }
                    findings.append(
                        Finding(
                            .warning, parameter.place,
                            "\(parameter.spec.name) may be \(end), which '\(shown(requirement.term.text))' does not allow: "
                                + requirement.rule.wish(script.timeframe)))
                    break
                }
            }
        }
    }
}

extension Term {
    /// Whether it is the bar's time.
    fileprivate var isTime: Bool { if case .bar(.time) = form { true } else { false } }
}
