import PlaybookCore
import PlaybookReading
import PlaybookScript
import PlaybookAssembly
import PlaybookSettings
import PlaybookUseCases

/// A request to `POST /backtest`: read, and checked as far as can be without running it.
struct BacktestCall: Sendable {
    /// What tells runs apart: requests that come to the same work are equal.
    struct Key: Hashable, Sendable {
        let request: BacktestRequest
        /// The present date in each market, where what is run depends on it.
        let dates: [CivilDate]
    }

    /// What to run.
    let request: BacktestRequest
    /// What tells it from others.
    let key: Key
    /// The playbook with its parameters.
    let strategy: Playbook

    /// The call that `body` makes, under `settings`.
    ///
    /// - Throws: a `Problem` that names what is wrong.
    init(
        _ body: [UInt8], settings: Settings, limits: ServiceLimits, budget: RequestBudget
    ) throws(Problem) {
        let (request, choice, inline) = try Self.read(
            body, markets: (try? settings.markets()) ?? Market.all,
            allowsInline: (try? settings.allowsInlinePlaybooks()) == true)
        let today: CivilDate
        let now: Instant
        var settled = request
        do {
            today = try settings.today()
            now = try settings.now()
            settled.strategy = inline?.name ?? request.strategy ?? settings.strategyName
            if request.symbols == nil { settled.symbols = try settings.symbolsIfSet() }
        } catch let error as PlaybookError {
            throw Problem(.configuration, error)
        } catch {
            throw Problem(.configuration, "\(error)")
        }
        let markets = Set((settled.symbols ?? []).map(\.market)).sorted { $0.id > $1.id }
        let (strategy, faults) = Self.strategy(settled, inline, settings, markets)
        var all = faults
        if settled.symbols == nil {
            all.append(.init(field: "/symbols", detail: "there are no symbols: name some, or set SYMBOLS"))
        }
        all += Self.strangers(request.symbols ?? [], budget)
        let dateFaults = Self.faults(request.dates, choice, today: today, limits: limits)
        all += dateFaults
        if dateFaults.isEmpty, case .range(let first, let last) = request.dates {
            let counts = (settled.symbols ?? []).map {
                $0.market.calendar.sessions(from: first, through: last).count
            }
            if let excess = budget.excess(sessions: counts.reduce(0, +), longest: counts.max() ?? 0) {
                all.append(.init(field: "/end", detail: excess))
            }
        }
        guard let strategy, all.isEmpty else { throw Problem(.invalid, all) }

        settled.parameters = Dictionary(
            uniqueKeysWithValues: strategy.parameters.canonical.map { ($0.name, $0.value) })
        var dates = markets.map { $0.clock.date(of: now) }
        if case .range = request.dates { dates = [] }
        self.request = request
        self.strategy = strategy
        key = Key(request: settled, dates: dates)
    }

    /// The symbols that requests may not name.
    private static func strangers(_ symbols: [Symbol], _ budget: RequestBudget) -> [Problem.Fault] {
        guard let own = budget.symbols else { return [] }
        return symbols.enumerated().filter { !own.contains($0.element) }.map { index, symbol in
            let same = own.first { $0.name == symbol.name }.map { ", which has \($0.name)@\($0.market)" } ?? ""
            return .init(
                field: "/symbols/\(index)",
                detail: "\(symbol) is not one of SYMBOLS\(same); SERVE_ANY_SYMBOL=true lets requests name others")
        }
    }

    /// The request that `body` holds.
    private static func read(
        _ body: [UInt8], markets: [Market], allowsInline: Bool
    ) throws(Problem) -> (BacktestRequest, SessionChoice, Script?) {
        if body.allSatisfy({ [0x20, 0x09, 0x0A, 0x0D].contains($0) }) {
            return (BacktestRequest(dates: .today), .today, nil)
        }
        let tree: JSONTree
        do {
            tree = try JSONReader.parse(body)
        } catch {
            throw Problem(.malformed, [.init(field: error.pointer, detail: error.detail)])
        }
        let value = JSONValue(tree)
        guard case .fields(let fields) = value else {
            throw Problem(.malformed, [.init(field: "", detail: "expected an object, not \(value.kind)")])
        }
        var draft = RequestDraft(markets: markets)
        var faults: [Problem.Fault] = []
        var kind = ProblemKind.invalid
        for (name, value) in fields.sorted(by: { $0.key < $1.key }) {
            guard let field = RequestField.all.first(where: { $0.name == name }) else {
                let known = RequestField.all.map(\.name).joined(separator: ", ")
                faults.append(.init(field: JSONParser.step(name), detail: "there is no such field: there are \(known)"))
                kind = .malformed
                continue
            }
            if field.name == RequestField.playbook.name {
                let (script, wrong) = InlinePlaybook.read(tree, isAllowed: allowsInline)
                draft.script = script
                faults += wrong
                continue
            }
            do {
                try field.read(value, &draft)
            } catch {
                faults += error.faults.map { .init(field: "/\(name)\($0.field)", detail: $0.detail) }
                if error.kind == .malformed { kind = .malformed }
            }
        }
        guard faults.isEmpty else { throw Problem(kind, faults) }
        let (request, choice) = try request(draft, given: Set(fields.keys))
        return (request, choice, draft.script)
    }

    /// The request, when its fields go together.
    private static func request(
        _ draft: RequestDraft, given: Set<String>
    ) throws(Problem) -> (BacktestRequest, SessionChoice) {
        let choice = SessionChoice(draft)
        var faults: [Problem.Fault] = []
        if draft.script != nil, draft.strategy != nil {
            faults.append(
                .init(field: "/strategy", detail: "a request names a strategy or brings a playbook, not both"))
        }
        for field in RequestField.all {
            if given.contains(field.name), !field.choices.contains(choice) {
                faults.append(
                    .init(
                        field: "/\(field.name)",
                        detail: "this does not go with the other fields: give start and end, or date, or catch_up "
                            + "with or without start, or none of them"))
            } else if !given.contains(field.name), field.requiredWith.contains(choice) {
                faults.append(.init(field: "/\(field.name)", detail: "this is missing: start and end go together"))
            }
        }
        guard faults.isEmpty else { throw Problem(.malformed, faults) }
        let dates: BacktestRequest.Dates? =
            switch choice {
            case .today: .today
            case .day: draft.date.map { .range($0, $0) }
            case .range: draft.start.flatMap { start in draft.end.map { .range(start, $0) } }
            case .catchUp: .catchUp(from: draft.start)
            }
        var request = BacktestRequest(
            dates: dates ?? .today, symbols: draft.symbols, strategy: draft.strategy, parameters: draft.parameters,
            isDryRun: draft.isDryRun)
        request.playbookText = draft.script?.canonicalText
        return (request, choice)
    }

    /// The strategy with its parameters, or what is wrong with them.
    private static func strategy(
        _ request: BacktestRequest, _ inline: Script?, _ settings: Settings, _ markets: [Market]
    ) -> (Playbook?, [Problem.Fault]) {
        let name = request.strategy ?? ""
        let script: Script
        do {
            script = try inline ?? settings.script(name).script
        } catch let error as PlaybookError where error.code == .badData {
            return (nil, [.init(field: "/strategy", detail: error.facts.words(.problem))])
        } catch {
            let names = settings.playbookNames().joined(separator: ", ")
            return (nil, [.init(field: "/strategy", detail: "there is no such playbook: there are \(names)")])
        }
        if inline != nil, settings.playbookNames().contains(name) {
            let detail = "the name '\(name)' is that of a playbook of the service, whose rows it would replace"
            return (nil, [.init(field: "/playbook/playbook", detail: detail)])
        }
        if let market = script.market, let other = (request.symbols ?? []).first(where: { $0.market != market }) {
            let detail = "\(other) is traded on \(other.market), and the playbook \(name) is for the market \(market)"
            return (nil, [.init(field: "/symbols", detail: detail)])
        }
        let descriptor = script.descriptor
        var faults: [Problem.Fault] = []
        for (name, value) in request.parameters.sorted(by: { $0.key < $1.key }) {
            let specs = descriptor.parameters.filter { $0.name == name }
            do throws(ParameterError) {
                guard !specs.isEmpty else {
                    let names = descriptor.parameters.map(\.name).joined(separator: ", ")
                    let detail =
                        descriptor.retirement(of: name)
                        ?? "\(descriptor.name) has no such parameter: there are \(names)"
                    faults.append(.init(field: "/params" + JSONParser.step(name), detail: detail))
                    continue
                }
                for market in markets.isEmpty ? [.xnys] : markets {
                    _ = try ParameterSet(specs: specs, overrides: [name: value], market: market)
                }
            } catch {
                faults.append(.init(field: "/params" + JSONParser.step(name), detail: "\(error)"))
            }
        }
        guard faults.isEmpty else { return (nil, faults) }
        do {
            let playbooks = try (markets.isEmpty ? [nil] : markets.map { $0 }).map {
                try script.playbook(request.parameters, market: $0)
            }
            let excess = inline == nil ? [] : playbooks.flatMap(InlinePlaybook.excess)
            return excess.isEmpty ? (playbooks.first, []) : (nil, excess)
        } catch {
            return (nil, [.init(field: "/params", detail: "\(error)")])
        }
    }

    /// What is wrong with the dates.
    private static func faults(
        _ dates: BacktestRequest.Dates, _ choice: SessionChoice, today: CivilDate, limits: ServiceLimits
    ) -> [Problem.Fault] {
        let calendar = Market.xnys.calendar.supportedDates
        func unsupported(_ date: CivilDate, _ field: String) -> [Problem.Fault] {
            guard !calendar.contains(date) else {
                guard date > today, field != "/end" else { return [] }
                return [.init(field: field, detail: "\(date) is yet to come: it is \(today)")]
            }
            let first = calendar.lowerBound
            let last = calendar.upperBound
            return [.init(field: field, detail: "\(date) is beyond the calendar, which goes from \(first) to \(last)")]
        }
        switch dates {
        case .today, .days: return []
        case .catchUp(let start): return start.map { unsupported($0, "/start") } ?? []
        case .range(let first, _) where choice == .day: return unsupported(first, "/date")
        case .range(let first, let last):
            guard first <= last else {
                return [.init(field: "/end", detail: "\(last) lies before the start, \(first)")]
            }
            let faults = unsupported(first, "/start") + unsupported(last, "/end")
            let days = Int(last.daysSinceEpoch) - Int(first.daysSinceEpoch) + 1
            guard faults.isEmpty, days > limits.days else { return faults }
            return [.init(field: "/end", detail: "these are \(days) days: at most \(limits.days) at a time")]
        }
    }
}
