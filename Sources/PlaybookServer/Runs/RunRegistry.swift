import PlaybookUseCases

/// The backtests that are running: each once, however often it is asked for.
actor RunRegistry {
    /// What became of a request.
    enum Answer: Sendable {
        /// It ran.
        case ran(BacktestRunner.Outcome)
        /// Too many others are running.
        case busy
        /// The service is stopping.
        case stopping
    }

    private struct Running {
        let answer: FirstAnswer<Answer>
        let task: Task<Void, Never>
    }

    /// Runs a backtest.
    typealias Runner = @Sendable (BacktestRequest, CloudTrace?) async -> BacktestRunner.Outcome

    private let limit: Int
    private let runner: Runner
    private var running: [BacktestCall.Key: Running] = [:]
    private var whenIdle: FirstAnswer<Void>?
    /// Whether no more runs are started.
    private(set) var isStopping = false
    /// What came of the run that ended last.
    private(set) var last: BacktestRunner.Outcome?

    /// - Parameter limit: how many different ones may run at a time.
    init(limit: Int, runner: @escaping Runner) {
        self.limit = limit
        self.runner = runner
    }

    /// Whether nothing is running.
    var isIdle: Bool { running.isEmpty }

    /// Runs what `call` asks for, or waits for the run that already does. A caller that goes away stops nothing.
    func run(_ call: BacktestCall, trace: CloudTrace?) async -> Answer {
        guard !isStopping else { return .stopping }
        if let same = running[call.key] { return await same.answer.value }
        guard running.count < limit else { return .busy }
        let answer = FirstAnswer<Answer>()
        let task = Task.detached { [runner] in
            let outcome = await runner(call.request, trace)
            await self.finish(call.key, outcome)
            answer.resolve(.ran(outcome))
        }
        running[call.key] = Running(answer: answer, task: task)
        return await answer.value
    }

    private func finish(_ key: BacktestCall.Key, _ outcome: BacktestRunner.Outcome) {
        running[key] = nil
        last = outcome
        if running.isEmpty { whenIdle?.resolve(()) }
    }

    /// Starts no more runs, gives those there are time to end, then cancels them and tells their callers.
    func stop(after seconds: Int) async {
        isStopping = true
        await idle(within: .seconds(seconds))
        for run in running.values {
            run.task.cancel()
            run.answer.resolve(.stopping)
        }
        // Whoever obeys it comes to an end in order; the process waits for nobody else.
        await idle(within: .seconds(1))
    }

    private func idle(within time: Duration) async {
        guard !running.isEmpty else { return }
        let idle = FirstAnswer<Void>()
        whenIdle = idle
        let timer = Task {
            try? await Task.sleep(for: time)
            idle.resolve(())
        }
        await idle.value
        timer.cancel()
    }
}
