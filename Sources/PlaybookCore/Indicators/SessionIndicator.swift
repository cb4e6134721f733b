/// A value per session computed from daily bars strictly before it.
public protocol SessionIndicator: Sendable {
    /// Name and parameters, for instance `sma(200)`: the same name means the same values.
    var name: String { get }

    /// How many daily bars before a session decide its value.
    var dailyBars: Int { get }

    /// The value known before `slice` opens; nil when there are too few daily bars.
    func value(before slice: SessionSlice, in history: BarHistory) -> Double?
}

extension SessionIndicator {
    /// How many sessions back the daily bars may lie. Older ones do not count: a mean over closes with a hole of a
    /// quarter in them is not the mean that its name promises, and the range asked for must not matter.
    public var lookBackSessions: Int { dailyBars + dailyBars / 4 + 5 }
}

/// The session indicators of several strategies: each distinct one is computed once a session.
struct SessionIndicatorBank {
    private let history: BarHistory
    private var distinct: [any SessionIndicator] = []
    /// For each strategy, for each of its indicators, the place among the distinct ones.
    private let places: [[Int]]
    private var values: [[Double?]]

    init(history: BarHistory, indicators: [[any SessionIndicator]]) {
        self.history = history
        var numbers: [String: Int] = [:]
        for indicator in indicators.joined() where numbers[indicator.name] == nil {
            numbers[indicator.name] = distinct.count
            distinct.append(indicator)
        }
        places = indicators.map { $0.map { numbers[$0.name] ?? 0 } }
        values = indicators.map { $0.map { _ in nil } }
    }

    /// Computes the values known before `slice` opens.
    mutating func open(_ slice: SessionSlice) {
        for (place, indicator) in distinct.enumerated() {
            let value = indicator.value(before: slice, in: history)
            for strategy in places.indices {
                for (index, wanted) in places[strategy].enumerated() where wanted == place {
                    values[strategy][index] = value
                }
            }
        }
    }

    /// Calls `body` with the values of the `strategy`-th strategy.
    func withValues(of strategy: Int, _ body: (UnsafePointer<Double?>?) -> Void) {
        values[strategy].withUnsafeBufferPointer { body($0.baseAddress) }
    }
}
