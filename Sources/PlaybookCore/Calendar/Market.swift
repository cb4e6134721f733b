/// A market: its days, hours and clocks, and what is traded there.
///
/// All that depends on where a symbol is traded is asked of its market, so that nothing else knows one market from another.
public final class Market: Sendable {
    /// The identifier in the journal, after `@` behind a symbol, and in settings.
    public let id: String
    /// What messages call it, as in "the calendar of …".
    public let name: String
    /// The clocks that its times and dates are those of.
    public let clock: MarketClock
    /// A usual session.
    public let hours: MarketHours
    /// The currency of its prices.
    public let currency: String
    /// The smallest quantity that is traded.
    public let lot: Double
    /// Sessions of a year, by which figures of a session are made figures of a year.
    public let sessionsPerYear: Int
    /// Whether the market is one of US stocks, whose vendors and habits files and sources may rely on.
    public let isUnitedStates: Bool
    /// Whether sources write bars of minutes without a trade, which count as no bars.
    public let writesQuietBars: Bool
    /// The part of its days before the open, as a market of its own whose sessions are the premarkets; nil where bars before
    /// the open mean nothing.
    public let premarket: Market?
    /// Whether it is itself the premarket of another market.
    public let isPremarket: Bool
    private let makeCalendar: @Sendable () -> TradingCalendar

    /// A market.
    ///
    /// - Parameters:
    ///   - calendar: its sessions, asked for when they are first needed.
    ///   - premarketCalendar: the premarkets of these sessions; nil for a market without.
    public init(
        id: String, name: String, clock: MarketClock, hours: MarketHours, currency: String = "USD", lot: Double = 1,
        sessionsPerYear: Int, isUnitedStates: Bool = false, writesQuietBars: Bool = false,
        calendar: @escaping @Sendable () -> TradingCalendar,
        premarketCalendar: (@Sendable () -> TradingCalendar)? = nil
    ) {
        premarket = premarketCalendar.map {
            Market(
                premarket: $0, "\(id)-premarket", "the premarket of \(name)", clock, hours, currency, lot,
                isUnitedStates)
        }
        isPremarket = false
        self.id = id
        self.name = name
        self.clock = clock
        self.hours = hours
        self.currency = currency
        self.lot = lot
        self.sessionsPerYear = sessionsPerYear
        self.isUnitedStates = isUnitedStates
        self.writesQuietBars = writesQuietBars
        makeCalendar = calendar
    }

    private init(
        premarket calendar: @escaping @Sendable () -> TradingCalendar, _ id: String, _ name: String,
        _ clock: MarketClock,
        _ hours: MarketHours, _ currency: String, _ lot: Double, _ isUnitedStates: Bool
    ) {
        (self.id, self.name, self.clock, self.currency, self.lot) = (id, name, clock, currency, lot)
        self.hours = MarketHours(
            start: hours.start.adding(minutes: -hours.premarketMinutes), minutes: hours.premarketMinutes)
        (sessionsPerYear, writesQuietBars, self.isUnitedStates) = (0, false, isUnitedStates)
        (premarket, isPremarket, makeCalendar) = (nil, true, calendar)
    }

    /// Its sessions.
    public var calendar: TradingCalendar { makeCalendar() }

    /// US stocks and funds in the regular hours of the New York Stock Exchange.
    public static let xnys: Market = Market(
        id: "XNYS", name: "the New York Stock Exchange", clock: .newYork,
        hours: MarketHours(
            start: TimeOfDay(minutes: 9 * 60 + 30), minutes: 390, fewestMinutes: 210, premarketMinutes: 330,
            extendedMinutes: 240),
        sessionsPerYear: 252, isUnitedStates: true, calendar: { .nyse }, premarketCalendar: { .nysePremarket })

    /// The identifier of the market that never closes.
    public static let roundTheClockID = "24x7"

    /// The market that never closes, with sessions of UTC days.
    public static let roundTheClock: Market = roundTheClock(start: TimeOfDay(minutes: 0))

    /// The market that never closes: one session follows another, each of 24 hours.
    ///
    /// - Parameter start: when sessions start, UTC.
    public static func roundTheClock(start: TimeOfDay) -> Market {
        let other = start.minutes == 0 ? nil : TradingCalendar(daysStartingAt: start)
        return Market(
            id: roundTheClockID, name: "the market round the clock", clock: .utc,
            hours: MarketHours(start: start, minutes: 1_440), lot: 0.000_01, sessionsPerYear: 365,
            writesQuietBars: true, calendar: { other ?? .utcDays })
    }

    /// The known markets, the default one first.
    public static let all = [xnys, roundTheClock]

    /// The market with an identifier, in any letter case; nil for an unknown one.
    public static func named(_ id: some StringProtocol) -> Market? {
        all.first { $0.id.lowercased() == id.lowercased() }
    }
}

extension Market: Hashable {
    public static func == (left: Market, right: Market) -> Bool { left.id == right.id }

    public func hash(into hasher: inout Hasher) { hasher.combine(id) }
}

extension Market: CustomStringConvertible {
    public var description: String { id }
}

extension Market {
    /// Whether it is the default market, for which the parameters' ranges are written.
    public var isUsual: Bool { self == .xnys }

    /// The date of the session that goes on at an instant; the date on the clocks where none does that began the day before.
    public func sessionDate(at instant: Instant) -> CivilDate {
        let date = clock.date(of: instant)
        guard hours.crossesMidnight, let before = calendar.session(on: date.adding(days: -1)), instant < before.close
        else { return date }
        return before.date
    }

    /// From the beginning of a date to the end of the session of another or the end of that date, whichever is later, in
    /// seconds since 1970-01-01T00:00:00Z.
    public func seconds(from first: CivilDate, through last: CivilDate) -> Range<Int64> {
        let (start, end) = (clock.midnight(of: first), clock.midnight(of: last.adding(days: 1)))
        guard hours.crossesMidnight, let close = calendar.session(on: last)?.close.secondsSinceEpoch else {
            return start..<max(start, end)
        }
        return start..<max(start, end, close)
    }

    /// The date whose session ends on the present date: at `now` it is over, or will be later in the day.
    ///
    /// Where sessions do not go on after midnight that is the present date, whether or not it has a session.
    public func today(_ now: Instant) -> CivilDate {
        let date = clock.date(of: now)
        guard hours.start.minutes + hours.minutes >= 1_440 else { return date }
        return calendar.sessions(from: date.adding(days: -2), through: date).last { clock.date(of: $0.close) == date }?
            .date ?? date
    }
}
