import Foundation
import PlaybookCore
import PlaybookAssembly
import PlaybookSettings
import PlaybookUseCases
import Testing

@Suite("What is told of a run")
struct BacktestRunnerTests {
    private let folder: ScratchFolder
    private let lines = LoggedLines()

    init() throws { folder = try ScratchFolder() }

    /// The records that a run leaves.
    private func run(
        _ dates: BacktestRequest.Dates, _ flags: [String: String] = [:], environment: [String: String] = [:]
    ) async throws -> (outcome: BacktestRunner.Outcome, records: [[String: Any]]) {
        let defaults = [
            "SYMBOLS": "QQQ,SPY", "DATA_SOURCE": "sample", "OUTPUT_DIR": folder.path,
            "PLAYBOOK_NOW": "2025-11-28T22:00:00Z",
        ]
        let settings = try settings(defaults.merging(flags) { $1 }, environment: environment, in: folder)
        let outcome = try await BacktestRunner(settings: settings, log: lines.log(.json))
            .run(BacktestRequest(dates: dates))
        return (outcome, try lines.records())
    }

    @Test("one record with what alerts and the dashboard use")
    func completed() async throws {
        let (outcome, records) = try await run(.range(date("2025-11-24"), date("2025-11-28")))
        let record = try #require(records.last)
        #expect(records.count { $0["event"] as? String == "run_completed" } == 1)
        #expect(outcome.exitCode == 0)
        #expect(record["run_id"] as? String == outcome.runID)
        #expect(record["status"] as? String == "completed" && record["severity"] as? String == "INFO")
        #expect(record["sessions"] as? Int == 8)
        #expect(record["rows_written"] as? [String: Int] == ["csv": 8])
        #expect(record["rows_unchanged"] as? [String: Int] == ["csv": 0])
        #expect(record["missing_sessions"] as? Int == 0)
        #expect(record["first_session"] as? String == "2025-11-24")
        #expect(record["last_session"] as? String == "2025-11-28")
        #expect(record["trigger"] as? String == "range")
        #expect(record["fetch_latency_p95_seconds"] is NSNull)
        let result = try outcome.result.get()
        #expect(record["trades"] as? Int == result.rows.count { $0.trade != nil })
        #expect(record["trades_30d"] as? Int == Performance(result.rows).trades)
    }

    @Test("also of a run that had nothing to do")
    func skipped() async throws {
        let (_, records) = try await run(.today, ["PLAYBOOK_NOW": "2025-11-27T22:00:00Z"])
        #expect(records.count == 1)
        #expect(records[0]["status"] as? String == "skipped")
        #expect(records[0]["reason"] as? String == "market holiday")
        #expect(records[0]["missing_sessions"] as? Int == 2)
    }

    @Test("also of one that failed: an error, and the record with its exit code")
    func failed() async throws {
        let (outcome, records) = try await run(.today, ["DATA_SOURCE": "files", "DATA_DIR": folder.path])
        let record = try #require(records.last)
        #expect(outcome.exitCode == 69)
        #expect(record["status"] as? String == "failed" && record["severity"] as? String == "ERROR")
        #expect(record["exit_code"] as? Int == 69 && record["errors"] as? Int == 1)
        #expect((record["error_messages"] as? [String])?.first?.contains(folder.path) == true)
        #expect(records.dropLast().contains { $0["severity"] as? String == "ERROR" })
    }

    @Test("what may pass on its own is a warning")
    func tryAgain() async throws {
        let (_, records) = try await run(.today, ["PLAYBOOK_NOW": "2025-11-28T16:00:00Z"])
        #expect(records.allSatisfy { $0["severity"] as? String == "WARNING" })
        #expect(records.last?["exit_code"] as? Int == 75)
    }

    @Test("a journal that would go with the Cloud Run instance is refused", arguments: ["K_SERVICE", "CLOUD_RUN_JOB"])
    func lasting(variable: String) async throws {
        let (outcome, _) = try await run(.today, environment: [variable: "playbook"])
        #expect(outcome.exitCode == 78)
        #expect(!FileManager.default.fileExists(atPath: folder.path + "/trades.csv"))
    }
}
