import ArgumentParser
import PlaybookCore
import PlaybookResearch
import PlaybookAssembly
import PlaybookReports
import PlaybookSettings
import PlaybookUseCases

struct SweepCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sweep",
        abstract: "Run a playbook with many parameter sets over the same sessions.",
        discussion: """
            Prints the best sets, what the sets around them give, and what each value comes to; whole results go to \
            RESEARCH_DIR as CSV and Parquet, with a manifest that gives the same bytes again. Interrupted, it goes on \
            where it was. Every set tried is remembered, and counts against luck.

            EXAMPLES
              trading-playbook sweep --symbol QQQ --source sample \\
                --start 2024-01-02 --end 2025-06-30 \\
                --grid stop-atr=0.8:2.0:0.2 --grid window-end=10:30,11:00
              trading-playbook sweep --manifest output/research/RUN/manifest.json \\
                --task 0/8
            """)

    @OptionGroup(title: "Data options") var data: DataOptions
    @OptionGroup var playbook: PlaybookOptions
    @OptionGroup(title: "Grid options") var grid: GridOptions
    @OptionGroup var place: ResearchPlaceOption
    @Flag(help: "Judge the best set: deflated Sharpe ratio, overfitting, predictive ability, verdict.")
    var verdict = false
    @Flag(help: "Write the manifest for tasks that do the work; run nothing.") var submit = false
    @Option(help: ArgumentHelp("Do one task of the sweep of this manifest.", valueName: "file")) var manifest: String?
    @Option(
        help: ArgumentHelp(
            "Which task of --manifest, from 0: 3/8. Unset: as Cloud Run or Kubernetes says.", valueName: "task/tasks"))
    var task: String?
    @Option(help: "How to print: table or json.") var format = ReportFormat.table
    @OptionGroup var env: EnvFileOption

    func validate() throws {
        guard task == nil || manifest != nil else { throw ValidationError("--task goes with --manifest.") }
        guard manifest == nil || (!submit && grid.grid.isEmpty) else {
            throw ValidationError("--manifest says what to run: leave --grid and --submit out.")
        }
        if let task, TaskShare(task) == nil { throw ValidationError("--task '\(task)': expected for instance 0/8.") }
    }

    func run() async throws {
        let settings = try env.settings(data.flags + playbook.flags + [place.flag])
        let meter = ProgressMeter(isOn: Terminal.hasErrorOutput)
        defer { meter.clear() }
        if let manifest {
            let done = try await SweepJob.task(manifest, task.flatMap { TaskShare($0) }, settings: settings) {
                meter.show($0, of: $1, "sweep", unit: "units")
            }
            meter.clear()
            switch done {
            case .written(let part, let units): try standardOutput("\(part): \(units) units")
            case .there(let part): try standardOutput("\(part) is there: nothing was run")
            }
            return
        }
        let job = try SweepJob(settings: settings)
        let request = try grid.request(playbook)
        if submit {
            let written = try await job.submit(request)
            for warning in written.warnings { standardError("warning: \(warning.words(.commandLine))") }
            try standardOutput("\(written.manifest)\n\(written.units) units: run 'sweep --manifest' with --task 0/N …")
            return
        }
        var result = try await job.run(request) { meter.show($0, of: $1, "sweep", unit: "units") }
        meter.clear()
        for warning in result.warnings { standardError("warning: \(warning.words(.commandLine))") }
        if verdict { result = try await result.judged() }
        try standardOutput(result.text(format, color: Terminal.usesColor, words: .commandLine))
    }
}
