/// A playbook: rules that look at one session after the other and decide whether, and how, to enter.
///
/// A strategy declares the indicator columns it reads and decides per session from them. It only places an order; the
/// engine fills it. A decision about a bar may use that bar and earlier ones, never later ones: the prefix replay in the
/// tests catches a strategy that does not hold to this.
public protocol Strategy: Sendable {
    /// Name, rules and parameters, as users see them.
    static var descriptor: StrategyDescriptor { get }

    /// The strategy with these parameters.
    ///
    /// - Throws: `ParameterError` when values contradict each other.
    init(parameters: ParameterSet) throws

    /// The parameters it was made with.
    var parameters: ParameterSet { get }

    /// The bar columns it reads: `SessionView.column(n)` is the n-th of them.
    var indicators: [any BarIndicator] { get }

    /// The daily values it reads: `SessionView.daily(n)` is the n-th of them.
    var sessionIndicators: [any SessionIndicator] { get }

    /// Shares a trade and what trading costs.
    var sizing: Sizing { get }

    /// First and last bar time at which a setup may happen, for the journal; nil when any time will do.
    var entryWindow: ClosedRange<TimeOfDay>? { get }

    /// Notes what is known of a session before its first bar.
    func beforeOpen(_ session: borrowing SessionView, _ decision: inout Decision)

    /// Decides about a session, after `beforeOpen`.
    func decide(_ session: borrowing SessionView, _ decision: inout Decision)

    /// In words, the reason that `decide` gave for not trading in the session of `slice`.
    func explanation(of reason: Int, in slice: SessionSlice, of history: BarHistory) -> String

    /// The same as the journal's `no_trade` has it: the filter or step that was missing.
    func code(of reason: Int) -> String
}

extension Strategy {
    /// Sessions that the indicators need before a month's first session.
    public func warmUpSessions(of timeframe: Timeframe) -> Int {
        indicators.map { $0.warmUpSessions(of: timeframe) }.max() ?? 5
    }

    /// The journal's `params_id`: a digest of the strategy's name and all its parameters in their canonical spelling.
    public var parametersID: String {
        var digest = StableDigest()
        digest.add(Self.descriptor.name)
        for (name, value) in parameters.canonical {
            digest.add(name)
            digest.add(value)
        }
        return JournalIdentifier.text(JournalIdentifier.parameters, digest.shortText)
    }
}

/// What users are told of a strategy.
public struct StrategyDescriptor: Sendable {
    /// The name on the command line and in the journal.
    public let name: String
    /// One line.
    public let summary: String
    /// The rules in words, in order.
    public let rules: [String]
    /// The parameters, in the order of help texts.
    public let parameters: [ParameterSpec]
}

/// Size and cost of a trade.
public struct Sizing: Sendable, Hashable {
    /// Shares bought.
    public var shares: Int
    /// Cost of slippage, in hundredths of a percent of the value traded, paid at entry and at exit.
    public var slippageBps: Double
    /// Commission in USD a share, paid at entry and at exit.
    public var feePerShare: Double

    /// What entering at `entry` and leaving at `exit` costs, in USD.
    public func costs(entry: Double, exit: Double) -> Double {
        (entry + exit) * Double(shares) * slippageBps / 10_000 + 2 * Double(shares) * feePerShare
    }
}

/// What a strategy decided about a session, and what it saw on the way; bars are indices within the session.
public struct Decision: Sendable, Hashable {
    /// Whether the trend allows trading; nil when it is unknown or the strategy has no such rule.
    public var trendValid: Bool?
    /// The daily average that the trend is judged by, in price units.
    public var trendAverage: Double?
    /// The pullback bar.
    public var pullbackBar: Int?
    /// The bar of a reversal that qualified.
    public var reversalBar: Int?
    /// Whether a reversal was strong enough; nil when none came.
    public var reversalStrong: Bool?
    /// The bar that confirmed the reversal.
    public var confirmationBar: Int?
    /// The order, or nil for no trade.
    public var order: EntryOrder?
    /// Why there is no trade, in the strategy's own numbering (`Strategy.explanation`); nil when there is an order.
    public var reason: Int?

    /// Nothing decided.
    public init() {}
}

/// An order to buy at the open of a bar.
public struct EntryOrder: Sendable, Hashable {
    /// The bar to enter at, an index within the session, 1 or more: everything is decided at the bar before it. One more
    /// than the session's last bar when none came any more.
    public var bar: Int
    /// How far below the entry price the stop lies, in price units; nil for no stop.
    public var stopDistance: Double?
    /// When to leave. On an early close 5 minutes before the close, if that is earlier.
    public var exitTime: TimeOfDay
    /// The moving average at the moment of decision, for the journal; in price units.
    public var average: Double?
    /// The average true range at the moment of decision, for the journal; in price units.
    public var averageTrueRange: Double?

    /// An order.
    public init(
        bar: Int, stopDistance: Double?, exitTime: TimeOfDay, average: Double? = nil, averageTrueRange: Double? = nil
    ) {
        self.bar = bar
        self.stopDistance = stopDistance
        self.exitTime = exitTime
        self.average = average
        self.averageTrueRange = averageTrueRange
    }
}
