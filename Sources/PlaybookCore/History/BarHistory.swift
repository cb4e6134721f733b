/// All that is known of one symbol: regular-session bars cut into sessions, daily bars, and splits.
///
/// Prices are as traded. What looks back across a split divides the earlier prices by its ratio, as of the session
/// being evaluated, so that a later split never changes an earlier row.
public struct BarHistory: Sendable {
    /// Whose bars these are.
    public let symbol: Symbol
    /// Length of the bars.
    public let timeframe: Timeframe
    /// When the market was open.
    public let calendar: TradingCalendar
    /// Regular-session bars, ascending, the sessions' bars one after the other.
    public let bars: BarColumns
    /// One slice for each calendar session that the history spans, with or without bars.
    public let slices: [SessionSlice]
    /// The slices asked for; those before them are warm-up.
    public let requested: Range<Int>
    /// Finer bars of the same sessions, which decide what a bar leaves open, where a plan says `resolve`.
    public internal(set) var finer: [FinerBars] = []
    /// What the bars before the open make, where a playbook reads them.
    var premarket: PremarketBars?
    /// Bars of minutes without a trade, which are left out.
    var quiet: QuietBars?
    /// Daily bars, as traded.
    public let daily: DailyBars
    /// Sums of the daily closes.
    let dailySums: ExactSums
    /// The place in the calendar of each daily bar's session.
    let dailyPlaces: [Int]
    /// The slices in which splits take effect.
    let splitSlices: [Int]
    /// Bars of the longest session; 1 at least.
    let mostBars: Int
    /// Splits, ascending.
    public let splits: [Split]
    /// Stretches of 15 minutes and more without any bar of the source, within sessions that have bars.
    public let holes: [BarHole]
    /// What is doubtful about the data, in words.
    public internal(set) var warnings: [DataWarning]
    /// The last session asked for, when it closed so lately that its missing bars may still come: it is left out.
    public internal(set) var late: LateSession?
    /// The sessions asked for that are left out since they look back at bars that the source does not give any more.
    public internal(set) var forgotten: [CivilDate] = []

    /// Where the symbol is traded.
    public var market: Market { symbol.market }
}

/// A stretch of a session without bars.
public struct BarHole: Hashable, Sendable {
    /// The session's date.
    public let date: CivilDate
    /// When the first bar that is missing would open.
    public let from: Instant
    /// When the next bar opens, or the session closes.
    public let to: Instant

    /// How long it is.
    public var minutes: Int { Int((to.secondsSinceEpoch - from.secondsSinceEpoch) / 60) }

    /// Stretches at least this long are noted, in seconds.
    static let leastSeconds: Int64 = 15 * 60

    /// The holes of a session whose bars open at `times`, ascending.
    ///
    /// - Parameter seconds: length of a bar.
    static func all(of session: TradingSession, times: ArraySlice<Int64>, seconds: Int64) -> [BarHole] {
        var holes: [BarHole] = []
        var end = session.open.secondsSinceEpoch
        func note(_ start: Int64, _ time: Int64) {
            guard time - start >= leastSeconds else { return }
            holes.append(
                BarHole(
                    date: session.date, from: Instant(secondsSinceEpoch: start), to: Instant(secondsSinceEpoch: time)))
        }
        // Bars missing on either side of a pause are a hole; the pause itself is not.
        let pause = session.pause.map { pause in
            (
                session.open.secondsSinceEpoch + Int64(pause.from) * 60,
                session.open.secondsSinceEpoch + Int64(pause.to) * 60
            )
        }
        func add(through time: Int64) {
            guard let pause, end < pause.1, time > pause.0 else { return note(end, time) }
            note(end, pause.0)
            note(max(end, pause.1), time)
        }
        for time in times {
            add(through: time)
            end = time + seconds
        }
        add(through: session.close.secondsSinceEpoch)
        return holes
    }
}

/// Something doubtful about the data that does not stop a run.
public struct DataWarning: Hashable, Sendable, NeutralTextConvertible, CustomStringConvertible {
    /// Whose data.
    public let symbol: Symbol
    /// What, where and, if something can be done about it, what.
    public let message: NeutralText

    /// A warning about `symbol`'s data.
    public init(symbol: Symbol, message: NeutralText) {
        self.symbol = symbol
        self.message = message
    }

    public var neutralText: NeutralText { "\(symbol): \(message)" }
    public var description: String { neutralText.description }
}
