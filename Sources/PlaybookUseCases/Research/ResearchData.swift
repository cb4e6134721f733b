package import PlaybookCore
package import PlaybookResearch

/// A symbol's bars for all sets, by the length of the bars that these decide on.
package struct ResearchData: Sendable {
    package let symbol: Symbol
    package let histories: [Timeframe: BarHistory]

    /// What is doubtful about them.
    package var warnings: [DataWarning] {
        var seen: Set<DataWarning> = []
        return histories.sorted { $0.key.seconds < $1.key.seconds }.flatMap(\.value.warnings)
            .filter { seen.insert($0).inserted }
    }

    /// Digest of all bars, daily closes and splits.
    package var digest: String {
        var digest = StableDigest()
        for (timeframe, history) in histories.sorted(by: { $0.key.seconds < $1.key.seconds }) {
            digest.add(UInt64(timeframe.seconds))
            for slice in history.slices[history.requested] { digest.add(slice.digest) }
            for slice in history.slices[..<history.requested.lowerBound] { digest.add(slice.digest) }
            for (date, close) in zip(history.daily.dates, history.daily.bars.close) {
                digest.add(UInt64(bitPattern: Int64(date.daysSinceEpoch)))
                digest.add(close)
            }
            for split in history.splits {
                digest.add(UInt64(bitPattern: Int64(split.date.daysSinceEpoch)))
                digest.add(split.ratio)
            }
        }
        return JournalDigest.text(digest)
    }

    /// Loads a symbol's bars.
    package static func load(
        _ symbol: Symbol, _ sets: ResearchSets, _ dates: ClosedRange<CivilDate>, _ source: any MarketDataSource
    ) async throws -> ResearchData {
        let requests = sets.historyRequests(symbol, dates)
        guard !requests.isEmpty else {
            throw PlaybookError(
                .usage, "the playbook refuses every combination: \(sets.refusal(0) ?? "")",
                nextStep: "Change \(.set(.grid)) or \(.set(.parameters)).")
        }
        var histories: [Timeframe: BarHistory] = [:]
        for (timeframe, request) in requests {
            histories[timeframe] = try await HistoryLoader(source: source).load(request)
        }
        return ResearchData(symbol: symbol, histories: histories)
    }

    /// Sessions without any bar.
    package func missing(_ calendar: SessionCalendar) -> [CivilDate] {
        guard let history = histories.min(by: { $0.key.seconds < $1.key.seconds })?.value else { return [] }
        return calendar.missing(in: history)
    }

    /// Holding the symbol.
    package func buyAndHold(_ calendar: SessionCalendar) -> BuyAndHold? {
        histories.min { $0.key.seconds < $1.key.seconds }.map { BuyAndHold($0.value, dates: calendar.dates) }
    }

    /// The trades of some sets; nil where a set is refused.
    package func trades(
        _ range: Range<Int>, _ sets: ResearchSets, _ calendar: SessionCalendar, minimumCompleteness: Double,
        cores: Int, progress: @escaping @Sendable (Int) -> Void
    ) async throws -> [[TradeOutcome]?] {
        var found = [[TradeOutcome]?](repeating: nil, count: range.count)
        var byTimeframe: [Timeframe: [(place: Int, playbook: Playbook)]] = [:]
        for set in range {
            guard let playbook = sets.playbook(set) else { continue }
            byTimeframe[playbook.plan.timeframe, default: []].append((set - range.lowerBound, playbook))
        }
        var before = 0
        for (timeframe, members) in byTimeframe.sorted(by: { $0.key.seconds < $1.key.seconds }) {
            guard let history = histories[timeframe] else { continue }
            let done = before
            let trades = try await TradeSweep(
                history, calendar, minimumCompleteness: minimumCompleteness, cores: cores
            ).run(members.map(\.playbook), progress: { progress(done + $0) }) { $1 }
            for (member, trades) in zip(members, trades) { found[member.place] = trades }
            before += members.count
        }
        return found
    }
}

/// Digests as research writes them.
package enum JournalDigest {
    /// A letter before the digits, so that nobody takes it for a number.
    package static func text(_ digest: StableDigest) -> String { "d" + digest.shortText }
}
