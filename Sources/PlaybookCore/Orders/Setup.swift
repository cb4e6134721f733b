/// One setup of a plan: the sequence of bars that makes it, its order, and how its trade is managed.
public struct Setup: Sendable, Hashable {
    /// Its name in the journal.
    public var name: String
    /// Which way it trades.
    public var side: Side
    /// Bar times between which steps may hold, ends included; nil for the whole session. An unknown end contains no bar.
    public var window: Window?
    /// At most so many of its trades a session; nil for no limit but the plan's.
    public var trades: Int?
    /// What has to happen, one step a bar at most. Without steps it orders once, before the session's first bar opens.
    public var steps: [Step]
    /// Tested at each close after the bar at which the first step held, until the entry is filled.
    public var cancel: TradeCondition?
    /// The order that the last step places.
    public var entry: Entry
    /// Price of the stop, computed once, at the fill.
    public var stop: Formula?
    /// Targets, computed once, at the fill.
    public var targets: [Target]
    /// How the stop follows the best price.
    public var trail: Trail?
    /// When the stop goes to the entry, or elsewhere, once.
    public var breakeven: Breakeven?
    /// What else ends the trade.
    public var exits: [Exit]

    /// A setup; what is left out is not there.
    public init(
        name: String = "setup", side: Side = .long, window: Window? = nil, trades: Int? = nil, steps: [Step] = [],
        cancel: TradeCondition? = nil, entry: Entry = .market, stop: Formula? = nil, targets: [Target] = [],
        trail: Trail? = nil, breakeven: Breakeven? = nil, exits: [Exit] = []
    ) {
        self.name = name
        self.side = side
        self.window = window
        self.trades = trades
        self.steps = steps
        self.cancel = cancel
        self.entry = entry
        self.stop = stop
        self.targets = targets
        self.trail = trail
        self.breakeven = breakeven
        self.exits = exits
    }

    /// First and last bar time, in minutes since midnight.
    public struct Window: Sendable, Hashable {
        public var from: Formula
        public var to: Formula

        /// From one time to another.
        public init(from: Formula, to: Formula) {
            self.from = from
            self.to = to
        }

        /// From one time of day to another.
        public init(_ times: ClosedRange<TimeOfDay>) {
            self.init(from: .time(times.lowerBound), to: .time(times.upperBound))
        }
    }

    /// One step.
    public struct Step: Sendable, Hashable {
        public var name: String
        public var when: TradeCondition
        /// A bar where `when` is true and this is not is passed over.
        public var quality: TradeCondition?
        /// The step must hold at one of so many bars after the step before it; nil for any later bar.
        public var within: Int?
        /// Whether the setup begins again when `within` is over; otherwise it is over for the session.
        public var restarts: Bool

        /// A step that holds where `when` is true.
        public init(
            _ name: String, when: TradeCondition, quality: TradeCondition? = nil, within: Int? = nil,
            restarts: Bool = false
        ) {
            self.name = name
            self.when = when
            self.quality = quality
            self.within = within
            self.restarts = restarts
        }
    }

    /// The order that enters. It can fill from the bar after the last step on.
    public enum Entry: Sendable, Hashable {
        /// At the next bar's open.
        case market
        /// At the open of the first bar that opens at or after a time.
        case at(time: Formula)
        /// At a price or worse, open for `bars` and until a time (the exit time where there is none).
        case stop(price: Formula, bars: Int? = nil, until: Formula? = nil)
        /// At a price or better.
        case limit(price: Formula, bars: Int? = nil, until: Formula? = nil)
    }

    /// One target.
    public struct Target: Sendable, Hashable {
        public var price: Formula
        /// Its part of the position at entry, above 0 and at most 1.
        public var share: Double

        /// A part of the position, all of it where nothing is said, at a price.
        public init(at price: Formula, share: Double = 1) {
            self.price = price
            self.share = share
        }
    }

    /// A stop that follows.
    public struct Trail: Sendable, Hashable {
        /// Where it goes.
        public enum Place: Sendable, Hashable {
            /// So far from the best price, in price units.
            case by(Formula)
            /// To a price.
            case to(Formula)
        }

        public var place: Place
        /// From the first close at which the best price reached this one on; nil for at once.
        public var after: Formula?

        /// A stop that follows, after a price where one is given.
        public init(_ place: Place, after: Formula? = nil) {
            self.place = place
            self.after = after
        }
    }

    /// A stop that moves once.
    public struct Breakeven: Sendable, Hashable {
        public var to: Formula
        /// At the first close at which the best price reached this one; nil for the first at which `to` is known.
        public var after: Formula?

        /// A stop that moves to a price.
        public init(to: Formula, after: Formula? = nil) {
            self.to = to
            self.after = after
        }
    }

    /// What ends a trade beside stop, target and time.
    public struct Exit: Sendable, Hashable {
        /// When it acts.
        public enum When: Sendable, Hashable {
            /// At the open after a close at which a condition holds; `share` of the position at entry, nil for all of it.
            case condition(TradeCondition, share: Double? = nil)
            /// At the close of the n-th bar held.
            case after(bars: Int)
        }

        public var name: String
        public var when: When

        /// An exit.
        public init(_ name: String, _ when: When) {
            self.name = name
            self.when = when
        }
    }
}

/// Which way a trade goes.
public enum Side: String, Sendable, Hashable, CaseIterable {
    case long
    case short
}
