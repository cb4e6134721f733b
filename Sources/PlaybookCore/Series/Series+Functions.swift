// Averages, windows and what they are put together to. A window function is unknown while one of its n bars is missing or
// its number unknown there.
extension Series {
    /// Exponential average: `k x + (1 - k) before`, `k = 2 / (n + 1)`, from the first known x on.
    ///
    /// Source: NIST/SEMATECH e-Handbook of Statistical Methods, 6.4.3.1, with the span form of k used on charts.
    public static func ema(_ x: Series, _ n: Int) -> Series { Series(.average(x, .exponential(period(n)))) }

    /// Wilder's average: `x / n + (1 - 1/n) before`, from the first known x on.
    ///
    /// Source: J. Welles Wilder, "New Concepts in Technical Trading Systems" (1978).
    public static func rma(_ x: Series, _ n: Int) -> Series { Series(.average(x, .wilder(period(n)))) }

    /// Mean of n bars.
    ///
    /// Source: NIST/SEMATECH e-Handbook of Statistical Methods, 6.4.2.
    public static func sma(_ x: Series, _ n: Int) -> Series { Series(.window(.mean, x, period(n))) }

    /// Mean of n bars with the weights 1 to n, n on this bar.
    ///
    /// Source: J. Murphy, "Technical Analysis of the Financial Markets" (1999), linearly weighted average.
    public static func wma(_ x: Series, _ n: Int) -> Series { Series(.window(.weighted, x, period(n))) }

    /// Sum of n bars.
    public static func sum(_ x: Series, _ n: Int) -> Series { Series(.window(.sum, x, period(n))) }

    /// Highest of n bars, this one included.
    public static func highest(_ x: Series, _ n: Int) -> Series { Series(.window(.highest, x, period(n))) }

    /// Lowest of n bars, this one included.
    public static func lowest(_ x: Series, _ n: Int) -> Series { Series(.window(.lowest, x, period(n))) }

    /// Standard deviation of n bars as of a population: the root of the mean square of the deviations from the mean.
    ///
    /// Source: NIST/SEMATECH e-Handbook of Statistical Methods, 1.3.5.6, with n as divisor.
    public static func stdev(_ x: Series, _ n: Int) -> Series { Series(.window(.deviation, x, period(n))) }

    /// `(x - sma(x, n)) / stdev(x, n)`; unknown when the deviation is equal to 0.
    public static func zscore(_ x: Series, _ n: Int) -> Series { Series(.window(.zscore, x, period(n))) }

    /// Share of the n bars whose number is at or below this one's, above 0, at most 1.
    public static func rank(_ x: Series, _ n: Int) -> Series { Series(.window(.rank, x, period(n))) }

    /// `x - x[n]`.
    public static func change(_ x: Series, _ n: Int) -> Series { Series(.moved(x, period(n), isRatio: false)) }

    /// `x / x[n] - 1`.
    public static func roc(_ x: Series, _ n: Int) -> Series { Series(.moved(x, period(n), isRatio: true)) }

    /// Exponential average of the true range: `ema(tr, n)`.
    public static func atr(_ n: Int) -> Series { ema(.trueRange, n) }

    /// Wilder's average of the true range, `rma(tr, n)`.
    ///
    /// Source: J. Welles Wilder, "New Concepts in Technical Trading Systems" (1978).
    public static func atrWilder(_ n: Int) -> Series { rma(.trueRange, n) }

    /// `atr(n) / close`.
    public static func natr(_ n: Int) -> Series { atr(n) / .close }

    /// Keltner channel: `ema(close, n)` plus and minus `k atr(n)`.
    ///
    /// Source: L. Raschke's form of C. Keltner, "How to Make Money in Commodities" (1960).
    public static func keltner(_ n: Int, _ k: Double) -> (upper: Series, lower: Series) {
        let (middle, reach) = (ema(.close, n), constant(k) * atr(n))
        return (middle + reach, middle - reach)
    }

    /// Bollinger bands: `sma(x, n)` plus and minus `k stdev(x, n)`; width is (upper - lower) / mid.
    ///
    /// Source: J. Bollinger, "Bollinger on Bollinger Bands" (2001).
    public static func bollinger(
        _ x: Series, _ n: Int, _ k: Double
    ) -> (upper: Series, mid: Series, lower: Series, width: Series) {
        let (middle, reach) = (sma(x, n), constant(k) * stdev(x, n))
        let (upper, lower) = (middle + reach, middle - reach)
        return (upper, middle, lower, (upper - lower) / middle)
    }

    /// Donchian channel: highest high and lowest low of n bars, this one included.
    ///
    /// Source: R. Donchian's four-week rule, in J. Murphy, "Technical Analysis of the Financial Markets" (1999).
    public static func donchian(_ n: Int) -> (upper: Series, lower: Series) { (highest(.high, n), lowest(.low, n)) }

    /// The latest high that is above the n highs before it and the n after it; known n bars later, and until the next one.
    /// It is looked for over 52 n bars before the first needed one, as a recursion starts so many bars before.
    public static func pivotHigh(_ n: Int) -> Series { Series(.pivot(period(n), isHigh: true)) }

    /// The latest low that is below the n lows before it and the n after it; as `pivotHigh`.
    public static func pivotLow(_ n: Int) -> Series { Series(.pivot(period(n), isHigh: false)) }

    /// How many times n bars a pivot is looked for. Among so many there is one but once in some millions.
    static let pivotReach = 52

    /// How many bars before the first needed one a recursive average of this weight starts: what is older weighs less than
    /// 2^-53.
    package static func barsThatMatter(weight: Double) -> Int { SeriesGraph.ahead(weight) }
}
