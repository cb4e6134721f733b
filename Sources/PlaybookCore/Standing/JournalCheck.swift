/// Compares a journal with the exchange's calendar: sessions without a row, rows without a session, rows that are there
/// twice, sessions whose rows do not add up, and columns that do not hold what they should.
public struct JournalCheck: Sendable {
    /// What was found about the rows of one symbol, strategy, parameter set and mode.
    public struct Series: Sendable {
        /// Whose rows.
        public let symbol: String
        /// The symbol's market.
        public let market: Market
        /// The strategy, the digest of its parameters and the mode; nil when a symbol that was asked for has no rows.
        public let strategy: String?
        public let parametersID: String?
        public let mode: JournalMode?
        /// How many rows, those that are there twice included.
        public let rows: Int
        /// First and last session that should have a row.
        public let expected: ClosedRange<CivilDate>?
        /// Sessions without a row.
        public let missing: [CivilDate]
        /// Sessions with a row that is there twice.
        public let doubled: [CivilDate]
        /// Sessions whose rows do not add up: a run died between two of them, or a row was removed by hand.
        public let partial: [(date: CivilDate, problem: String)]
        /// Dates of rows on which there was no session.
        public let closed: [CivilDate]
        /// What is wrong with columns, row by row.
        public let wrong: [(date: CivilDate, problem: String)]

        /// Sessions of late that lack ten minutes of bars or more, which may still come.
        public let short: [ShortSession]
        /// Sessions whose rows were made from synthetic bars, among others of real ones.
        public let synthetic: [CivilDate]
        /// The last session of which there are bars, when runs found that the data ends with it.
        public let dataEnd: CivilDate?

        /// Whether nothing is wrong.
        public var isClean: Bool { hasSoundRows && !short.contains(where: \.isTooShort) }

        /// Whether every session has its row, and nothing else is wrong with rows.
        public var hasSoundRows: Bool {
            (strategy != nil || dataEnd != nil) && missing.isEmpty && doubled.isEmpty && partial.isEmpty
                && closed.isEmpty && wrong.isEmpty && synthetic.isEmpty
        }
    }

    /// A session that lacks bars.
    public struct ShortSession: Sendable, Hashable {
        /// Its date.
        public let date: CivilDate
        /// The share of its bars that there were, 0 to 1.
        public let completeness: Double
        /// Whether these are too few to call the session done.
        public let isTooShort: Bool
    }

    /// What was found, by symbol, strategy and parameters.
    public let series: [Series]

    /// Whether nothing is wrong.
    public var isClean: Bool { series.allSatisfy(\.isClean) }

    /// Checks `journal`.
    ///
    /// - Parameters:
    ///   - symbols: symbols that should have rows.
    ///   - first: the first date from which sessions should have rows; nil for each series' first row.
    ///   - last: the last one; nil for each series' last row.
    ///   - minimumCompleteness: the share of bars, 0 to 1, below which a session that may be repaired is not done.
    ///   - dataEnds: the last session of symbols whose data is known to have ended: later ones need no row.
    ///   - markets: the markets of the symbols.
    ///   - now: what time it is: sessions that are not over need no row; nil for none of them.
    public init(
        _ journal: JournalSessions, symbols: Set<String> = [], first: CivilDate? = nil, last: CivilDate? = nil,
        minimumCompleteness: Double = 0.95, dataEnds: [String: CivilDate] = [:],
        markets: SymbolMarkets = SymbolMarkets(),
        now: Instant? = nil
    ) {
        let limits = JournalLimits(first: first, last: last, now: now)
        let found = journal.series.map { series in
            Series(
                series, journal, limits, minimumCompleteness: minimumCompleteness, dataEnd: dataEnds[series.symbol],
                market: markets.market(of: series.symbol, noted: journal.market(of: series.symbol)))
        }
        let absent = symbols.subtracting(found.map(\.symbol)).map { symbol in
            Series(
                symbol: symbol, limits, dataEnd: dataEnds[symbol],
                market: markets.market(of: symbol, noted: journal.market(of: symbol)))
        }
        series = (found + absent).sorted { $0.order < $1.order }
    }
}

/// From when to when sessions should have rows.
private struct JournalLimits {
    let first, last: CivilDate?
    let now: Instant?

    /// Whether bars of a session may still be looked for.
    func mayBeRepaired(_ date: CivilDate, in market: Market) -> Bool {
        now.map { date >= RepairWindow.start($0, in: market) } ?? true
    }

    /// The last date, of the sessions of a market that are over.
    func last(in market: Market) -> CivilDate? {
        guard let last, let now else { return last }
        let calendar = market.calendar
        return calendar.sessions(from: calendar.supportedDates.lowerBound, through: last).last { $0.close <= now }?
            .date ?? last
    }
}

extension JournalCheck.Series {
    fileprivate var order: JournalSeries {
        JournalSeries(
            symbol: symbol, strategy: strategy ?? "", parametersID: parametersID ?? "", mode: mode ?? .backtest)
    }

    /// A series of the journal.
    fileprivate init(
        _ series: JournalSeries, _ journal: JournalSessions, _ limits: JournalLimits, minimumCompleteness: Double,
        dataEnd: CivilDate?, market: Market
    ) {
        let calendar = market.calendar
        let rows = journal.rows(of: series)
        let dates = Set(rows.map(\.date))
        // Where there are rows beyond it, the data has not ended.
        let end = dataEnd.flatMap { end in dates.max().map { $0 <= end } ?? false ? end : nil }
        let wanted = limits.last(in: market) ?? dates.max()
        let sessions = Self.sessions(
            from: limits.first ?? dates.min(), through: end.map { min($0, wanted ?? $0) } ?? wanted, calendar)
        let short = journal.bars(of: series).filter {
            RepairWindow.isTold($1.completeness, on: $0, in: market) && limits.mayBeRepaired($0, in: market)
        }
        self.init(
            symbol: series.symbol, market: market, strategy: series.strategy, parametersID: series.parametersID,
            mode: series.mode,
            rows: rows.count, expected: Self.range(sessions), missing: sessions.filter { !dates.contains($0) },
            doubled: JournalSessions.doubled(rows), partial: JournalSessions.partial(rows),
            closed: dates.filter { calendar.session(on: $0) == nil }.sorted(), wrong: journal.problems[series] ?? [],
            short: short.sorted { $0.key < $1.key }.map {
                JournalCheck.ShortSession(
                    date: $0, completeness: $1.completeness,
                    isTooShort: $1.completeness == 0 || $1.completeness < minimumCompleteness - 1e-9)
            }, synthetic: Self.synthetic(rows),
            dataEnd: wanted.flatMap { wanted in end.flatMap { $0 < wanted ? $0 : nil } })
    }

    /// The dates of synthetic rows, where there are others.
    private static func synthetic(_ rows: [JournalSessions.Row]) -> [CivilDate] {
        let dates = rows.filter(\.isSynthetic).map(\.date)
        return dates.count == rows.count ? [] : Set(dates).sorted()
    }

    /// A symbol that was asked for and has no rows.
    fileprivate init(
        symbol: String, _ limits: JournalLimits, dataEnd: CivilDate?, market: Market
    ) {
        let last = limits.last(in: market)
        let end = dataEnd.flatMap { end in last.flatMap { end < $0 ? end : nil } }
        let sessions = end == nil ? Self.sessions(from: limits.first, through: last, market.calendar) : []
        self.init(
            symbol: symbol, market: market, strategy: nil, parametersID: nil, mode: nil, rows: 0,
            expected: Self.range(sessions),
            missing: sessions, doubled: [], partial: [], closed: [], wrong: [], short: [], synthetic: [], dataEnd: end)
    }

    private static func sessions(
        from first: CivilDate?, through last: CivilDate?, _ calendar: TradingCalendar
    ) -> [CivilDate] {
        guard let first, let last, first <= last else { return [] }
        return calendar.sessions(from: first, through: last).map(\.date)
    }

    private static func range(_ sessions: [CivilDate]) -> ClosedRange<CivilDate>? {
        guard let first = sessions.first, let last = sessions.last else { return nil }
        return first...last
    }
}
