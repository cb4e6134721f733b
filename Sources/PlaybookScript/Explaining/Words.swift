import PlaybookCore

extension Script {
    /// The rules in words, in order.
    var words: [String] {
        var words = filters.map { "Filter \($0.name): \($0.term.line)." }
        for setup in setups { words += self.words(setup) }
        words.append(exitWords)
        words.append(limitWords)
        if let resolve { words.append("Resolution: bars of \(resolve) decide what a bar of \(timeframe) leaves open.") }
        return words
    }

    private func words(_ setup: ScriptSetup) -> [String] {
        let lead = setups.count > 1 ? "Setup \(setup.name), " : "Setup, "
        var words: [String] = []
        var first = lead + setup.side.rawValue
        if let window = setup.window { first += ", bars that open from \(window.from.line) through \(window.to.line)" }
        if let trades = setup.trades { first += ", at most \(Self.trades(trades))" }
        words.append(first + ".")
        for step in setup.steps {
            var text = "Step \(step.name): \(step.when.line)"
            if let quality = step.quality { text += "; passed over unless \(quality.line)" }
            if let within = step.within {
                let isNext = if case .constant(1) = within.form { true } else { false }
                text += isNext ? "; at the next bar" : "; within \(within.line) bars"
                text += step.restarts ? ", else it starts over" : ", else it is over for the session"
            }
            words.append(text + ".")
        }
        if let cancel = setup.cancel { words.append("Cancelled where \(cancel.line).") }
        words.append(entryWords(setup))
        if let stop = setup.stop {
            words.append("Stop: \(stop.line)\(setup.stopWhen.map { ", where \($0.line)" } ?? "").")
        }
        for target in setup.targets {
            words.append("Target: \(target.at.line)\(target.share.map { ", for \($0.line) of the position" } ?? "").")
        }
        if let even = setup.breakeven {
            words.append("Stop to \(even.to.line)\(even.after.map { " once \($0.line) was reached" } ?? "").")
        }
        if let trail = setup.trail {
            let place = trail.isBy ? "follows the best price by \(trail.place.line)" : "goes to \(trail.place.line)"
            words.append("The stop \(place)\(trail.after.map { " once \($0.line) was reached" } ?? "").")
        }
        for exit in setup.exits {
            let share = exit.share.map { ", \($0.line) of the position" } ?? ""
            let when = exit.when.map { "where \($0.line), at the next open" } ?? "after \(exit.after?.line ?? "") bars"
            words.append("Exit \(exit.name): \(when)\(share).")
        }
        return words
    }

    private func entryWords(_ setup: ScriptSetup) -> String {
        func open(_ bars: Term?, _ until: Term?) -> String {
            (bars.map { ", for \($0.line) bars" } ?? "") + (until.map { ", until \($0.line)" } ?? "")
        }
        switch setup.entry {
        case .market:
            return setup.steps.isEmpty
                ? "Entry: at the session's first open." : "Entry: at the open of the bar after the last step."
        case .at(let time): return "Entry: at the open of the first bar at or after \(time.line)."
        case .stop(let price, let bars, let until):
            return "Entry: a stop order at \(price.line)\(open(bars, until))."
        case .limit(let price, let bars, let until):
            return "Entry: a limit order at \(price.line)\(open(bars, until))."
        }
    }

    /// So many trades a session; one where nothing is said.
    private static func trades(_ count: Term?) -> String {
        let text = count?.line ?? "1"
        return "\(text) \(text == "1" ? "trade" : "trades") a session"
    }

    private var exitWords: String {
        "Exit: at the close of the bar that contains \(exit?.line ?? "session.end - 5m") (5 minutes before an early close)."
    }

    private var limitWords: String {
        var parts: [String] = []
        let amount = size.amount?.line ?? "shares"
        switch size.kind {
        case .shares: parts.append("\(amount == "shares" ? "a fixed number of shares" : "\(amount) shares")")
        case .notional: parts.append("\(amount) USD of the position")
        case .risk: parts.append("\(amount)\(size.capital.map { " of \($0.line)" } ?? "") USD between entry and stop")
        }
        if let atMost = size.atMost { parts.append("at most \(atMost.line) USD of the position") }
        parts.append("at most \(Self.trades(limits.trades))")
        if let losses = limits.losses {
            parts.append("none after \(losses.line) \(losses.line == "1" ? "loss" : "losses")")
        }
        if let loss = limits.loss { parts.append("none once \(loss.line) USD are lost") }
        if let pause = limits.pause { parts.append("a pause of \(pause.line) bars after each trade") }
        return "Size: " + parts.joined(separator: "; ") + "."
    }
}
