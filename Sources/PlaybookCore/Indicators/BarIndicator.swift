/// A column computed from bars, one value a bar, each from that bar and earlier ones only.
///
/// An indicator carries a state from bar to bar. The engine starts it anew for each session, as many bars before it as
/// matter (`warmUpBars`), and computes a session's values in pieces counted from the open. So a value depends neither on
/// the range asked for nor on which values are asked for.
public protocol BarIndicator: Sendable {
    /// Name and parameters, for instance `ema(20)`: the same name means the same column.
    var name: String { get }

    /// After this many bars the start has no influence on a value any more: less than half a unit in the last place, so
    /// that starting there and starting years before give the same number.
    var warmUpBars: Int { get }

    /// Computes the values of the bars at `range`.
    ///
    /// - Parameters:
    ///   - state: what the bars before `range` left; replaced by what these leave.
    ///   - bars: all columns; only bars at `range` may be read.
    ///   - column: room for `range.count` values; its first entry belongs to the first bar of `range`.
    func advance(
        _ state: inout IndicatorState, over bars: BarPointers, range: Range<Int>,
        into column: UnsafeMutablePointer<Double>)

    /// Goes over the bars at `range` without keeping their values.
    func carry(_ state: inout IndicatorState, over bars: BarPointers, range: Range<Int>)

    /// Multiplies the prices in the state by `factor`, because a split takes effect before the next bar.
    func rescale(_ state: inout IndicatorState, by factor: Double)
}

extension BarIndicator {
    /// Sessions needed to see `warmUpBars` bars even when all of them close early; at least 5.
    ///
    /// - Parameter hours: those of the market.
    public func warmUpSessions(of timeframe: Timeframe, in hours: MarketHours = Market.xnys.hours) -> Int {
        let barsOfAnEarlyClose = max(1, hours.fewestMinutes * 60 / Int(timeframe.seconds))
        return max(5, warmUpBars / barsOfAnEarlyClose + 1)
    }

    public func carry(_ state: inout IndicatorState, over bars: BarPointers, range: Range<Int>) {
        withUnsafeTemporaryAllocation(of: Double.self, capacity: range.count) {
            advance(&state, over: bars, range: range, into: $0.baseAddress!)
        }
    }
}

/// What an indicator carries from bar to bar: up to four numbers of its own choosing.
public struct IndicatorState: Sendable {
    /// Whether there was a bar yet.
    public var isStarted = false
    /// The numbers.
    public var values = SIMD4<Double>.zero

    /// The state before the first bar.
    public init() {}

    /// The state after a bar.
    public init(_ first: Double, _ second: Double = 0, _ third: Double = 0, _ fourth: Double = 0) {
        isStarted = true
        values = SIMD4(first, second, third, fourth)
    }
}
