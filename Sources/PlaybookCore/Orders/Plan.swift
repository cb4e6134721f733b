/// What a playbook does, as a value: made once for a set of parameters, then walked session by session by a `SessionRun`.
///
/// It holds no code: conditions and numbers are handles into the value graph, or formulas over them. So it sees what a
/// `SessionRun` asks for, and that is bars that have closed.
public struct Plan: Sendable, Hashable {
    /// Length of the bars it decides on.
    public var timeframe: Timeframe
    /// Looked at in order before the session's first bar closes; the first that is not true ends the session.
    public var filters: [Filter]
    /// All evaluated while no position is open; the earlier one comes first where they tie.
    public var setups: [Setup]
    /// When a position is closed, in minutes since midnight; nil for 5 minutes before the session's end.
    public var exit: Formula?
    /// How much is bought or sold short.
    public var size: Size
    /// When the session is over early.
    public var limits: Limits
    /// Finer bars that decide what a bar leaves open.
    public var resolve: Timeframe?
    /// What trading costs.
    public var costs: Costs
    /// Whether filters, exit and size are known before the session's first bar opens, so that orders of setups without
    /// steps can be placed then. Where one of them reads the session's open they are placed when it is known.
    public var isKnownBeforeOpen: Bool
    /// What the journal's columns show: a column's name, and the name of a filter, step, `step.quality` or value.
    public var journal: [JournalEntry]

    /// A plan.
    ///
    /// - Throws: `PlanError` when its parts contradict each other.
    public init(
        timeframe: Timeframe, filters: [Filter] = [], setups: [Setup], exit: Formula? = nil, size: Size = .shares(20),
        limits: Limits = Limits(), resolve: Timeframe? = nil, costs: Costs = Costs(), isKnownBeforeOpen: Bool = false,
        journal: [JournalEntry] = []
    ) throws(PlanError) {
        self.timeframe = timeframe
        self.filters = filters
        self.setups = setups
        self.exit = exit
        self.size = size
        self.limits = limits
        self.resolve = resolve
        self.costs = costs
        self.isKnownBeforeOpen = isKnownBeforeOpen
        self.journal = journal
        try check()
    }

    /// A condition for the whole session.
    public struct Filter: Sendable, Hashable {
        public var name: String
        public var condition: TruthRef

        /// A filter.
        public init(_ name: String, _ condition: TruthRef) {
            self.name = name
            self.condition = condition
        }
    }

    /// How large a position is. Computed at the fill from its price, rounded down to a multiple of `step`.
    public struct Size: Sendable, Hashable {
        /// What the amount is.
        public enum Kind: Sendable, Hashable {
            /// Shares.
            case shares
            /// USD of the position.
            case notional
            /// USD between entry and stop.
            case risk
        }

        public var kind: Kind
        public var amount: Formula
        /// At most so many USD of the position.
        public var atMost: Formula?
        /// The smallest quantity.
        public private(set) var step: Double
        /// Whether the smallest quantity is the market's.
        private var hasUsualStep: Bool

        /// A size.
        ///
        /// - Parameter step: the smallest quantity; nil for the market's lot.
        public init(_ kind: Kind, _ amount: Formula, atMost: Formula? = nil, step: Double? = nil) {
            self.kind = kind
            self.amount = amount
            self.atMost = atMost
            self.step = step ?? 1
            hasUsualStep = step == nil
        }

        /// So many shares.
        public static func shares(_ amount: Formula, step: Double? = nil) -> Size { Size(.shares, amount, step: step) }

        /// The size in a market whose smallest quantity is `lot`, where no other one was asked for.
        public func inLots(of lot: Double) -> Size {
            var size = self
            if hasUsualStep { size.step = lot }
            return size
        }
    }

    /// When a session is over early.
    public struct Limits: Sendable, Hashable {
        /// Trades a session; nil for any number.
        public var trades: Int?
        /// Trades with a net P&L below 0.
        public var losses: Int?
        /// USD that closed trades may lose.
        public var loss: Double?
        /// Bars after a trade at which no step is tested.
        public var pause: Int

        /// Limits; nil for none.
        public init(trades: Int? = 1, losses: Int? = nil, loss: Double? = nil, pause: Int = 0) {
            self.trades = trades
            self.losses = losses
            self.loss = loss
            self.pause = pause
        }
    }

    /// What trading costs, at the entry and at the exit.
    public struct Costs: Sendable, Hashable {
        /// Basis points of the value traded.
        public var slippageBps: Double
        /// USD a share.
        public var feePerShare: Double

        /// Costs.
        public init(slippageBps: Double = 0, feePerShare: Double = 0) {
            self.slippageBps = slippageBps
            self.feePerShare = feePerShare
        }

        /// USD for `shares` bought and sold at these prices.
        func of(entry: Double, exit: Double, shares: Double) -> Double {
            (entry + exit) * shares * slippageBps / 10_000 + 2 * shares * feePerShare
        }
    }

    /// A column of the journal and what it shows.
    public struct JournalEntry: Sendable, Hashable {
        public var column: String
        public var name: String

        /// A column that shows what has `name`.
        public init(column: String, name: String) {
            self.column = column
            self.name = name
        }
    }
}

/// Why the parts of a plan do not fit together.
public struct PlanError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What is wrong, where, and what would be right.
    public let description: String

    init(_ description: String) { self.description = description }
}
