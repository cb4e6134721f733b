#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// What trades bring, in net R: `net_pnl / (risk_per_share x shares)`; in USD where none of them has a stop.
public struct NetResults: Sendable {
    /// Net R of the trades with a stop, or net P&L of all trades where there is no stop.
    public let values: [Double]
    /// Whether they are in R.
    public let isInR: Bool

    /// The results of `trades`.
    public init(_ trades: some Sequence<TradeOutcome>) {
        var (inR, inUSD): ([Double], [Double]) = ([], [])
        inR.reserveCapacity(trades.underestimatedCount)
        inUSD.reserveCapacity(trades.underestimatedCount)
        for trade in trades {
            if let r = trade.netR { inR.append(r) }
            inUSD.append(trade.net)
        }
        isInR = !inR.isEmpty
        values = isInR ? inR : inUSD
    }

    /// Mean net R. Source: Van K. Tharp, "Trade Your Way to Financial Freedom" (1998), here after costs.
    public var expectancy: Figure {
        values.isEmpty ? .absent(.noTrades) : .value(values.reduce(0, +) / Double(values.count))
    }

    /// System quality number: `sqrt(min(n, 100)) x mean R / standard deviation of R`.
    ///
    /// Source: Van K. Tharp, "The Definitive Guide to Position Sizing" (2008).
    public var systemQuality: Figure {
        guard values.count > 1 else { return .absent(values.isEmpty ? .noTrades : .oneTrade) }
        guard let ratio = Moments(values).ratio else { return .absent(.noVariance) }
        return .value(Double(min(values.count, 100)).squareRoot() * ratio)
    }

    /// The share f of the equity that maximises the sum of `log(1 + f R)`, `0 <= f < 1 / abs(worst R)`: 0 where the mean is
    /// not positive, absent without a loser or a stop.
    ///
    /// Sources: J. Kelly, "A New Interpretation of Information Rate", Bell System Technical Journal 35 (1956); R. Vince,
    /// "Portfolio Management Formulas" (1990), for unequal results.
    public var kelly: Figure {
        guard isInR else { return .absent(values.isEmpty ? .noTrades : .noStop) }
        guard let worst = values.min(), worst < 0 else { return .absent(.noLoser) }
        guard values.reduce(0, +) > 0 else { return .value(0) }
        // The slope falls all the way from the sum of R at 0 to minus infinity: Newton's steps, within what is left.
        var (low, high) = (0.0, 1 / -worst)
        var share = 0.0
        for _ in 0..<200 {
            var (slope, bend) = (0.0, 0.0)
            for value in values {
                let part = value / (1 + share * value)
                slope += part
                bend -= part * part
            }
            if slope > 0 { low = share } else { high = share }
            var next = share - slope / bend
            if !(next > low && next < high) { next = (low + high) / 2 }
            if abs(next - share) <= 1e-13 * max(1, share) { break }
            share = next
        }
        return .value(share)
    }
}

/// Share of the minutes of all sessions in which a position is held, from the entry bar's open to the last exit bar's;
/// positions held at the same time count once.
///
/// - Parameter minutes: how many minutes all sessions of the range have.
public func exposure(_ trades: some Sequence<TradeOutcome>, minutes: Int) -> Figure {
    guard minutes > 0 else { return .absent(.fewSessions) }
    var held = 0
    var (session, end) = (Int32(-1), Int32.min)
    // Those of one symbol are in order.
    var ordered = Array(trades)
    func isBefore(_ one: TradeOutcome, _ other: TradeOutcome) -> Bool {
        one.session == other.session ? one.entry < other.entry : one.session < other.session
    }
    if !ordered.indices.dropFirst().allSatisfy({ !isBefore(ordered[$0], ordered[$0 - 1]) }) {
        ordered.sort(by: isBefore)
    }
    for trade in ordered {
        if trade.session != session { (session, end) = (trade.session, Int32.min) }
        let start = Swift.max(trade.entry, end)
        if trade.exit > start { held += Int(trade.exit) - Int(start) }
        end = Swift.max(end, trade.exit)
    }
    return .value(Double(held) / 60 / Double(minutes))
}
