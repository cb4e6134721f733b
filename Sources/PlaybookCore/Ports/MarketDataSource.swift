/// Where bars come from.
///
/// A source hands out bars as traded (not adjusted for splits), each checked with `BarValidator`, ascending, without
/// doubles; it may include bars outside the regular session. Asking twice for the same closed sessions gives the same
/// bars. Errors are `PlaybookError`s that name the file and line, or the address, and the next step.
public protocol MarketDataSource: Sendable {
    /// What the journal's `data_source` column says, for instance `files`.
    var label: String { get }

    /// Intraday bars of the sessions from `first` through `last`, of `timeframe` or a finer one that divides it.
    func intradayBars(
        of symbol: Symbol, timeframe: Timeframe, from first: CivilDate, through last: CivilDate
    ) async throws -> IntradayBars

    /// Daily bars of the sessions from `first` through `last`; nil when the source has only intraday bars, from which
    /// daily ones are then derived.
    func dailyBars(of symbol: Symbol, from first: CivilDate, through last: CivilDate) async throws -> DailyBars?

    /// All splits known, ascending by date.
    func splits(of symbol: Symbol) async throws -> [Split]
}

extension MarketDataSource {
    /// No splits known.
    public func splits(of symbol: Symbol) async throws -> [Split] { [] }
}

/// Intraday bars and what is known of their extent.
public struct IntradayBars: Sendable {
    /// Length of the bars.
    public var timeframe: Timeframe
    /// The bars.
    public var bars: BarColumns
    /// The dates that the source knows about, bars or not; nil when it knows about all that were asked for. A session
    /// within them without bars is a hole in the data; one outside them is simply not there yet.
    public var coverage: ClosedRange<CivilDate>?

    /// Bars of `timeframe` covering `coverage`.
    public init(timeframe: Timeframe, bars: BarColumns, coverage: ClosedRange<CivilDate>? = nil) {
        self.timeframe = timeframe
        self.bars = bars
        self.coverage = coverage
    }
}
