public import PlaybookCore

/// A watch elsewhere that is told of each day's run, so that one that never ran is noticed there.
package protocol RunWatch: Sendable {
    /// Tells it that a run ended, well or not.
    ///
    /// - Throws: a `PlaybookError` when it could not be told.
    func beat(isFailure: Bool) async throws(PlaybookError)
}

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
        public var exitCode: Int32 { code?.exitCode ?? 0 }

        /// What went wrong; nil when nothing did.
        public var code: PlaybookError.Code? {
            switch result {
            case .success(let result): result.code
            case .failure(let error): error.code
            }
        }
    }

    private let tools: Tools
    private let log: EventLog?
    private let notifier: Notifier
    private let heartbeat: (any RunWatch)?
    /// Takes what went wrong with a notification when there is no log.
    private let warn: @Sendable (String) -> Void

    /// What runs are made of.
    package struct Tools: Sendable {
        /// Makes the job of a run, after what is in buckets was read anew.
        package var job: @Sendable (_ request: BacktestRequest, _ runID: String) async throws -> BacktestJob
        /// What time it is.
        package var now: @Sendable () -> Instant
        /// Whether runs leave a record beside the journal.
        package var remembers: Bool
        /// How long the run of each day should take, in seconds; nil where it is not set.
        package var expectedRuntime: Double?
        /// Makes the journals that records are left beside.
        package var journals: @Sendable () throws -> [Journal]
        /// The words that logs and notifications have for settings and commands.
        package var words: any Vocabulary

        package init(
            job: @escaping @Sendable (BacktestRequest, String) async throws -> BacktestJob,
            now: @escaping @Sendable () -> Instant, remembers: Bool = false, expectedRuntime: Double? = nil,
            journals: @escaping @Sendable () throws -> [Journal], words: any Vocabulary
        ) {
            (self.job, self.now, self.remembers) = (job, now, remembers)
            (self.expectedRuntime, self.journals, self.words) = (expectedRuntime, journals, words)
        }
    }

    /// A runner.
    ///
    /// - Parameters:
    ///   - log: where to tell of runs; nil for nowhere.
    ///   - warn: takes what went wrong in telling of a run when there is no log.
    package init(
        _ tools: Tools, log: EventLog?, notifier: Notifier, heartbeat: (any RunWatch)? = nil,
        warn: @escaping @Sendable (String) -> Void = { _ in }
    ) {
        (self.tools, self.log, self.notifier) = (tools, log, notifier)
        (self.heartbeat, self.warn) = (heartbeat, warn)
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
        let runID = BacktestJob.runID(tools.now())
        var job: BacktestJob?
        let result: Result<BacktestResult, PlaybookError>
        do {
            let made = try await tools.job(request, runID)
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
        let remembers = !request.isDryRun && tools.remembers
        guard log != nil || !notifier.isEmpty || remembers else { return }
        var standing: JournalStanding?
        if log != nil || !notifier.isEmpty {
            do {
                standing = try await job?.standing()
            } catch {
                report("the journal cannot be read back: \(tools.words.words(of: error))")
            }
        }
        let record = RunRecord(
            request: request, outcome: outcome, duration: duration, traffic: job?.traffic ?? DataTraffic(),
            standing: standing, words: tools.words)
        if let log { record.write(to: log, trace: trace) }
        if remembers { await remember(record, report: report) }
        if record.isDaily, let expected = tools.expectedRuntime, duration > expected * RunOverview.patience {
            report(
                "the run took \(fixed(duration, 1)) s, more than \(fixed(RunOverview.patience, 1)) times the "
                    + "\(fixed(expected, 1)) s of EXPECTED_RUNTIME")
        }
        await notifier.tell(record, now: tools.now(), report: report)
    }

    /// Leaves a record of the run beside each journal.
    private func remember(_ record: RunRecord, report: @Sendable (String) -> Void) async {
        do {
            let now = tools.now()
            let run = try record.text()
            for journal in try tools.journals() { try await journal.history?.keep(run, now: now) }
        } catch {
            report("the run is not remembered: \(tools.words.words(of: error))")
        }
    }

    /// Calls the watch after a day's run, unless it is to be run again anyway.
    private func beat(
        _ request: BacktestRequest, _ outcome: Outcome, report: @Sendable (String) -> Void
    ) async {
        guard let heartbeat, request.isDaily, outcome.code != .tryAgain else { return }
        do {
            try await heartbeat.beat(isFailure: outcome.exitCode != 0)
        } catch {
            report("the heartbeat was not sent: \(tools.words.words(of: error))")
        }
    }

    /// Tells `log` of a run of `request` that could not even start, in its words.
    public static func tell(
        _ error: PlaybookError, of request: BacktestRequest, in log: EventLog, now: Instant, words: any Vocabulary
    ) {
        let outcome = Outcome(runID: BacktestJob.runID(now), result: .failure(error))
        RunRecord(request: request, outcome: outcome, duration: 0, traffic: DataTraffic(), standing: nil, words: words)
            .write(to: log, trace: nil)
    }
}
