/// Compares a journal with the exchange's calendar: sessions without a row, rows without a session, rows that are there
/// twice, and columns that do not hold what they should.
public struct JournalCheck: Sendable {
    /// What was found about the rows of one symbol, strategy and parameter set.
    public struct Series: Sendable {
        /// Whose rows.
        public let symbol: String
        /// The strategy and the digest of its parameters; nil when a symbol that was asked for has no rows.
        public let strategy: String?
        public let parametersID: String?
        /// How many rows, those that are there twice included.
        public let rows: Int
        /// First and last session that should have a row.
        public let expected: ClosedRange<CivilDate>?
        /// Sessions without a row.
        public let missing: [CivilDate]
        /// Sessions with more than one row.
        public let doubled: [CivilDate]
        /// Dates of rows on which there was no session.
        public let closed: [CivilDate]
        /// What is wrong with columns, row by row.
        public let wrong: [(date: CivilDate, problem: String)]

        /// Whether nothing is wrong.
        public var isClean: Bool {
            strategy != nil && missing.isEmpty && doubled.isEmpty && closed.isEmpty && wrong.isEmpty
        }
    }

    /// What was found, by symbol, strategy and parameters.
    public let series: [Series]

    /// Whether nothing is wrong.
    public var isClean: Bool { series.allSatisfy(\.isClean) }

    /// Checks `records`.
    ///
    /// - Parameters:
    ///   - symbols: symbols that should have rows.
    ///   - first: the first date from which sessions should have rows; nil for each series' first row.
    ///   - last: the last one; nil for each series' last row.
    public init(
        _ records: [JournalRecord], symbols: Set<String> = [], first: CivilDate? = nil, last: CivilDate? = nil,
        calendar: TradingCalendar = .nyse
    ) {
        struct Name: Hashable { let symbol, strategy, parametersID: String }
        let groups = Dictionary(grouping: records) {
            Name(symbol: $0.key.symbol, strategy: $0.key.strategy, parametersID: $0.key.parametersID)
        }
        let found = groups.map { name, records in
            Series(
                symbol: name.symbol, strategy: name.strategy, parametersID: name.parametersID, records: records,
                first: first, last: last, calendar: calendar)
        }
        let absent = symbols.subtracting(found.map(\.symbol)).map { symbol in
            Series(
                symbol: symbol, strategy: nil, parametersID: nil, records: [], first: first, last: last,
                calendar: calendar)
        }
        series = (found + absent).sorted {
            ($0.symbol, $0.strategy ?? "", $0.parametersID ?? "") < (
                $1.symbol, $1.strategy ?? "", $1.parametersID ?? ""
            )
        }
    }
}

extension JournalCheck.Series {
    fileprivate init(
        symbol: String, strategy: String?, parametersID: String?, records: [JournalRecord], first: CivilDate?,
        last: CivilDate?, calendar: TradingCalendar
    ) {
        self.symbol = symbol
        self.strategy = strategy
        self.parametersID = parametersID
        rows = records.count
        let counts = Dictionary(grouping: records, by: \.key.tradeDate).mapValues(\.count)
        let from = first ?? counts.keys.min()
        let through = last ?? counts.keys.max()
        let sessions =
            if let from, let through, from <= through {
                calendar.sessions(from: from, through: through).map(\.date)
            } else {
                [CivilDate]()
            }
        if let from = sessions.first, let through = sessions.last { expected = from...through } else { expected = nil }
        missing = sessions.filter { counts[$0] == nil }
        doubled = counts.filter { $0.value > 1 }.keys.sorted()
        closed = counts.keys.filter { calendar.session(on: $0) == nil }.sorted()
        wrong = records.compactMap { record -> (date: CivilDate, problem: String)? in
            do {
                try record.requireValues()
                return nil
            } catch {
                return (record.key.tradeDate, "\(error)")
            }
        }
    }
}
