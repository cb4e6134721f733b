import PlaybookAlerts
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
    private let heartbeat: Heartbeat?
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
        self.init(
            settings: settings, log: log, notifier: try settings.notifier(), heartbeat: try settings.heartbeat(),
            budget: budget,
            warn: warn)
    }

    init(
        settings: Settings, log: EventLog?, notifier: Notifier, heartbeat: Heartbeat? = nil,
        budget: Settings.ServiceBudget? = nil,
        warn: @escaping @Sendable (String) -> Void = { _ in }
    ) {
        self.settings = settings
        self.log = log
        self.notifier = notifier
        self.heartbeat = heartbeat
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
            // What is in a bucket is read anew for each run.
            let settings = request.playbookText == nil ? try await settings.loaded(for: request.strategy) : settings
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
        let report: @Sendable (String) -> Void = { [log, warn] problem in
            guard let log else { return warn(problem) }
            log.write(.warning, problem, ["run_id": .text(runID)], trace: trace)
        }
        let duration = (ContinuousClock.now - start) / .seconds(1)
        await tell(request, outcome, job, trace, duration: duration, report: report)
        await beat(request, outcome, report: report)
        return outcome
    }

    private static let cancelled = PlaybookError(.tryAgain, "the run was cancelled", nextStep: "Run it again.")

    private func tell(
        _ request: BacktestRequest, _ outcome: Outcome, _ job: BacktestJob?, _ trace: CloudTrace?, duration: Double,
        report: @escaping @Sendable (String) -> Void
    ) async {
        guard log != nil || !notifier.isEmpty else { return }
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

    /// Calls the watch after a day's run, unless it is to be run again anyway.
    private func beat(
        _ request: BacktestRequest, _ outcome: Outcome, report: @Sendable (String) -> Void
    ) async {
        guard let heartbeat, request.isDaily, outcome.exitCode != PlaybookError.Code.tryAgain.rawValue else { return }
        do {
            try await heartbeat.beat(isFailure: outcome.exitCode != 0)
        } catch {
            report("the heartbeat was not sent: \(error)")
        }
    }

    /// Tells `log` of a run of `request` that could not even start.
    public static func tell(_ error: PlaybookError, of request: BacktestRequest, in log: EventLog) {
        let outcome = Outcome(runID: BacktestJob.runID(SystemClock().now()), result: .failure(error))
        RunRecord(request: request, outcome: outcome, duration: 0, traffic: DataTraffic(), standing: nil)
            .write(to: log, trace: nil)
    }
}
