import PlaybookCore
import Synchronization
import Testing

/// A strategy that never trades and writes down what it sees in its indicator columns.
struct ColumnProbe: Strategy {
    /// Which bars it looks at, and in which order.
    enum Look: Sendable {
        case forward, backward
        case only([Int])
    }

    let parameters: ParameterSet
    let sizing: Sizing
    let indicators: [any BarIndicator]
    let look: Look
    private let seen = Seen()

    init(_ indicators: any BarIndicator..., look: Look = .forward) throws {
        let playbook = try DP20(parameters: ParameterSet(specs: DP20.descriptor.parameters))
        parameters = playbook.parameters
        sizing = playbook.sizing
        self.indicators = indicators
        self.look = look
    }

    init(parameters: ParameterSet) throws { try self.init() }

    static var descriptor: StrategyDescriptor { DP20.descriptor }
    var sessionIndicators: [any SessionIndicator] { [] }
    var entryWindow: ClosedRange<TimeOfDay>? { nil }

    func beforeOpen(_ session: borrowing SessionView, _ decision: inout Decision) {}

    func explanation(of reason: Int, in slice: SessionSlice, of history: BarHistory) -> String { "only looking" }
    func code(of reason: Int) -> String { "filter:never" }

    func decide(_ session: borrowing SessionView, _ decision: inout Decision) {
        let bars: [Int] =
            switch look {
            case .forward: Array(0..<session.count)
            case .backward: Array((0..<session.count).reversed())
            case .only(let bars): bars
            }
        var columns: [[Int: Double]] = []
        for number in indicators.indices {
            var column: [Int: Double] = [:]
            for bar in bars { column[bar] = session.column(number, bar) }
            columns.append(column)
        }
        seen.add(columns, on: session.session.date)
        decision.reason = 0
    }

    /// For each session, for each indicator, the values by bar.
    var columns: [CivilDate: [[Int: Double]]] { seen.values }

    private final class Seen: Sendable {
        private let storage = Mutex<[CivilDate: [[Int: Double]]]>([:])
        func add(_ columns: [[Int: Double]], on date: CivilDate) { storage.withLock { $0[date] = columns } }
        var values: [CivilDate: [[Int: Double]]] { storage.withLock { $0 } }
    }
}

/// What an indicator is by its definition, one bar after the other from the first there is.
enum PlainIndicator {
    static func average(_ values: [Double], period: Int) -> [Double] {
        let k = 2 / Double(period + 1)
        var result: [Double] = []
        for value in values { result.append(result.last.map { k * value + (1 - k) * $0 } ?? value) }
        return result
    }

    static func trueRanges(_ bars: BarColumns) -> [Double] {
        (0..<bars.count).map { index in
            guard index > 0 else { return bars.high[index] - bars.low[index] }
            let before = bars.close[index - 1]
            return max(
                bars.high[index] - bars.low[index], abs(bars.high[index] - before), abs(bars.low[index] - before))
        }
    }
}
