/// One session of a market.
///
/// Kept in sixteen bytes: a calendar holds ten thousand sessions, and every run of a program builds them.
public struct TradingSession: Hashable, Sendable {
    /// The date on which it starts, on the market's clocks.
    public let date: CivilDate

    /// When it starts on the market's clocks, in minutes since midnight.
    private let startMinute: Int16

    /// How far the market's clocks are ahead of UTC when it starts, in minutes.
    private let offset: Int16

    /// Minutes from open to close.
    private let length: UInt16

    /// The pause, in minutes from the open; 0 and 0 without one.
    private let breakFrom, breakTo: UInt16

    /// Whether the session closes early.
    public let isEarlyClose: Bool

    /// A session.
    ///
    /// - Parameters:
    ///   - date: the date on which it starts, on the market's clocks.
    ///   - start: when it starts on these clocks.
    ///   - minutes: from open to close as they really pass, up to two days: a session in which clocks change has more or
    ///     fewer of them.
    ///   - utcOffset: how far the clocks are ahead of UTC when it starts, in seconds; whole minutes.
    ///   - pause: in which no bar is due.
    ///   - isEarlyClose: whether it closes early.
    public init(
        date: CivilDate, start: TimeOfDay, minutes: Int, utcOffset: Int, pause: SessionBreak? = nil,
        isEarlyClose: Bool = false
    ) {
        self.date = date
        startMinute = Int16(clamping: start.minutes)
        offset = Int16(clamping: utcOffset / 60)
        length = UInt16(clamping: minutes)
        breakFrom = UInt16(clamping: pause?.from ?? 0)
        breakTo = UInt16(clamping: min(pause?.to ?? 0, minutes))
        self.isEarlyClose = isEarlyClose
    }

    /// The time of so many minutes before the open, as a session of its own.
    func premarket(minutes: Int) -> TradingSession {
        TradingSession(
            date: date, start: start.adding(minutes: -minutes), minutes: minutes, utcOffset: Int(offset) * 60)
    }

    /// When trading opens.
    public var open: Instant { instant(minutes: Int(startMinute)) }

    /// When trading closes, which is the first instant after the session.
    public var close: Instant { instant(minutes: Int(startMinute) + minutes) }

    /// When trading opens on the market's clocks.
    public var start: TimeOfDay { TimeOfDay(minutes: Int(startMinute)) }

    /// Minutes from open to close.
    public var minutes: Int { Int(length) }

    /// Minutes in which trading goes on.
    public var tradingMinutes: Int { minutes - Int(breakTo - breakFrom) }

    /// The pause, in which no bar is due; nil without one.
    public var pause: SessionBreak? { SessionBreak(from: Int(breakFrom), to: Int(breakTo)) }

    /// Whether trading goes on at so many seconds since 1970-01-01T00:00:00Z, which lie between open and close.
    public func isTrading(at second: Int64) -> Bool {
        guard breakTo > 0 else { return true }
        let seconds = second - open.secondsSinceEpoch
        return seconds < Int64(breakFrom) * 60 || seconds >= Int64(breakTo) * 60
    }

    /// How many bars there are by the clock from open to close, the last of which may be short.
    ///
    /// - Parameter seconds: length of a bar.
    public func bars(of seconds: Int64) -> Int { Int((Int64(length) * 60 + seconds - 1) / seconds) }

    /// How many of them are due: those that do not lie in the pause altogether.
    public func barsDue(of seconds: Int64) -> Int { bars(of: seconds) - barsInPause(of: seconds) }

    /// How many of them lie in the pause altogether.
    public func barsInPause(of seconds: Int64) -> Int {
        guard breakTo > 0 else { return 0 }
        let first = (Int64(breakFrom) * 60 + seconds - 1) / seconds
        return max(0, Int(Int64(breakTo) * 60 / seconds - first))
    }

    /// The time of day at an instant, on clocks that go on as they stand when the session starts.
    ///
    /// So times of a session follow one another, also where the market's clocks change in the middle of it.
    public func timeOfDay(of instant: Instant) -> TimeOfDay {
        TimeOfDay(minutes: instant.local(utcOffset: Int(offset) * 60).secondOfDay / 60)
    }

    /// The instant that many minutes after midnight on clocks that go on as they stand when the session starts.
    private func instant(minutes: Int) -> Instant {
        let midnight = Int64(date.daysSinceEpoch) * Instant.secondsPerDay
        return Instant(secondsSinceEpoch: midnight + Int64((minutes - Int(offset)) * 60))
    }
}
