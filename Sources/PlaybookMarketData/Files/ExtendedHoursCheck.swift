import PlaybookCore

/// Tells whether bars are stamped with the time they open or close where there are bars of extended hours, which leave
/// no gap at either end of a session.
///
/// Trading begins at 04:00 and ends at 20:00, New York time: no bar closes at 04:00, and none opens at 20:00. And the
/// first bar of a session is far busier than the last one before it.
struct ExtendedHoursCheck {
    /// Fewer days than this tell nothing: a few may be chance.
    private static let fewestDays = 5
    /// The next bar has at least this many times the volume of the last one before the open.
    private static let burst = 3.0

    /// Days with bars before the open, and those of them with one at 04:00.
    private var mornings = 0
    private var begins = 0
    /// Days with bars after the close, and those of them with one at 20:00.
    private var evenings = 0
    private var ends = 0
    /// Days whose volumes around the open are known, and those of them on which the session seems to begin a bar later
    /// than it does.
    private var openings = 0
    private var late = 0

    /// - Parameters:
    ///   - bars: ascending, as the file has them.
    ///   - seconds: length of the bars.
    init(_ bars: BarColumns, seconds: Int64, calendar: TradingCalendar = .nyse) {
        guard let start = bars.times.first, let end = bars.times.last else { return }
        let dates = [start, end].map { NewYorkTime.date(of: Instant(secondsSinceEpoch: $0)) }
        for session in calendar.sessions(from: dates[0], through: dates[1]) {
            let (open, close) = (session.open.secondsSinceEpoch, session.close.secondsSinceEpoch)
            // Evenings are shorter after an early close.
            if close - open == Self.fullSession { lookAtEnds(bars, open, close) }
            lookAtOpening(bars, open, seconds)
        }
    }

    private static let fullSession: Int64 = 390 * 60
    /// From 04:00 to the open, and from the close to 20:00.
    private static let (morning, evening): (Int64, Int64) = (330 * 60, 240 * 60)

    private mutating func lookAtEnds(_ bars: BarColumns, _ open: Int64, _ close: Int64) {
        let first = bars.firstIndex(at: open - Self.morning)
        if first < bars.count, bars.times[first] < open {
            mornings += 1
            if bars.times[first] == open - Self.morning { begins += 1 }
        }
        let last = bars.firstIndex(at: close + Self.evening + 1) - 1
        if last >= 0, bars.times[last] > close {
            evenings += 1
            if bars.times[last] == close + Self.evening { ends += 1 }
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
            return "\(ends) of \(evenings) days have a bar at 20:00 New York time, when trading ends, and none has "
                + "one at 04:00, when it begins"
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
        return "\(begins) of \(mornings) days have a bar at 04:00 New York time, when trading begins, and none has "
            + "one at 20:00, when it ends"
    }
}
