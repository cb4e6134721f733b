import PlaybookCore

extension MarketDataSource {
    /// The bars of one symbol that a stream hands out, as a source without a cache gives them.
    func streamed(
        _ symbol: Symbol, from first: CivilDate, through last: CivilDate, now: Instant
    ) async throws -> IntradayBars {
        let timeframe = onlyTimeframe ?? .minutes(1)
        var start = first
        if let oldest = oldestSession(of: symbol, timeframe: timeframe), oldest > first { start = oldest }
        var bars = BarColumns()
        var ends: [Symbol: CivilDate] = [:]
        if start <= last {
            ends = try await stream([symbol], timeframe: timeframe, from: start, through: last) { bars.append($1) }
        }
        let end = min(ends[symbol] ?? last, symbol.market.sessionDate(at: now))
        if start > first, bars.count == 0 { throw PlaybookError.forgotten(symbol, self, timeframe, before: start) }
        guard bars.count > 0 || end < last || symbol.market.isPremarket else {
            throw PlaybookError(
                .sourceUnavailable, "\(label) has no \(timeframe) bars of \(symbol) from \(first) through \(last)",
                nextStep: "Check the symbol and the dates.")
        }
        bars = bars.slice(0..<bars.range(on: end, symbol.market, timeframe).upperBound)
        var found = IntradayBars(timeframe: timeframe, bars: bars)
        if end < last || start > first { found.coverage = min(start, end)...end }
        if start > first { found.forgottenBefore = start }
        return found
    }

    /// Reads one symbol after the other, each over its sessions that have ended.
    ///
    /// - Parameters:
    ///   - service: who sends the bars, for messages.
    ///   - read: reads a symbol's sessions, of which there is at least one; the filter keeps what lies within them.
    /// - Returns: the last session of the symbols whose later ones have not ended, or may not be whole yet.
    func eachSymbol(
        _ symbols: [Symbol], _ timeframe: Timeframe, from first: CivilDate, through last: CivilDate, now: Instant,
        service: String, read: (Symbol, [TradingSession], inout SessionFilter) async throws -> Void
    ) async throws -> [Symbol: CivilDate] {
        var ends: [Symbol: CivilDate] = [:]
        for symbol in symbols.sorted() {
            let asked = symbol.market.calendar.sessions(from: first, through: last)
            let sessions = Array(asked.prefix { $0.close <= now })
            if sessions.count < asked.count { ends[symbol] = sessions.last?.date ?? first.adding(days: -1) }
            guard !sessions.isEmpty else { continue }
            var filter = SessionFilter(
                symbol, timeframe, sessions: sessions, service: service, advice: "use another source")
            try await read(symbol, sessions, &filter)
            if let before = filter.endBeforeLate(sessions, now: now) { ends[symbol] = before }
        }
        return ends
    }

    /// The instants of the sessions from `first` through `last` that have ended, in seconds since the epoch; nil without any.
    func ended(_ symbol: Symbol, from first: CivilDate, through last: CivilDate, now: Instant) -> Range<Int64>? {
        let sessions = symbol.market.calendar.sessions(from: first, through: last).prefix { $0.close <= now }
        return Array(sessions).instants
    }

    /// - Throws: a `PlaybookError` when a symbol is not traded round the clock, as all are that the source knows.
    func requireRoundTheClock(_ symbol: Symbol, _ service: String, _ timeframe: Timeframe) throws {
        guard symbol.market == .roundTheClock else {
            throw PlaybookError(
                .usage, "\(service) has no bars of \(symbol.qualifiedName): what it knows is traded round the clock",
                nextStep: "Name the market: \(symbol)@\(Market.roundTheClockID), or leave \(.set(.market)) out.")
        }
        guard timeframe == onlyTimeframe else {
            throw PlaybookError(.sourceUnavailable, "\(label) has no \(timeframe) bars of \(symbol)")
        }
    }
}

extension PlaybookError {
    /// A source has forgotten all that was asked for.
    static func forgotten(
        _ symbol: Symbol, _ source: some MarketDataSource, _ timeframe: Timeframe, before date: CivilDate
    ) -> PlaybookError {
        PlaybookError(
            .sourceUnavailable, "\(source.label) gives no \(timeframe) bars of \(symbol) any more from before \(date)",
            nextStep: "Ask for later sessions.")
    }
}

extension SessionFilter {
    /// The session before the last one, when the bars of that are not all there and may be on their way; nil otherwise.
    func endBeforeLate(_ sessions: [TradingSession], now: Instant) -> CivilDate? {
        guard let last = sessions.last, now.secondsSinceEpoch < last.close.secondsSinceEpoch + 4 * 3600,
            !reachesEnd(of: last)
        else { return nil }
        return sessions.dropLast().last?.date ?? last.date.adding(days: -1)
    }
}

extension [TradingSession] {
    /// From the first one's open to the last one's close, in seconds since the epoch; nil without any.
    var instants: Range<Int64>? {
        guard let first, let last else { return nil }
        return first.open.secondsSinceEpoch..<last.close.secondsSinceEpoch
    }
}
