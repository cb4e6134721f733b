/// How a journal of one playbook and parameter set stands: which sessions lack a row, and how it went of late.
public struct JournalStanding: Sendable {
    /// The run that wrote last: the greatest `run_id`; nil without rows.
    public let lastRunID: String?
    /// The last session with a row.
    public let lastSession: CivilDate?
    /// The next session to be over, of any symbol's market; nil where the calendars end.
    public let nextSession: TradingSession?
    /// The market of the next session.
    public let nextMarket: Market
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

    /// Whether a session lacks its row that was over `patience` seconds ago: that of the last one may just be late.
    public func isOverdue(at now: Instant, patience: Int64) -> Bool {
        series.contains { series in
            guard let last = try? series.market.lastSession(before: now) else { return !series.missing.isEmpty }
            return series.missing.contains { $0 < last.date }
                || !series.missing.isEmpty && now.secondsSinceEpoch - last.close.secondsSinceEpoch > patience
        }
    }

    /// Whether every symbol has rows, every session has just one, none of late lacks too many bars, and the data of some
    /// symbol goes on.
    public var isClean: Bool {
        !series.isEmpty && series.allSatisfy(\.isClean) && series.contains { $0.dataEnd == nil }
    }

    /// How each of several journals stands at `now`. All are to have the same rows: from a symbol's first row in any of
    /// them, or the last session that is over where it has none.
    ///
    /// - Parameters:
    ///   - journals: the rows of each, all of one playbook, parameter set and mode.
    ///   - symbols: the symbols that should have rows; nil for those that have any.
    ///   - minimumCompleteness: the share of bars, 0 to 1, below which a session that may be repaired is not done.
    ///   - dataEnds: the last session of symbols whose data is known to have ended.
    ///   - markets: the markets of the symbols.
    /// - Throws: a `PlaybookError`: a row whose columns do not hold what they should, or a time beyond the calendar.
    public static func all(
        _ journals: [JournalSurvey], symbols: Set<String>?, now: Instant, minimumCompleteness: Double = 0.95,
        dataEnds: [String: CivilDate] = [:], markets: SymbolMarkets = SymbolMarkets()
    ) throws -> [JournalStanding] {
        let starts = journals.map(\.sessions.starts).reduce(into: [:]) { $0.merge($1, uniquingKeysWith: min) }
        return try journals.map {
            try JournalStanding(
                $0, symbols: symbols ?? Set(starts.keys), starts: starts, now: now,
                minimumCompleteness: minimumCompleteness, dataEnds: dataEnds, markets: markets)
        }
    }

    private init(
        _ survey: JournalSurvey, symbols: Set<String>, starts: [String: CivilDate], now: Instant,
        minimumCompleteness: Double, dataEnds: [String: CivilDate], markets: SymbolMarkets
    ) throws {
        var found: [JournalCheck.Series] = []
        var asked: Set<Market> = []
        var next: (session: TradingSession, market: Market)?
        func note(_ market: Market, after last: CivilDate) {
            let calendar = market.calendar
            guard asked.insert(market).inserted, let index = calendar.sessionIndex(onOrAfter: last.adding(days: 1))
            else { return }
            let session = calendar.allSessions[index]
            if next.map({ session.close < $0.session.close }) ?? true { next = (session, market) }
        }
        for symbol in symbols.union(survey.sessions.series.map(\.symbol)).sorted() {
            let market = markets.market(of: symbol, noted: survey.sessions.market(of: symbol))
            let last = try market.lastSession(before: now).date
            found +=
                JournalCheck(
                    survey.sessions.only(symbol), symbols: [symbol], first: starts[symbol] ?? last, last: last,
                    minimumCompleteness: minimumCompleteness, dataEnds: dataEnds, markets: markets, now: now
                ).series
            note(market, after: last)
        }
        if asked.isEmpty, let usual = markets.markets.first {
            note(usual, after: try usual.lastSession(before: now).date)
        }
        series = found
        nextSession = next?.session
        nextMarket = next?.market ?? .xnys
        lastRunID = survey.lastRunID
        let dates = survey.sessions.dates
        lastSession = dates.last?.date
        recent = Performance(survey.recent)
        sessionsWithoutTrade = dates.reversed().prefix { !$0.hasTrade }.count
    }
}

/// What is kept of a journal's rows to tell how it stands.
public struct JournalSurvey: JournalAccumulating {
    /// Which sessions it has.
    public private(set) var sessions: JournalSessions
    /// The rows of the last `JournalStanding.recentDays` days.
    private(set) var recent: [JournalRow] = []
    private var latestRun: [UInt8] = []
    private let since: CivilDate
    private let skipsSynthetic: Bool
    private let markets: [Market]

    /// No rows yet, as of `now`.
    ///
    /// - Parameter skipsSynthetic: whether to leave out rows that were made from synthetic bars.
    public init(now: Instant, skipsSynthetic: Bool = false, markets: SymbolMarkets = SymbolMarkets()) {
        self.markets = markets.markets
        let today = markets.markets.map { $0.clock.date(of: now) }.min() ?? now.local(utcOffset: 0).date
        since = today.adding(days: -JournalStanding.recentDays)
        sessions = JournalSessions(
            recentStart: RepairWindow.start(now, in: markets.markets), skipsSynthetic: skipsSynthetic)
        self.skipsSynthetic = skipsSynthetic
    }

    /// The rows of `records`, as of `now`.
    ///
    /// - Throws: a `PlaybookError` that names a row whose columns do not hold what they should.
    public init(_ records: [JournalRecord], now: Instant) throws {
        self.init(now: now)
        for record in records { try record.withLine { try add($0) } }
    }

    /// Takes a row.
    ///
    /// - Throws: a `PlaybookError` that names the row when a column does not hold what it should.
    public mutating func add(_ line: borrowing JournalLine) throws {
        sessions.add(line)
        if skipsSynthetic, line.isSynthetic { return }
        let run = line.bytes(.runID)
        if latestRun.withUnsafeBytes({ run.order($0) }) > 0 { latestRun = Array(run) }
        if line.tradeDate > since { recent.append(try JournalRow(reading: line.record(), markets: markets)) }
    }

    public mutating func merge(_ later: JournalSurvey) {
        sessions.merge(later.sessions)
        recent += later.recent
        if latestRun.lexicographicallyPrecedes(later.latestRun) { latestRun = later.latestRun }
    }

    var lastRunID: String? { sessions.isEmpty ? nil : String(decoding: latestRun, as: UTF8.self) }
}

extension JournalRow {
    /// The row that stands in a journal as `record`.
    ///
    /// - Parameter markets: the known markets.
    /// - Throws: a `PlaybookError` that names the row and the column that does not hold what it should.
    public init(reading record: JournalRecord, markets: [Market] = Market.all) throws {
        do throws(JournalRecord.Problem) {
            self = try JournalRow(record, markets: markets)
        } catch {
            throw PlaybookError(.badData, "the row of \(record.key): \(error)")
        }
    }
}

extension Market {
    /// The last session that is over at `now`.
    ///
    /// - Throws: a `PlaybookError` when the calendar does not reach that far.
    public func lastSession(before now: Instant) throws -> TradingSession {
        let (calendar, today) = (calendar, clock.date(of: now))
        let supported = calendar.supportedDates
        guard supported.contains(today),
            let session = calendar.sessions(from: supported.lowerBound, through: today).last(where: { $0.close <= now })
        else {
            throw PlaybookError(
                .configuration,
                "it is \(now), and the calendar has the sessions of \(supported.lowerBound) through "
                    + "\(supported.upperBound)", nextStep: "Set the clock, or install a newer version.")
        }
        return session
    }
}
