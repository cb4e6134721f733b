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

    /// Whether `intradayBars` are those of regular hours alone. Bars before the open are then asked for with the symbol's
    /// `inPremarket`.
    var hasRegularHoursOnly: Bool { get }

    /// Daily bars of the sessions from `first` through `last`; nil when the source has only intraday bars, from which
    /// daily ones are then derived.
    func dailyBars(of symbol: Symbol, from first: CivilDate, through last: CivilDate) async throws -> DailyBars?

    /// All splits known that took effect by `last`, ascending by date; later ones may be among them.
    func splits(of symbol: Symbol, through last: CivilDate) async throws -> [Split]

    /// The splits of several symbols, by symbol.
    func splits(of symbols: [Symbol], through last: CivilDate) async throws -> [Symbol: [Split]]

    /// Bars of several symbols, piece by piece, so that memory does not grow with their number or with the range: by
    /// symbol, then ascending. Bars are just of `timeframe`, which may be `.day`; daily bars are stamped with
    /// midnight of the market's clocks.
    ///
    /// - Parameter receive: called with each piece, one after the other.
    /// - Returns: the last date that is there, of symbols for which it is not yet `last`.
    func stream(
        _ symbols: [Symbol], timeframe: Timeframe, from first: CivilDate, through last: CivilDate,
        receive: (Symbol, BarColumns) async throws -> Void
    ) async throws -> [Symbol: CivilDate]

    /// Whether there is a bar within the hours of a session of the dates from `first` through `last`: asked when bars of a
    /// session are missing, for what a source covers is from the first to the last session that has one.
    ///
    /// - Parameters:
    ///   - timeframe: of the bars that are put together.
    ///   - daily: the source's daily bars of those dates, or of the later ones, where they are at hand.
    func hasSessionBars(
        of symbol: Symbol, timeframe: Timeframe, from first: CivilDate, through last: CivilDate, daily: DailyBars?
    ) async throws -> Bool

    /// Compares the source's own calendar with the program's, where it has one.
    func calendarCheck(from first: CivilDate, through last: CivilDate) async throws -> CalendarCheck

    /// The one length of bars within the day that is asked for, of which longer ones are made; nil where the source has
    /// bars of any length.
    var onlyTimeframe: Timeframe? { get }

    /// Whether the source can have daily bars of its own.
    var hasDailyBars: Bool { get }

    /// The first session whose bars the source still gives, of a source that forgets older ones; nil for any other.
    func oldestSession(of symbol: Symbol, timeframe: Timeframe) -> CivilDate?

    /// What every run over a symbol has to say of it, in words; nil for nothing.
    func remark(on symbol: Symbol) -> String?

    /// What the bars of a month that were handed out last were made of, each with its digest, where that is told: so that
    /// a change of it is noticed.
    func origins(of symbol: Symbol, in month: Month) -> [String]
}

extension MarketDataSource {
    /// Bars of all hours.
    public var hasRegularHoursOnly: Bool { false }

    /// No splits known.
    public func splits(of symbol: Symbol, through last: CivilDate) async throws -> [Split] { [] }

    /// The splits of one symbol after the other.
    public func splits(of symbols: [Symbol], through last: CivilDate) async throws -> [Symbol: [Split]] {
        var splits: [Symbol: [Split]] = [:]
        for symbol in symbols { splits[symbol] = try await self.splits(of: symbol, through: last) }
        return splits
    }

    /// Whether there is a daily bar; where the source has none, a bar within a session's hours.
    public func hasSessionBars(
        of symbol: Symbol, timeframe: Timeframe, from first: CivilDate, through last: CivilDate, daily: DailyBars?
    ) async throws -> Bool {
        if let daily { return daily.dates.contains { first <= $0 && $0 <= last } }
        if let daily = try await dailyBars(of: symbol, from: first, through: last) { return !daily.dates.isEmpty }
        let found = try await intradayBars(of: symbol, timeframe: timeframe, from: first, through: last)
        return found.bars.hasBar(in: symbol.market.calendar.sessions(from: first, through: last))
    }

    /// Bars of any length.
    public var onlyTimeframe: Timeframe? { nil }

    /// Daily bars, perhaps.
    public var hasDailyBars: Bool { true }

    /// Nothing is forgotten.
    public func oldestSession(of symbol: Symbol, timeframe: Timeframe) -> CivilDate? { nil }

    /// There is nothing to say.
    public func remark(on symbol: Symbol) -> String? { nil }

    /// Nothing is told.
    public func origins(of symbol: Symbol, in month: Month) -> [String] { [] }

    /// No calendar to compare with.
    public func calendarCheck(from first: CivilDate, through last: CivilDate) async throws -> CalendarCheck {
        CalendarCheck()
    }
}

/// Intraday bars and what is known of their extent.
public struct IntradayBars: Sendable {
    /// Length of the bars.
    public var timeframe: Timeframe
    /// The bars.
    public var bars: BarColumns
    /// The dates that the source knows about, bars or not; nil when it knows about all that were asked for. A session
    /// outside them is simply not there yet; one within them is a hole in the data when it has no bar, but others before
    /// and after it have.
    public var coverage: ClosedRange<CivilDate>?
    /// What the source itself finds doubtful, in words.
    public var warnings: [NeutralText]
    /// The first session that can be had, where the source has forgotten earlier ones that were asked for. A session that
    /// looks back beyond it would come out otherwise than it did, or would have, when they were still there.
    public var forgottenBefore: CivilDate?

    /// Bars of `timeframe` covering `coverage`.
    public init(
        timeframe: Timeframe, bars: BarColumns, coverage: ClosedRange<CivilDate>? = nil, warnings: [NeutralText] = []
    ) {
        self.timeframe = timeframe
        self.bars = bars
        self.coverage = coverage
        self.warnings = warnings
    }
}

/// How a source's calendar compares with the program's.
public struct CalendarCheck: Sendable {
    /// The dates that differ, and how. Their bars can be used but are not kept as final: one of the two is wrong.
    public var differences: [CivilDate: String] = [:]
    /// What could not be compared, in words.
    public var warnings: [NeutralText] = []

    /// No difference.
    public init() {}

    /// What could not be compared, then what differs, by date.
    public var texts: [NeutralText] { warnings + differences.sorted { $0.key < $1.key }.map { NeutralText($0.value) } }
}
