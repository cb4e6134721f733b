import PlaybookCore
import Testing

/// Bars in memory, of any market.
struct ListedBars: MarketDataSource {
    var label = "memory"
    var timeframe = Timeframe.minutes(1)
    var bars: BarColumns

    func intradayBars(
        of symbol: Symbol, timeframe: Timeframe, from first: CivilDate, through last: CivilDate
    ) async throws -> IntradayBars {
        let wanted = symbol.market.seconds(from: first, through: last)
        let range = bars.times.indices.filter { wanted.contains(bars.times[$0]) }
        guard let start = range.first, let end = range.last else {
            return IntradayBars(timeframe: self.timeframe, bars: BarColumns())
        }
        return IntradayBars(timeframe: self.timeframe, bars: bars.slice(start..<(end + 1)))
    }

    func dailyBars(of symbol: Symbol, from first: CivilDate, through last: CivilDate) async throws -> DailyBars? { nil }
}

extension ListedBars {
    /// The rows of a playbook over the sessions of a range of dates.
    func journal(
        _ playbook: Playbook, _ symbol: Symbol, _ first: String, _ last: String? = nil
    ) async throws -> [JournalRow] {
        Backtest(history: try await history(playbook, symbol, first, last))
            .journal(playbook, dataSource: label, runID: "run")
    }

    func history(
        _ playbook: Playbook, _ symbol: Symbol, _ first: String, _ last: String? = nil
    ) async throws -> BarHistory {
        let dates = (try CivilDate.of(first))...(try CivilDate.of(last ?? first))
        return try await HistoryLoader(source: self).load(
            HistoryRequest(symbol: symbol, sessions: dates, playbooks: [playbook]))
    }
}
