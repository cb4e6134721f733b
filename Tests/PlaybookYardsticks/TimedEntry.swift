public import PlaybookCore

/// Enter at a time on chosen weekdays, leave at a time: the simplest playbook, and the yardstick for others.
public enum TimedEntry: Strategy {
    public static let descriptor = StrategyDescriptor(
        name: "timed-entry",
        summary: "Enter at a time on chosen weekdays, leave at a time",
        rules: [
            "Weekday: only sessions on the weekdays listed.",
            "Entry: at the open of the first bar at or after entry-time.",
            "Stop (when stop-atr is above 0): stop-atr x ATR below the entry, the ATR as of the bar before; a bar that "
                + "opens below the stop fills at its open.",
            "Exit: at the close of the bar that contains exit-time (5 minutes before an early close).",
        ],
        parameters: [
            .weekdays("weekdays", help: "sessions to trade"),
            .time(
                "entry-time", "10:30", Market.xnys.hours.start.adding(minutes: 2)...Market.xnys.hours.times.upperBound,
                unit: "market time", help: "when to enter"),
            .time("exit-time", "15:55", unit: "market time", help: "when to leave"),
            .retired(
                "bounce-bps", kind: .number(0...10_000), defaultText: "0",
                instead:
                    "it is gone, and was 0 unless set: leave it out. A rule of one's own is written as a strategy, "
                    + "docs/writing-strategies.md"),
            .number("stop-atr", 0, 0...100, unit: "x ATR", help: "distance of the stop below the entry; 0 for no stop"),
            .whole("atr-period", 14, 1...1000, unit: "2-minute bars", help: "period of the ATR"),
            .shares,
        ] + ParameterSpec.costs)

    public static func write(_ playbook: inout PlaybookBuilder, _ parameters: ParameterSet) throws {
        let (entry, exit) = (parameters.time("entry-time"), parameters.time("exit-time"))
        guard entry < exit else {
            throw ParameterError(
                "parameter exit-time: \(exit.onTheClock) does not lie after entry-time \(entry.onTheClock)")
        }
        let stopRanges = parameters.number("stop-atr")
        let range = playbook.value("range", .atr(parameters.whole("atr-period")))
        playbook.filter(
            "chosen-day", .weekday(in: parameters.weekdays("weekdays")), otherwise: "no entries on this weekday")
        playbook.setups = [
            Setup(
                side: .long, entry: .at(time: .time(entry)), stop: stopRanges > 0 ? .entry - stopRanges * range : nil)
        ]
        playbook.exit = .time(exit)
        playbook.size = .shares(.constant(Double(parameters.whole("shares"))))
        playbook.whenNotFilled("no bar between entry-time and the exit")
        playbook.journal = [.trueRangeAtEntry: "range"]
    }
}
