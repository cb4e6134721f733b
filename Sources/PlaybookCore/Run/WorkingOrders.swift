/// An order that stands after the bars that have closed.
public struct WorkingOrder: Sendable, Hashable {
    /// The same after more bars, as long as the order stands.
    public var id: OrderID
    /// Whether it buys; otherwise it sells.
    public var isBuy: Bool
    public var kind: Kind
    /// Nil for an entry: its size follows from the fill.
    public var shares: Double?

    /// How an order is filled.
    public enum Kind: Sendable, Hashable {
        /// At the next open.
        case market
        /// At the first open at or after an instant, in seconds since 1970-01-01T00:00:00Z.
        case marketAt(Int64)
        /// At a price or worse; of an entry, until an instant.
        case stop(Double, until: Int64? = nil)
        /// At a price or better; of an entry, until an instant.
        case limit(Double, until: Int64? = nil)
        /// At the close of the bar that contains an instant.
        case closeAt(Int64)
        /// At the close of the n-th bar from now on.
        case closeAfter(bars: Int)
    }
}

extension SessionRun {
    /// All orders that stand now: entries, and of a position its stop, targets, exits and time exits, the latter ahead of
    /// their time. The time exit of a position is there from the fill on.
    public func workingOrders() -> [WorkingOrder] {
        var orders: [WorkingOrder] = []
        guard phase == .playing else { return orders }
        if position.isOpen {
            addExits(to: &orders)
        } else {
            for setup in 0..<plan.setupCount where states[setup].hasOrder { orders.append(entryOrder(setup)) }
        }
        return orders
    }

    private func entryOrder(_ setup: Int) -> WorkingOrder {
        let order = states[setup].order
        let until = hours.open + min(order.until, exitFrom)
        let kind: WorkingOrder.Kind =
            switch order.kind {
            case .market: .market
            case .at: .marketAt(hours.open + order.at)
            case .stop: .stop(order.price, until: until)
            case .limit: .limit(order.price, until: until)
            }
        return WorkingOrder(id: order.id, isBuy: order.sign > 0, kind: kind, shares: nil)
    }

    private func addExits(to orders: inout [WorkingOrder]) {
        guard !position.isRefused else {
            position.add(.close, .market, lots: .infinity, to: &orders)
            return
        }
        if let stop = position.stopPrice { position.add(.stop, .stop(stop), lots: .infinity, to: &orders) }
        for place in position.nextGoal..<max(position.nextGoal, position.goalCount) {
            let goal = position.goals[place]
            let lots = goal.takesRest ? .infinity : goal.lots
            position.add(.target(goal.target), .limit(position.sign * goal.price), lots: lots, to: &orders)
        }
        for exit in 0..<position.exitCount where !position.signals[exit].isNaN {
            position.add(.exit(exit), .market, lots: position.signals[exit], to: &orders)
        }
        let most = plan.setups[position.setup].mostBars
        if most != .max {
            let kind = WorkingOrder.Kind.closeAfter(bars: max(1, most - position.held))
            position.add(.timeStop, kind, lots: .infinity, to: &orders)
        }
        let exit = hours.open + Int64(hours.seconds(to: exitMinute))
        position.add(.endOfDay, .closeAt(exit), lots: .infinity, to: &orders)
    }
}

extension Position {
    /// Adds an order that closes lots, at most those left.
    fileprivate func add(
        _ role: OrderID.Role, _ kind: WorkingOrder.Kind, lots: Double, to orders: inout [WorkingOrder]
    ) {
        let id = OrderID(setup: setup, decided: orderedAt, role: role)
        let shares = min(lots, left) * step
        if shares > 0 { orders.append(WorkingOrder(id: id, isBuy: sign < 0, kind: kind, shares: shares)) }
    }
}
