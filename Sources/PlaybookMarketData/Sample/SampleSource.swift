public import PlaybookCore

/// Synthetic two-minute bars of any symbol, built in: for trying the program and for benchmarks, never for conclusions.
///
/// A session's bars are a function of (symbol, date) alone, so that any range agrees with any other. See `SampleModel`.
public struct SampleSource: MarketDataSource {
    /// Length of the bars made.
    public static let timeframe = Timeframe.minutes(2)

    /// The built-in sample.
    public init() {}

    public var label: String { JournalMerge.syntheticSource }

    public func intradayBars(
        of symbol: Symbol, timeframe: Timeframe, from first: CivilDate, through last: CivilDate
    ) async throws -> IntradayBars {
        try Self.requireUsual(symbol)
        let sessions = Market.xnys.calendar.sessions(from: first, through: last)
        let model = SampleModel(symbol: symbol)
        let middle = sessions.count / 2
        async let later = model.bars(of: sessions.dropFirst(middle))
        var bars = model.bars(of: sessions.prefix(middle), capacity: sessions.count * 195)
        bars.append(await later)
        return IntradayBars(timeframe: Self.timeframe, bars: bars)
    }

    public func dailyBars(of symbol: Symbol, from first: CivilDate, through last: CivilDate) async throws -> DailyBars?
    {
        try Self.requireUsual(symbol)
        let model = SampleModel(symbol: symbol)
        var daily = DailyBars()
        for session in Market.xnys.calendar.sessions(from: first, through: last) {
            var bars = BarColumns(capacity: 195)
            model.append(session, to: &bars)
            guard bars.count > 0 else { continue }
            daily.append(
                Bar(
                    time: bars.times[0], open: bars.open[0], high: bars.high.max() ?? 0, low: bars.low.min() ?? 0,
                    close: bars.close[bars.count - 1], volume: bars.volume.reduce(0, +)),
                on: session.date)
        }
        return daily
    }

    private static func requireUsual(_ symbol: Symbol) throws(PlaybookError) {
        guard !symbol.market.isUsual else { return }
        throw .noBars(of: symbol, in: "the built-in sample")
    }
}

extension PlaybookError {
    /// A source has no bars of a symbol's market.
    static func noBars(of symbol: Symbol, in source: String) -> PlaybookError {
        PlaybookError(
            .usage, "\(source) has no bars of \(symbol.qualifiedName): it knows the market \(Market.xnys) only",
            nextStep:
                "Use \(.set(.source, to: "files")) with a folder of bars of \(symbol.market), \(.set(.folderOfFiles)).")
    }
}
