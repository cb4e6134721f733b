import PlaybookCore
import PlaybookMarketData

/// The sample's bars of the last full years up to 2025 and none before them, as the baselines get to see them; the daily
/// bars go further back, so that every session has its average and small sizes are traded as large ones are.
struct MemorySource: MarketDataSource {
    let label = JournalMerge.syntheticSource
    /// First and last session.
    let sessions: ClosedRange<CivilDate>
    private let bars: IntradayBars

    init(symbol: Symbol, years: Int) async throws {
        let calendar = TradingCalendar.nyse
        guard let start = CivilDate(year: 2026 - years, month: 1, day: 1),
            let end = CivilDate(year: 2025, month: 12, day: 31),
            let first = calendar.sessions(from: start, through: end).first?.date
        else { preconditionFailure("the calendar covers these years") }
        sessions = first...end
        bars = try await SampleSource().intradayBars(of: symbol, timeframe: .minutes(2), from: first, through: end)
    }

    func intradayBars(
        of symbol: Symbol, timeframe: Timeframe, from first: CivilDate, through last: CivilDate
    ) async throws -> IntradayBars {
        IntradayBars(timeframe: bars.timeframe, bars: bars.bars, coverage: sessions)
    }

    func dailyBars(of symbol: Symbol, from first: CivilDate, through last: CivilDate) async throws -> DailyBars? {
        try await SampleSource().dailyBars(of: symbol, from: first, through: last)
    }
}
