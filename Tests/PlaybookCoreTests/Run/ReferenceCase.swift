@testable import PlaybookCore

/// A random session of `Tests/Reference/random_orders.py`: bars, plan, and what the reference made of it.
struct ReferenceCase {
    let sheet: SessionSheet
    let plan: Plan
    let values: TableValues
    let expected: Nested

    init(_ text: Nested) throws {
        let (minutes, finer) = (text[0][0].integer, text[0][1].integer)
        var prices: [SessionSheet.Prices?] = []
        for bar in text[1].list {
            while prices.count < bar[0].integer { prices.append(nil) }
            prices.append((bar[1].number, bar[2].number, bar[3].number, bar[4].number))
        }
        var sheet = SessionSheet(prices)
        sheet.minutes = minutes
        sheet.finer = finer
        sheet.hours = SessionHours(
            open: 0, start: 570, end: text[0][2].number, isEarlyClose: text[0][3].truth == true,
            equality: Equality(price: text[0][5].number))
        self.sheet = sheet
        values = TableValues(
            numbers: text[2].list.map { $0.list.map(\.number) }, truths: text[3].list.map { $0.list.map(\.truth) },
            sessionNumbers: text[4].list.map(\.number))
        let (size, limits, costs) = (text[6], text[7], text[8])
        let kinds: [String: Plan.Size.Kind] = ["shares": .shares, "notional": .notional, "risk": .risk]
        plan = try Plan(
            timeframe: .minutes(minutes), setups: text[5].list.map(Self.setup), exit: .constant(text[0][4].number),
            size: Plan.Size(
                kinds[size[0].text] ?? .shares, .constant(size[1].number),
                atMost: size[2].map { .constant($0.number) }, step: size[3].number),
            limits: Plan.Limits(
                trades: limits[0].map(\.integer), losses: limits[1].map(\.integer), loss: limits[2].map(\.number),
                pause: limits[3].integer),
            resolve: finer > 1 ? .minutes(minutes / finer) : nil,
            costs: Plan.Costs(slippageBps: costs[0].number, feePerShare: costs[1].number))
        expected = text[9]
    }

    private static func setup(_ text: Nested) throws -> Setup {
        var setup = Setup(name: text[0].text, side: text[1].text == "long" ? .long : .short)
        setup.window = text[2].map { Setup.Window(from: formula($0[0]), to: formula($0[1])) }
        setup.trades = text[3].map(\.integer)
        setup.steps = text[4].list.map { step in
            Setup.Step(
                step[0].text, when: condition(step[1]), quality: step[2].map(condition),
                within: step[3].map(\.integer), restarts: step[4].truth == true)
        }
        setup.cancel = text[5].map(condition)
        let (price, bars, until) = (text[6][1], text[6][2].map(\.integer), text[6][3].map(formula))
        switch text[6][0].text {
        case "at": setup.entry = .at(time: formula(price))
        case "stop": setup.entry = .stop(price: formula(price), bars: bars, until: until)
        case "limit": setup.entry = .limit(price: formula(price), bars: bars, until: until)
        default: setup.entry = .market
        }
        setup.stop = text[7].map(formula)
        setup.targets = text[8].list.map { Setup.Target(at: formula($0[0]), share: $0[1].number) }
        setup.trail = text[9].map { trail in
            let place = formula(trail[1])
            return Setup.Trail(trail[0].text == "by" ? .by(place) : .to(place), after: trail[2].map(formula))
        }
        setup.breakeven = text[10].map { Setup.Breakeven(to: formula($0[0]), after: $0[1].map(formula)) }
        setup.exits = text[11].list.map { exit in
            exit[1].text == "after"
                ? Setup.Exit(exit[0].text, .after(bars: exit[2].integer))
                : Setup.Exit(exit[0].text, .condition(condition(exit[2]), share: exit[3].map(\.number)))
        }
        return setup
    }

    private static func formula(_ text: Nested) -> Formula {
        let arguments = text.list.dropFirst()
        switch text[0].text {
        case "constant": return .constant(text[1].number)
        case "number": return .number(NumberRef(text[1].integer))
        case "session": return .session(NumberRef(text[1].integer))
        case "trade":
            return Formula.TradeNumber.allCases.first { "\($0)" == text[1].text }.map { .trade($0) } ?? .constant(.nan)
        case "step":
            let field = Formula.StepField.allCases.first { "\($0)" == text[2].text }
            return field.map { .step(text[1].integer, $0) } ?? .constant(.nan)
        case "absolute": return .absolute(formula(text[1]))
        case "rounded": return .rounded(formula(text[1]), tick: text[2].number)
        case "if": return .choice(condition(text[1]), formula(text[2]), formula(text[3]))
        case let name:
            let how = Formula.Operator.allCases.first { "\($0)" == name }
            let parts = arguments.map(formula)
            return how.map { .combined($0, parts[0], parts[1]) } ?? .constant(.nan)
        }
    }

    private static func condition(_ text: Nested) -> TradeCondition {
        switch text[0].text {
        case "truth": return .truth(TruthRef(text[1].integer))
        case "not": return .not(condition(text[1]))
        case "and": return .and(condition(text[1]), condition(text[2]))
        case "or": return .or(condition(text[1]), condition(text[2]))
        case "between": return .between(formula(text[1]), formula(text[2]), formula(text[3]))
        case let name:
            let how = TradeCondition.Comparison.allCases.first { "\($0)" == name }
            return how.map { .compared(formula(text[1]), $0, formula(text[2])) } ?? .constant(false)
        }
    }
}

extension ReferenceCase {
    /// Where a walk differs from what the reference made; nil where it does not.
    func difference(_ played: PlayedSession) -> String? {
        let trades = expected[0].list
        guard trades.count == played.trades.count else {
            return "\(played.trades.count) trades, not \(trades.count)"
        }
        for (number, (wanted, trade)) in zip(trades, played.trades).enumerated() {
            if let difference = difference(wanted, trade, played) { return "trade \(number): \(difference)" }
        }
        for (number, wanted) in expected[1].list.enumerated() {
            let steps = wanted[0].list.map(\.integer)
            guard steps == played.steps[number] else {
                return "setup \(number): steps \(played.steps[number]) not \(steps)"
            }
            let code = wanted[1].map(\.text)
            let given = played.noTrade[number].map { $0.code(in: plan, setup: number) }
            guard code == given else { return "setup \(number): \(given ?? "-") not \(code ?? "-")" }
            let quality = wanted[2].list.map(\.truth)
            guard quality == played.quality[number] else {
                return "setup \(number): quality \(played.quality[number]) not \(quality)"
            }
        }
        guard expected[2].integer == played.described else { return "described \(played.described)" }
        return nil
    }

    private func difference(_ wanted: Nested, _ trade: SessionTrade, _ played: PlayedSession) -> String? {
        func isSame(_ one: Double, _ other: Double) -> Bool {
            one == other || one.isNaN && other.isNaN || abs(one - other) <= 1e-12 * max(abs(one), abs(other), 1e-3)
        }
        guard wanted[0].text == plan.setups[trade.setup].name else { return "setup \(trade.setup)" }
        guard wanted[2].integer == trade.entryBar else { return "entry bar \(trade.entryBar)" }
        guard Int64(wanted[3].integer) * 60 == trade.entryTime else { return "entry time \(trade.entryTime)" }
        guard wanted[7].truth == trade.isAmbiguous else { return "ambiguous \(trade.isAmbiguous)" }
        let numbers: [(String, Nested, Double)] = [
            ("entry", wanted[1], trade.entry), ("lots", wanted[4], trade.lots),
            ("stop", wanted[5], trade.stop ?? .nan), ("target", wanted[6], trade.target ?? .nan),
            ("mae", wanted[8], trade.mae), ("mfe", wanted[9], trade.mfe), ("gross", wanted[10], trade.gross),
            ("net", wanted[11], trade.net),
        ]
        for (name, want, have) in numbers where !isSame(want.number, have) { return "\(name) \(have) not \(want.text)" }
        guard wanted[12].list.map(\.integer) == Array(played.stepBars[trade.steps]) else {
            return "steps \(Array(played.stepBars[trade.steps]))"
        }
        let parts = Array(played.exits[trade.exits])
        guard wanted[13].list.count == parts.count else { return "\(parts.count) exits" }
        for (want, part) in zip(wanted[13].list, parts) {
            guard isSame(want[0].number, part.lots), isSame(want[1].number, part.price),
                want[2].text == part.reason.rawValue, want[3].integer == part.bar,
                Int64(want[4].integer) * 60 == part.time
            else { return "exit \(part) not \(want)" }
        }
        return nil
    }
}
