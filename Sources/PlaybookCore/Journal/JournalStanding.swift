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
    /// - Throws: a `PlaybookError`: a row whose columns do not hold what they should, or a time beyond the calendar.
    public static func all(
        _ journals: [JournalSurvey], symbols: Set<String>?, now: Instant, minimumCompleteness: Double = 0.95,
        dataEnds: [String: CivilDate] = [:], calendar: TradingCalendar = .nyse
    ) throws -> [JournalStanding] {
        let starts = journals.map(\.sessions.starts).reduce(into: [:]) { $0.merge($1, uniquingKeysWith: min) }
        return try journals.map {
            try JournalStanding(
                $0, symbols: symbols ?? Set(starts.keys), starts: starts, now: now,
                minimumCompleteness: minimumCompleteness, dataEnds: dataEnds, calendar: calendar)
        }
    }

    private init(
        _ survey: JournalSurvey, symbols: Set<String>, starts: [String: CivilDate], now: Instant,
        minimumCompleteness: Double, dataEnds: [String: CivilDate], calendar: TradingCalendar
    ) throws {
        let last = try calendar.lastSession(before: now).date
        series = symbols.union(survey.sessions.series.map(\.symbol)).sorted().flatMap { symbol in
            JournalCheck(
                survey.sessions.only(symbol), symbols: [symbol], first: starts[symbol] ?? last, last: last,
                minimumCompleteness: minimumCompleteness, dataEnds: dataEnds, calendar: calendar
            ).series
        }
        lastFinished = last
        nextSession = calendar.sessionIndex(onOrAfter: last.adding(days: 1)).map { calendar.allSessions[$0] }
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

    /// No rows yet, as of `now`.
    ///
    /// - Parameter skipsSynthetic: whether to leave out rows that were made from synthetic bars.
    public init(now: Instant, skipsSynthetic: Bool = false) {
        since = NewYorkTime.date(of: now).adding(days: -JournalStanding.recentDays)
        sessions = JournalSessions(recentStart: RepairWindow.start(now), skipsSynthetic: skipsSynthetic)
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
        if line.tradeDate > since { recent.append(try JournalRow(reading: line.record())) }
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
    /// - Throws: a `PlaybookError` that names the row and the column that does not hold what it should.
    public init(reading record: JournalRecord) throws {
        do throws(JournalRecord.Problem) {
            self = try JournalRow(record)
        } catch {
            throw PlaybookError(.badData, "the row of \(record.key): \(error)")
        }
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
