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
final class SessionIndicatorBank {
    private let history: BarHistory
    private let distinct: [any SessionIndicator]
    /// For each distinct indicator, where its value is wanted.
    private let targets: [[Int]]
    /// Where each strategy's values start.
    private let starts: [Int]
    private let values: UnsafeMutablePointer<Double?>

    /// - Parameter indicators: each strategy's.
    init(history: BarHistory, indicators: [[any SessionIndicator]]) {
        self.history = history
        var distinct: [any SessionIndicator] = []
        var targets: [[Int]] = []
        var numbers: [String: Int] = [:]
        var starts: [Int] = []
        var count = 0
        for list in indicators {
            starts.append(count)
            for indicator in list {
                if let known = numbers[indicator.name] {
                    targets[known].append(count)
                } else {
                    numbers[indicator.name] = distinct.count
                    distinct.append(indicator)
                    targets.append([count])
                }
                count += 1
            }
        }
        self.distinct = distinct
        self.targets = targets
        self.starts = starts
        values = .allocate(capacity: max(1, count))
        values.initialize(repeating: nil, count: max(1, count))
    }

    deinit { values.deallocate() }

    /// Computes the values known before `slice` opens.
    func open(_ slice: SessionSlice) {
        for index in distinct.indices {
            let value = distinct[index].value(before: slice, in: history)
            for target in targets[index] { values[target] = value }
        }
    }

    /// The values of the `strategy`-th strategy, valid as long as the bank.
    func values(of strategy: Int) -> UnsafePointer<Double?> { UnsafePointer(values + starts[strategy]) }
}
