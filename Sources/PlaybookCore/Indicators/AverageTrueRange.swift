import CPrefetch

/// Exponential average of the true range, in price units: `ATR = k TR + (1 - k) ATR[-1]`, `k = 2 / (period + 1)`, with
/// `TR = max(high, close[-1]) - min(low, close[-1])`; the first bar's TR is high - low, and its ATR is its TR.
///
/// Source: J. Welles Wilder, "New Concepts in Technical Trading Systems" (1978) for the true range; the average here is
/// the exponential one, not Wilder's (which has k = 1 / period).
public struct AverageTrueRange: BarIndicator {
    /// In bars, 1 or more.
    public let period: Int
    // State: the last average, the last close.
    private let smoothing: ExponentialSmoothing

    /// - Parameter period: in bars, 1 or more.
    public init(period: Int) {
        self.period = period
        smoothing = ExponentialSmoothing(period: period)
    }

    public var name: String { "atr(\(period))" }

    public var warmUpBars: Int { smoothing.warmUpBars }

    public func advance(
        _ state: inout IndicatorState, over bars: BarPointers, range: Range<Int>,
        into column: UnsafeMutablePointer<Double>
    ) {
        guard !range.isEmpty else { return }
        let first = range.lowerBound
        var last = firstAverage(state, bars, first)
        column[0] = last
        var index = 1
        while index + 4 <= range.count {
            let bar = first + index
            last = smoothing.four(
                trueRange(bars, bar), trueRange(bars, bar + 1), trueRange(bars, bar + 2), trueRange(bars, bar + 3),
                after: last, into: column + index)
            index += 4
        }
        last = smoothing.rest(
            range.count - index, { trueRange(bars, first + index + $0) }, after: last, into: column + index)
        state = IndicatorState(last, bars.close[range.upperBound - 1])
    }

    public func carry(_ state: inout IndicatorState, over bars: BarPointers, range: Range<Int>) {
        guard !range.isEmpty else { return }
        let first = range.lowerBound
        let ranges = TrueRanges(
            high: bars.high + (first + 1), low: bars.low + (first + 1), before: bars.close + first)
        let average = smoothing.carry(range.count - 1, after: firstAverage(state, bars, first), ranges)
        state = IndicatorState(average, bars.close[range.upperBound - 1])
    }

    /// The average at the first bar of a stretch, whose close before is the state's: a split may lie between.
    private func firstAverage(_ state: IndicatorState, _ bars: BarPointers, _ bar: Int) -> Double {
        guard state.isStarted else { return bars.high[bar] - bars.low[bar] }
        let close = state.values[1]
        return smoothing.one(max(bars.high[bar], close) - min(bars.low[bar], close), after: state.values[0])
    }

    @inline(__always)
    private func trueRange(_ bars: BarPointers, _ bar: Int) -> Double {
        let before = bars.close[bar - 1]
        let high = bars.high[bar]
        let low = bars.low[bar]
        // Written out: `max` and `min` do not become single instructions.
        return (high > before ? high : before) - (low < before ? low : before)
    }

    public func rescale(_ state: inout IndicatorState, by factor: Double) { state.values *= factor }
}

private struct TrueRanges: SmoothingInput {
    let high, low, before: UnsafePointer<Double>

    @inline(__always)
    func single(_ place: Int) -> Double { max(high[place], before[place]) - min(low[place], before[place]) }

    @inline(__always)
    func eight(_ place: Int) -> SIMD8<Double> {
        greater(load8(high + place), load8(before + place)) - lesser(load8(low + place), load8(before + place))
    }

    @inline(__always)
    func wide(_ places: Range<Int>, _ newest: UnsafePointer<Double>, _ decay16: Double) -> Double {
        wide_range_smoothing(high, low, before, places.lowerBound, places.upperBound, newest, decay16)
    }
}
