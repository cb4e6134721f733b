/// Which bars a backtest needs: the sessions asked for, and how much before them.
public struct HistoryRequest: Sendable, Hashable {
    /// Whose bars.
    public var symbol: Symbol
    /// Length of the bars.
    public var timeframe: Timeframe
    /// First and last session date asked for.
    public var sessions: ClosedRange<CivilDate>
    /// Sessions before the first one that bar indicators start with.
    public var warmUpSessions: Int
    /// Sessions before the first one within which daily bars matter.
    public var dailyLookBack: Int
    /// Length of the bars that the source is asked for; it divides `timeframe`.
    public var sourceTimeframe: Timeframe
    /// Whether bars that are not there may still come: those of today's session.
    public var mayStillCome = false

    /// A request for `symbol` from `sessions.lowerBound` through `sessions.upperBound`, for `strategies`.
    public init(
        symbol: Symbol, sessions: ClosedRange<CivilDate>, strategies: [any Strategy], timeframe: Timeframe = .minutes(2)
    ) {
        self.symbol = symbol
        self.timeframe = timeframe
        sourceTimeframe = timeframe
        self.sessions = sessions
        warmUpSessions = strategies.map { $0.warmUpSessions(of: timeframe) }.max() ?? 0
        dailyLookBack = strategies.flatMap(\.sessionIndicators).map(\.lookBackSessions).max() ?? 0
    }
}
