/// What a broker did to an order.
public struct RecordedFill: Sendable, Hashable {
    public var order: OrderID
    /// Seconds since 1970-01-01T00:00:00Z.
    public var time: Int64
    public var price: Double
    /// What was filled; 0 for an order that ended without a fill.
    public var shares: Double
    /// Why, where it is not what the order was for.
    public var reason: ExitReason?

    /// A fill. Part fills of one entry are one fill here: their shares, and the mean of their prices by shares.
    public init(order: OrderID, time: Int64, price: Double, shares: Double, reason: ExitReason? = nil) {
        self.order = order
        self.time = time
        self.price = price
        self.shares = shares
        self.reason = reason
    }

    /// An order that ended without a fill.
    public static func ended(_ order: OrderID, time: Int64) -> RecordedFill {
        RecordedFill(order: order, time: time, price: .nan, shares: 0)
    }
}

/// Fills as a broker made them. A bar fills what the broker filled before the bar's close, and nothing else: no rule of the
/// simulation decides a price, a quantity or a refusal.
public struct RecordedFills: Execution {
    public static var isDecidedByBars: Bool { false }

    /// The session's fills so far, by time; those still to come are added as they come.
    public var fills: [RecordedFill] = []
    private var isTaken: [Bool] = []

    /// A record of one session.
    public init(_ fills: [RecordedFill] = []) { self.fills = fills }

    /// The fills before an instant, in seconds since 1970-01-01T00:00:00Z, that belonged to no order or position of the
    /// walk when their bar closed. What they bought or sold is in no trade: whoever trades must close it.
    public func unmatched(before time: Int64) -> [RecordedFill] {
        fills.indices.filter { fills[$0].time < time && !($0 < isTaken.count && isTaken[$0]) }.map { fills[$0] }
    }

    public mutating func begin() { isTaken.removeAll(keepingCapacity: true) }

    public mutating func answer(_ order: PlacedOrder, _ bar: Candle, _ hours: SessionHours) -> EntryAnswer {
        guard let place = next(before: hours.open + bar.end, where: { $0 == order.id }) else { return .open }
        isTaken[place] = true
        let fill = fills[place]
        guard fill.shares > 0 else { return .ended }
        let isLimit = order.kind == .limit
        let (price, open) = (order.sign * order.price, order.sign * bar.open)
        let isBeyond = isLimit ? hours.equality.isAbove(open, price) : false
        return .filled(EntryFill(price: fill.price, isBeyond: isBeyond, isLimit: isLimit, shares: fill.shares))
    }

    public func lots(_ fill: EntryFill, risk: Double, _ size: SessionSize, _ equality: Equality) -> Double {
        Self.lots(fill.shares ?? .nan, step: size.step)
    }

    public mutating func walk(_ position: inout Position, _ bar: Candle, entry: EntryFill?, isFirst: Bool) {
        let before = position.parts.count
        let (setup, decided) = (position.setup, position.orderedAt)
        let end = position.openTime + bar.end
        while position.left > 0,
            let place = next(
                before: end, where: { $0.setup == setup && $0.decided == decided && $0.role != .entry })
        {
            isTaken[place] = true
            if fills[place].shares > 0 { take(&position, fills[place]) }
        }
        position.isForced = false
        position.see(bar, before: before, isLimited: entry.map { $0.isLimit && $0.isBeyond } ?? false)
    }

    /// Shares in lots: whole where they differ from a whole number by rounding only.
    private static func lots(_ shares: Double, step: Double) -> Double {
        let exact = shares / step
        return abs(exact - exact.rounded()) <= 1e-9 * max(1, exact) ? exact.rounded() : exact
    }

    /// Takes an exit's fill.
    private func take(_ position: inout Position, _ fill: RecordedFill) {
        let lots = Self.lots(fill.shares, step: position.step)
        var reason = ExitReason.flatten
        switch fill.order.role {
        case .entry: break
        case .stop: reason = position.stopReason
        case .timeStop: reason = .timeStop
        case .endOfDay: reason = .endOfDay
        case .close: reason = position.isRefused ? .refusedFill : .flatten
        case .exit(let exit):
            reason = .signal
            position.signals[exit] -= lots
            if position.signals[exit] <= 0 {
                position.signals[exit] = .nan
                position.signalCount -= 1
            }
        case .target(let target):
            reason = .target
            for place in position.nextGoal..<position.goalCount where position.goals[place].target == target {
                position.goals[place].lots = max(0, position.goals[place].lots - lots)
            }
        }
        position.close(
            lots, at: position.sign * fill.price, fill.reason ?? reason, seconds: fill.time - position.openTime)
    }

    /// The first fill before an instant that has not been taken and whose order is asked for.
    private mutating func next(before end: Int64, where isAsked: (OrderID) -> Bool) -> Int? {
        while isTaken.count < fills.count { isTaken.append(false) }
        return fills.indices.first { !isTaken[$0] && fills[$0].time < end && isAsked(fills[$0].order) }
    }

    /// Nothing: a broker closes when it says so.
    public func close(_ position: inout Position, at price: Double, _ reason: ExitReason, seconds: Int64) {}

    public func pass(_ position: inout Position, _ bars: Range<Int>, of closed: UnsafePointer<ClosedBars>) -> Int {
        bars.lowerBound
    }
}
