import PlaybookCore
import Testing

/// A strategy that looks into the future, in one of several ways. It exists to be caught.
struct LeakingStrategy: Strategy {
    enum Leak: CaseIterable {
        /// Enters at bar 20 when the session's last bar closes above the bar before that.
        case lastClose
        /// Enters at bar 20 with a stop as far away as that bar will move.
        case closeOfEntryBar
        /// Calls bar 20 a pullback when the one after it closes at another price.
        case nextBar
        /// Enters at bar 20 in any case, with the stop below the lowest low of the session.
        case lowestLow
        /// Enters at bar 20 when the session has more than 90 bars.
        case barCount
        /// Looks at the average true range five bars ahead.
        case laterIndicator
        /// Judges the trend by the session's own daily close.
        case ownDailyClose
        /// Judges the trend by the last daily close there is.
        case lastDailyClose
    }

    let parameters: ParameterSet
    let sizing: Sizing
    let leak: Leak?

    init(parameters: ParameterSet) throws { try self.init(nil) }

    /// A strategy with `leak`, or an honest one.
    init(_ leak: Leak?) throws {
        let playbook = try DP20(parameters: ParameterSet(specs: DP20.descriptor.parameters))
        parameters = playbook.parameters
        sizing = playbook.sizing
        self.leak = leak
    }

    static var descriptor: StrategyDescriptor { DP20.descriptor }
    var indicators: [any BarIndicator] { [AverageTrueRange(period: 14)] }
    var sessionIndicators: [any SessionIndicator] { [DailyClose(leak: leak)] }
    var entryWindow: ClosedRange<TimeOfDay>? { nil }

    func beforeOpen(_ session: borrowing SessionView, _ decision: inout Decision) {
        decision.trendAverage = session.daily(0)
    }

    func explanation(of reason: Int, in slice: SessionSlice, of history: BarHistory) -> String { "no entry" }
    func code(of reason: Int) -> String { "filter:never" }

    func decide(_ session: borrowing SessionView, _ decision: inout Decision) {
        decision.reason = 0
        decision.trendValid = true
        let bar = 20
        let last = session.count - 1
        guard last >= bar else { return }
        var stopDistance = 2 * session.column(0, bar - 1)
        switch leak {
        case .lastClose: guard session.close(last) > session.close(bar - 1) else { return }
        case .closeOfEntryBar: stopDistance = 0.01 + abs(session.close(bar) - session.open(bar))
        case .nextBar: if last > bar, session.close(bar + 1) != session.close(bar) { decision.pullbackBar = bar }
        case .lowestLow:
            stopDistance = 0.01
            for index in bar...last { stopDistance = max(stopDistance, session.open(bar) - session.low(index)) }
        case .barCount: guard session.count > 90 else { return }
        case .laterIndicator: stopDistance = 2 * session.column(0, min(last, bar + 5))
        case .ownDailyClose, .lastDailyClose, nil: break
        }
        decision.reason = nil
        decision.order = EntryOrder(
            bar: bar, stopDistance: stopDistance, exitTime: TimeOfDay(minutes: 15 * 60 + 55),
            averageTrueRange: session.column(0, bar - 1))
    }

    /// The last daily close before the session, or one that it should not know.
    private struct DailyClose: SessionIndicator {
        let leak: Leak?

        var name: String { "close" }
        var dailyBars: Int { 1 }

        func value(before slice: SessionSlice, in history: BarHistory) -> Double? {
            let closes = history.daily.bars.close
            let before = slice.dailyBarsBefore
            return switch leak {
            case .ownDailyClose: before < closes.count ? closes[before] : closes.last
            case .lastDailyClose: closes.last
            default: before > 0 ? closes[before - 1] : nil
            }
        }
    }
}
