import PlaybookCore

/// Buys a session that opened below the close before and climbs back above its average price; aims at that close.
enum GapFill: Strategy {
    static let descriptor = StrategyDescriptor(
        name: "gap-fill",
        summary: "Buy a fall overnight once the session trades above its average price again",
        rules: [
            "Gap: the session opens at least gap below the close before it.",
            "Reclaim: the first bar from 09:45 through last-entry that closes above the VWAP and did not before.",
            "Entry: at the open of the next bar.",
            "Stop: at the session's low so far. Target: the close before the gap. At the latest 15:50.",
        ],
        parameters: [
            .number("gap", 0.5, 0.1...10, unit: "percent", help: "least fall from the close before to the open"),
            .time("last-entry", "11:30", unit: "market time", help: "last bar time of the reclaim"),
        ] + ParameterSpec.costs)

    static func write(_ playbook: inout PlaybookBuilder, _ parameters: ParameterSet) throws {
        let gap = parameters.number("gap") / 100
        playbook.filter("gap-down", .gap <= .constant(-gap), otherwise: "it did not open far enough below")

        let low = playbook.value("low", .sessionLow)
        let goal = playbook.value("goal", .prior.close)
        let reclaim = playbook.step(
            "reclaim", Series.close.crosses(above: .vwap), otherwise: "it stayed below its VWAP")
        let start = playbook.market.hours.start.adding(minutes: 15)
        playbook.setups = [
            Setup(
                side: .long, window: Setup.Window(start...parameters.time("last-entry")), steps: [reclaim],
                stop: low, targets: [Setup.Target(at: goal)])
        ]
        playbook.exit = .time(TimeOfDay(minutes: 15 * 60 + 50))
        playbook.size = Plan.Size(.risk, 100, atMost: 20_000)
    }
}
