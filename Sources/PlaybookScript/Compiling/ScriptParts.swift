import PlaybookCore
import PlaybookReading

/// A name with an expression.
struct NamedTerm: Sendable {
    let name: String
    let place: Place
    let term: Term
}

/// A setup of a file, understood.
struct ScriptSetup: Sendable {
    var name = "setup"
    var place = Place.start
    var side = Side.long
    var window: (from: Term, to: Term)?
    var trades: Term?
    var steps: [Step] = []
    var cancel: Term?
    var entry = Entry.market
    var stop: Term?
    /// Where the stop is in force; nil for always.
    var stopWhen: Term?
    var targets: [Target] = []
    var trail: (isBy: Bool, place: Term, after: Term?)?
    var breakeven: (to: Term, after: Term?)?
    var exits: [Exit] = []

    struct Step: Sendable {
        let name: String
        let place: Place
        let when: Term
        let quality: Term?
        let within: Term?
        let restarts: Bool
    }

    enum Entry: Sendable {
        case market
        case at(Term)
        case stop(Term, bars: Term?, until: Term?)
        case limit(Term, bars: Term?, until: Term?)

        /// The order's price, where bars alone decide it.
        var prices: [Term] {
            switch self {
            case .market, .at: []
            case .stop(let price, _, _), .limit(let price, _, _):
                price.isDynamic || price.isConstant ? [] : [price]
            }
        }

        /// Price, time, until.
        var terms: [Term] {
            switch self {
            case .market: []
            case .at(let time): [time]
            case .stop(let price, _, let until), .limit(let price, _, let until): [price] + (until.map { [$0] } ?? [])
            }
        }
    }

    struct Target: Sendable {
        let at: Term
        let share: Term?
        let place: Place
    }

    struct Exit: Sendable {
        let name: String
        let when: Term?
        let share: Term?
        let after: Term?
    }

    /// All terms that are computed once there is an order or a trade.
    var tradeTerms: [Term] {
        var terms = targets.map(\.at) + exits.compactMap(\.when)
        if let trail { terms += [trail.place] + (trail.after.map { [$0] } ?? []) }
        if let breakeven { terms += [breakeven.to] + (breakeven.after.map { [$0] } ?? []) }
        return terms
    }

    /// All terms.
    var terms: [Term] {
        var terms = steps.flatMap { [$0.when] + ($0.quality.map { [$0] } ?? []) } + entry.terms + tradeTerms
        if let window { terms += [window.from, window.to] }
        return terms + [cancel, stop, stopWhen].compactMap(\.self)
    }
}

/// How large a position is.
struct ScriptSize: Sendable {
    var kind = Plan.Size.Kind.shares
    /// nil for the parameter `shares`.
    var amount: Term?
    var capital: Term?
    var atMost: Term?
    var step: Term?
}

/// When the session is over early.
struct ScriptLimits: Sendable {
    var trades: Term?
    var losses: Term?
    var loss: Term?
    var pause: Term?
}
