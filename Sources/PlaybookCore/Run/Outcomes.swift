/// Why a trade, or a part of it, ended; spelled as the journal does.
public enum ExitReason: String, Sendable, Hashable, CaseIterable {
    /// At the stop where it was placed at the fill.
    case stopLoss = "stop_loss"
    /// At the open of a bar that opened beyond the stop.
    case stopGap = "stop_gap"
    /// At a stop that followed the best price.
    case trailingStop = "trailing_stop"
    /// At a stop that had gone to the entry, or where `breakeven` says.
    case breakevenStop = "breakeven_stop"
    /// At a target or better.
    case target
    /// At the open after a close at which an exit's condition held.
    case signal
    /// At the close of the n-th bar held.
    case timeStop = "time_stop"
    /// At the close of the bar that contains the exit time, or of the first after it.
    case endOfDay = "end_of_day"
    /// At the close of the session's last bar.
    case sessionEnd = "session_end"
    /// Live: the price that the broker filled at leaves no room for the stop or the target.
    case refusedFill = "refused_fill"
    /// Live: the position had been without a stop for too long.
    case unprotected
    /// Live: a person closed it.
    case flatten
}

/// Why the latest attempt of a setup, or the session, gave no trade.
public enum NoTrade: Sendable, Hashable {
    /// The n-th filter was not true.
    case filter(Int)
    /// The time to leave is unknown.
    case exitUnknown
    /// An order was refused.
    case refused(Refusal)
    /// The setup's `cancel` held.
    case cancelled
    /// An order was not filled.
    case expired
    /// The n-th step did not come.
    case step(Int)

    /// Why an order was refused.
    public enum Refusal: String, Sendable, Hashable, CaseIterable {
        /// The stop is unknown, or not beyond the entry.
        case stop
        /// A target is unknown, or not beyond the entry.
        case target
        /// The size is unknown or less than a lot.
        case size
        /// The price of the order, or a time of it, is unknown.
        case price
        /// Too few of the bars due by the decision exist.
        case bars
    }

    /// The journal's code.
    ///
    /// - Parameter setup: the place of the setup that is spoken of.
    public func code(in plan: Plan, setup: Int) -> String {
        switch self {
        case .filter(let place): "filter:\(plan.filters[place].name)"
        case .exitUnknown: "filter:exit"
        case .refused(let why): "refused:\(why.rawValue)"
        case .cancelled: "cancelled"
        case .expired: "expired"
        case .step(let place): "step:\(plan.setups[setup].steps[place].name)"
        }
    }
}

/// One exit of a trade: all of the position or a part of it.
public struct ExitPart: Sendable, Hashable {
    /// Multiples of the size's step.
    public var lots: Double
    public var price: Double
    public var reason: ExitReason
    /// The bar of the timeframe, an index in the session.
    public var bar: Int
    /// Seconds since 1970-01-01T00:00:00Z at which the bar, or its finer bar, opened.
    public var time: Int64
}

/// A trade of a session that is over.
public struct SessionTrade: Sendable, Hashable {
    /// Its setup's place in the plan.
    public var setup: Int
    public var side: Side
    public var entry: Double
    /// The bar it entered in, an index in the session.
    public var entryBar: Int
    /// Seconds since 1970-01-01T00:00:00Z at which that bar, or its finer bar, opened.
    public var entryTime: Int64
    public var lots: Double
    /// Lots times the size's step.
    public var shares: Double
    /// The stop as it was placed at the fill; nil without one.
    public var stop: Double?
    /// The first target in the setup's order; nil without one.
    public var target: Double?
    /// The exit's price, the mean by shares of several.
    public var exit: Double
    /// Seconds since 1970-01-01T00:00:00Z at which the bar of the last exit, or its finer bar, opened.
    public var exitTime: Int64
    /// Whether a bar could not tell what came first.
    public var isAmbiguous: Bool
    /// The worst price against the entry, in price units, at most 0.
    public var mae: Double
    /// The best price against the entry, in price units, at least 0.
    public var mfe: Double
    /// USD before costs.
    public var gross: Double
    /// USD of slippage and fees.
    public var costs: Double
    /// Which of the session's `exits` are its own; the last one ends it.
    public var exits: Range<Int>
    /// Which of the session's `stepBars` are its own.
    public var steps: Range<Int>

    /// USD after costs.
    public var net: Double { gross - costs }

    /// side x (entry - stop), in price units; nil without a stop.
    public var risk: Double? { stop.map { side.sign * (entry - $0) } }

    /// (exit - entry) / (entry - stop); nil without a stop.
    public var rMultiple: Double? { stop.map { (exit - entry) / (entry - $0) } }
}

extension Side {
    /// 1 for a long, -1 for a short.
    public var sign: Double { self == .long ? 1 : -1 }

    /// The side of a sign.
    init(sign: Double) { self = sign > 0 ? .long : .short }
}
