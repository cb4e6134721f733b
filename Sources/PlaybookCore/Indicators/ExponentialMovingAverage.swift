import CPrefetch

/// Exponential moving average of closes, in price units: `EMA = k close + (1 - k) EMA[-1]`, `k = 2 / (period + 1)`;
/// the first bar's EMA is its close.
///
/// Source: NIST/SEMATECH e-Handbook of Statistical Methods, 6.4.3.1 "Single Exponential Smoothing", with the span form
/// of k used on trading charts.
public struct ExponentialMovingAverage: BarIndicator {
    /// In bars, 1 or more.
    public let period: Int
    private let smoothing: ExponentialSmoothing

    /// - Parameter period: in bars, 1 or more.
    public init(period: Int) {
        self.period = period
        smoothing = ExponentialSmoothing(period: period)
    }

    public var name: String { "ema(\(period))" }

    public var warmUpBars: Int { smoothing.warmUpBars }

    public func advance(
        _ state: inout IndicatorState, over bars: BarPointers, range: Range<Int>,
        into column: UnsafeMutablePointer<Double>
    ) {
        guard !range.isEmpty else { return }
        let close = bars.close + range.lowerBound
        var last: Double
        var index = 0
        if state.isStarted {
            last = state.values[0]
        } else {
            last = close[0]
            column[0] = last
            index = 1
        }
        while index + 4 <= range.count {
            last = smoothing.four(
                close[index], close[index + 1], close[index + 2], close[index + 3], after: last, into: column + index)
            index += 4
        }
        last = smoothing.rest(range.count - index, { close[index + $0] }, after: last, into: column + index)
        state = IndicatorState(last)
    }

    public func carry(_ state: inout IndicatorState, over bars: BarPointers, range: Range<Int>) {
        guard !range.isEmpty else { return }
        let close = bars.close + range.lowerBound
        // The average of a constant is that constant: a first close counts as if it had always been there.
        let last = state.isStarted ? state.values[0] : close[0]
        state = IndicatorState(smoothing.carry(range.count, after: last, Closes(close: close)))
    }

    public func rescale(_ state: inout IndicatorState, by factor: Double) { state.values[0] *= factor }
}

private struct Closes: SmoothingInput {
    let close: UnsafePointer<Double>

    @inline(__always)
    func single(_ place: Int) -> Double { close[place] }

    @inline(__always)
    func eight(_ place: Int) -> SIMD8<Double> { load8(close + place) }

    @inline(__always)
    func wide(_ places: Range<Int>, _ newest: UnsafePointer<Double>, _ decay16: Double) -> Double {
        wide_smoothing(close, places.lowerBound, places.upperBound, newest, decay16)
    }
}
