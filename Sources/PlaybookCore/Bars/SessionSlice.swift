/// The bars of one calendar session within a `BarHistory`'s columns.
public struct SessionSlice: Sendable, Hashable {
    /// When the session was open.
    public let session: TradingSession
    /// The session's place in the calendar's `allSessions`.
    public let calendarIndex: Int
    /// The session's bars; empty when the source had none.
    public let bars: Range<Int>
    /// The first bar's open, here so that looking at it alone does not touch the columns; NaN without bars.
    let firstOpen: Double
    /// How many bars a complete session has.
    public let expectedBars: Int
    /// How many bars there would be by the clock, without a pause.
    let clockBars: Int
    /// How many bars are left out because nothing was traded, though the source has them.
    public let quietBars: Int
    /// How many of the history's daily bars lie strictly before this session.
    public internal(set) var dailyBarsBefore: Int
    /// The ratio of the split that takes effect at this session's open; 1 when there is none.
    public let splitRatio: Double
    /// Digest of the session's bars.
    public internal(set) var digest: UInt64
    /// When numbers of this session are equal.
    public let equality: Equality

    /// Bars present over bars expected, 0 to 1.
    public var completeness: Double { Double(presentBars) / Double(expectedBars) }

    /// How many bars the source has.
    public var presentBars: Int { bars.count + quietBars }
}
