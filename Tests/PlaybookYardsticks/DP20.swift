public import PlaybookCore

/// "Deep Pullback to EMA20": long-only trend continuation within a session. Its rules stand in docs/dp20.md.
public enum DP20: Strategy {
    public static let descriptor = StrategyDescriptor(
        name: "dp20",
        summary: "Deep Pullback to EMA20: long-only intraday trend continuation on 2-minute bars",
        rules: [
            "Trend: the session opens above the mean of the trend-period daily closes before it.",
            "Window: only bars that open from window-start through window-end, on the market's clocks, count for a setup.",
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
            .time("window-start", "10:00", unit: "market time", help: "first bar time of the entry window"),
            .time("window-end", "10:30", unit: "market time", help: "last bar time of the entry window"),
            .number(
                "reversal-strength", 0.6, 0...1, unit: "fraction of the bar's range",
                help: "how high in its range a reversal must close"),
            .number("stop-atr", 1.2, 0.01...100, unit: "x ATR", help: "distance of the stop below the entry"),
            .time("exit-time", "15:55", unit: "market time", help: "when an open trade is closed"),
            .whole("ema-period", 20, 1...1000, unit: "2-minute bars", help: "period of the EMA"),
            .whole("atr-period", 14, 1...1000, unit: "2-minute bars", help: "period of the ATR"),
            .whole(
                "trend-period", 200, 1...1000, unit: "sessions", help: "how many daily closes the trend is judged by"),
            .shares,
        ] + ParameterSpec.costs)

    public static func write(_ playbook: inout PlaybookBuilder, _ parameters: ParameterSet) throws {
        let (start, end) = (parameters.time("window-start"), parameters.time("window-end"))
        guard start <= end else {
            throw ParameterError("parameter window-end: \(end.onTheClock) lies before window-start \(start.onTheClock)")
        }
        let (period, trendPeriod) = (parameters.whole("ema-period"), parameters.whole("trend-period"))
        let average = Series.ema(.close, period)
        let trend = Series.daily(.sma(.close, trendPeriod))
        playbook.value("average", average)
        let range = playbook.value("range", .atr(parameters.whole("atr-period")))
        playbook.value("trend", trend)
        playbook.filter(
            "uptrend", .sessionOpen > trend, otherwise: "no uptrend: the open is not above SMA\(trendPeriod)",
            unknown: "SMA\(trendPeriod) unknown")
        playbook.setups = [
            Setup(
                side: .long, window: Setup.Window(start...end),
                steps: [
                    playbook.step("pullback", .close < average, otherwise: "no pullback below EMA\(period)"),
                    playbook.step(
                        "reversal", .close > average,
                        quality: .position > .constant(parameters.number("reversal-strength")),
                        otherwise: "no reversal above EMA\(period)", weak: "reversals were too weak"),
                    playbook.next(
                        "confirmation", !(.close < average),
                        otherwise: "not confirmed: the bar after the reversal closed below EMA\(period)"),
                ],
                stop: .entry - parameters.number("stop-atr") * range)
        ]
        playbook.exit = .time(parameters.time("exit-time"))
        playbook.size = .shares(.constant(Double(parameters.whole("shares"))))
        playbook.showsWindowOfUnplayed = true
        playbook.journal = [
            .trendValid: "uptrend", .trendAverage: "trend", .pullbackTime: "pullback", .reversalTime: "reversal",
            .reversalStrong: "reversal.quality", .confirmationTime: "confirmation", .averageAtEntry: "average",
            .trueRangeAtEntry: "range",
        ]
    }
}
