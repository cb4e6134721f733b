/// What an expression is.
enum Kind: Sendable, Hashable {
    case number
    /// Minutes since midnight.
    case time
    /// Minutes.
    case duration
    case truth
    /// A day of the week.
    case weekday
    /// Several days of the week.
    case weekdays
    /// One of a parameter's choices.
    case choice

    /// With its article.
    var noun: String {
        switch self {
        case .number: "a number"
        case .time: "a time"
        case .duration: "a length of time"
        case .truth: "a condition"
        case .weekday: "a weekday"
        case .weekdays: "a list of weekdays"
        case .choice: "a choice"
        }
    }
}

/// What a number measures, as far as it shows: it decides nothing, but mixtures are warned about.
enum Unit: Sendable, Hashable {
    /// A price or a distance between prices.
    case price
    /// A fraction, written in percent or basis points.
    case share
    /// `R`, which is negative for a short.
    case signedRisk
    /// `profit`.
    case profit
    /// Anything else.
    case plain

    /// Of a sum or difference.
    func added(to other: Unit) -> Unit {
        switch (self, other) {
        case (.share, .share): .share
        case (.plain, .share), (.share, .plain), (.plain, .plain): self == .share ? other : self
        case (.plain, _): other == .profit || other == .signedRisk ? .price : other
        default: .price
        }
    }

    /// Of a product.
    func times(_ other: Unit) -> Unit {
        if self == .plain || self == .share { return other == .plain ? self : other }
        return other == .plain || other == .share ? self : .plain
    }

    /// Of a quotient.
    func divided(by other: Unit) -> Unit { other == .plain ? self : .plain }

    /// Of one of several.
    func joined(_ other: Unit) -> Unit {
        self == other ? self : self == .plain ? other : other == .plain ? self : .price
    }
}
