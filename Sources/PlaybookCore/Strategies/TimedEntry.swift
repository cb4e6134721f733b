/// Enter at a time on chosen weekdays, leave at a time: the simplest playbook, and the yardstick for others.
public struct TimedEntry: Strategy {
    public let parameters: ParameterSet
    public let sizing: Sizing
    private let weekdays: Set<Weekday>
    private let entryTime: TimeOfDay
    private let exitTime: TimeOfDay
    private let bounceBps: Double
    private let stopMultiple: Double
    private let trueRange: AverageTrueRange

    public static let descriptor = StrategyDescriptor(
        name: "timed-entry",
        summary: "Enter at a time on chosen weekdays, leave at a time",
        rules: [
            "Weekday: only sessions on the weekdays listed.",
            "Bounce (when bounce-bps is above 0): the last close before the entry lies at least bounce-bps above the "
                + "lowest low since the open.",
            "Entry: at the open of the first bar at or after entry-time.",
            "Stop (when stop-atr is above 0): stop-atr x ATR below the entry, the ATR as of the bar before; a bar that "
                + "opens below the stop fills at its open.",
            "Exit: at the close of the bar that contains exit-time (5 minutes before an early close).",
        ],
        parameters: [
            ParameterSpec(
                name: "weekdays", kind: .weekdays, defaultText: "mon+tue+wed+thu+fri", unit: "weekdays",
                help: "sessions to trade"),
            ParameterSpec(
                name: "entry-time", kind: .time(TimeOfDay(minutes: 9 * 60 + 32)...TimeOfDay(minutes: 15 * 60 + 59)),
                defaultText: "10:30", unit: "New York time", help: "when to enter"),
            ParameterSpec(
                name: "exit-time", kind: .time(DP20.tradingDay), defaultText: "15:55", unit: "New York time",
                help: "when to leave"),
            ParameterSpec(
                name: "bounce-bps", kind: .number(0...10_000), defaultText: "0", unit: "bps of the morning's low",
                help: "how far above the morning's low the price must be; 0 for no such rule"),
            ParameterSpec(
                name: "stop-atr", kind: .number(0...100), defaultText: "0", unit: "x ATR",
                help: "distance of the stop below the entry; 0 for no stop"),
            ParameterSpec(
                name: "atr-period", kind: .integer(1...1000), defaultText: "14", unit: "2-minute bars",
                help: "period of the ATR"),
        ] + ParameterSpec.sizing)

    public init(parameters: ParameterSet) throws {
        self.parameters = parameters
        sizing = Sizing(parameters)
        weekdays = parameters.weekdays("weekdays")
        entryTime = parameters.time("entry-time")
        exitTime = parameters.time("exit-time")
        guard entryTime < exitTime else {
            throw ParameterError("parameter exit-time: \(exitTime) does not lie after entry-time \(entryTime)")
        }
        bounceBps = parameters.number("bounce-bps")
        stopMultiple = parameters.number("stop-atr")
        trueRange = AverageTrueRange(period: parameters.integer("atr-period"))
    }

    public var indicators: [any BarIndicator] { [trueRange] }

    public var sessionIndicators: [any SessionIndicator] { [] }

    public var entryWindow: ClosedRange<TimeOfDay>? { entryTime...entryTime }

    public func beforeOpen(_ session: borrowing SessionView, _ decision: inout Decision) {}

    public func decide(_ session: borrowing SessionView, _ decision: inout Decision) {
        decision.reason = noTrade(session, &decision)?.rawValue
    }

    /// Goes through the rules; returns why there is no trade, or nil with an order in `decision`.
    private func noTrade(_ session: borrowing SessionView, _ decision: inout Decision) -> NoTrade? {
        guard weekdays.contains(session.session.date.weekday) else { return .weekday }
        let exit = session.secondsSinceOpen(session.exitTime(exitTime))
        let entry = session.firstBar(atOrAfter: entryTime)
        guard entry > 0 else { return .nothingBefore }
        guard entry < session.count, session.secondsSinceOpen(entry) < exit else { return .noEntryBar }
        if bounceBps > 0 {
            var low = Double.infinity
            for bar in 0..<entry { low = min(low, session.low(bar)) }
            let bounce = (session.close(entry - 1) / low - 1) * 10_000
            guard !session.equality.isBelow(bounce, bounceBps) else { return .noBounce }
        }
        let range = session.column(0, entry - 1)
        decision.order = EntryOrder(
            bar: entry, stopDistance: stopMultiple > 0 ? stopMultiple * range : nil, exitTime: exitTime,
            averageTrueRange: range)
        return nil
    }

    /// Why a session is not traded.
    private enum NoTrade: Int {
        case weekday, nothingBefore, noEntryBar, noBounce
    }

    public func explanation(of reason: Int, in slice: SessionSlice, of history: BarHistory) -> String {
        switch NoTrade(rawValue: reason) {
        case .weekday: "no entries on this weekday"
        case .nothingBefore: "no bar before entry-time to decide on"
        case .noEntryBar: "no bar between entry-time and the exit"
        case .noBounce: "no bounce from the morning's low"
        case nil: ""
        }
    }

    public func code(of reason: Int) -> String {
        switch NoTrade(rawValue: reason) {
        case .weekday: NoTradeCode.filter("chosen-day")
        case .nothingBefore: NoTradeCode.tooFewBars
        case .noEntryBar: NoTradeCode.expired
        case .noBounce: NoTradeCode.filter("bounce")
        case nil: ""
        }
    }
}
