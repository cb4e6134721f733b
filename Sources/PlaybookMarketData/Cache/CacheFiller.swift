import PlaybookCore

/// Fetches the sessions that a cache lacks, and keeps them month by month as they come: what is interrupted goes on
/// where it was, and memory does not grow with the range.
struct CacheFiller: Sendable {
    let source: any MarketDataSource
    let cache: BarCache
    let feed: String
    let now: Instant

    /// What a fill could not do without anybody's having to stop for it.
    struct Report {
        /// The last date that is there, of symbols for which it is not yet the last one wanted.
        var ends: [Symbol: CivilDate] = [:]
        var warnings: [NeutralText] = []
    }

    /// Runs of missing sessions this close together are fetched as one.
    private static let bridge = 10

    /// Fetches the sessions missing.
    ///
    /// - Parameters:
    ///   - missing: by symbol, ascending.
    ///   - known: the symbols that are known to have bars.
    ///   - receive: called with each month, kept or not.
    func fill(
        _ timeframe: Timeframe, missing: [Symbol: [TradingSession]], known: Set<Symbol>,
        receive: (CachedMonth) async throws -> Void
    ) async throws -> Report {
        var report = Report()
        let all = missing.values.joined()
        guard let first = all.map(\.date).min(), let last = all.map(\.date).max() else { return report }
        let check = try await source.calendarCheck(from: first, through: last)
        report.warnings += check.texts
        // Symbols that lack the same sessions are fetched together.
        for (sessions, symbols) in Dictionary(grouping: missing.keys, by: { missing[$0] ?? [] }) {
            let calendar = symbols.first?.market.calendar ?? Market.xnys.calendar
            for run in Self.runs(sessions, calendar) {
                let ends = try await fill(timeframe, run, symbols.sorted(), known, check, receive)
                report.ends.merge(ends, uniquingKeysWith: min)
            }
        }
        return report
    }

    private func fill(
        _ timeframe: Timeframe, _ run: [TradingSession], _ symbols: [Symbol], _ known: Set<Symbol>,
        _ check: CalendarCheck, _ receive: (CachedMonth) async throws -> Void
    ) async throws -> [Symbol: CivilDate] {
        func assembler(_ symbol: Symbol) -> MonthAssembler {
            MonthAssembler(
                CachePartition(feed: feed, symbol: symbol, timeframe: timeframe), wanted: run,
                isKnown: known.contains(symbol), doubtful: Set(check.differences.keys), now: now, source: source.label)
        }
        var assemblers = Dictionary(uniqueKeysWithValues: symbols.map { ($0, assembler($0)) })
        let ends = try await source.stream(
            symbols, timeframe: timeframe, from: run[0].date, through: run[run.count - 1].date
        ) { symbol, bars in
            assemblers[symbol]?.take(bars)
            for month in assemblers[symbol]?.takeFinished() ?? [] { try await receive(withOrigins(month)) }
        }
        for symbol in symbols {
            assemblers[symbol]?.finish(through: ends[symbol] ?? run[run.count - 1].date)
            for month in assemblers[symbol]?.takeFinished() ?? [] { try await receive(withOrigins(month)) }
        }
        return ends
    }

    private func withOrigins(_ month: CachedMonth) -> CachedMonth {
        var month = month
        month.origins = source.origins(of: month.partition.symbol, in: month.month)
        return month
    }

    /// `sessions` cut where many others lie between two of them.
    private static func runs(_ sessions: [TradingSession], _ calendar: TradingCalendar) -> [[TradingSession]] {
        var runs: [[TradingSession]] = []
        for session in sessions {
            if let last = runs.last?.last,
                calendar.sessions(from: last.date, through: session.date).count <= bridge + 2
            {
                runs[runs.count - 1].append(session)
            } else {
                runs.append([session])
            }
        }
        return runs
    }
}
