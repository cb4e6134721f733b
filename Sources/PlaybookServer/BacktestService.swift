import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import NIOPosix
import PlaybookCore
import PlaybookAssembly
import PlaybookReports
public import PlaybookSettings
public import PlaybookUseCases
import ServiceLifecycle
import UnixSignals

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// The use cases over HTTP: `serve`.
public struct BacktestService: Sendable {
    let settings: Settings
    let log: EventLog
    /// Who may come in.
    var door: Door
    /// What a request may cost.
    let budget: RequestBudget
    private let ledger: ParameterLedger
    private let scope: RequestScope
    private let dashboard: DashboardResponder?
    var limits = ServiceLimits()
    /// Runs a backtest.
    let runner: RunRegistry.Runner
    /// Whether SIGTERM and SIGINT stop it; tests cancel it instead.
    var heedsSignals = true
    /// Told the port once it listens.
    var onListening: @Sendable (Int) -> Void = { _ in }

    /// A service under `settings`.
    ///
    /// - Throws: a `PlaybookError` that names a setting at fault.
    public init(settings: Settings, log: EventLog) throws {
        try settings.requireServable()
        try settings.validate()
        self.settings = settings
        self.log = log
        door = Door(names: try settings.serverNames())
        if let check = try settings.identityCheck() { (door.verify, door.trustsLoopback) = check }
        budget = try settings.serviceBudget()
        guard
            let scope = RequestScope(
                settings.strategyName, budget, playbooks: try settings.playbookDescriptors(),
                allowsInline: try settings.allowsInlinePlaybooks())
        else {
            throw PlaybookError(.configuration, "STRATEGY: there is no playbook '\(settings.strategyName.prefix(40))'")
        }
        self.scope = scope
        dashboard = try settings.dashboardAccess().map { access in
            let clock = settings
            return DashboardResponder(
                site: try DashboardSite(settings: settings), door: DashboardDoor(access),
                now: { ((try? clock.now()) ?? Instant(secondsSinceEpoch: 0)).secondsSinceEpoch })
        }
        ledger = ParameterLedger(settings: settings, limit: budget.newParameterSets)
        let runner = try BacktestRunner(settings: settings, log: log, budget: budget)
        self.runner = { await runner.run($0, trace: $1) }
    }

    /// Listens and answers until SIGTERM or SIGINT, then ends what is under way. A second signal ends the process.
    ///
    /// - Throws: a `PlaybookError` when it cannot listen.
    public func run() async throws {
        let address = try settings.serverAddress()
        let threads = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let loop = threads.next()
        let runs = RunRegistry(limit: limits.runs, runner: runner)
        let logger = Logger(label: "trading-playbook") { _ in EventLogHandler(log) }
        let server = application(address, threads, runs, logger)
        let service = StoppingService(
            server: server, runs: runs, log: log, limits: limits, loop: loop, endsProcess: heedsSignals)
        let group = ServiceGroup(
            configuration: .init(
                services: [.init(service: service, successTerminationBehavior: .gracefullyShutdownGroup)],
                gracefulShutdownSignals: heedsSignals ? [.sigterm, .sigint] : [], logger: logger))
        do {
            // On the event loop's thread, which no backtest keeps busy.
            try await withTaskExecutorPreference(EventLoopExecutor(loop)) { try await group.run() }
        } catch {
            throw Self.cannotListen(address, error)
        }
        log.write(.info, "stopped")
        // A run that ignores its cancellation is left behind; writers replace files and objects as a whole.
        if heedsSignals, await !runs.isIdle { _exit(0) }
    }

    private func application(
        _ address: (host: String, port: Int), _ threads: MultiThreadedEventLoopGroup, _ runs: RunRegistry,
        _ logger: Logger
    ) -> some Service {
        let checks = HealthChecks { [settings] in
            await Doctor(settings: settings).run().map { HealthChecks.Component($0) }
        }
        let responder = ServiceResponder(
            settings: settings, limits: limits, log: log, runs: runs, checks: checks, door: door, budget: budget,
            ledger: ledger, dashboard: dashboard, description: OpenAPIText(scope),
            start: .now)
        let room = NIOLoopBoundBox.makeBoxSendingValue(
            ConnectionRoom(limit: limits.connections), eventLoop: threads.next())
        let warning = door.isOpen(on: address.host) ? Self.openDoor(address.host) : nil
        return Application(
            responder: responder,
            server: HTTPServerBuilder { [limits] in GuardedChannel(responder: $0, limits: limits, room: room) },
            configuration: ApplicationConfiguration(
                address: .hostname(address.host, port: address.port), serverName: "trading-playbook"),
            onServerRunning: { [log, onListening, warning] channel in
                let port = channel.localAddress?.port ?? address.port
                let host = address.host.contains(":") ? "[\(address.host)]" : address.host
                if let warning { log.write(.warning, warning) }
                log.write(.info, "listening on http://\(host):\(port)")
                onListening(port)
            },
            eventLoopGroupProvider: .shared(threads), logger: logger)
    }

    /// What is said at start where nobody checks who asks.
    private static func openDoor(_ host: String) -> String {
        "NO IDENTITY IS CHECKED: whoever reaches \(host) may run backtests, which write the journal and ask the source for "
            + "bars. Set OIDC_AUDIENCE, or let the service listen on this machine alone with SERVE_HOST=127.0.0.1."
    }

    private static func cannotListen(_ address: (host: String, port: Int), _ error: any Error) -> any Error {
        let place = "\(address.host), port \(address.port)"
        switch (error as? IOError)?.errnoCode {
        case EADDRINUSE:
            return PlaybookError(
                .sourceUnavailable, "cannot listen on \(place): the port is in use",
                nextStep: "Stop what listens there, or choose another port with --port or PORT.")
        case let code?:
            return PlaybookError(
                .configuration, "cannot listen on \(place): \(String(cString: strerror(code)))",
                nextStep: "Choose another address with --host or SERVE_HOST, or another port with --port or PORT.")
        case nil where error is SocketAddressError:
            return PlaybookError(
                .configuration, "cannot listen on \(place): there is no such address",
                nextStep: "Choose another with --host or SERVE_HOST.")
        case nil: return error
        }
    }
}

/// The server, and an orderly end of what it runs.
private struct StoppingService: Service, CustomStringConvertible {
    // The group asks for it at once; to put together one of all the parts would take milliseconds.
    let description = "serve"
    let server: any Service
    let runs: RunRegistry
    let log: EventLog
    let limits: ServiceLimits
    let loop: any EventLoop
    /// Whether the process ends when the time is over or a second signal comes.
    let endsProcess: Bool

    func run() async throws {
        try await withGracefulShutdownHandler {
            try await server.run()
        } onGracefulShutdown: {
            log.write(.info, "stopping: no more requests are taken")
            let executor = EventLoopExecutor(loop)
            if endsProcess {
                loop.scheduleTask(in: .seconds(Int64(limits.stopSeconds))) { _exit(0) }
                Task(executorPreference: executor) {
                    for await signal in await UnixSignalsSequence(trapping: .sigterm, .sigint) {
                        _exit(128 + (signal == .sigint ? SIGINT : SIGTERM))
                    }
                }
            }
            Task(executorPreference: executor) { await runs.stop(after: limits.finishSeconds) }
        }
    }
}
