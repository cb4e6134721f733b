import PlaybookCore

/// Which sessions a request comes to, as of now.
enum SessionPlan {
    /// Sessions to run, and how many of the range are not over yet.
    case run(ClosedRange<CivilDate>, unfinished: [TradingSession])
    /// No session lies in the range: why.
    case nothing(String)

    /// - Throws: a `PlaybookError`: dates out of order or beyond the calendar, or a session that is not over yet.
    init(_ dates: BacktestRequest.Dates, now: Instant, calendar: TradingCalendar = .nyse) throws {
        let first: CivilDate
        let last: CivilDate
        switch dates {
        case .today:
            first = NewYorkTime.date(of: now)
            last = first
        case .range(let from, let through):
            first = from
            last = through
        }
        guard first <= last else {
            throw PlaybookError(.usage, "the first date \(first) lies after the last date \(last)")
        }
        for date in [first, last] {
            do {
                try calendar.requireSupported(date)
            } catch {
                throw PlaybookError(.usage, "\(error)")
            }
        }
        let sessions = calendar.sessions(from: first, through: last)
        guard !sessions.isEmpty else {
            let what =
                first == last ? "\(first) (\(calendar.closureReason(on: first) ?? "closed"))" : "\(first) to \(last)"
            self = .nothing("no trading session on \(what): nothing to do")
            return
        }
        let finished = sessions.prefix { $0.close <= now }
        guard let start = finished.first, let end = finished.last else {
            let session = sessions[sessions.startIndex]
            throw PlaybookError(
                .tryAgain,
                "the session of \(session.date) is not over: it closes at \(NewYorkTime.string(session.close))",
                nextStep: "Run again after the close.")
        }
        self = .run(start.date...end.date, unfinished: Array(sessions[finished.endIndex...]))
    }
}
