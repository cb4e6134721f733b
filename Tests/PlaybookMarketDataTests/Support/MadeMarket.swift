import PlaybookTestSupport
import PlaybookCore
import Synchronization
import Testing

/// A market that follows from a seed, and that behaves like a vendor: sessions appear when they are over, some come
/// short or late and are mended days later. It notes what it is asked for.
final class MadeMarket: MarketDataSource {
    /// A request.
    struct Call: Hashable, Sendable {
        let symbols: [Symbol]
        let timeframe: Timeframe
        let dates: ClosedRange<CivilDate>
    }

    /// How a session's bars come.
    enum Kind: Sendable, CaseIterable {
        case whole
        /// There are none, ever.
        case quiet
        /// The last hour has none, ever.
        case short
        /// The last hour is missing until three days after the close.
        case mended
        /// All are missing until three days after the close.
        case late
    }

    /// Whether a session is there, and whether asking fails.
    struct Rules: Sendable {
        /// The first date with bars.
        var listed = TradingCalendar.nyse.supportedDates.lowerBound
        /// How the bars of a symbol's session come.
        var kind: @Sendable (Symbol, CivilDate) -> Kind = { _, _ in .whole }
        /// What stops a stream when it reaches a symbol's session.
        var failure: (@Sendable (Symbol, CivilDate) -> PlaybookError?)?
        /// The symbols there are; nil for any.
        var symbols: Set<Symbol>?
        var splits: [Symbol: [Split]] = [:]
        var check = CalendarCheck()
        /// How long a stream takes at its start.
        var delay = Duration.zero
    }

    private struct State {
        var rules: Rules
        var calls: [Call] = []
        var splitCalls: [[Symbol]] = []
    }

    private let state: Mutex<State>
    let clock: any WallClock

    init(clock: any WallClock, _ rules: Rules = Rules()) {
        self.clock = clock
        state = Mutex(State(rules: rules))
    }

    var label: String { "made" }

    var rules: Rules {
        get { state.withLock { $0.rules } }
        set { state.withLock { $0.rules = newValue } }
    }

    var calls: [Call] { state.withLock { $0.calls } }
    var splitCalls: [[Symbol]] { state.withLock { $0.splitCalls } }

    // MARK: MarketDataSource

    func intradayBars(
        of symbol: Symbol, timeframe: Timeframe, from first: CivilDate, through last: CivilDate
    ) async throws -> IntradayBars {
        IntradayBars(timeframe: timeframe, bars: bars(of: symbol, timeframe, sessions(first, last)))
    }

    func dailyBars(of symbol: Symbol, from first: CivilDate, through last: CivilDate) async throws -> DailyBars? {
        let bars = bars(of: symbol, .day, sessions(first, last))
        var daily = DailyBars()
        for bar in bars.all { daily.append(bar, on: NewYorkTime.date(of: Instant(secondsSinceEpoch: bar.time))) }
        return daily
    }

    func splits(of symbol: Symbol, through last: CivilDate) async throws -> [Split] {
        try await splits(of: [symbol], through: last)[symbol] ?? []
    }

    func splits(of symbols: [Symbol], through last: CivilDate) async throws -> [Symbol: [Split]] {
        state.withLock { $0.splitCalls.append(symbols) }
        return rules.splits.mapValues { $0.filter { $0.date <= last } }
    }

    func calendarCheck(from first: CivilDate, through last: CivilDate) async throws -> CalendarCheck { rules.check }

    func stream(
        _ symbols: [Symbol], timeframe: Timeframe, from first: CivilDate, through last: CivilDate,
        receive: (Symbol, BarColumns) async throws -> Void
    ) async throws -> [Symbol: CivilDate] {
        let rules = state.withLock { state in
            state.calls.append(Call(symbols: symbols, timeframe: timeframe, dates: first...last))
            return state.rules
        }
        if rules.delay > .zero { try await Task.sleep(for: rules.delay) }
        let sessions = sessions(first, last)
        for symbol in symbols.sorted() {
            // Pieces that end anywhere: within a session, with a session, after several.
            var random = SeededGenerator(seed: UInt64(calls.count))
            var pending = BarColumns()
            for session in sessions {
                if let failure = rules.failure?(symbol, session.date) { throw failure }
                pending.append(bars(of: symbol, timeframe, [session]))
                let end = Int.random(in: 0...(pending.count), using: &random)
                if end > 0 { try await receive(symbol, pending.slice(0..<end)) }
                pending = pending.slice(end..<pending.count)
            }
            if pending.count > 0 { try await receive(symbol, pending) }
        }
        let wanted = TradingCalendar.nyse.sessions(from: first, through: last).last?.date
        let end = sessions.last?.date ?? first.adding(days: -1)
        guard let wanted, end < wanted else { return [:] }
        return Dictionary(uniqueKeysWithValues: symbols.map { ($0, end) })
    }

    // MARK: Making bars

    /// The sessions that are over by now.
    func sessions(_ first: CivilDate, _ last: CivilDate) -> [TradingSession] {
        let now = clock.now()
        return Array(TradingCalendar.nyse.sessions(from: first, through: last).prefix { $0.close <= now })
    }

    /// What is to be had of sessions now.
    func bars(of symbol: Symbol, _ timeframe: Timeframe, _ sessions: [TradingSession]) -> BarColumns {
        let (rules, now) = (rules, clock.now())
        var bars = BarColumns()
        for session in sessions where session.date >= rules.listed && rules.symbols?.contains(symbol) ?? true {
            let age = now.secondsSinceEpoch - session.close.secondsSinceEpoch
            switch rules.kind(symbol, session.date) {
            case .whole: Self.append(symbol, timeframe, session, shortBy: age < 1200 ? age % 5 * 600 : 0, to: &bars)
            case .quiet: break
            case .short: Self.append(symbol, timeframe, session, shortBy: 3600, to: &bars)
            case .mended: Self.append(symbol, timeframe, session, shortBy: age < 259_200 ? 3600 : 0, to: &bars)
            case .late: if age >= 259_200 { Self.append(symbol, timeframe, session, shortBy: 0, to: &bars) }
            }
        }
        return bars
    }

    private static func append(
        _ symbol: Symbol, _ timeframe: Timeframe, _ session: TradingSession, shortBy seconds: Int64,
        to bars: inout BarColumns
    ) {
        let step = timeframe == .day ? 120 : timeframe.seconds
        let seed = symbol.name.utf8.reduce(UInt64(session.date.daysSinceEpoch)) { $0 &* 31 &+ UInt64($1) }
        var random = SeededGenerator(seed: seed)
        var made = BarColumns()
        for time in stride(
            from: session.open.secondsSinceEpoch, to: session.close.secondsSinceEpoch - seconds, by: Int(step))
        {
            let price = 100 + Double(Int.random(in: 0...800, using: &random)) / 100
            made.append(.quiet(time, price, volume: Double(Int.random(in: 0...9_999, using: &random))))
        }
        guard timeframe == .day else { return bars.append(made) }
        guard made.count > 0 else { return }
        bars.append(
            Bar(
                time: NewYorkTime.instant(session.date, TimeOfDay(minutes: 0)).secondsSinceEpoch, open: made.open[0],
                high: made.high.max() ?? 0, low: made.low.min() ?? 0, close: made.close[made.count - 1],
                volume: made.volume.reduce(0, +)))
    }
}
