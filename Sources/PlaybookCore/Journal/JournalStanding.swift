/// How a journal of one playbook and parameter set stands: which sessions lack a row, and how it went of late.
public struct JournalStanding: Sendable {
    /// The run that wrote last: the greatest `run_id`; nil without rows.
    public let lastRunID: String?
    /// The last session with a row.
    public let lastSession: CivilDate?
    /// The last session that was over.
    public let lastFinished: CivilDate
    /// The first session that was not; nil where the calendar ends.
    public let nextSession: TradingSession?
    /// What is wrong, symbol by symbol; sessions that are over need a row from the first one on.
    public let series: [JournalCheck.Series]
    /// The statistics of the last `recentDays` days.
    public let recent: Performance
    /// How many of the latest sessions with rows had no trade in any symbol.
    public let sessionsWithoutTrade: Int

    /// How many calendar days statistics look back.
    public static let recentDays = 30

    /// Sessions without a row, those of all symbols together.
    public var missingSessions: Int { series.reduce(0) { $0 + $1.missing.count } }

    /// Whether every symbol has rows and every session has just one.
    public var isClean: Bool { !series.isEmpty && series.allSatisfy(\.isClean) }

    /// How each of several journals stands at `now`. All are to have the same rows: from a symbol's first row in any of
    /// them, or the last session that is over where it has none.
    ///
    /// - Parameters:
    ///   - journals: the rows of each, all of one playbook and parameter set.
    ///   - symbols: the symbols that should have rows; nil for those that have any.
    /// - Throws: a `PlaybookError`: a row whose columns do not hold what they should, or a time beyond the calendar.
    public static func all(
        _ journals: [[JournalRecord]], symbols: Set<String>?, now: Instant, calendar: TradingCalendar = .nyse
    ) throws -> [JournalStanding] {
        let starts = Dictionary(
            journals.joined().map { ($0.key.symbol, $0.key.tradeDate) }, uniquingKeysWith: min)
        return try journals.map {
            try JournalStanding(
                $0, symbols: symbols ?? Set(starts.keys), starts: starts, now: now, calendar: calendar)
        }
    }

    private init(
        _ records: [JournalRecord], symbols: Set<String>, starts: [String: CivilDate], now: Instant,
        calendar: TradingCalendar
    ) throws {
        let last = try calendar.lastSession(before: now).date
        let bySymbol = Dictionary(grouping: records, by: \.key.symbol)
        series = symbols.union(bySymbol.keys).sorted().flatMap { symbol in
            JournalCheck(
                bySymbol[symbol] ?? [], symbols: [symbol], first: starts[symbol] ?? last, last: last,
                calendar: calendar
            ).series
        }
        lastFinished = last
        nextSession = calendar.sessionIndex(onOrAfter: last.adding(days: 1)).map { calendar.allSessions[$0] }
        lastRunID = records.map { $0[.runID] }.max()
        lastSession = records.map(\.key.tradeDate).max()
        let since = NewYorkTime.date(of: now).adding(days: -Self.recentDays)
        recent = try Performance(records.filter { $0.key.tradeDate > since })
        let byDate = Dictionary(grouping: records, by: \.key.tradeDate).sorted { $0.key > $1.key }
        sessionsWithoutTrade = byDate.prefix { !$0.value.contains { $0[.entered] == "true" } }.count
    }
}

extension TradingCalendar {
    /// The last session that is over at `now`.
    ///
    /// - Throws: a `PlaybookError` when the calendar does not reach that far.
    public func lastSession(before now: Instant) throws -> TradingSession {
        guard supportedDates.contains(NewYorkTime.date(of: now)),
            let session = allSessions.last(where: { $0.close <= now })
        else {
            throw PlaybookError(
                .configuration,
                "it is \(now), and the calendar has the sessions of \(supportedDates.lowerBound) through "
                    + "\(supportedDates.upperBound)", nextStep: "Set the clock, or install a newer version.")
        }
        return session
    }
}
