/// What a session's walk tells whoever listens, in the order in which it happens. Bars are indices in the session; -1 is
/// before its first bar.
public enum RunEvent: Sendable, Hashable {
    /// A filter was looked at; nil is unknown.
    case filter(Int, Bool?)
    /// A step held at a bar.
    case step(setup: Int, step: Int, bar: Int)
    /// A bar had a step's condition, but not its quality.
    case passedOver(setup: Int, step: Int, bar: Int)
    /// An order was placed at a bar's close.
    case ordered(setup: Int, bar: Int)
    /// An attempt ended without a trade; `isOver` when the setup is over for the session.
    case ended(setup: Int, NoTrade, bar: Int, isOver: Bool)
    /// Another setup's fill, or the end of the session's trading, took back an order.
    case withdrawn(setup: Int, bar: Int)
    /// An entry was filled.
    case entered(setup: Int, price: Double, lots: Double, stop: Double?, bar: Int)
    /// A stop was placed or moved at a bar's close.
    case stopMoved(to: Double, ExitReason, bar: Int)
    /// An exit was filled.
    case exited(ExitPart)
    /// The last exit closed the session's n-th trade, counted from 0.
    case traded(Int)
    /// No further trade is possible in the session.
    case over(bar: Int)
}

/// Listens to a walk: explanations, charts and ledgers are made so.
public protocol RunObserver {
    /// Whether it listens at all. What does not costs nothing.
    static var isListening: Bool { get }

    /// Whether anyone looks at attempts that led to no trade. Otherwise those that cannot lead to one are left out.
    static var readsAttempts: Bool { get }

    /// A session begins.
    mutating func begin()

    /// Takes an event.
    mutating func receive(_ event: RunEvent)
}

extension RunObserver {
    public static var readsAttempts: Bool { true }

    public mutating func begin() {}
}

/// Nobody.
public struct NoObserver: RunObserver {
    public static var isListening: Bool { false }

    /// Nobody.
    public init() {}

    public mutating func receive(_ event: RunEvent) {}
}

/// Nobody, where the trades alone count.
struct TradesOnly: RunObserver {
    static var isListening: Bool { false }
    static var readsAttempts: Bool { false }

    mutating func receive(_ event: RunEvent) {}
}

/// Keeps all events.
public struct RunEventList: RunObserver {
    public static var isListening: Bool { true }
    /// In the order in which they came.
    public var events: [RunEvent] = []

    /// An empty one.
    public init() {}

    public mutating func receive(_ event: RunEvent) { events.append(event) }
}
