/// "Deep Pullback to EMA20": long-only trend continuation within a session. Its rules stand in docs/dp20.md; the steps
/// here carry the same numbers.
public struct DP20: Strategy {
    public let parameters: ParameterSet
    public let sizing: Sizing
    private let window: ClosedRange<TimeOfDay>
    private let reversalStrength: Double
    private let stopMultiple: Double
    private let exitTime: TimeOfDay
    private let average: ExponentialMovingAverage
    private let trueRange: AverageTrueRange
    private let trend: SimpleMovingAverage

    public static let descriptor = StrategyDescriptor(
        name: "dp20",
        summary: "Deep Pullback to EMA20: long-only intraday trend continuation on 2-minute bars",
        rules: [
            "Trend: the session opens above the mean of the trend-period daily closes before it.",
            "Window: only bars that open from window-start through window-end, New York time, count for a setup.",
            "Pullback: the first bar in the window that closes below the EMA.",
            "Reversal: the first later bar in the window that closes above the EMA and in the upper part of its range, "
                + "(close - low) / (high - low) > reversal-strength. Weak reversals are passed over.",
            "Confirmation: the next bar, still in the window, does not close below the EMA. If it does, the day is over.",
            "Entry: at the open of the bar after the confirmation.",
            "Stop: stop-atr x ATR below the entry; a bar that opens below the stop fills at its open.",
            "Exit: at the close of the bar that contains exit-time (5 minutes before an early close).",
            "One trade a session, fixed size, no re-entry.",
        ],
        parameters: [
            ParameterSpec(
                name: "window-start", kind: .time(tradingDay), defaultText: "10:00", unit: "New York time",
                help: "first bar time of the entry window"),
            ParameterSpec(
                name: "window-end", kind: .time(tradingDay), defaultText: "10:30", unit: "New York time",
                help: "last bar time of the entry window"),
            ParameterSpec(
                name: "reversal-strength", kind: .number(0...1), defaultText: "0.6",
                unit: "fraction of the bar's range",
                help: "how high in its range a reversal must close"),
            ParameterSpec(
                name: "stop-atr", kind: .number(0.01...100), defaultText: "1.2", unit: "x ATR",
                help: "distance of the stop below the entry"),
            ParameterSpec(
                name: "exit-time", kind: .time(tradingDay), defaultText: "15:55", unit: "New York time",
                help: "when an open trade is closed"),
            ParameterSpec(
                name: "ema-period", kind: .integer(1...1000), defaultText: "20", unit: "2-minute bars",
                help: "period of the EMA"),
            ParameterSpec(
                name: "atr-period", kind: .integer(1...1000), defaultText: "14", unit: "2-minute bars",
                help: "period of the ATR"),
            ParameterSpec(
                name: "trend-period", kind: .integer(1...1000), defaultText: "200", unit: "sessions",
                help: "how many daily closes the trend is judged by"),
        ] + ParameterSpec.sizing)

    static let tradingDay = TradingSession.openTime...TimeOfDay(minutes: 15 * 60 + 59)

    public init(parameters: ParameterSet) throws {
        let start = parameters.time("window-start")
        let end = parameters.time("window-end")
        guard start <= end else {
            throw ParameterError("parameter window-end: \(end) lies before window-start \(start)")
        }
        self.parameters = parameters
        sizing = Sizing(parameters)
        window = start...end
        reversalStrength = parameters.number("reversal-strength")
        stopMultiple = parameters.number("stop-atr")
        exitTime = parameters.time("exit-time")
        average = ExponentialMovingAverage(period: parameters.integer("ema-period"))
        trueRange = AverageTrueRange(period: parameters.integer("atr-period"))
        trend = SimpleMovingAverage(period: parameters.integer("trend-period"))
    }

    public var indicators: [any BarIndicator] { [average, trueRange] }

    public var sessionIndicators: [any SessionIndicator] { [trend] }

    public var entryWindow: ClosedRange<TimeOfDay>? { window }

    public func beforeOpen(_ session: borrowing SessionView, _ decision: inout Decision) {
        decision.trendAverage = session.daily(0)
    }

    public func decide(_ session: borrowing SessionView, _ decision: inout Decision) {
        decision.reason = noTrade(session, &decision)?.rawValue
    }

    /// Goes through the rules; returns why there is no trade, or nil with an order in `decision`.
    private func noTrade(_ session: borrowing SessionView, _ decision: inout Decision) -> NoTrade? {
        // 1. Trend
        guard let trendAverage = decision.trendAverage else { return .trendUnknown }
        let trendValid = session.equality.isAbove(session.open(0), trendAverage)
        decision.trendValid = trendValid
        guard trendValid else { return .noUptrend }

        // 2. Window
        let last = session.secondsSinceOpen(window.upperBound)
        var bar = session.firstBar(atOrAfter: window.lowerBound)
        guard session.opens(bar, within: last) else { return .noBar }

        // 3. Pullback
        while session.opens(bar, within: last), !isBelowAverage(session, bar) { bar += 1 }
        guard session.opens(bar, within: last) else { return .noPullback }
        decision.pullbackBar = bar

        // 4. Reversal
        bar += 1
        while session.opens(bar, within: last) {
            if session.equality.isAbove(session.close(bar), session.column(0, bar)) {
                decision.reversalStrong = isStrong(session, bar)
                if decision.reversalStrong == true { break }
            }
            bar += 1
        }
        guard decision.reversalStrong == true else {
            return decision.reversalStrong == nil ? .noReversal : .weakReversal
        }
        decision.reversalBar = bar

        // 5. Confirmation
        bar += 1
        guard session.opens(bar, within: last) else { return .windowOver }
        guard !isBelowAverage(session, bar) else { return .notConfirmed }
        decision.confirmationBar = bar

        // 6. and 7. Entry and stop
        let range = session.column(1, bar)
        decision.order = EntryOrder(
            bar: bar + 1, stopDistance: stopMultiple * range, exitTime: exitTime, average: session.column(0, bar),
            averageTrueRange: range)
        return nil
    }

    /// Why a session is not traded.
    private enum NoTrade: Int {
        case trendUnknown, noUptrend, noBar, noPullback, noReversal, weakReversal, windowOver, notConfirmed
    }

    public func explanation(of reason: Int, in slice: SessionSlice, of history: BarHistory) -> String {
        let trend = "SMA\(trend.period)"
        let average = "EMA\(average.period)"
        return switch NoTrade(rawValue: reason) {
        case .trendUnknown: "\(trend) unknown: \(self.trend.shortage(before: slice, in: history))"
        case .noUptrend: "no uptrend: the open is not above \(trend)"
        case .noBar: "no bar in the entry window"
        case .noPullback: "no pullback below \(average)"
        case .noReversal: "no reversal above \(average)"
        case .weakReversal: "reversals were too weak"
        case .windowOver: "no confirmation: the reversal was the last bar of the window"
        case .notConfirmed: "not confirmed: the bar after the reversal closed below \(average)"
        case nil: ""
        }
    }

    public func code(of reason: Int) -> String {
        switch NoTrade(rawValue: reason) {
        case .trendUnknown, .noUptrend: NoTradeCode.filter("uptrend")
        case .noBar, .noPullback: NoTradeCode.step("pullback")
        case .noReversal, .weakReversal: NoTradeCode.step("reversal")
        case .windowOver, .notConfirmed: NoTradeCode.step("confirmation")
        case nil: ""
        }
    }

    private func isBelowAverage(_ session: borrowing SessionView, _ bar: Int) -> Bool {
        session.equality.isBelow(session.close(bar), session.column(0, bar))
    }

    /// Whether the bar closes in the upper part of its range. At the threshold is not above it, and a bar without a range
    /// has no upper part.
    private func isStrong(_ session: borrowing SessionView, _ bar: Int) -> Bool {
        let (low, high) = (session.low(bar), session.high(bar))
        guard session.equality.isAbove(high, low) else { return false }
        return session.equality.isAbove((session.close(bar) - low) / (high - low), reversalStrength)
    }
}
