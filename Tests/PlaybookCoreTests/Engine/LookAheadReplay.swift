import PlaybookCore
import Testing

/// Runs a strategy over every prefix of a market and compares what it decided with what it decides knowing everything.
///
/// A prefix ends after any bar of any of some sessions, or with a bar that has just opened and of which nothing but the
/// open is known; the later bars of that session are gone, as are later sessions, their daily bars and their splits.
/// Sessions before the cut must have the very same rows. In the cut session whatever the full run had decided by then
/// must have been decided, and nothing else.
struct LookAheadReplay {
    /// What a prefix decided that the whole did not, or the other way round.
    struct Contradiction: CustomStringConvertible {
        let prefix: Prefix
        /// What differs.
        let what: String

        var description: String { "\(prefix): \(what)" }
    }

    /// How much of a session was left.
    struct Prefix: CustomStringConvertible {
        let date: CivilDate
        /// How many bars had closed.
        let closed: Int
        /// Whether one more had opened.
        let hasOpenBar: Bool

        var description: String { "\(date) after \(closed) bars\(hasOpenBar ? " and an open" : "")" }
    }

    let market: MemoryMarket
    let strategy: any Strategy
    /// The sessions whose rows are compared.
    let sessions: ClosedRange<CivilDate>
    /// By what share prices of the cut session may differ: indicator values are summed in pieces, and how depends on
    /// how many bars there are. A millionth of a tick is no look-ahead.
    var tolerance = 1e-12

    /// Cuts each of `dates` after each of its bars and after each of its opens, until there are `limit` contradictions.
    ///
    /// - Returns: the contradictions, and how many prefixes were tried.
    func run(
        cutting dates: [CivilDate], limit: Int = 100
    ) async throws -> (contradictions: [Contradiction], prefixes: Int) {
        let whole = try await rows(of: market, through: sessions.upperBound)
        var contradictions: [Contradiction] = []
        var prefixes = 0
        for date in dates {
            let place = market.bars(on: date)
            let index = try #require(whole.firstIndex { $0.tradeDate == date })
            // What was known before the session; its bars come one by one.
            var known = market
            known.daily = market.daily?.changing { $0 < date ? $1 : nil }
            known.listedSplits = market.listedSplits.filter { $0.date <= date }
            for closed in 0...place.count {
                for hasOpenBar in [true, false] {
                    let prefix = Prefix(date: date, closed: closed, hasOpenBar: hasOpenBar)
                    guard (1...place.count).contains(closed + (hasOpenBar ? 1 : 0)) else { continue }
                    known.bars = market.bars.slice(0..<(place.lowerBound + closed))
                    if hasOpenBar {
                        let bar = market.bars[place.lowerBound + closed]
                        known.bars.append(
                            Bar(
                                time: bar.time, open: bar.open, high: bar.open, low: bar.open, close: bar.open,
                                volume: 0))
                    }
                    let part = try await rows(of: known, through: date)
                    try #require(part.count == index + 1)
                    prefixes += 1
                    var differences = compare(
                        part[index], whole[index], prefix, now: known.bars.times[known.bars.count - 1])
                    for past in 0..<index where part[past] != whole[past] {
                        differences.append("the row of \(part[past].tradeDate)")
                    }
                    contradictions += differences.map { Contradiction(prefix: prefix, what: $0) }
                    if contradictions.count >= limit { return (contradictions, prefixes) }
                }
            }
        }
        return (contradictions, prefixes)
    }

    private func rows(of market: MemoryMarket, through last: CivilDate) async throws -> [JournalRow] {
        let history = try await market.history(for: [strategy], on: sessions.lowerBound...last)
        return Backtest(history: history).journal(strategy, dataSource: "replay", runID: "replay")
    }

    /// What a prefix's row says that the whole session's does not, or the other way round.
    ///
    /// - Parameter now: when the prefix's last bar opened.
    private func compare(
        _ part: JournalRow, _ whole: JournalRow, _ prefix: Prefix, now: Int64
    ) -> [String] {
        var differences: [String] = []
        func expect(_ agrees: Bool, _ what: String) { if !agrees { differences.append(what) } }
        /// What is decided at a bar counts once the bar has closed.
        let time = NewYorkTime.timeOfDay(of: Instant(secondsSinceEpoch: now))
        func closed(_ bar: TimeOfDay?) -> TimeOfDay? {
            bar.flatMap { $0 < time || ($0 == time && !prefix.hasOpenBar) ? $0 : nil }
        }

        expect(part.trendValid == whole.trendValid, "trend")
        expect(part.trendAverage == whole.trendAverage, "trend average")
        // An order is refused for want of bars once its decision has come, and then for good.
        let hasDecided = part.confirmationTime == nil || closed(part.confirmationTime) != nil
        let (isRefused, staysRefused) = (
            part.noTrade == NoTradeCode.tooFewBars, whole.noTrade == NoTradeCode.tooFewBars
        )
        expect(!isRefused || !hasDecided || staysRefused, "refusal")
        expect(!staysRefused || closed(whole.confirmationTime) == nil || isRefused, "refusal")
        expect(closed(part.pullbackTime) == closed(whole.pullbackTime), "pullback")
        expect(closed(part.reversalTime) == closed(whole.reversalTime), "reversal")
        expect((part.reversalStrong == true) == (closed(whole.reversalTime) != nil), "strength")
        expect(prefix.hasOpenBar || part.reversalStrong == nil || whole.reversalStrong != nil, "strength")
        expect(closed(part.confirmationTime) == closed(whole.confirmationTime), "confirmation")
        // An order is placed before its bar opens, so it is filled with the open of that bar.
        let entry = whole.trade.flatMap { $0.entryTime <= time ? $0 : nil }
        expect((part.trade == nil) == (entry == nil), "entry")
        guard let trade = part.trade, let entry else { return differences }
        expect(trade.entryTime == entry.entryTime && trade.entry == entry.entry, "entry")
        expect(agree(trade.stop, entry.stop), "stop")
        expect(
            agree(trade.average, entry.average) && agree(trade.trueRange, entry.trueRange), "indicators at entry")
        let gapsNow = prefix.hasOpenBar && entry.exitTime == time && entry.reason == .stopGap
        if closed(entry.exitTime) != nil || gapsNow {
            expect(trade.exitTime == entry.exitTime && trade.reason == entry.reason, "exit")
            expect(agree(trade.exit, entry.exit), "exit price")
            expect(agree(trade.mae, entry.mae) && agree(trade.mfe, entry.mfe), "excursions")
        } else if !prefix.hasOpenBar {
            expect(trade.reason == .sessionEnd && trade.exitTime == time, "exit")
        }
        return differences
    }

    private func agree(_ one: Double?, _ other: Double?) -> Bool {
        guard let one, let other else { return one == nil && other == nil }
        return abs(one - other) <= tolerance * max(1, abs(other))
    }
}
