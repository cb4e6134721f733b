/// The trades that entries in a block of sessions led to, for one outcome after the other: it is found by the session and
/// the bar that ordered whether a trade was walked before. Its memory is used again.
final class TradeMemory {
    /// What is known of an entry.
    enum Place: Equatable {
        /// It was not walked yet.
        case unknown
        /// It led to no trade.
        case none
        /// The place of its trade.
        case trade(Int)
    }

    private struct Entry {
        /// Which outcome it is of; entries of earlier ones are forgotten.
        var outcome: UInt32
        /// Place of the trade; -1 for none.
        var trade: Int32
        /// Where the bars of the steps are.
        var steps: Int32
    }

    private let bars: Int
    private let entries: UnsafeMutablePointer<Entry>
    private var outcome: UInt32 = 0
    private var trades: ContiguousArray<SessionTrade> = []
    private var steps: ContiguousArray<Int32> = []

    /// Room for sessions of at most `bars` bars.
    init(bars: Int) {
        self.bars = bars
        entries = .allocate(capacity: max(1, EntryBlock.sessions * bars))
        entries.initialize(repeating: Entry(outcome: 0, trade: -1, steps: 0), count: EntryBlock.sessions * bars)
    }

    deinit { entries.deallocate() }

    /// Forgets all.
    func forget() {
        outcome &+= 1
        trades.removeAll(keepingCapacity: true)
        steps.removeAll(keepingCapacity: true)
    }

    /// What is known of the entry of steps that hold at some bars of a session.
    @inline(__always)
    func trade(_ session: Int, _ held: UnsafePointer<Int32>, _ plan: CompiledPlan) -> Place {
        let entry = entries[session * bars + Int(held[plan.stepCount - 1])]
        guard entry.outcome == outcome else { return .unknown }
        if plan.readsSteps {
            for step in 0..<plan.stepCount where steps[Int(entry.steps) + step] != held[step] { return .unknown }
        }
        return entry.trade < 0 ? .none : .trade(Int(entry.trade))
    }

    /// Keeps what an entry led to.
    func keep(
        _ trade: SessionTrade?, _ session: Int, _ held: UnsafePointer<Int32>, _ plan: CompiledPlan
    ) -> Place {
        var entry = Entry(outcome: outcome, trade: -1, steps: Int32(steps.count))
        if plan.readsSteps {
            for step in 0..<plan.stepCount { steps.append(held[step]) }
        }
        if let trade {
            entry.trade = Int32(trades.count)
            trades.append(trade)
        }
        entries[session * bars + Int(held[plan.stepCount - 1])] = entry
        return entry.trade < 0 ? .none : .trade(Int(entry.trade))
    }

    /// A trade that is known.
    @inline(__always)
    subscript(place: Int) -> SessionTrade { trades[place] }
}
