/// Gets what a `HistoryRequest` needs from a source and cuts it into sessions.
public struct HistoryLoader: Sendable {
    private let source: any MarketDataSource

    /// A loader over `source`.
    public init(source: any MarketDataSource) { self.source = source }

    /// Loads one symbol's history.
    ///
    /// - Throws: what the source throws, and a `PlaybookError` when the source covers none of the sessions.
    public func load(_ request: HistoryRequest) async throws -> BarHistory {
        let calendar = request.symbol.market.calendar
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
        let intraday: IntradayBars
        do {
            intraday = try await source.intradayBars(
                of: request.symbol, timeframe: request.sourceTimeframe, from: all[start].date, through: last)
        } catch let error as PlaybookError {
            if await isOfResolve(error, request, from: all[start].date) { throw request.error(ofResolve: error) }
            guard error.code == .sourceUnavailable, request.now != nil else { throw error }
            throw await ended(
                error, request, daily, from: all[max(0, firstIndex - request.symbol.market.sessionsPerYear)].date)
        }

        try request.requireFiner(intraday, of: source.label)
        var premarket: IntradayBars?
        if request.readsPremarket, source.hasRegularHoursOnly, let early = request.symbol.inPremarket {
            premarket = try await source.intradayBars(
                of: early, timeframe: request.sourceTimeframe, from: all[start].date, through: last)
        }
        let splits = try await source.splits(of: request.symbol, through: last)

        let coverage = try await SessionCoverage(
            of: calendar.sessions(from: all[start].date, through: last), request, intraday, daily, source)
        let look = ForgottenSessions(request, intraday, coverage)
        guard let requestedFrom = look.requestedFrom else {
            if let error = look.error(request, source.label) { throw error }
            if let late = coverage.late { throw late.error(of: request.symbol) }
            let error = nothing(request, intraday, coverage)
            // Without a bar in the sessions before either, it is not this one that is late.
            guard coverage.dates == nil, request.now != nil else { throw error }
            throw await ended(
                error, request, daily, from: all[max(0, firstIndex - request.symbol.market.sessionsPerYear)].date)
        }
        var slicer = SessionSlicer(
            request: request, source: intraday, premarket: premarket, splits: splits.sorted { $0.date < $1.date })
        try await slicer.slice(coverage.sessions, requestedFrom: requestedFrom, daily: daily)
        var history = slicer.history()
        history.late = coverage.late
        history.forgotten = look.dates
        if let remark = source.remark(on: request.symbol) {
            history.warnings.append(DataWarning(symbol: request.symbol, message: NeutralText(remark)))
        }
        if let warning = look.warning(request, source.label) { history.warnings.append(warning) }
        var seen: Set<NeutralText> = []
        history.warnings.insert(
            contentsOf: (intraday.warnings + (daily?.warnings ?? [])).filter { seen.insert($0).inserted }
                .map { DataWarning(symbol: request.symbol, message: $0) }, at: 0)
        return history
    }

    /// Whether there would be no error without the finer bars of `resolve`: the source has the playbook's own.
    private func isOfResolve(_ error: PlaybookError, _ request: HistoryRequest, from first: CivilDate) async -> Bool {
        guard !request.resolve.isEmpty, error.code == .badData || error.code == .sourceUnavailable else { return false }
        let own = try? await source.intradayBars(
            of: request.symbol, timeframe: request.timeframe, from: first, through: request.sessions.upperBound)
        return own.map { $0.bars.count > 0 } ?? false
    }

    private static let addData: Remedy = "Ask for sessions that the data covers, or add the missing data."

    /// `error`, of a source without any bar looked for; with the last session that daily bars tell of, when the data ended
    /// there long before.
    private func ended(
        _ error: PlaybookError, _ request: HistoryRequest, _ daily: DailyBars?, from first: CivilDate
    ) async -> PlaybookError {
        let (symbol, last) = (request.symbol, request.sessions.upperBound)
        var known = daily
        if known == nil { known = try? await source.dailyBars(of: symbol, from: first, through: last) }
        guard let end = known?.dates.last, hasEnded(end, request) else { return error }
        let nextStep = error.code == .sourceUnavailable ? error.remedy : Self.addData
        return PlaybookError(
            .sourceUnavailable, error.facts, nextStep: .all(nextStep, Self.ending(of: symbol, on: end)), dataEnd: end)
    }

    /// None of the sessions asked for is covered.
    private func nothing(
        _ request: HistoryRequest, _ intraday: IntradayBars, _ coverage: SessionCoverage
    ) -> PlaybookError {
        let (symbol, last) = (request.symbol, request.sessions.upperBound)
        let covered = coverage.dates.map { ": it covers \($0.lowerBound) through \($0.upperBound)" } ?? ""
        let doubts = intraday.warnings.map { "; \($0)" as NeutralText }.joined(separator: "")
        let what: NeutralText = """
            \(source.label) has no \(symbol) bars for any session from \(request.sessions.lowerBound) through \
            \(last)\(covered)\(doubts)
            """
        // Only the latest session may be late. Of data that ended before it the symbol may be gone.
        if let end = coverage.dates?.upperBound, hasEnded(end, request) {
            return PlaybookError(
                .sourceUnavailable, what,
                nextStep: .all(Self.addData, Self.ending(of: symbol, on: end)), dataEnd: end)
        }
        return PlaybookError(
            request.mayStillCome ? .tryAgain : .sourceUnavailable, what,
            nextStep: request.mayStillCome ? "Run again later." : Self.addData)
    }

    /// Whether data has ended on `end`, as far as can be told: two sessions and more that should be there by now are not.
    private func hasEnded(_ end: CivilDate, _ request: HistoryRequest) -> Bool {
        guard end < request.sessions.upperBound else { return false }
        let since = request.symbol.market.calendar.sessions(
            from: end.adding(days: 1), through: request.sessions.upperBound)
        return since.count {
            !LateSession.mayStillCome($0, now: request.now)
        } > 1
    }

    /// What is said of data that has ended.
    public static func ending(of symbol: Symbol, on end: CivilDate) -> Remedy {
        """
        The data ends on \(end): if \(symbol) was delisted or has another name now, take it out of \(.named(.symbols)); its \
        rows stay.
        """
    }
}
