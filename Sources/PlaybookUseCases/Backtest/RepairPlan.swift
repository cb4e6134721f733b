import PlaybookCore

/// Sessions that have rows but lack bars: catching up looks for their bars again, for ten sessions.
///
/// When such a session turns out to have more bars than its row saw, the rows of the sessions after it are made again too:
/// their averages were made of its bars.
struct RepairPlan {
    /// The sessions to look at again, by symbol.
    private(set) var dates: [Symbol: Set<CivilDate>] = [:]
    private var held: [Symbol: Held] = [:]
    private var lasts: [Symbol: CivilDate] = [:]

    /// What the journals have of a symbol.
    private struct Held {
        /// The sessions of which every journal has all rows.
        var done: Set<CivilDate>
        /// What each journal tells of the bars of late.
        var bars: [[CivilDate: JournalSessions.Bars]]
    }

    /// - Parameters:
    ///   - first: no sessions before it; nil for no limit.
    ///   - journals: what each journal has, with the bars of late, of the strategy and parameters in question.
    /// - Throws: a `PlaybookError` when `now` lies beyond the calendar.
    init(
        _ symbols: [Symbol], from first: CivilDate?, journals: [JournalSessions], now: Instant
    ) throws {
        for symbol in symbols {
            let calendar = symbol.market.calendar
            let last = try symbol.market.lastSession(before: now).date
            let start = RepairWindow.start(now, in: symbol.market)
            lasts[symbol] = last
            let complete = journals.map { $0.completeDates(of: symbol.name) }
            let done = complete.dropFirst().reduce(complete.first ?? []) { $0.intersection($1) }
            let bars = journals.map { $0.bars(of: symbol.name) }
            held[symbol] = Held(done: done, bars: bars)
            let lacking = Set(bars.flatMap { $0.filter { $0.value.completeness < 1 }.keys })
            let wanted = lacking.filter {
                $0 >= start && $0 <= last && $0 >= first ?? $0 && calendar.session(on: $0) != nil
            }
            if !wanted.isEmpty { dates[symbol] = wanted }
        }
    }

    /// Whether every session of a range has its rows, so that nothing is lost when it cannot be run.
    func hasRows(of symbol: Symbol, _ sessions: ClosedRange<CivilDate>) -> Bool {
        guard let done = held[symbol]?.done else { return false }
        return symbol.market.calendar.sessions(from: sessions.lowerBound, through: sessions.upperBound)
            .allSatisfy { done.contains($0.date) }
    }

    /// `work` with the sessions from the first one to look at again through the last one that is over.
    func added(to work: [Symbol: [ClosedRange<CivilDate>]]) -> [Symbol: [ClosedRange<CivilDate>]] {
        var work = work
        for (symbol, dates) in dates {
            guard var start = dates.min() else { continue }
            var ranges: [ClosedRange<CivilDate>] = []
            for range in work[symbol] ?? [] {
                if range.upperBound < start { ranges.append(range) } else { start = min(start, range.lowerBound) }
            }
            work[symbol] = ranges + [start...max(start, lasts[symbol] ?? start)]
        }
        return work
    }

    /// Those rows of a run that a journal is to get.
    struct Kept {
        var rows: [JournalRow] = []
        /// Whether a session has got its first row.
        var hasNew = false
        /// Sessions that still lack so many bars that it is told.
        var short: [CivilDate] = []
        /// Sessions of which the source has fewer bars than their row saw.
        var fewer: [CivilDate] = []
    }

    /// Which of `rows`, ascending by date, a journal is to get: of sessions that have none, those made of more or other
    /// bars than before, and those after them.
    func kept(_ rows: [JournalRow], of symbol: Symbol) -> Kept {
        guard let held = held[symbol] else { return Kept(rows: rows, hasNew: !rows.isEmpty) }
        var kept = Kept()
        var isRepaired = false
        for row in rows {
            guard held.done.contains(row.tradeDate) else {
                kept.rows.append(row)
                kept.hasNew = true
                continue
            }
            let before = held.bars.compactMap { $0[row.tradeDate] }
            if dates[symbol]?.contains(row.tradeDate) ?? false, let share = row.completeness {
                if before.contains(where: { $0.completeness > share }) {
                    kept.fewer.append(row.tradeDate)
                } else if before.contains(where: { $0.dataID != row.dataID }) {
                    isRepaired = true
                }
                if RepairWindow.isTold(share, on: row.tradeDate, in: symbol.market) { kept.short.append(row.tradeDate) }
            }
            if isRepaired, kept.fewer.last != row.tradeDate { kept.rows.append(row) }
        }
        return kept
    }
}
