public import PlaybookCore

/// Breakout of the session's first minutes, both ways, by stop orders.
///
/// Source: T. Crabel, "Day Trading with Short Term Price Patterns and Opening Range Breakout" (1990), for the breakout.
public enum OpeningRange: Strategy {
    public static let descriptor = StrategyDescriptor(
        name: "opening-range",
        summary:
            "Opening-range breakout, both ways, by stop orders; half is closed at 1 R, the rest has a trailing stop "
            + "and a final target",
        rules: [
            "Gap: the session opens within 2% of the close before it.",
            "Range: high and low of the bars that open in the first range minutes.",
            "Entry: when the range is known, a buy stop at its high and a sell-short stop at its low, until last-entry. "
                + "A fill withdraws the other order.",
            "Stop: at the other end of the range. R is the distance from the entry to it.",
            "Targets: half at 1 R, the rest at target x R. Once 1 R was reached the stop follows the best price by 1 R.",
            "Exit: at the close of the bar that contains 15:50 (5 minutes before an early close).",
            "Two trades a session, one each way; none after a loss. 200 USD are risked, at most 50,000 USD invested.",
        ],
        parameters: [
            .duration("range", minutes: 30, 4...120, unit: "minutes", help: "length of the opening range"),
            .number("target", 3, 0.1...20, unit: "R", help: "target of the second half"),
            .time("last-entry", "12:00", unit: "market time", help: "unfilled orders are cancelled at this time"),
        ] + ParameterSpec.costs)

    public static func write(_ playbook: inout PlaybookBuilder, _ parameters: ParameterSet) throws {
        let minutes = parameters.minutes("range")
        guard Int64(minutes) * 60 % playbook.timeframe.seconds == 0 else {
            throw ParameterError("parameter range: \(minutes)m is not a whole number of \(playbook.timeframe) bars")
        }
        let range = Series.first(minutes: minutes)
        let top = playbook.value("top", range.high)
        let bottom = playbook.value("bottom", range.low)
        playbook.filter("calm-open", .abs(.gap) < 0.02, otherwise: "it opened 2% or more from the close before")
        let isKnown = playbook.step("range-known", range.high > range.low, otherwise: "the opening range has no height")
        let lastEntry = Formula.time(parameters.time("last-entry"))
        let targets = [
            Setup.Target(at: .entry + .r, share: 0.5),
            Setup.Target(at: .entry + parameters.number("target") * .r, share: 0.5),
        ]
        let trail = Setup.Trail(.by(.risk), after: .entry + .r)
        playbook.setups = [
            Setup(
                name: "up", side: .long, trades: 1, steps: [isKnown], entry: .stop(price: top, until: lastEntry),
                stop: bottom, targets: targets, trail: trail),
            Setup(
                name: "down", side: .short, trades: 1, steps: [isKnown], entry: .stop(price: bottom, until: lastEntry),
                stop: top, targets: targets, trail: trail),
        ]
        playbook.exit = .time(playbook.market.hours.time(TimeOfDay(minutes: 15 * 60 + 50)))
        playbook.size = Plan.Size(.risk, 200, atMost: 50_000)
        playbook.limits = Plan.Limits(trades: 2, losses: 1)
    }
}
