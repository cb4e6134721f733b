extension Series {
    /// Relative strength index: `100 g / (g + l)`, g and l Wilder's averages of the rises and falls of x from bar to bar.
    ///
    /// Source: J. Welles Wilder, "New Concepts in Technical Trading Systems" (1978).
    public static func rsi(_ x: Series, _ n: Int) -> Series {
        let move = x - x.earlier(1)
        let (rises, falls) = (rma(max(move, 0), n), rma(max(-move, 0), n))
        return 100 * (rises / (rises + falls))
    }

    /// Stochastic: `k = 100 (close - lowest low) / (highest high - lowest low)` of n bars, `d = sma(k, m)`.
    ///
    /// Source: G. Lane, "Lane's Stochastics" (1984).
    public static func stochastic(_ n: Int, _ m: Int) -> (k: Series, d: Series) {
        let bottom = lowest(.low, n)
        let k = 100 * ((close - bottom) / (highest(.high, n) - bottom))
        return (k, sma(k, m))
    }

    /// Williams %R: `-100 (highest high - close) / (highest high - lowest low)` of n bars.
    ///
    /// Source: L. Williams, "How I Made One Million Dollars Last Year Trading Commodities" (1973).
    public static func williams(_ n: Int) -> Series {
        let top = highest(.high, n)
        return -100 * ((top - close) / (top - lowest(.low, n)))
    }

    /// Commodity channel index: `(hlc3 - mean) / (0.015 mean distance from the mean)` of n bars.
    ///
    /// Source: D. Lambert, "Commodity Channel Index", Commodities (1980).
    public static func cci(_ n: Int) -> Series {
        (hlc3 - sma(hlc3, n)) / (0.015 * Series(.window(.meanDistance, hlc3, period(n))))
    }

    /// Money flow index: 100 times the sum of hlc3 x volume of the bars among n whose hlc3 is above that of the bar before,
    /// over the same sum of the bars where it changed.
    ///
    /// Source: G. Quong and A. Soudack, "Volume-Weighted RSI: Money Flow" (1989).
    public static func mfi(_ n: Int) -> Series {
        let before = hlc3[1]
        let (flow, none) = (hlc3 * volume, 0 * volume)
        let up = sum(ifElse(hlc3 > before, flow, none), n)
        return 100 * (up / sum(ifElse(hlc3.differs(from: before), flow, none), n))
    }

    /// Moving average convergence/divergence of the close: line `ema(fast) - ema(slow)`, signal `ema(line, signal)`,
    /// histogram their difference.
    ///
    /// Source: G. Appel, "Technical Analysis: Power Tools for Active Investors" (2005).
    public static func macd(
        _ fast: Int, _ slow: Int, _ signal: Int
    ) -> (line: Series, signal: Series, histogram: Series) {
        let line = ema(close, fast) - ema(close, slow)
        let average = ema(line, signal)
        return (line, average, line - average)
    }

    /// Directional movement: 100 times Wilder's average of the moves up (down) that exceed the move down (up) and 0, over
    /// that of the true range.
    ///
    /// Source: J. Welles Wilder, "New Concepts in Technical Trading Systems" (1978).
    public static func dmi(_ n: Int) -> (plus: Series, minus: Series) {
        let (up, down) = (high - high[1], low[1] - low)
        let range = rma(trueRange, n)
        func index(_ this: Series, _ other: Series) -> Series {
            100 * (rma(ifElse(this > other && this > 0, this, 0), n) / range)
        }
        return (index(up, down), index(down, up))
    }

    /// Average directional index: Wilder's average of `100 |plus - minus| / (plus + minus)`.
    ///
    /// Source: J. Welles Wilder, "New Concepts in Technical Trading Systems" (1978).
    public static func adx(_ n: Int) -> Series {
        let (plus, minus) = dmi(n)
        return rma(100 * (abs(plus - minus) / (plus + minus)), n)
    }

    /// Supertrend: bands at hl2 plus and minus `k atrWilder(n)` that only tighten while the close before was not beyond
    /// them. The side turns when the close is beyond this bar's band: 1 above, -1 below. The line is the band of the side.
    ///
    /// Source: O. Seban, "Tout le monde merite d etre riche" (2009).
    public static func superTrend(_ n: Int, _ k: Double) -> (line: Series, side: Series) {
        (Series(.superTrend(period(n), k, isSide: false)), Series(.superTrend(period(n), k, isSide: true)))
    }
}
