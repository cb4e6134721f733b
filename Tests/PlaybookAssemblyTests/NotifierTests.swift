import PlaybookCore
import Synchronization
import Testing

@testable import PlaybookAssembly
@testable import PlaybookSettings
@testable import PlaybookUseCases

@Suite("Notifications")
struct NotifierTests {
    /// Keeps what it is sent.
    private final class Inbox: AlertSink {
        let name = "inbox"
        private let kept = Mutex<[Alert]>([])

        var alerts: [Alert] { kept.withLock { $0 } }

        func send(_ alert: Alert) async throws { kept.withLock { $0.append(alert) } }
    }

    /// Never takes anything.
    private struct Broken: AlertSink {
        let name = "broken"

        func send(_ alert: Alert) async throws { throw PlaybookError(.sourceUnavailable, "nobody there") }
    }

    private let folder: ScratchFolder
    private let inbox = Inbox()
    private let lines = LoggedLines()

    init() throws { folder = try ScratchFolder() }

    @discardableResult
    private func run(
        _ dates: BacktestRequest.Dates, now: String, _ flags: [String: String] = [:], tellsSuccess: Bool = true,
        sinks: [any AlertSink]? = nil, isDryRun: Bool = false
    ) async throws -> BacktestRunner.Outcome {
        let defaults = [
            "SYMBOLS": "QQQ,SPY", "DATA_SOURCE": "sample", "OUTPUT_DIR": folder.path, "PLAYBOOK_NOW": now,
        ]
        let runner = BacktestRunner(
            settings: try settings(defaults.merging(flags) { $1 }, in: folder), log: lines.log(.text),
            notifier: Notifier(sinks ?? [inbox], tellsSuccess: tellsSuccess))
        return await runner.run(BacktestRequest(dates: dates, isDryRun: isDryRun))
    }

    /// A source that has nothing: every run fails, worth another try for today's session.
    private var noBars: [String: String] {
        get throws {
            for symbol in ["QQQ", "SPY"] {
                try folder.write(
                    "\(symbol)_2Min.csv",
                    "timestamp,open,high,low,close,volume\n2025-11-25T14:30:00Z,100,101,99,100,10\n")
            }
            return ["DATA_SOURCE": "files", "DATA_DIR": folder.path]
        }
    }

    @Test("a day's run is told of once, with each symbol's session")
    func summary() async throws {
        try await run(.today, now: "2025-11-28T22:00:00Z")
        try await run(.today, now: "2025-11-28T22:00:00Z")
        let alert = try #require(inbox.alerts.first)
        #expect(inbox.alerts.count == 1, "delivered twice, the second run changed nothing")
        #expect(alert.severity == .info)
        #expect(alert.title.hasPrefix("trading-playbook dp20 2025-11-28: "))
        #expect(alert.lines.contains { $0.hasPrefix("QQQ 2025-11-28: ") })
        #expect(alert.lines.contains { $0.hasPrefix("SPY 2025-11-28: ") })
        #expect(alert.lines.contains { $0.hasPrefix("Last 30 days: ") })
    }

    @Test("runs over ranges, dry runs, holidays and, if so wished, successes are nothing to tell of")
    func quiet() async throws {
        try await run(.range(date("2025-11-24"), date("2025-11-26")), now: "2025-11-28T22:00:00Z")
        try await run(.today, now: "2025-11-27T22:00:00Z")
        try await run(.today, now: "2025-11-28T22:00:00Z", isDryRun: true)
        try await run(.catchUp(from: nil), now: "2025-11-28T22:00:00Z", tellsSuccess: false)
        #expect(inbox.alerts.isEmpty)
    }

    @Test("a failure is told of, with what to do")
    func failure() async throws {
        try await run(
            .today, now: "2025-11-28T22:00:00Z", ["DATA_SOURCE": "files", "DATA_DIR": folder.path], tellsSuccess: false)
        let alert = try #require(inbox.alerts.first)
        #expect(alert.severity == .failure && alert.title.hasSuffix("failed"))
        #expect(alert.lines.contains { $0.contains(folder.path) })
    }

    @Test("bars that are late are nothing to tell of until hours after the close")
    func late() async throws {
        try await run(.catchUp(from: nil), now: "2025-11-26T22:00:00Z", noBars)
        #expect(inbox.alerts.isEmpty)
        try await run(.catchUp(from: nil), now: "2025-11-27T02:00:00Z", noBars)
        #expect(inbox.alerts.map(\.severity) == [.failure])
    }

    @Test("sessions that are missing are told of even when the run went well")
    func holes() async throws {
        try await run(.range(date("2025-11-20"), date("2025-11-21")), now: "2025-11-28T22:00:00Z")
        try await run(.today, now: "2025-11-28T22:00:00Z")
        let alert = try #require(inbox.alerts.first)
        #expect(alert.severity == .failure && alert.title.hasSuffix("sessions are missing"))
        #expect(alert.lines.contains { $0.hasPrefix("6 sessions have no row") })
    }

    @Test("one that fails is a warning, and the others are told")
    func broken() async throws {
        let outcome = try await run(.today, now: "2025-11-28T22:00:00Z", sinks: [Broken(), inbox])
        #expect(outcome.exitCode == 0)
        #expect(inbox.alerts.count == 1)
        #expect(lines.text.contains("WARNING a notification was not sent: nobody there"))
    }
}
