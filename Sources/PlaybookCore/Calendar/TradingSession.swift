/// One day's regular session of the New York Stock Exchange.
///
/// Kept in eight bytes: a calendar holds ten thousand sessions, and every run of a program builds them.
public struct TradingSession: Hashable, Sendable {
    /// The date of the session in New York.
    public let date: CivilDate

    /// Whether the session closes at 13:00 instead of 16:00 New York time.
    public let isEarlyClose: Bool

    /// Whether New York keeps daylight-saving time on the date.
    private let isDaylightSaving: Bool

    init(date: CivilDate, isEarlyClose: Bool, isDaylightSaving: Bool) {
        self.date = date
        self.isEarlyClose = isEarlyClose
        self.isDaylightSaving = isDaylightSaving
    }

    /// When trading opens: 09:30 New York time.
    public var open: Instant {
        instant(minutes: Self.openTime.minutes)
    }

    /// When trading closes, which is the first instant after the session: 16:00 New York time, or 13:00.
    public var close: Instant {
        instant(minutes: Self.openTime.minutes + minutes)
    }

    /// Minutes from open to close: 390 in a full session, 210 in one that closes early.
    public var minutes: Int {
        isEarlyClose ? Self.fewestMinutes : 390
    }

    /// Minutes of the shortest session there is: how many sessions so many bars may take is counted by it.
    public static let fewestMinutes = 210

    /// New York time of every open: 09:30.
    public static var openTime: TimeOfDay { TimeOfDay(minutes: 9 * 60 + 30) }

    /// New York time from which on bars before the open count as the premarket: 04:00.
    public static var premarketTime: TimeOfDay { TimeOfDay(minutes: 4 * 60) }

    /// The city whose clocks the market goes by, as messages say it.
    public static let city = "New York"

    /// The minutes at which a session may be open: 09:30 to 15:59.
    public static var times: ClosedRange<TimeOfDay> { openTime...openTime.adding(minutes: 389) }

    /// The instant that many minutes after midnight on New York's clocks.
    private func instant(minutes: Int) -> Instant {
        let offset = isDaylightSaving ? NewYorkTime.daylightOffset : NewYorkTime.standardOffset
        let midnight = Int64(date.daysSinceEpoch) * Instant.secondsPerDay
        return Instant(secondsSinceEpoch: midnight + Int64(minutes * 60 - offset))
    }
}
