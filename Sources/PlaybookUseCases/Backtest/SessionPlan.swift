import PlaybookCore

/// Which sessions of which symbols a request comes to, as of now.
enum SessionPlan {
    /// Runs of successive sessions, symbol by symbol; and the sessions of the range that are not over yet.
    case run([Symbol: [ClosedRange<CivilDate>]], unfinished: [TradingSession])
    /// There is nothing to run.
    case nothing(BacktestResult.SkipReason)

    /// The sessions of a range of dates, the same for all symbols.
    ///
    /// - Throws: a `PlaybookError`: dates out of order or beyond the calendar, or a session that is not over yet.
    init(_ symbols: [Symbol], from first: CivilDate, through last: CivilDate, now: Instant) throws {
        try self.init(symbols, now: now) { _ in (first, last) }
    }

    /// The sessions that end today in each symbol's market.
    init(today symbols: [Symbol], now: Instant) throws {
        try self.init(symbols, now: now) { market in
            let date = market.today(now)
            return (date, date)
        }
    }

    /// The sessions of the last `count` calendar days of each symbol's market that are over.
    init(_ symbols: [Symbol], lastDays count: Int, now: Instant) throws {
        try self.init(symbols, now: now) { market in
            let today = market.clock.date(of: now)
            let first = today.adding(days: 1 - count)
            let over = market.calendar.sessions(from: first, through: today).last { $0.close <= now }
            return (first, over?.date ?? today)
        }
    }

    /// The sessions of the dates of each market; a market without any on them gives none, unless no other has one.
    private init(
        _ symbols: [Symbol], now: Instant, dates: (Market) -> (first: CivilDate, last: CivilDate)
    ) throws {
        var work: [Symbol: [ClosedRange<CivilDate>]] = [:]
        var unfinished: [TradingSession] = []
        var (reason, waits): (BacktestResult.SkipReason?, PlaybookError?)
        for (market, symbols) in Dictionary(grouping: symbols, by: \.market).sorted(by: { $0.key.id > $1.key.id }) {
            let (first, last) = dates(market)
            do {
                switch try SessionPlan(symbols, in: market, from: first, through: last, now: now) {
                case .run(let found, let left):
                    work.merge(found) { $1 }
                    unfinished += left
                case .nothing(let why): reason = reason ?? why
                }
            } catch let error as PlaybookError where error.code == .tryAgain {
                waits = waits ?? error
                unfinished += market.calendar.sessions(from: first, through: last)
            }
        }
        if work.isEmpty, let waits { throw waits }
        if work.isEmpty, let reason {
            self = .nothing(reason)
        } else {
            self = .run(work, unfinished: unfinished.sorted { $0.date < $1.date })
        }
    }

    private init(
        _ symbols: [Symbol], in market: Market, from first: CivilDate, through last: CivilDate, now: Instant
    ) throws {
        let calendar = market.calendar
        guard first <= last else {
            throw PlaybookError(.usage, "the first date \(first) lies after the last date \(last)")
        }
        try Self.requireSupported([first, last], calendar)
        let sessions = calendar.sessions(from: first, through: last)
        guard !sessions.isEmpty else {
            let isDay = first == last
            let isWeekend = [.saturday, .sunday].contains(first.weekday)
            let what = isDay ? "\(first) (\(calendar.closureReason(on: first) ?? "closed"))" : "\(first) to \(last)"
            self = .nothing(
                BacktestResult.SkipReason(
                    !isDay ? "no session" : isWeekend ? "weekend" : "market holiday",
                    detail: "no trading session on \(what): nothing to do"))
            return
        }
        let finished = sessions.prefix { $0.close <= now }
        guard let start = finished.first, let end = finished.last else {
            let session = sessions[sessions.startIndex]
            throw PlaybookError(
                .tryAgain,
                "the session of \(session.date) is not over: it closes at \(market.clock.string(session.close))",
                nextStep: "Run again after the close. \(.run(.catchUp)) runs the last session that is over.")
        }
        self = .run(
            Dictionary(uniqueKeysWithValues: symbols.map { ($0, [start.date...end.date]) }),
            unfinished: Array(sessions[finished.endIndex...]))
    }

    /// The sessions that one of several journals lacks.
    ///
    /// - Parameters:
    ///   - first: where to begin; nil for the symbol's first row.
    ///   - journals: what each journal has, of the strategy and parameters in question.
    init(
        catchingUp symbols: [Symbol], from first: CivilDate?, journals: [JournalSessions], now: Instant
    ) throws {
        var lasts: Set<CivilDate> = []
        var work: [Symbol: [ClosedRange<CivilDate>]] = [:]
        for symbol in symbols {
            let calendar = symbol.market.calendar
            if let first { try Self.requireSupported([first], calendar) }
            let last = try symbol.market.lastSession(before: now)
            lasts.insert(last.date)
            // A session whose rows do not add up is run again.
            let dates = journals.map { $0.completeDates(of: symbol.name) }
            let start = first ?? journals.compactMap { $0.starts[symbol.name] }.min() ?? last.date
            guard start <= last.date else { continue }
            let sessions = calendar.sessions(from: start, through: last.date)
            let missing = sessions.indices.filter { index in dates.contains { !$0.contains(sessions[index].date) } }
            let runs = Self.runs(missing).map { sessions[$0.lowerBound].date...sessions[$0.upperBound].date }
            if !runs.isEmpty { work[symbol] = runs }
        }
        guard !work.isEmpty else {
            self = .nothing(
                BacktestResult.SkipReason(
                    "up to date",
                    detail: "every session \(lasts.count == 1 ? lasts.map { "through \($0)" }[0] : "that is over") "
                        + "has its row"))
            return
        }
        self = .run(work, unfinished: [])
    }

    /// Ascending numbers as ranges without holes.
    private static func runs(_ numbers: [Int]) -> [ClosedRange<Int>] {
        var runs: [ClosedRange<Int>] = []
        for number in numbers {
            if let last = runs.last, last.upperBound == number - 1 {
                runs[runs.count - 1] = last.lowerBound...number
            } else {
                runs.append(number...number)
            }
        }
        return runs
    }

    private static func requireSupported(_ dates: [CivilDate], _ calendar: TradingCalendar) throws {
        for date in dates {
            do {
                try calendar.requireSupported(date)
            } catch {
                throw PlaybookError(.usage, "\(error)")
            }
        }
    }
}
