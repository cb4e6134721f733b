import PlaybookCore
import PlaybookYardsticks
import Testing

/// A market whose bars lie in memory. Like every source it hands out only what was asked for.
struct MemoryMarket: MarketDataSource {
    var label = "memory"
    var timeframe = Timeframe.minutes(2)
    var bars = BarColumns()
    /// Nil for a source that has only intraday bars.
    var daily: DailyBars?
    var listedSplits: [Split] = []
    var coverage: ClosedRange<CivilDate>?
    /// What it says of its bars, and of its daily bars.
    var warnings: [NeutralText] = []
    var dailyWarnings: [NeutralText] = []

    func intradayBars(
        of symbol: Symbol, timeframe: Timeframe, from first: CivilDate, through last: CivilDate
    ) async throws -> IntradayBars {
        let midnight = TimeOfDay(minutes: 0)
        let start = firstBar(at: NewYorkTime.instant(first, midnight))
        let end = firstBar(at: NewYorkTime.instant(last.adding(days: 1), midnight))
        return IntradayBars(
            timeframe: self.timeframe, bars: bars.slice(start..<end), coverage: coverage, warnings: warnings)
    }

    func dailyBars(of symbol: Symbol, from first: CivilDate, through last: CivilDate) async throws -> DailyBars? {
        guard let daily else { return nil }
        var result = DailyBars()
        result.warnings = dailyWarnings
        result.wereAdjusted = daily.wereAdjusted
        for (index, date) in daily.dates.enumerated() where date >= first && date <= last {
            result.append(daily.bars[index], on: date)
        }
        return result
    }

    func splits(of symbol: Symbol, through last: CivilDate) async throws -> [Split] { listedSplits }

    func hasSessionBars(
        of symbol: Symbol, timeframe: Timeframe, from first: CivilDate, through last: CivilDate, daily: DailyBars?
    ) async throws -> Bool {
        bars.hasBar(in: TradingCalendar.nyse.sessions(from: first, through: last))
    }

    /// The place of the first bar that opens at `instant` or later.
    func firstBar(at instant: Instant) -> Int {
        var low = 0
        var high = bars.count
        while low < high {
            let middle = (low + high) / 2
            if bars.times[middle] < instant.secondsSinceEpoch { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// The bars of one date.
    func bars(on date: CivilDate) -> Range<Int> {
        let midnight = TimeOfDay(minutes: 0)
        return firstBar(
            at: NewYorkTime.instant(date, midnight))..<firstBar(
                at: NewYorkTime.instant(date.adding(days: 1), midnight))
    }
}

// MARK: - Making one

extension MemoryMarket {
    /// Hand-made sessions, in the order of their dates, after 200 daily closes of `trend`.
    init(_ sessions: ScriptedSession..., trend: Double = 90, closes: Int = 200) {
        for session in sessions { session.append(to: &bars) }
        guard let first = sessions.first else { return }
        daily = .flat(trend, sessions: closes, before: first.session.date)
    }

    /// The same market with only the bars that `isIncluded` accepts.
    func keeping(_ isIncluded: (Bar) -> Bool) -> MemoryMarket {
        var result = self
        result.bars = BarColumns()
        for index in 0..<bars.count where isIncluded(bars[index]) { result.bars.append(bars[index]) }
        return result
    }

    /// The same market with each bar changed.
    func mapping(_ change: (Bar) -> Bar) -> MemoryMarket {
        var result = self
        result.bars = BarColumns()
        for index in 0..<bars.count { result.bars.append(change(bars[index])) }
        return result
    }
}

extension DailyBars {
    /// `sessions` equal daily bars that end with the session before `date`.
    static func flat(_ close: Double, sessions: Int, before date: CivilDate) -> DailyBars {
        var daily = DailyBars()
        let calendar = TradingCalendar.nyse
        let end = calendar.sessionIndex(before: date).map { $0 + 1 } ?? 0
        for session in calendar.allSessions[(end - sessions)..<end] { daily.append(close: close, on: session.date) }
        return daily
    }

    /// Adds a daily bar of which only the close matters.
    mutating func append(close: Double, on date: CivilDate) {
        let time = NewYorkTime.instant(date, Market.xnys.hours.start).secondsSinceEpoch
        append(Bar(time: time, open: close, high: close, low: close, close: close, volume: 1), on: date)
    }

    /// The same daily bars with those of some dates changed, or left out.
    func changing(_ change: (CivilDate, Double) -> Double?) -> DailyBars {
        var result = DailyBars()
        for (date, close) in zip(dates, bars.close) {
            if let changed = change(date, close) { result.append(close: changed, on: date) }
        }
        return result
    }
}

// MARK: - Running strategies on it

extension MemoryMarket {
    /// What the loader makes of the market for `strategies`.
    func history(
        for strategies: [Playbook], on first: String, through last: String? = nil,
        timeframe: Timeframe = .minutes(2)
    ) async throws -> BarHistory {
        let sessions = (try CivilDate.of(first))...(try CivilDate.of(last ?? first))
        return try await history(for: strategies, on: sessions, timeframe: timeframe)
    }

    /// What the loader makes of the market for `strategies`.
    func history(
        for strategies: [Playbook], on sessions: ClosedRange<CivilDate>, timeframe: Timeframe = .minutes(2)
    ) async throws -> BarHistory {
        let symbol = try #require(Symbol("TEST"))
        return try await HistoryLoader(source: self).load(
            HistoryRequest(symbol: symbol, sessions: sessions, playbooks: strategies, timeframe: timeframe))
    }

    /// The journal of the sessions from one date through another.
    func journal(
        _ strategy: Playbook, on first: String, through last: String? = nil, minimumCompleteness: Double = 0.95
    ) async throws -> [JournalRow] {
        Backtest(history: try await history(for: [strategy], on: first, through: last))
            .journal(strategy, minimumCompleteness: minimumCompleteness, dataSource: label, runID: "run")
    }

    /// The only row of one session.
    func row(
        _ strategy: Playbook, on date: String, minimumCompleteness: Double = 0.95,
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws -> JournalRow {
        let rows = try await journal(strategy, on: date, minimumCompleteness: minimumCompleteness)
        try #require(rows.count == 1, sourceLocation: sourceLocation)
        return rows[0]
    }
}

/// DP20 with its defaults, but for `overrides`.
func dp20(_ overrides: [String: String] = [:]) throws -> Playbook {
    try StrategyCatalog.playbook("dp20", overrides: overrides)
}

/// timed-entry with its defaults, but for `overrides`.
func timedEntry(_ overrides: [String: String] = [:]) throws -> Playbook {
    try StrategyCatalog.playbook("timed-entry", overrides: overrides)
}
