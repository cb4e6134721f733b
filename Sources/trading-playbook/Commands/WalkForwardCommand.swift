public import ArgumentParser
import PlaybookCore
public import PlaybookResearch
import PlaybookAssembly
import PlaybookReports
import PlaybookSettings
import PlaybookUseCases

struct WalkForwardCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "walk-forward",
        abstract: "Choose the best set on the past, judge it on what followed, and go on.",
        usage: "trading-playbook walk-forward [<options>]",
        discussion: """
            On each train window the best set by the metric is chosen; it runs on the test window that follows. All test \
            windows together are what the choosing would have earned. A verdict on a sweep over the same sets takes it in.

            EXAMPLE
              trading-playbook walk-forward --symbol QQQ --source sample \\
                --start 2023-01-03 --end 2025-06-30 --grid stop-atr=0.8:2.0:0.4 \\
                --train 250 --test 60 --min-trades 10
            """)

    @OptionGroup(title: "Data options") var data: DataOptions
    @OptionGroup var playbook: PlaybookOptions
    @OptionGroup(title: "Grid options") var grid: GridOptions
    @Option(help: ArgumentHelp("Length of a train window: sessions, or 12mo, 2y.", valueName: "length"))
    var train: WindowLength
    @Option(help: ArgumentHelp("Length of a test window, which is the step too.", valueName: "length"))
    var test: WindowLength
    @Flag(help: "Train windows all start at the first session.") var anchored = false
    @Flag(help: "Choose a set for each symbol by itself.") var perSymbol = false
    @OptionGroup var place: ResearchPlaceOption
    @Option(help: "How to print: table or json.") var format = ReportFormat.table
    @OptionGroup var env: EnvFileOption

    func run() async throws {
        let settings = try env.settings(data.flags + playbook.flags + [place.flag])
        var request = try grid.request(playbook)
        var windows = ResearchRequest.Windows(train: train, test: test)
        (windows.isAnchored, windows.isPerSymbol) = (anchored, perSymbol)
        request.windows = windows
        let meter = ProgressMeter(isOn: Terminal.hasErrorOutput)
        defer { meter.clear() }
        let result = try await WalkForwardJob(settings: settings).run(request) {
            meter.show($0, of: $1, "walk-forward", unit: "units")
        }
        meter.clear()
        for warning in result.warnings { standardError("warning: \(warning.words(.commandLine))") }
        if result.isRepeated { standardError("This walk-forward is finished: nothing was run.") }
        try standardOutput(result.bytes(format))
    }
}

extension WindowLength: ExpressibleByArgument {
    public init?(argument: String) { self.init(argument) }
}
