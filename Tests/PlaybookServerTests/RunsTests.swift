import PlaybookCore
@testable import PlaybookAssembly
@testable import PlaybookSettings
@testable import PlaybookUseCases
import Synchronization
import Testing

@testable import PlaybookServer

@Suite("Runs")
struct RunsTests {
    /// Runs that end when they are told to.
    final class Gate: Sendable {
        let started = Mutex(0)
        let cancelled = Mutex(0)
        let end = FirstAnswer<Void>()
        let heedsCancellation: Bool

        init(heedsCancellation: Bool = true) { self.heedsCancellation = heedsCancellation }

        var runner: RunRegistry.Runner {
            { _, _ in
                self.started.withLock { $0 += 1 }
                if self.heedsCancellation {
                    await withTaskCancellationHandler {
                        await self.end.value
                    } onCancel: {
                        self.cancelled.withLock { $0 += 1 }
                        self.end.resolve(())
                    }
                } else {
                    await self.end.value
                }
                let error = PlaybookError(.tryAgain, "told to end")
                return BacktestRunner.Outcome(runID: "run", result: .failure(error))
            }
        }

        func hasStarted(_ count: Int) async {
            while started.withLock({ $0 }) < count { await Task.yield() }
        }
    }

    private func call(_ date: String) throws -> BacktestCall {
        let settings = try Settings(
            flags: [:],
            environment: ["DATA_SOURCE": "sample", "SYMBOLS": "QQQ", "PLAYBOOK_NOW": "2025-11-04T21:30:00Z"],
            envFile: nil, readsFile: false)
        return try BacktestCall(
            Array("{\"date\":\"\(date)\"}".utf8), settings: settings, limits: ServiceLimits(),
            budget: settings.serviceBudget())
    }

    private func isStopping(_ answer: RunRegistry.Answer) -> Bool { if case .stopping = answer { true } else { false } }
    private func isBusy(_ answer: RunRegistry.Answer) -> Bool { if case .busy = answer { true } else { false } }

    @Test("the same is done once, and everybody gets its answer")
    func joining() async throws {
        let gate = Gate()
        let runs = RunRegistry(limit: 1, runner: gate.runner)
        let call = try call("2025-11-04")
        await withTaskGroup(of: RunRegistry.Answer.self) { group in
            for _ in 0..<20 { group.addTask { await runs.run(call, trace: nil) } }
            await gate.hasStarted(1)
            for _ in 0..<100 { await Task.yield() }
            gate.end.resolve(())
            for await answer in group {
                guard case .ran(let outcome) = answer else {
                    Issue.record("\(answer)")
                    continue
                }
                #expect(outcome.runID == "run")
            }
        }
        #expect(await runs.isIdle)
        #expect(await runs.last?.runID == "run")
    }

    @Test("no more than so many different ones at a time")
    func limit() async throws {
        let gate = Gate()
        let runs = RunRegistry(limit: 2, runner: gate.runner)
        let calls = try ["2025-11-03", "2025-11-04", "2025-10-31"].map(call)
        async let first = runs.run(calls[0], trace: nil)
        async let second = runs.run(calls[1], trace: nil)
        await gate.hasStarted(2)
        #expect(isBusy(await runs.run(calls[2], trace: nil)))
        gate.end.resolve(())
        _ = await (first, second)
        #expect(!isBusy(await runs.run(calls[2], trace: nil)))
    }

    @Test(
        "are cancelled when their time is over, and their callers told, whether they heed it or not",
        arguments: [true, false])
    func stopping(heeds: Bool) async throws {
        let gate = Gate(heedsCancellation: heeds)
        let runs = RunRegistry(limit: 2, runner: gate.runner)
        let call = try call("2025-11-04")
        async let answer = runs.run(call, trace: nil)
        await gate.hasStarted(1)
        let start = ContinuousClock.now
        await runs.stop(after: 0)
        #expect(ContinuousClock.now - start < .seconds(60))
        #expect(isStopping(await answer))
        #expect(isStopping(await runs.run(call, trace: nil)))
        #expect(gate.cancelled.withLock { $0 } == (heeds ? 1 : 0))
        #expect(await runs.isIdle == heeds)
        gate.end.resolve(())
    }

    @Test("that end in time are let to")
    func finishing() async throws {
        let gate = Gate()
        let runs = RunRegistry(limit: 2, runner: gate.runner)
        let call = try call("2025-11-04")
        async let answer = runs.run(call, trace: nil)
        await gate.hasStarted(1)
        async let stopped: Void = runs.stop(after: 60)
        while await !runs.isStopping { await Task.yield() }
        gate.end.resolve(())
        await stopped
        #expect(!isStopping(await answer))
        #expect(gate.cancelled.withLock { $0 } == 0)
    }
}

@Suite("Health checks")
struct HealthChecksTests {
    private static let good = HealthChecks.Component(name: "a", isHealthy: true, detail: "fine")

    @Test("are made once for all who ask, and kept")
    func once() async {
        let count = Mutex(0)
        let open = FirstAnswer<Void>()
        let checks = HealthChecks(limit: .seconds(600)) {
            count.withLock { $0 += 1 }
            await open.value
            return [Self.good]
        }
        await withTaskGroup(of: [HealthChecks.Component].self) { group in
            for _ in 0..<20 { group.addTask { await checks.components } }
            for _ in 0..<100 { await Task.yield() }
            open.resolve(())
            for await components in group { #expect(components == [Self.good]) }
        }
        _ = await checks.components
        #expect(count.withLock { $0 } == 1)
    }

    @Test("are made anew when they are old")
    func again() async {
        let count = Mutex(0)
        let checks = HealthChecks(keptFor: .zero, limit: .seconds(600)) {
            count.withLock { $0 += 1 }
            return [Self.good]
        }
        _ = await checks.components
        _ = await checks.components
        #expect(count.withLock { $0 } == 2)
    }

    @Test("that do not come to an end count as failed")
    func timeout() async {
        let never = FirstAnswer<Void>()
        let checks = HealthChecks(limit: .milliseconds(20)) {
            await never.value
            return [Self.good]
        }
        #expect(await checks.components.map(\.isHealthy) == [false])
        never.resolve(())
    }
}
