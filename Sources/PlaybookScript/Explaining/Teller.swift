import PlaybookCore

/// Puts what happened in a session into words.
struct Teller {
    let script: Script
    let playbook: Playbook
    let history: BarHistory
    let trace: SessionTrace
    let watch: Watch

    private var slice: SessionSlice { history.slices[trace.slice] }

    private func time(_ bar: Int) -> TimeOfDay? {
        guard bar >= 0, bar < slice.bars.count else { return nil }
        return slice.session.timeOfDay(of: opening(bar))
    }

    /// When a bar opens.
    private func opening(_ bar: Int) -> Instant {
        Instant(secondsSinceEpoch: history.bars.times[slice.bars.lowerBound + bar])
    }

    /// A number as people read it: prices with the digits that matter.
    static func text(_ value: Double, _ kind: Kind = .number) -> String {
        switch kind {
        case .time: return TimeOfDay(minutes: Int(value)).onTheClock.description
        case .duration: return journalNumber(value) + "m"
        default:
            let size = abs(value)
            let digits = size >= 1000 ? 2 : size >= 1 ? 3 : 5
            var scale = 1.0
            for _ in 0..<digits { scale *= 10 }
            return journalNumber((value * scale).rounded(.toNearestOrEven) / scale)
        }
    }

    private func numbers(_ terms: [Term], _ bar: Int) -> [(name: String, value: String)] {
        var seen: Set<String> = []
        return terms.compactMap { term in
            let name = self.name(term)
            guard seen.insert(name).inserted else { return nil }
            return (name, watch.number(term, bar, trace).map { Self.text($0, term.kind) } ?? "unknown")
        }
    }

    /// What a number is called: the value's name where it has one.
    private func name(_ term: Term) -> String {
        script.values.first { $0.term == term && !$0.term.isConstant }?.name ?? term.line
    }

    // MARK: - Filters

    func filters() -> [Explanation.Filter] {
        zip(script.filters, trace.outcome.filters).map { filter, holds in
            Explanation.Filter(
                name: filter.name, rule: filter.term.line, holds: holds, numbers: numbers(filter.term.sides, 0))
        }
    }

    // MARK: - Events

    func events() -> [Explanation.Event] {
        var events: [Explanation.Event] = []
        // What goes round in circles, such as orders whose time is over before they stand, is told twice.
        var times: [String: Int] = [:]
        var repeated: [String: (count: Int, last: Explanation.Event)] = [:]
        for event in trace.events.compactMap(told) {
            let key = "\(event.setup) \(event.kind) \(event.text)"
            times[key, default: 0] += 1
            if times[key, default: 0] > 2, ["step", "order", "ended", "passed-over", "withdrawn"].contains(event.kind) {
                repeated[event.setup] = ((repeated[event.setup]?.count ?? 0) + 1, event)
            } else {
                events.append(event)
            }
        }
        for (setup, again) in repeated.sorted(by: { $0.key < $1.key }) {
            let until = again.last.time.map { ", the last at \($0)" } ?? ""
            events.append(
                Explanation.Event(
                    time: nil, kind: "repeated", setup: setup,
                    text: "the like \(again.count) times more\(until)", numbers: []))
        }
        return events + missing()
    }

    private func made(
        _ bar: Int, _ kind: String, _ setup: Int, _ text: String, _ numbers: [(name: String, value: String)] = []
    ) -> Explanation.Event {
        Explanation.Event(
            time: time(bar), kind: kind, setup: script.setups[setup].name, text: text, numbers: numbers)
    }

    private func told(_ event: RunEvent) -> Explanation.Event? {
        switch event {
        case .filter, .traded, .over: return nil
        case .step(let setup, let place, let bar):
            let step = script.setups[setup].steps[place]
            return made(bar, "step", setup, "\(step.name): \(step.when.line)", numbers(step.when.sides, bar))
        case .passedOver(let setup, let place, let bar):
            let step = script.setups[setup].steps[place]
            let rule = step.quality?.line ?? ""
            return made(
                bar, "passed-over", setup, "\(step.name) passed over, not \(rule)",
                numbers(step.quality?.sides ?? [], bar))
        case .ordered(let setup, let bar):
            return made(bar, "order", setup, order(setup), numbers(script.setups[setup].entry.prices, bar))
        case .ended(let setup, let why, let bar, let isOver):
            let code = why.code(in: playbook.plan, setup: setup)
            return made(
                bar, "ended", setup, "\(Self.words(code))\(isOver ? "; the setup is over for the session" : "")")
        case .withdrawn(let setup, let bar):
            return made(bar, "withdrawn", setup, "order withdrawn: another one was filled, or the session is over")
        case .entered(let setup, let price, let lots, let stop, let bar):
            return made(bar, "entry", setup, entry(setup, price, lots, stop))
        case .stopMoved(let price, let why, let bar):
            let what = why == .breakevenStop ? "breakeven" : "trail"
            return made(bar, "stop", positionSetup(at: bar), "stop moved to \(Self.text(price)) (\(what))")
        case .exited(let part):
            let shares = journalNumber(part.lots * playbook.plan.size.step)
            return made(
                part.bar, "exit", positionSetup(at: part.bar),
                "\(shares) shares out at \(Self.text(part.price)): \(Self.reason(part.reason))")
        }
    }

    /// The setup whose trade was open at a bar.
    private func positionSetup(at bar: Int) -> Int {
        trace.outcome.trades.first {
            $0.fill.entryBar <= bar && ($0.exits.last?.bar ?? bar) >= bar
        }?.fill.setup ?? 0
    }

    private func order(_ setup: Int) -> String {
        let plan = script.setups[setup]
        let side = plan.side == .long ? "buy" : "sell short"
        func open(_ bars: Term?, _ until: Term?) -> String {
            (bars.map { ", for \($0.line) bars" } ?? "") + (until.map { ", until \($0.line)" } ?? "")
        }
        switch plan.entry {
        case .market: return "order: \(side) at the next open"
        case .at(let time): return "order: \(side) at the first open from \(time.line) on"
        case .stop(let price, let bars, let until): return "order: \(side) stop at \(price.line)\(open(bars, until))"
        case .limit(let price, let bars, let until): return "order: \(side) limit at \(price.line)\(open(bars, until))"
        }
    }

    private func entry(_ setup: Int, _ price: Double, _ lots: Double, _ stop: Double?) -> String {
        let plan = script.setups[setup]
        let shares = journalNumber(lots * playbook.plan.size.step)
        var text = "\(plan.side == .long ? "bought" : "sold short") \(shares) shares at \(Self.text(price))"
        if let stop {
            let risk = plan.side.sign * (price - stop)
            text += ", stop \(Self.text(stop)) (R \(Self.text(risk)))"
        }
        return text
    }

    private static func words(_ code: String) -> String {
        switch code {
        case "refused:stop": "order refused: the stop is unknown or on the wrong side of the entry"
        case "refused:target": "order refused: a target is unknown or on the wrong side of the entry"
        case "refused:size": "order refused: the size is unknown or comes to less than one lot"
        case "refused:price": "order refused: its price or time is unknown"
        case "refused:bars": "order refused: too few of the bars due exist"
        case "cancelled": "cancelled"
        case "expired": "the order was not filled"
        default:
            code.hasPrefix("step:") ? "\(code.dropFirst(5)) did not come in time" : code
        }
    }

    private static func reason(_ reason: ExitReason) -> String {
        switch reason {
        case .stopLoss: "stop"
        case .stopGap: "opened beyond the stop"
        case .trailingStop: "trailing stop"
        case .breakevenStop: "breakeven stop"
        case .target: "target"
        case .signal: "an exit's condition held at the close before"
        case .timeStop: "held as long as it may be"
        case .endOfDay: "exit time"
        case .sessionEnd: "the session's last bar"
        default: reason.rawValue
        }
    }

    // MARK: - What was missing

    /// What the setup that the row describes was still waiting for.
    private func missing() -> [Explanation.Event] {
        guard let untraded = trace.outcome.untraded, case .step(let place)? = untraded.reason else { return [] }
        let setup = script.setups[untraded.setup]
        let step = setup.steps[place]
        let first = place > 0 && place <= untraded.steps.count ? untraded.steps[place - 1] + 1 : 0
        let bars = (first..<max(first, slice.bars.count)).filter { isInWindow($0, untraded.window) }
        guard !bars.isEmpty else {
            return [made(-1, "missing", untraded.setup, "no \(step.name): no bar of the window was left")]
        }
        var text = "no \(step.name): \(step.when.line), from \(time(bars[0]).map { "\($0)" } ?? "")"
        text += " to \(time(bars[bars.count - 1]).map { "\($0)" } ?? "")"
        guard let nearest = nearest(step.when, bars) else { return [made(-1, "missing", untraded.setup, text)] }
        return [
            made(
                -1, "missing", untraded.setup, text + "; nearest at \(time(nearest).map { "\($0)" } ?? "")",
                numbers(step.when.sides, nearest))
        ]
    }

    private func isInWindow(_ bar: Int, _ window: SessionOutcome.Window?) -> Bool {
        guard let window, bar < slice.bars.count else { return window == nil }
        let seconds = opening(bar).secondsSinceEpoch - slice.session.open.secondsSinceEpoch
        let minutes = Double(slice.session.start.minutes) + Double(seconds) / 60
        return minutes >= window.from && minutes <= window.to
    }

    /// The bar at which the two sides of a comparison were nearest to each other.
    private func nearest(_ term: Term, _ bars: [Int]) -> Int? {
        guard case .compared = term.form, term.arguments.count == 2, !term.isDynamic else { return nil }
        var found: (bar: Int, distance: Double)?
        for bar in bars {
            guard let one = side(term.arguments[0], bar), let other = side(term.arguments[1], bar) else { continue }
            let distance = abs(one - other)
            if distance < found?.distance ?? .infinity { found = (bar, distance) }
        }
        return found?.bar
    }

    private func side(_ term: Term, _ bar: Int) -> Double? {
        if case .constant(let value) = term.form { return value }
        return watch.number(term, bar, trace)
    }

    // MARK: - Bars

    func bars(_ named: [(name: String, term: Term)]) -> [Explanation.Bar] {
        (0..<slice.bars.count).compactMap { bar in
            guard let time = time(bar) else { return nil }
            let place = slice.bars.lowerBound + bar
            let values = script.values.map { value -> (name: String, value: String) in
                if value.term.kind == .truth {
                    return (value.name, watch.truth(value.term, bar, trace).map { "\($0)" } ?? "?")
                }
                return (value.name, watch.number(value.term, bar, trace).map { Self.text($0, value.term.kind) } ?? "?")
            }
            return Explanation.Bar(
                time: time, open: history.bars.open[place], high: history.bars.high[place],
                low: history.bars.low[place], close: history.bars.close[place], values: values,
                held: named.filter { watch.truth($0.term, bar, trace) == true }.map(\.name))
        }
    }
}
