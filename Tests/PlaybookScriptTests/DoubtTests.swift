import PlaybookScript
import Testing

@Suite("Doubts")
struct DoubtTests {
    @Test(
        "are told of conditions that can never be true, or are always unknown",
        arguments: [
            (
                "close > highest(high, 5)",
                "this can never be true: close is never above highest(high, 5), which includes this bar: [1] is the one before"
            ),
            (
                "close > highest(close, 5)",
                "this can never be true: close is never above highest(close, 5), which includes this bar: [1] is the one before"
            ),
            (
                "low < lowest(low, 5)",
                "this can never be true: lowest(low, 5) is never above low, which includes this bar: [1] is the one before"
            ),
            (
                "close crosses above donchian(20).upper",
                "this can never be true: close is never above donchian(20).upper, which includes this bar: [1] is the one before"
            ),
            ("low > high", "this can never be true: low is never above high"),
            (
                "close > session.high",
                "this can never be true: close is never above session.high, which includes this bar: [1] is the one before"
            ),
            (
                "session.low > open",
                "this can never be true: session.low is never above open, which includes this bar: [1] is the one before"
            ),
            ("close between high and low", "this can never be true: the ends of 'between' are exchanged"),
            ("close between 20 and 10", "this can never be true: the ends of 'between' are exchanged"),
            ("close > open and rsi(close, 14) > 100", "this can never be true: it is at most 100"),
            ("position > 1", "this can never be true: it is at most 1"),
            ("close > close", "this can never be true: both sides are the same"),
            ("false", "this can never be true: it says false"),
            ("close / 0 > 1", "this is always unknown, so never true: it divides by 0"),
            ("zscore(close, 1) > 1", "this is always unknown, so never true: the deviation of one bar is 0"),
            ("close > 2%", "a percentage is compared with a price: 2% of a price is 'price * 2%'"),
            ("close > open + 1%", "a percentage is added to a price: 2% of a price is 'price * 2%'"),
        ])
    func conditions(expression: String, doubt: String) {
        let found = findings(playbookText(step: expression))
        #expect(found.count == 1 && found[0].hasSuffix("warning: \(doubt)"), "\(found)")
    }

    @Test(
        "are not told of conditions that may be true",
        arguments: [
            "close > highest(high, 5)[1]", "close >= highest(close, 5)", "high > session.high[1]",
            "close > session.open",
            "low < lowest(low[1], 5)", "gap > 1%", "close / open - 1 > 1%", "close between low and high",
            "rsi(close, 14) > 70",
            "close > open * (1 + 1%)", "roc(close, 5) > 10bps", "position >= 1", "session.high > session.open",
        ])
    func none(expression: String) { #expect(findings(playbookText(step: expression)) == ["ok"]) }

    @Test(
        "are told of orders",
        arguments: [
            ("stop: entry + atr(14)", "6:9: warning: the stop is never below the entry, so each order is refused"),
            (
                "side: short\nstop: entry - 1",
                "7:9: warning: the stop is never above the entry, so each order is refused"
            ),
            ("stop: entry * 1.02", "6:9: warning: the stop is never below the entry, so each order is refused"),
            (
                "stop: 2%",
                "6:9: warning: a percentage where a price is meant: 2% below the entry is 'entry - entry * 2%'"
            ),
            ("target: entry - 1", "6:11: warning: the target is never above the entry, so each order is refused"),
            (
                "stop: low\ntrail: {by: R}",
                "7:15: warning: R is negative for a short, and a distance is positive: write 'by: risk'"
            ),
            (
                "stop: low\nexits:\n  - out: profit > R",
                "8:12: warning: profit is compared with R, which is negative for a short: compare it with risk, which is the distance"
            ),
            ("trail: {by: 2%}", "6:15: warning: a percentage where a distance in price is meant: 'entry * 2%'"),
            (
                "window: [10:00, 10:30]\ncancel: true",
                "7:11: warning: 'cancel' is always true: the order is withdrawn at the close of the bar after the last step"
            ),
        ])
    func orders(setup: String, expected: String) { #expect(findings(playbookText(setup: setup)) == [expected]) }

    @Test("are told of windows, filters, parameters, values and shares")
    func others() {
        #expect(
            findings(playbookText(step: "time >= 11:00", setup: "window: [10:00, 10:30]")) == [
                "5:12: warning: the step one waits for 11:00, and the window ends at 10:30"
            ])
        #expect(
            findings(playbookText(filters: "a: gap > 1%\nb: gap > 1%")) == [
                "5:3: warning: the filter b says the same as a"
            ])
        #expect(
            findings(playbookText(parameters: "n: 5", values: "a: sma(close, 5)")) == [
                "4:3: warning: the parameter 'n' is not used",
                "6:3: warning: the value 'a' is not used: it is shown in the journal only",
            ])
        #expect(
            findings(playbookText(step: "close > sma(close, n)", parameters: "n: {default: 5, range: [0, 20]}")) == [
                "4:3: warning: n may be 0, which 'n' does not allow: a whole number of bars, 1 to 10000"
            ])
        #expect(
            findings(
                playbookText(
                    setup: "targets:\n  - {at: entry + 1, share: 40%}\n  - {at: entry + 2, share: 60%}",
                    rest: "size: {shares: 2}\n")) == [
                    "7:12: warning: this target is skipped: its share of 2 shares is less than 1"
                ])
        let steps = """
            playbook: test
            summary: s
            setup:
              window: [10:00, 10:02]
              steps:
                - one: close > open
                - two: {when: close < open, within: 5 bars}
                - three: close > open
            """
        #expect(
            findings(steps) == [
                "7:19: warning: 'within' is longer than the window, which has 2 bars",
                "8:14: warning: the window has 2 bars, and the step three is number 3: a step takes a bar at least",
            ])
    }
}
