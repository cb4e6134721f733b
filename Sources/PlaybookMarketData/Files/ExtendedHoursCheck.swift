import PlaybookCore

/// Tells whether bars are stamped with the time they open or close where there are bars of extended hours, which leave
/// no gap at either end of a session.
///
/// Where extended trading begins no bar closes, and where it ends none opens. And the first bar of a session is far busier
/// than the last one before it.
struct ExtendedHoursCheck {
    /// Fewer days than this tell nothing: a few may be chance.
    private static let fewestDays = 5
    /// The next bar has at least this many times the volume of the last one before the open.
    private static let burst = 3.0

    /// Days with bars before the open, and those of them with one as trading begins.
    private var mornings = 0
    private var begins = 0
    /// Days with bars after the close, and those of them with one as it ends.
    private var evenings = 0
    private var ends = 0
    /// Days whose volumes around the open are known, and those of them on which the session seems to begin a bar later
    /// than it does.
    private var openings = 0
    private var late = 0
    private let market: Market

    /// - Parameters:
    ///   - bars: ascending, as the file has them.
    ///   - seconds: length of the bars.
    init(_ bars: BarColumns, seconds: Int64, _ market: Market = .xnys) {
        self.market = market
        guard let start = bars.times.first, let end = bars.times.last else { return }
        let dates = [start, end].map { market.clock.date(of: Instant(secondsSinceEpoch: $0)) }
        for session in market.calendar.sessions(from: dates[0], through: dates[1]) {
            let (open, close) = (session.open.secondsSinceEpoch, session.close.secondsSinceEpoch)
            // Evenings are shorter after an early close.
            if session.minutes == market.hours.minutes, market.hours.premarketMinutes > 0 {
                lookAtEnds(bars, open, close)
            }
            lookAtOpening(bars, open, seconds)
        }
    }

    /// From where extended trading begins to the open, and from the close to where it ends, in seconds.
    private var morning: Int64 { Int64(market.hours.premarketMinutes) * 60 }
    private var evening: Int64 { Int64(market.hours.extendedMinutes) * 60 }

    /// When extended trading begins and ends, and by which clocks.
    private var begin: TimeOfDay { market.hours.start.adding(minutes: -market.hours.premarketMinutes) }
    private var end: TimeOfDay {
        market.hours.start.adding(minutes: market.hours.minutes + market.hours.extendedMinutes)
    }
    private var time: String { market.clock.name }

    private mutating func lookAtEnds(_ bars: BarColumns, _ open: Int64, _ close: Int64) {
        let first = bars.firstIndex(at: open - morning)
        if first < bars.count, bars.times[first] < open {
            mornings += 1
            if bars.times[first] == open - morning { begins += 1 }
        }
        let last = bars.firstIndex(at: close + evening + 1) - 1
        if last >= 0, bars.times[last] > close {
            evenings += 1
            if bars.times[last] == close + evening { ends += 1 }
        }
    }

    private mutating func lookAtOpening(_ bars: BarColumns, _ open: Int64, _ seconds: Int64) {
        let index = bars.firstIndex(at: open)
        guard index > 0, index + 1 < bars.count, bars.times[index] == open, bars.times[index - 1] == open - seconds,
            bars.times[index + 1] == open + seconds, bars.volume[index] > 0, bars.volume[index + 1] > 0
        else { return }
        openings += 1
        if bars.volume[index + 1] >= Self.burst * bars.volume[index] { late += 1 }
    }

    private static func isUsual(_ count: Int, of all: Int) -> Bool { all >= fewestDays && count * 5 >= all * 4 }

    /// What shows that bars are stamped with the time they close; nil when nothing does.
    var signOfClose: String? {
        if Self.isUsual(ends, of: evenings), begins == 0 {
            return "\(ends) of \(evenings) days have a bar at \(end) \(time), when trading ends, and none has "
                + "one at \(begin), when it begins"
        }
        if Self.isUsual(late, of: openings), begins == 0 {
            return "on \(late) of \(openings) days the bar at the open has at most a third of the next one's volume, as"
                + " the last one before the open has"
        }
        return nil
    }

    /// What shows that bars are stamped with the time they open; nil when nothing does.
    var signOfOpen: String? {
        guard Self.isUsual(begins, of: mornings), ends == 0 else { return nil }
        return "\(begins) of \(mornings) days have a bar at \(begin) \(time), when trading begins, and none has "
            + "one at \(end), when it ends"
    }
}
