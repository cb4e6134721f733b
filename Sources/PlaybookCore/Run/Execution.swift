/// An entry order that a setup has placed.
public struct PlacedOrder: Sendable, Hashable {
    /// Its setup's place in the plan.
    var setup = 0
    var kind = CompiledSetup.EntryKind.market
    /// 1 for a long, -1 for a short.
    var sign = 1.0
    /// Of a stop or limit order.
    var price = Double.nan
    /// Seconds after the session's open from which on an order that waits for a time can fill.
    var at: Int64 = 0
    /// Seconds after the session's open from which on a stop or limit order is gone.
    var until: Int64 = 0
    /// The bar at whose close it was placed; -1 before the session's first.
    var decided = -1
    /// That bar's number since the open by the clock.
    var number = -1

    /// The same in every run over the same bars.
    public var id: OrderID { OrderID(setup: setup, decided: number, role: .entry) }
}

/// Which order of a session: stable while more bars come.
public struct OrderID: Sendable, Hashable {
    /// What an order is for.
    public enum Role: Sendable, Hashable {
        case entry
        case stop
        /// The setup's n-th target.
        case target(Int)
        /// The setup's n-th exit.
        case exit(Int)
        /// The exit after so many bars.
        case timeStop
        /// The exit at the exit time.
        case endOfDay
        /// What closes a position that should not be there.
        case close
    }

    /// The setup's place in the plan.
    public var setup: Int
    /// Number since the open, by the clock, of the bar at whose close the entry was decided; -1 before the first.
    public var decided: Int
    public var role: Role

    /// An order's identity.
    public init(setup: Int, decided: Int, role: Role) {
        self.setup = setup
        self.decided = decided
        self.role = role
    }
}

/// What becomes of an entry order in a bar.
public enum EntryAnswer: Sendable, Hashable {
    /// It stays open.
    case open
    case filled(EntryFill)
    /// It ended without a fill, which only a broker says.
    case ended
}

/// An entry's fill.
public struct EntryFill: Sendable, Hashable {
    var price: Double
    /// Whether the bar of a stop or limit order opened on the other side of its price (a stop's), or not yet at it (a
    /// limit's): what its high and low were before the fill is unknown.
    var isBeyond = false
    var isLimit = false
    /// What a broker filled; nil where the size decides.
    var shares: Double?
}

/// How large a trade may be in this session.
public struct SessionSize: Sendable, Hashable {
    var kind: Plan.Size.Kind
    /// NaN when it is unknown.
    var amount: Double
    /// NaN when it is unknown; infinity where there is none.
    var atMost: Double
    var step: Double
}

/// Who fills orders: the contract's rules over bars, or a broker whose fills were recorded. Prices and quantities of fills
/// enter a run here and nowhere else.
public protocol Execution {
    /// Whether bars alone decide, so that bars that touch no order may be passed over; a broker's fills come when they come.
    static var isDecidedByBars: Bool { get }

    /// Begins a session.
    mutating func begin()

    /// What a bar, or finer bar, makes of an order that can fill in it.
    mutating func answer(_ order: PlacedOrder, _ bar: Candle, _ hours: SessionHours) -> EntryAnswer

    /// The lots of a fill: 0 or NaN refuses the order.
    func lots(_ fill: EntryFill, risk: Double, _ size: SessionSize, _ equality: Equality) -> Double

    /// Takes a position through a bar, or finer bar, up to its close.
    ///
    /// - Parameters:
    ///   - entry: the fill, when this is the entry bar.
    ///   - isFirst: whether it is the first finer bar of a bar of the timeframe.
    mutating func walk(_ position: inout Position, _ bar: Candle, entry: EntryFill?, isFirst: Bool)

    /// Closes what is left at a bar's close for a reason of time.
    mutating func close(_ position: inout Position, at price: Double, _ reason: ExitReason, seconds: Int64)

    /// Takes a position, whose stop and targets stay where they are, through bars in which no order is touched.
    ///
    /// - Returns: the first bar that has to be walked, or `bars.upperBound`.
    mutating func pass(_ position: inout Position, _ bars: Range<Int>, of closed: UnsafePointer<ClosedBars>) -> Int
}
