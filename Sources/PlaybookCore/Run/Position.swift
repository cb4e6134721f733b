/// A target as it was computed at the fill; its price times the side's sign.
struct Goal {
    var price: Double
    var lots: Double
    /// Whether it takes all that is left: the farthest of targets that add to the whole position.
    var takesRest: Bool
    /// Its place among the setup's targets.
    var target: Int
}

/// The position that is open, if one is. Prices in it are times the side's sign, so that they rise in favour of the trade
/// and a short is a long's mirror image.
public struct Position {
    /// Whether there is one.
    public internal(set) var isOpen = false
    /// The place of its setup in the plan.
    public internal(set) var setup = 0
    var sign = 1.0
    var entry = 0.0
    var entryBar = 0
    var entryTime: Int64 = 0
    /// Number of the bar at which the entry was ordered, -1 before the open.
    var orderedAt = -1
    var lots = 0.0
    var left = 0.0
    /// Smallest quantity.
    var step = 1.0
    /// NaN without a stop.
    var stop = Double.nan
    var firstStop = Double.nan
    var firstTarget = Double.nan
    var stopReason = ExitReason.stopLoss
    /// Whether the stop was moved beyond the close, so that the next open fills it.
    var isForced = false
    /// Whether a broker filled where the stop or a target cannot be: it is to be closed.
    var isRefused = false
    var best = 0.0
    var worst = 0.0
    var held = 0
    var isAmbiguous = false
    var isEven = false
    var isTrailing = false
    /// The exits with a share that have acted, as bits.
    var acted: UInt64 = 0
    /// What the trail and the breakeven read where it is fixed at the fill.
    var trailPlace = Double.nan
    var trailAfter = Double.nan
    var evenTo = Double.nan
    var evenAfter = Double.nan
    /// The next target and the end of the targets.
    var nextGoal = 0
    var goalCount = 0
    let goals: UnsafeMutablePointer<Goal>
    /// For each exit the lots to be closed at the next open: NaN for none, infinity for all that is left.
    let signals: UnsafeMutablePointer<Double>
    var signalCount = 0
    let exitCount: Int
    /// By `Formula.TradeNumber`, in plain prices.
    let numbers: UnsafeMutablePointer<Double>
    /// Exits of the session.
    var parts: ContiguousArray<ExitPart> = []
    var firstPart = 0
    /// The bar being walked.
    var bar = 0
    /// Seconds since 1970-01-01T00:00:00Z of the session's open.
    var openTime: Int64 = 0
    var equality = Equality(price: 1)

    init(targets: Int, exits: Int) {
        goals = .allocate(capacity: max(1, targets))
        signals = .allocate(capacity: max(1, exits))
        exitCount = exits
        numbers = .allocate(capacity: Formula.TradeNumber.count)
        signals.initialize(repeating: .nan, count: max(1, exits))
        numbers.initialize(repeating: .nan, count: Formula.TradeNumber.count)
    }

    func deallocate() {
        goals.deallocate()
        signals.deallocate()
        numbers.deallocate()
    }

    /// Which way it goes.
    public var side: Side { Side(sign: sign) }
    /// Price of the entry.
    public var entryPrice: Double { sign * entry }
    /// Shares that are still held.
    public var shares: Double { left * step }
    /// Where the stop is now; nil without one.
    public var stopPrice: Double? { stop.isNaN ? nil : sign * stop }
    /// Bars held so far.
    public var barsHeld: Int { held }

    /// Whether one price is above another, in favour of the trade.
    @inline(__always)
    func isAbove(_ one: Double, _ other: Double) -> Bool { equality.isAbove(one, other) }

    /// Whether one price is at another or above it.
    @inline(__always)
    func isAtLeast(_ one: Double, _ other: Double) -> Bool { !equality.isAbove(other, one) }

    /// Prices above this are so well above the stop that no equality has to be looked at.
    var clearOfStop: Double { stop.isNaN ? -.infinity : stop + 4e-9 * max(abs(stop), equality.floor) }

    /// Prices below this are so well below the next target that no equality has to be looked at.
    var clearOfGoal: Double {
        guard nextGoal < goalCount else { return .infinity }
        let price = goals[nextGoal].price
        return price - 4e-9 * max(abs(price), equality.floor)
    }

    /// Closes lots, at most those left, at a price (times the sign) in a bar that opens `seconds` after the session.
    mutating func close(_ lots: Double, at price: Double, _ reason: ExitReason, seconds: Int64) {
        let closed = min(lots, left)
        guard closed > 0 else { return }
        parts.append(
            ExitPart(lots: closed, price: sign * price, reason: reason, bar: bar, time: openTime + seconds))
        left -= closed
    }

    /// Takes in what a bar, or finer bar, tells: all of it when it was held to its close, else only its fills.
    ///
    /// - Parameters:
    ///   - before: how many exits there were before the bar.
    ///   - isLimited: of a limit entry's bar that opened beyond the price only the close and the worst price count.
    @inline(__always)
    mutating func see(_ candle: Candle, before: Int, isLimited: Bool) {
        if left > 0 {
            best = max(best, isLimited ? sign * candle.close : candle.good(sign))
            worst = min(worst, candle.bad(sign))
            return
        }
        for part in before..<parts.count {
            best = max(best, sign * parts[part].price)
            worst = min(worst, sign * parts[part].price)
        }
    }

    /// Sets what formulas read at a close.
    func note(close: Double) {
        numbers[Formula.TradeNumber.held.rawValue] = Double(held)
        numbers[Formula.TradeNumber.best.rawValue] = sign * best
        numbers[Formula.TradeNumber.worst.rawValue] = sign * worst
        numbers[Formula.TradeNumber.profit.rawValue] = sign * (close - sign * entry)
    }

    /// Sets what formulas read at the fill: `entry` and `side` first, `R` once the stop is known.
    func note(entry price: Double, sign: Double) {
        numbers[Formula.TradeNumber.entry.rawValue] = price
        numbers[Formula.TradeNumber.side.rawValue] = sign
        numbers[Formula.TradeNumber.r.rawValue] = .nan
        numbers[Formula.TradeNumber.risk.rawValue] = .nan
        numbers[Formula.TradeNumber.held.rawValue] = 0
        numbers[Formula.TradeNumber.best.rawValue] = price
        numbers[Formula.TradeNumber.worst.rawValue] = price
        numbers[Formula.TradeNumber.profit.rawValue] = 0
    }

    func note(r: Double) {
        numbers[Formula.TradeNumber.r.rawValue] = r
        numbers[Formula.TradeNumber.risk.rawValue] = abs(r)
    }

    /// Moves the stop in favour of the trade, never back; an unknown price moves nothing.
    ///
    /// - Returns: whether it moved.
    mutating func move(stop price: Double, _ reason: ExitReason) -> Bool {
        guard !price.isNaN, stop.isNaN || isAbove(price, stop) else { return false }
        stop = price
        stopReason = reason
        return true
    }
}
