import PlaybookCore
import PlaybookReading

extension ScriptReader {
    static let setupKeys = [
        "name", "side", "window", "trades", "steps", "cancel", "entry", "stop", "target", "targets", "trail",
        "breakeven", "exits",
    ]

    /// The setups of a file.
    mutating func setups(_ root: Keys) -> [ScriptSetup] {
        let nodes: [Node]
        switch (root["setup"], root["setups"]) {
        case (let one?, nil): nodes = [one]
        case (nil, let several?):
            nodes = file.list(several, of: "setups")
            if nodes.isEmpty { file.wrong(several.place, "setups has one setup at least") }
        case (.some, .some):
            file.wrong(root.place("setup"), "a playbook has a setup or setups, not both")
            return []
        case (nil, nil):
            file.wrong(root.node.place, "'setup' or 'setups' is missing in a playbook")
            return []
        }
        guard nodes.count <= 50 else {
            file.wrong(nodes[50].place, "a playbook has at most 50 setups")
            return []
        }
        var seen: [String] = []
        var setups: [ScriptSetup] = []
        for node in nodes {
            guard let keys = file.keys(node, of: "a setup", Self.setupKeys) else { continue }
            var setup = setup(keys)
            if let node = keys["name"], let name = file.text(node, of: "name") {
                setup.name = name
                _ = file.check(name: name, node.place, &seen, of: "setups")
            } else if seen.contains("setup") {
                file.wrong(node.place, "this setup needs a name: another one is called setup")
            } else {
                seen.append("setup")
            }
            setups.append(setup)
        }
        return setups
    }

    private mutating func setup(_ keys: Keys) -> ScriptSetup {
        var setup = ScriptSetup()
        setup.place = keys.node.place
        if let node = keys["side"], let side = file.text(node, of: "side") {
            if side != "long", side != "short" { file.wrong(node.place, "side is long or short, not '\(shown(side))'") }
            setup.side = side == "short" ? .short : .long
        }
        setup.trades = number(keys["trades"], .count, of: "trades")
        var names: [String] = []
        for item in file.items(keys["steps"], of: "steps") {
            if let step = step(item, after: names) { setup.steps.append(step) }
            names.append(item.key)
        }
        setup.window = window(keys, hasSteps: !names.isEmpty)
        let steps = Scope(steps: names)
        setup.cancel = keys["cancel"].flatMap { term($0, steps, .truth, of: "cancel") }
        setup.entry = entry(keys["entry"], names)
        stop(keys["stop"], steps, &setup)
        var scope = Scope(steps: names, knowsTrade: true, knowsRisk: keys["stop"] != nil)
        setup.targets = targets(keys, scope)
        scope.knowsPosition = true
        trail(keys["trail"], scope, &setup)
        breakeven(keys["breakeven"], scope, &setup)
        setup.exits = exits(keys["exits"], scope)
        return setup
    }

    private mutating func window(_ keys: Keys, hasSteps: Bool) -> (from: Term, to: Term)? {
        guard let node = keys["window"] else { return nil }
        guard hasSteps else {
            file.wrong(
                keys.place("window"), "a setup without steps has no window: it orders before the session's first bar")
            return nil
        }
        let ends = file.list(node, of: "window")
        guard ends.count == 2 else {
            if case .list = node.kind { file.wrong(node.place, "window has two ends, [from, to]") }
            return nil
        }
        let from = term(ends[0], .beforeOpen, .time, of: "window")
        let to = term(ends[1], .beforeOpen, .time, of: "window")
        guard let from, let to else { return nil }
        return (from, to)
    }

    private mutating func step(_ item: Node.Entry, after names: [String]) -> ScriptSetup.Step? {
        let scope = Scope(steps: names)
        guard case .mapping = item.value.kind else {
            guard let when = term(item.value, scope, .truth, of: item.key) else { return nil }
            return ScriptSetup.Step(
                name: item.key, place: item.place, when: when, quality: nil, within: nil, restarts: false)
        }
        guard
            let keys = file.keys(
                item.value, of: "the step \(item.key)", ["when", "quality", "within", "else", "next"])
        else { return nil }
        let isNext = keys["next"] != nil
        if isNext == (keys["when"] != nil) {
            file.wrong(item.value.place, "a step has one of 'when' and 'next'")
            return nil
        }
        if isNext, keys["within"] != nil {
            file.wrong(
                keys.place("within"), "'next' is short for 'within: 1 bars': leave 'within' out, or write 'when'")
        }
        if names.isEmpty {
            for key in ["next", "within", "else"] where keys[key] != nil {
                file.wrong(keys.place(key), "the first step has no '\(key)': there is no step before it")
            }
        } else if keys["else"] != nil, !isNext, keys["within"] == nil {
            file.wrong(keys.place("else"), "'else' says what happens after 'within': add it")
        }
        var restarts = false
        if let node = keys["else"], let text = file.text(node, of: "else") {
            restarts = text == "restart"
            if !restarts, text != "stop" { file.wrong(node.place, "else is stop or restart, not '\(shown(text))'") }
        }
        let when = term(keys["when"] ?? keys["next"], scope, .truth, of: item.key)
        let quality = keys["quality"].flatMap { term($0, scope, .truth, of: "quality") }
        var within = number(keys["within"], .period, of: "within")
        if isNext, let when {
            within = Term(.constant(1), .number, traits: .isConstant, at: 0..<0, in: when.source)
        }
        guard let when else { return nil }
        return ScriptSetup.Step(
            name: item.key, place: item.place, when: when, quality: quality, within: within, restarts: restarts)
    }

    private mutating func entry(_ node: Node?, _ steps: [String]) -> ScriptSetup.Entry {
        guard let node else { return .market }
        if let text = node.text {
            if text != "market" {
                file.wrong(
                    node.place,
                    "entry is market, {stop: price}, {limit: price} or {at: time}, not '\(shown(text))'")
            }
            return .market
        }
        guard let keys = file.keys(node, of: "entry", ["stop", "limit", "at", "for", "until"]) else { return .market }
        let chosen = ["stop", "limit", "at"].filter { keys[$0] != nil }
        guard chosen.count == 1 else {
            file.wrong(node.place, "entry has just one of stop, limit and at")
            return .market
        }
        let scope = steps.isEmpty ? Scope.beforeOpen : Scope(steps: steps)
        if chosen[0] == "at" {
            for key in ["for", "until"] where keys[key] != nil {
                file.wrong(keys.place(key), "an entry 'at' a time waits for it: it takes no '\(key)'")
            }
            return term(keys["at"], scope, .time, of: "at").map { .at($0) } ?? .market
        }
        let price = term(keys[chosen[0]], scope, .number, of: chosen[0])
        let bars = number(keys["for"], .period, of: "for")
        let until = keys["until"].flatMap { term($0, scope, .time, of: "until") }
        guard let price else { return .market }
        warnOfShare(price)
        return chosen[0] == "stop" ? .stop(price, bars: bars, until: until) : .limit(price, bars: bars, until: until)
    }

    /// Warns of a percentage where a price is meant.
    private mutating func warnOfShare(_ term: Term?) {
        guard let term, term.unit == .share else { return }
        file.doubt(term.place, "a percentage where a price is meant: 2% below the entry is 'entry - entry * 2%'")
    }

    private mutating func stop(_ node: Node?, _ steps: Scope, _ setup: inout ScriptSetup) {
        guard let node else { return }
        let scope = Scope(steps: steps.steps, knowsTrade: true)
        guard case .mapping = node.kind else {
            setup.stop = term(node, scope, .number, of: "stop")
            warnOfShare(setup.stop)
            return
        }
        guard let keys = file.keys(node, of: "stop", ["price", "when"], required: ["price"]) else { return }
        setup.stop = term(keys["price"], scope, .number, of: "price")
        warnOfShare(setup.stop)
        guard let when = keys["when"], let condition = term(when, .beforeOpen, .truth, of: "when") else { return }
        guard Self.isFixed(condition) else {
            file.wrong(when.place, "the 'when' of a stop is a condition on parameters alone")
            return
        }
        setup.stopWhen = condition
    }

    /// Whether parameters alone decide a term.
    static func isFixed(_ term: Term) -> Bool {
        switch term.form {
        case .bar, .session, .first, .before, .daily, .longer, .function, .step, .trade, .crosses, .weekdayOfSession:
            false
        default: term.arguments.allSatisfy(isFixed)
        }
    }

    private mutating func targets(_ keys: Keys, _ scope: Scope) -> [ScriptSetup.Target] {
        if keys["target"] != nil, keys["targets"] != nil {
            file.wrong(keys.place("target"), "a setup has a target or targets, not both")
        }
        if let node = keys["target"] {
            guard let at = term(node, scope, .number, of: "target") else { return [] }
            warnOfShare(at)
            return [ScriptSetup.Target(at: at, share: nil, place: node.place)]
        }
        guard let node = keys["targets"] else { return [] }
        var targets: [ScriptSetup.Target] = []
        for item in file.list(node, of: "targets") {
            guard let keys = file.keys(item, of: "a target", ["at", "share"], required: ["at", "share"]) else {
                continue
            }
            let at = term(keys["at"], scope, .number, of: "at")
            let share = number(keys["share"], .share, of: "share")
            guard let at, let share else { continue }
            warnOfShare(at)
            targets.append(ScriptSetup.Target(at: at, share: share, place: item.place))
        }
        return targets
    }

    private mutating func trail(_ node: Node?, _ scope: Scope, _ setup: inout ScriptSetup) {
        guard let node, let keys = file.keys(node, of: "trail", ["by", "to", "after"]) else { return }
        let (by, to) = (keys["by"], keys["to"])
        guard (by == nil) != (to == nil) else {
            file.wrong(node.place, "trail has one of 'by: distance' and 'to: price'")
            return
        }
        let place = term(by ?? to, scope, .number, of: by == nil ? "to" : "by")
        let after = keys["after"].flatMap { term($0, scope, .number, of: "after") }
        guard let place else { return }
        if by != nil, place.unit == .signedRisk {
            file.doubt(place.place, "R is negative for a short, and a distance is positive: write 'by: risk'")
        }
        if place.unit == .share {
            file.doubt(
                place.place, "a percentage where a \(by == nil ? "price" : "distance in price") is meant: 'entry * 2%'")
        }
        warnOfShare(after)
        setup.trail = (by != nil, place, after)
    }

    private mutating func breakeven(_ node: Node?, _ scope: Scope, _ setup: inout ScriptSetup) {
        guard let node, let keys = file.keys(node, of: "breakeven", ["after", "to"], required: ["to"]) else { return }
        let to = term(keys["to"], scope, .number, of: "to")
        let after = keys["after"].flatMap { term($0, scope, .number, of: "after") }
        warnOfShare(to)
        warnOfShare(after)
        if let to { setup.breakeven = (to, after) }
    }

    private mutating func exits(_ node: Node?, _ scope: Scope) -> [ScriptSetup.Exit] {
        var exits: [ScriptSetup.Exit] = []
        for item in file.items(node, of: "exits") {
            guard case .mapping = item.value.kind else {
                if let when = term(item.value, scope, .truth, of: item.key) {
                    exits.append(ScriptSetup.Exit(name: item.key, when: when, share: nil, after: nil))
                }
                continue
            }
            guard let keys = file.keys(item.value, of: "the exit \(item.key)", ["when", "share", "after"]) else {
                continue
            }
            guard (keys["when"] == nil) != (keys["after"] == nil) else {
                file.wrong(item.value.place, "an exit has one of 'when' and 'after: n bars'")
                continue
            }
            if keys["after"] != nil, keys["share"] != nil {
                file.wrong(keys.place("share"), "an exit after so many bars closes all: it has no share")
            }
            let when = keys["when"].flatMap { term($0, scope, .truth, of: item.key) }
            let share = number(keys["share"], .share, of: "share")
            let after = number(keys["after"], .period, of: "after")
            guard when != nil || after != nil else { continue }
            exits.append(ScriptSetup.Exit(name: item.key, when: when, share: share, after: after))
        }
        return exits
    }
}
