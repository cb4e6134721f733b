/// A trade as it was filled; bars are indices within the session.
public struct Trade: Sendable, Hashable {
    /// How a trade ended.
    public enum ExitReason: String, Sendable, Hashable, CaseIterable {
        /// Filled at the stop.
        case stopLoss = "stop_loss"
        /// The bar opened at or below the stop and filled there.
        case stopGap = "stop_gap"
        /// Closed at the exit time, or at the first bar after it.
        case endOfDay = "end_of_day"
        /// No bar reached the exit time: closed at the session's last bar.
        case sessionEnd = "session_end"
    }

    /// The bar whose open was bought.
    public var entryBar: Int
    /// The bar the trade ended in.
    public var exitBar: Int
    /// Price paid a share.
    public var entry: Double
    /// Price received a share.
    public var exit: Double
    /// The stop's price; nil when there was none.
    public var stop: Double?
    /// Why the trade ended.
    public var reason: ExitReason
    /// Maximum adverse excursion: the worst price against the entry while the trade was held, in price units, <= 0.
    public var mae: Double
    /// Maximum favourable excursion: the best price against the entry while the trade was held, in price units, >= 0.
    public var mfe: Double

    /// Risk a share, entry - stop, in price units; nil without a stop.
    public var risk: Double? { stop.map { entry - $0 } }

    /// R-multiple: (exit - entry) / risk; nil without a risk to measure by. Source: Van K. Tharp, "Trade Your Way to
    /// Financial Freedom" (1998).
    public var rMultiple: Double? {
        guard let risk, risk > 0 else { return nil }
        return (exit - entry) / risk
    }
}
