public import PlaybookCore

/// Runs backtests and tells of each: a `run_completed` record in the log, and notifications.
public struct BacktestRunner: Sendable {
    /// What came of a run.
    public struct Outcome: Sendable {
        /// The run, as in the journal's `run_id`.
        public let runID: String
        /// What was done, or why nothing was.
        public let result: Result<BacktestResult, PlaybookError>

        /// `completed`, `partial` when some symbols or writers failed, `skipped` when there was nothing to do, or `failed`.
        public var status: String {
            guard let result = try? result.get() else { return "failed" }
            if case .skipped = result.status { return "skipped" }
            return result.exitCode == 0 ? "completed" : "partial"
        }

        /// The exit code of a process that did just this run.
        public var exitCode: Int32 {
            switch result {
            case .success(let result): result.exitCode
            case .failure(let error): error.code.rawValue
            }
        }
    }

    private let settings: Settings
    private let log: EventLog?
    private let notifier: Notifier
    private let budget: Settings.ServiceBudget?
    /// Takes what went wrong with a notification when there is no log.
    private let warn: @Sendable (String) -> Void

    /// A runner under `settings`.
    ///
    /// - Parameters:
    ///   - log: where to tell of runs; nil for nowhere.
    ///   - budget: what a run may cost; nil for anything.
    ///   - warn: takes what went wrong in telling of a run when there is no log.
    /// - Throws: a `PlaybookError` that names a setting at fault.
    public init(
        settings: Settings, log: EventLog?, budget: Settings.ServiceBudget? = nil,
        warn: @escaping @Sendable (String) -> Void = { _ in }
    ) throws {
        self.init(settings: settings, log: log, notifier: try settings.notifier(), budget: budget, warn: warn)
    }

    init(
        settings: Settings, log: EventLog?, notifier: Notifier, budget: Settings.ServiceBudget? = nil,
        warn: @escaping @Sendable (String) -> Void = { _ in }
    ) {
        self.settings = settings
        self.log = log
        self.notifier = notifier
        self.budget = budget
        self.warn = warn
    }

    /// Runs `request`, and returns when everything is written and told.
    ///
    /// - Parameters:
    ///   - trace: what the log's records belong to.
    ///   - progress: called with the number of symbols done, from any thread.
    public func run(
        _ request: BacktestRequest, trace: CloudTrace? = nil,
        progress: @Sendable (Int, Int) -> Void = { _, _ in }
    ) async -> Outcome {
        let start = ContinuousClock.now
        let runID = BacktestJob.runID((try? settings.clock().now()) ?? SystemClock().now())
        var job: BacktestJob?
        let result: Result<BacktestResult, PlaybookError>
        do {
            try settings.requireLastingJournal()
            let made = try BacktestJob(request, settings: settings, runID: runID, budget: budget)
            job = made
            result = .success(try await made.run(progress: progress))
        } catch let error as PlaybookError {
            result = .failure(error)
        } catch is CancellationError {
            result = .failure(Self.cancelled)
        } catch {
            result = .failure(PlaybookError(.badData, "\(error)"))
        }
        let outcome = Outcome(runID: runID, result: result)
        await tell(request, outcome, job, trace, duration: (ContinuousClock.now - start) / .seconds(1))
        return outcome
    }

    private static let cancelled = PlaybookError(.tryAgain, "the run was cancelled", nextStep: "Run it again.")

    private func tell(
        _ request: BacktestRequest, _ outcome: Outcome, _ job: BacktestJob?, _ trace: CloudTrace?, duration: Double
    ) async {
        guard log != nil || !notifier.isEmpty else { return }
        let run: [String: LogValue] = ["run_id": .text(outcome.runID)]
        let report: @Sendable (String) -> Void = { problem in
            if let log { log.write(.warning, problem, run, trace: trace) } else { warn(problem) }
        }
        var standing: JournalStanding?
        do {
            standing = try await job?.standing()
        } catch {
            report("the journal cannot be read back: \(error)")
        }
        let record = RunRecord(
            request: request, outcome: outcome, duration: duration, traffic: job?.traffic ?? DataTraffic(),
            standing: standing)
        if let log { record.write(to: log, trace: trace) }
        await notifier.tell(record, now: (try? settings.clock().now()) ?? SystemClock().now(), report: report)
    }

    /// Tells `log` of a run of `request` that could not even start.
    public static func tell(_ error: PlaybookError, of request: BacktestRequest, in log: EventLog) {
        let outcome = Outcome(runID: BacktestJob.runID(SystemClock().now()), result: .failure(error))
        RunRecord(request: request, outcome: outcome, duration: 0, traffic: DataTraffic(), standing: nil)
            .write(to: log, trace: nil)
    }
}
