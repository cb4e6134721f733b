import PlaybookCore

/// Symbols whose data has ended, as that of a delisted one does: this is told with a failure once, and then with a warning,
/// so that a nightly run does not fail for ever.
///
/// What was told is kept beside each journal. As long as all symbols end at the same time it is more likely the source
/// that is out of order, and the run fails each time, until ten sessions have passed.
struct EndedData {
    private let journals: [Journal]
    private let now: Instant

    init(_ journals: [Journal], now: Instant) {
        self.journals = journals
        self.now = now
    }

    private static func name(_ symbol: String) -> String { "ended/\(Symbol.fileName(of: symbol))" }

    /// The session that a symbol's data was last told to end with, by any of the journals. What cannot be read was not
    /// told.
    private func told(_ symbol: String) async -> CivilDate? {
        var dates: [CivilDate] = []
        for journal in journals {
            guard let text = try? await journal.memory.text(Self.name(symbol)) else { continue }
            if let date = CivilDate(String(text.filter { !$0.isWhitespace })) { dates.append(date) }
        }
        return dates.max()
    }

    /// Whether the end of a symbol's data need not be a failure any more.
    ///
    /// - Parameter ends: the last session of each symbol that rows are there of.
    func isSettled(
        _ symbol: String, in market: Market, _ end: CivilDate, ends: [String: CivilDate]
    ) async -> Bool {
        let goesOn = ends.contains { $0.key != symbol && $0.value > end }
        guard let last = try? market.lastSession(before: now).date else { return false }
        let since = market.calendar.sessions(from: end.adding(days: 1), through: max(last, end.adding(days: 1)))
        guard goesOn || since.count > RepairWindow.sessions else { return false }
        return await told(symbol) == end
    }

    /// Keeps that it was told.
    ///
    /// - Returns: what went wrong with it, in words.
    func keep(_ symbol: String, _ end: CivilDate) async -> [NeutralText] {
        var problems: [NeutralText] = []
        for journal in journals {
            do {
                try await journal.memory.keep("\(end)\n", as: Self.name(symbol))
            } catch {
                let reason = (error as? PlaybookError)?.facts ?? "\(error)"
                problems.append("that the data of \(symbol) has ended will be told again: \(reason)")
            }
        }
        return problems
    }

    /// The ends of symbols that are told and settled, of those whose last sessions have no row.
    func settled(_ series: [JournalCheck.Series], ends: [String: CivilDate]) async -> [String: CivilDate] {
        var found: [String: CivilDate] = [:]
        for one in series {
            guard let missing = one.missing.last, missing == one.expected?.upperBound,
                let end = await told(one.symbol), ends[one.symbol].map({ $0 <= end }) ?? true, found[one.symbol] == nil,
                await isSettled(one.symbol, in: one.market, end, ends: ends)
            else { continue }
            found[one.symbol] = end
        }
        return found
    }
}

extension JournalStanding {
    /// How each of several journals stands at `now`, as `all(_:symbols:now:minimumCompleteness:dataEnds:markets:)` tells;
    /// sessions after the end of a symbol's data need no row once that was told.
    static func all(
        _ surveys: [JournalSurvey], of journals: [Journal], symbols: Set<String>?, now: Instant,
        minimumCompleteness: Double, markets: SymbolMarkets
    ) async throws -> [JournalStanding] {
        let standings = try all(
            surveys, symbols: symbols, now: now, minimumCompleteness: minimumCompleteness, markets: markets)
        let ends = surveys.map(\.sessions.ends).reduce(into: [:]) { $0.merge($1, uniquingKeysWith: max) }
        let settled = await EndedData(journals, now: now).settled(standings.flatMap(\.series), ends: ends)
        guard !settled.isEmpty else { return standings }
        return try all(
            surveys, symbols: symbols, now: now, minimumCompleteness: minimumCompleteness, dataEnds: settled,
            markets: markets)
    }
}
