/// Gets what a `HistoryRequest` needs from a source and cuts it into sessions.
public struct HistoryLoader: Sendable {
    private let source: any MarketDataSource
    private let calendar: TradingCalendar

    /// A loader over `source`.
    public init(source: any MarketDataSource, calendar: TradingCalendar = .nyse) {
        self.source = source
        self.calendar = calendar
    }

    /// Loads one symbol's history.
    ///
    /// - Throws: what the source throws, and a `PlaybookError` when the source covers none of the sessions.
    public func load(_ request: HistoryRequest) async throws -> BarHistory {
        guard let firstIndex = calendar.sessionIndex(onOrAfter: request.sessions.lowerBound) else {
            throw PlaybookError(.usage, "no trading session on or after \(request.sessions.lowerBound)")
        }
        let all = calendar.allSessions
        let last = request.sessions.upperBound

        let dailyStart = max(0, firstIndex - request.dailyLookBack)
        var daily: DailyBars?
        if request.dailyLookBack > 0 {
            daily = try await source.dailyBars(of: request.symbol, from: all[dailyStart].date, through: last)
        }
        let barStart = max(0, firstIndex - request.warmUpSessions)
        let start = request.dailyLookBack > 0 && daily == nil ? min(barStart, dailyStart) : barStart
        let intraday = try await source.intradayBars(
            of: request.symbol, timeframe: request.sourceTimeframe, from: all[start].date, through: last)

        let splits = try await source.splits(of: request.symbol, through: last)

        var sessions = calendar.sessions(from: all[start].date, through: last)
        let coverage = intraday.coverage
        if let coverage { sessions = sessions.filter { coverage.contains($0.date) }[...] }
        let requestedFrom = sessions.firstIndex { $0.date >= request.sessions.lowerBound }
        guard let requestedFrom else {
            let note = coverage.flatMap { ending(of: request.symbol, $0.upperBound, before: last) }
            let mayStillCome = request.mayStillCome && note == nil
            throw PlaybookError(
                mayStillCome ? .tryAgain : .sourceUnavailable,
                "\(source.label) has no \(request.symbol) bars for any session from \(request.sessions.lowerBound) "
                    + "through \(last)"
                    + (coverage.map { ": it covers \($0.lowerBound) through \($0.upperBound)" } ?? "")
                    + intraday.warnings.map { "; \($0)" }.joined(),
                nextStep: mayStillCome
                    ? "Run again later."
                    : "Ask for sessions that the data covers, or add the missing data.\(note.map { " \($0)" } ?? "")")
        }
        var slicer = SessionSlicer(
            request: request, calendar: calendar, source: intraday, splits: splits.sorted { $0.date < $1.date })
        try await slicer.slice(sessions, requestedFrom: requestedFrom, daily: daily)
        var history = slicer.history()
        var seen: Set<String> = []
        history.warnings.insert(
            contentsOf: (intraday.warnings + (daily?.warnings ?? [])).filter { seen.insert($0).inserted }
                .map { DataWarning(symbol: request.symbol, message: $0) }, at: 0)
        return history
    }

    /// What is said of data that ended before the latest session that may be late: the symbol may be gone.
    private func ending(of symbol: Symbol, _ end: CivilDate, before last: CivilDate) -> String? {
        guard end < last, calendar.sessions(from: end.adding(days: 1), through: last).count > 1 else { return nil }
        return
            "The data ends on \(end): if \(symbol) was delisted or has another name now, take it out of SYMBOLS; its "
            + "rows stay."
    }
}
