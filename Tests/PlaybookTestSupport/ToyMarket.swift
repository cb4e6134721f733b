public import PlaybookCore

/// A market that there is not: nothing about it is as on another one.
///
/// Sessions go from 20:00 to 04:00 of the next day, with a pause from 23:00 to 23:30, on clocks that are two hours ahead of
/// UTC and three in summer (from the last Sunday of March through the last of October, changing at 01:00 UTC). They start on
/// every day but Thursday and Friday, and not on the 13th of a month. The session before a 13th closes at 01:00.
public enum ToyMarket {
    public static let market = Market(
        id: "TOYS", name: "the toy market", clock: clock,
        hours: MarketHours(start: TimeOfDay(minutes: 1_200), minutes: 480, fewestMinutes: 300), currency: "TOY",
        lot: 0.5,
        sessionsPerYear: 250, calendar: { calendar })

    public static let clock = MarketClock(zone: "Toyland/Capital", place: "Toyland") { instant in
        let year = CivilDate(daysSinceEpoch: Int32(instant.secondsSinceEpoch / 86_400)).year
        let (start, end) = (change(in: year, month: 3), change(in: year, month: 10))
        return instant >= start && instant < end ? 10_800 : 7_200
    }

    /// 01:00 UTC on the last Sunday of a month of 31 days.
    private static func change(in year: Int, month: Int) -> Instant {
        var day = CivilDate(year: year, month: month, day: 31) ?? CivilDate(daysSinceEpoch: 0)
        while day.weekday != .sunday { day = day.adding(days: -1) }
        return Instant(secondsSinceEpoch: Int64(day.daysSinceEpoch) * 86_400 + 3_600)
    }

    private static let calendar: TradingCalendar = {
        let first = CivilDate(daysSinceEpoch: 19_358)  // 2023-01-01
        let last = CivilDate(daysSinceEpoch: 20_453)  // 2025-12-31
        var sessions: [TradingSession] = []
        for number in first.daysSinceEpoch...last.daysSinceEpoch {
            let date = CivilDate(daysSinceEpoch: number)
            guard hasSession(date) else { continue }
            let open = clock.instant(date, TimeOfDay(minutes: 1_200))
            let isShort = date.adding(days: 1).day == 13
            let close = clock.instant(date, TimeOfDay(minutes: isShort ? 1_500 : 1_680))
            sessions.append(
                TradingSession(
                    date: date, start: TimeOfDay(minutes: 1_200),
                    minutes: Int(close.secondsSinceEpoch - open.secondsSinceEpoch) / 60,
                    utcOffset: clock.utcOffset(at: open), pause: SessionBreak(from: 180, to: 210),
                    isEarlyClose: isShort))
        }
        return TradingCalendar(supportedDates: first...last, sessions: sessions)
    }()

    public static func hasSession(_ date: CivilDate) -> Bool {
        date.weekday != .thursday && date.weekday != .friday && date.day != 13
    }

    /// Bars of some minutes each from 12:00 UTC on the day of `first` to 12:00 on the day after `last`, on days with and
    /// without sessions and in pauses too: a price that walks up and down by sixteenths.
    public static func bars(from first: CivilDate, through last: CivilDate, minutes: Int = 1) -> BarColumns {
        var bars = BarColumns()
        let start = Int64(first.daysSinceEpoch) * 86_400 + 43_200
        let end = Int64(last.daysSinceEpoch + 1) * 86_400 + 43_200
        var price = 100.0
        var state: UInt64 = 88_172_645_463_325_252
        for time in stride(from: start, to: end, by: 60 * minutes) {
            // A xorshift: J. Marsaglia, "Xorshift RNGs" (2003).
            state ^= state << 13
            state ^= state >> 7
            state ^= state << 17
            let close = max(10, price + Double(Int64(state >> 33 & 7) - 3) / 16)
            bars.append(
                Bar(
                    time: time, open: price, high: max(price, close) + 0.0625, low: min(price, close) - 0.0625,
                    close: close, volume: 10))
            price = close
        }
        return bars
    }
}
