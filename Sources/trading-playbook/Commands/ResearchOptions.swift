public import ArgumentParser
import PlaybookCore
public import PlaybookResearch
package import PlaybookAssembly
import PlaybookUseCases

/// Where research keeps its runs.
struct ResearchPlaceOption: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Folder or gs://BUCKET/PREFIX of runs. (RESEARCH_DIR, default ./output/research)", valueName: "folder"),
        completion: .directory)
    var researchDir: String?

    /// The setting that this option overrides.
    var flag: (name: String, value: String?) { ("RESEARCH_DIR", researchDir) }
}

/// Which sets over which sessions.
struct GridOptions: ParsableArguments {
    @Option(help: "First session date, YYYY-MM-DD.") var start: CivilDate?
    @Option(help: "Last session date, YYYY-MM-DD.") var end: CivilDate?

    @Option(
        parsing: .singleValue,
        help: ArgumentHelp(
            "A parameter and its values, first:last:step or a list; may be repeated.", valueName: "name=values"),
        completion: .list([]))
    var grid: [String] = []
    @Option(
        name: .customLong("where"), parsing: .singleValue,
        help: ArgumentHelp(
            "Only combinations for which this holds, as 'window-start < window-end'; may be repeated.",
            valueName: "condition"), completion: .list([]))
    var conditions: [String] = []
    @Option(help: ArgumentHelp("Draw so many of the combinations.", valueName: "count")) var sample: Int?
    @Option(help: ArgumentHelp("The seed of draws.", valueName: "number")) var seed: UInt64 = 1
    @Option(
        help: ArgumentHelp(
            "What sets are ranked by: \(Metric.allCases.map(\.rawValue).joined(separator: ", ")).", valueName: "figure")
    )
    var metric = Metric.sharpe
    @Option(help: ArgumentHelp("Sets with fewer trades are not ranked.", valueName: "count")) var minTrades = 30
    @Option(help: ArgumentHelp("What returns refer to, in USD.", valueName: "USD")) var capital = 100_000.0

    func validate() throws {
        if let sample, sample < 1 { throw ValidationError("--sample: give a number above 0.") }
        guard minTrades >= 0 else { throw ValidationError("--min-trades: give 0 or more.") }
        guard capital > 0, capital.isFinite else { throw ValidationError("--capital: give an amount above 0.") }
    }

    /// What is asked for.
    func request(_ playbook: PlaybookOptions) throws -> ResearchRequest {
        guard let start, let end else {
            throw PlaybookError(
                .usage, "which sessions?", nextStep: "Add --start and --end, for instance --start 2016-01-01.")
        }
        guard start <= end else { throw PlaybookError(.usage, "--start \(start) lies after --end \(end)") }
        guard !grid.isEmpty else {
            throw PlaybookError(
                .usage, "which parameters are to differ?",
                nextStep: "Add --grid, for instance --grid stop-atr=0.8:2.0:0.1.")
        }
        var request = ResearchRequest(dates: start...end)
        request.fixed = try playbook.parameters()
        (request.grid, request.conditions) = (grid, conditions)
        (request.sample, request.seed) = (sample, seed)
        (request.metric, request.minimumTrades, request.capital) = (metric, minTrades, capital)
        return request
    }
}

extension Metric: ExpressibleByArgument {}
extension ResearchReports.Format: ExpressibleByArgument {}
