import PlaybookCore

/// What research keeps of a trade.
public struct TradeOutcome: Sendable, Hashable {
    /// The place of its session among those of the range.
    public var session: Int32
    /// When the entry bar and the last exit bar opened, in seconds after the session's open.
    public var entry, exit: Int32
    /// Net P&L in USD.
    public var net: Double
    /// What it risked in USD, `risk_per_share x shares`; NaN without a stop.
    public var risk: Double
    /// Slippage and fees in USD, which the net P&L is after.
    public var costs: Double
    /// What was bought and sold in USD: entry x shares, and exit x shares.
    public var entryValue, exitValue: Double

    /// A trade.
    public init(
        session: Int32, entry: Int32, exit: Int32, net: Double, risk: Double, costs: Double, entryValue: Double,
        exitValue: Double
    ) {
        self.session = session
        self.entry = entry
        self.exit = exit
        self.net = net
        self.risk = risk
        self.costs = costs
        self.entryValue = entryValue
        self.exitValue = exitValue
    }

    /// A trade that a backtest made in a session that opened at `open`, in seconds since 1970-01-01T00:00:00Z.
    init(_ trade: SessionTrade, session: Int32, open: Int64) {
        self.init(
            session: session, entry: Int32(truncatingIfNeeded: trade.entryTime - open),
            exit: Int32(truncatingIfNeeded: trade.exitTime - open), net: trade.net,
            risk: trade.risk.map { $0 * trade.shares } ?? .nan, costs: trade.costs,
            entryValue: trade.entry * trade.shares, exitValue: trade.exit * trade.shares)
    }

    /// The same trade at doubled costs: `max(2 x costs, 2 bps of (entry + exit) x shares)`.
    public var atDoubledCosts: TradeOutcome {
        var doubled = self
        doubled.costs = max(2 * costs, (entryValue + exitValue) * 2 / 10_000)
        doubled.net = net + costs - doubled.costs
        return doubled
    }

    /// Net P&L / what it risked; nil without a stop.
    public var netR: Double? { risk > 0 ? net / risk : nil }
}

extension Sequence<TradeOutcome> {
    /// The net P&L of each of `count` sessions.
    public func daily(_ count: Int) -> [Double] {
        var sums = [Double](repeating: 0, count: count)
        for trade in self { sums[Int(trade.session)] += trade.net }
        return sums
    }
}
