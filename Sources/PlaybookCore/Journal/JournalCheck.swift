/// Compares a journal with the exchange's calendar: sessions without a row, rows without a session, rows that are there
/// twice, sessions whose rows do not add up, and columns that do not hold what they should.
public struct JournalCheck: Sendable {
    /// What was found about the rows of one symbol, strategy, parameter set and mode.
    public struct Series: Sendable {
        /// Whose rows.
        public let symbol: String
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

        /// Whether nothing is wrong.
        public var isClean: Bool {
            strategy != nil && missing.isEmpty && doubled.isEmpty && partial.isEmpty && closed.isEmpty
                && wrong.isEmpty
        }
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
    public init(
        _ journal: JournalSessions, symbols: Set<String> = [], first: CivilDate? = nil, last: CivilDate? = nil,
        calendar: TradingCalendar = .nyse
    ) {
        let found = journal.series.map { Series($0, journal, first: first, last: last, calendar: calendar) }
        let absent = symbols.subtracting(found.map(\.symbol)).map { symbol in
            Series(symbol: symbol, first: first, last: last, calendar: calendar)
        }
        series = (found + absent).sorted { $0.order < $1.order }
    }
}

extension JournalCheck.Series {
    fileprivate var order: JournalSeries {
        JournalSeries(
            symbol: symbol, strategy: strategy ?? "", parametersID: parametersID ?? "", mode: mode ?? .backtest)
    }

    /// A series of the journal.
    fileprivate init(
        _ series: JournalSeries, _ journal: JournalSessions, first: CivilDate?, last: CivilDate?,
        calendar: TradingCalendar
    ) {
        let rows = journal.rows(of: series)
        let dates = Set(rows.map(\.date))
        let sessions = Self.sessions(from: first ?? dates.min(), through: last ?? dates.max(), calendar)
        self.init(
            symbol: series.symbol, strategy: series.strategy, parametersID: series.parametersID, mode: series.mode,
            rows: rows.count, expected: Self.range(sessions), missing: sessions.filter { !dates.contains($0) },
            doubled: JournalSessions.doubled(rows), partial: JournalSessions.partial(rows),
            closed: dates.filter { calendar.session(on: $0) == nil }.sorted(), wrong: journal.problems[series] ?? [])
    }

    /// A symbol that was asked for and has no rows.
    fileprivate init(symbol: String, first: CivilDate?, last: CivilDate?, calendar: TradingCalendar) {
        let sessions = Self.sessions(from: first, through: last, calendar)
        self.init(
            symbol: symbol, strategy: nil, parametersID: nil, mode: nil, rows: 0, expected: Self.range(sessions),
            missing: sessions, doubled: [], partial: [], closed: [], wrong: [])
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
