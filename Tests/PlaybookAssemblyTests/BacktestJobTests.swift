import Foundation
import PlaybookCore
import PlaybookAssembly
import PlaybookSettings
import PlaybookUseCases
import Testing

@Suite("A backtest job")
struct BacktestJobTests {
    private let folder: ScratchFolder
    private let journal: String

    init() throws {
        folder = try ScratchFolder()
        journal = folder.path + "/trades.csv"
    }

    private func run(
        _ dates: BacktestRequest.Dates, _ flags: [String: String] = [:], parameters: [String: String] = [:]
    ) async throws -> BacktestResult {
        let defaults = [
            "SYMBOLS": "QQQ", "DATA_SOURCE": "sample", "OUTPUT_LOCATION": journal,
            "PLAYBOOK_NOW": "2025-11-28T22:00:00Z",
        ]
        let request = BacktestRequest(dates: dates, parameters: parameters)
        return try await BacktestJob(
            request, settings: settings(defaults.merging(flags) { $1 }, in: folder)
        ).run()
    }

    private func lines() throws -> [Substring] {
        try String(contentsOfFile: journal, encoding: .utf8).split(separator: "\n")
    }

    @Test("writes a row for each session and symbol, sorted, and says so")
    func rows() async throws {
        let result = try await run(
            .range(date("2025-11-24"), date("2025-11-28")), ["SYMBOLS": "SPY,QQQ"])
        #expect(result.rows.count == 8)
        #expect(
            result.outcomes.map(\.receipt) == [WriteReceipt(JournalPlace(writer: "csv", location: journal), added: 8)])
        #expect(try lines().count == 9)
        #expect(result.rows.map(\.key) == result.rows.map(\.key).sorted())
        #expect(result.isSynthetic)
        let again = try await run(.range(date("2025-11-24"), date("2025-11-28")), ["SYMBOLS": "SPY,QQQ"])
        #expect(again.outcomes.first?.receipt?.unchanged == 8)
        #expect(again.runID != result.runID)
    }

    @Test("on a holiday writes nothing")
    func holiday() async throws {
        let result = try await run(.today, ["PLAYBOOK_NOW": "2025-11-27T22:00:00Z"])
        guard case .skipped(let reason) = result.status else {
            Issue.record("a holiday is skipped")
            return
        }
        #expect(reason.name == "market holiday" && reason.detail.contains("Thanksgiving Day"))
        #expect(!FileManager.default.fileExists(atPath: journal))
    }

    @Test("one symbol that fails does not lose the others")
    func failure() async throws {
        var bars = "timestamp,open,high,low,close,volume\n"
        let open = try #require(Instant("2025-11-26T14:30:00Z")).secondsSinceEpoch
        for bar in 0..<195 { bars += "\(open + Int64(bar) * 120),100,101,99,100,10\n" }
        try folder.write("GOOD_2Min.csv", bars)
        try folder.write("BAD_2Min.csv", bars + "nonsense,1,1,1,1,1\n")
        let flags = ["SYMBOLS": "BAD,GOOD", "DATA_SOURCE": "files", "DATA_DIR": folder.path]
        let day = BacktestRequest.Dates.range(try date("2025-11-26"), try date("2025-11-26"))
        let result = try await run(day, flags)
        #expect(result.rows.map(\.symbol.name) == ["GOOD"])
        #expect(result.failures.map(\.symbol.name) == ["BAD"])
        #expect(result.failures.first?.error.code == .badData)
        #expect(result.failures.first?.error.message.contains("BAD_2Min.csv:197: ") == true)
        #expect(try lines().count == 2)
        let error = try await playbookError { _ = try await run(day, flags.merging(["SYMBOLS": "BAD"]) { $1 }) }
        #expect(error.code == .badData)
    }

    @Test("today's bars that are not there yet are worth another try; other days' are not")
    func notYet() async throws {
        try folder.write(
            "QQQ_2Min.csv", "timestamp,open,high,low,close,volume\n2025-11-26T14:30:00Z,100,101,99,100,10\n")
        let flags = ["DATA_SOURCE": "files", "DATA_DIR": folder.path]
        let today = try await playbookError { _ = try await run(.today, flags) }
        #expect(today.code == .tryAgain)
        let day = BacktestRequest.Dates.range(try date("2025-11-28"), try date("2025-11-28"))
        let other = try await playbookError { _ = try await run(day, flags) }
        #expect(other.code == .sourceUnavailable)
        #expect(other.message.contains("it covers 2025-11-26 through 2025-11-26"))
    }

    @Test("sessions outside the data have no row, and a warning says so")
    func uncovered() async throws {
        try folder.write(
            "QQQ_2Min.csv", "timestamp,open,high,low,close,volume\n2025-11-26T14:30:00Z,100,101,99,100,10\n")
        let result = try await run(
            .range(date("2025-11-24"), date("2025-11-28")), ["DATA_SOURCE": "files", "DATA_DIR": folder.path])
        #expect(result.rows.map(\.tradeDate.description) == ["2025-11-26"])
        #expect(
            result.rows.first?.notes
                == "uptrend unknown: session.open > trend (session.open = 100): no daily close in the 255 sessions before; older ones do not count"
        )
        #expect(result.warnings.contains { $0.contains("3 of 4 sessions have no row") })
    }

    @Test("catching up adds the sessions without a row, holes and the end alike, and then has nothing to do")
    func catchUp() async throws {
        _ = try await run(.range(date("2025-11-17"), date("2025-11-25")))
        let kept = try lines()
        try folder.write("trades.csv", kept.filter { !$0.contains("2025-11-19") }.joined(separator: "\n") + "\n")
        let result = try await run(.catchUp(from: nil))
        #expect(result.rows.map(\.tradeDate.description) == ["2025-11-19", "2025-11-26", "2025-11-28"])
        #expect(result.sessions == (try date("2025-11-19")...date("2025-11-28")))
        #expect(result.outcomes.first?.receipt?.added == 3)
        guard case .skipped(let reason) = try await run(.catchUp(from: nil)).status else {
            Issue.record("there is nothing more to do")
            return
        }
        #expect(reason.name == "up to date")
        // Other parameters are a journal of their own, which has no row yet.
        let other = try await run(.catchUp(from: nil), parameters: ["stop-atr": "2"])
        #expect(other.rows.map(\.tradeDate.description) == ["2025-11-28"])
    }

    @Test("catching up writes what is there, and is not done while the last session's bars are missing")
    func catchUpTooEarly() async throws {
        var bars = "timestamp,open,high,low,close,volume\n"
        for day in ["2025-11-24T14:30:00Z", "2025-11-25T14:30:00Z"] {
            let open = try instant(day).secondsSinceEpoch
            for bar in 0..<195 { bars += "\(open + Int64(bar) * 120),100,101,99,100,10\n" }
        }
        try folder.write("QQQ_2Min.csv", bars)
        let flags = ["DATA_SOURCE": "files", "DATA_DIR": folder.path, "PLAYBOOK_NOW": "2025-11-26T22:00:00Z"]
        let result = try await run(.catchUp(from: date("2025-11-24")), flags)
        #expect(result.rows.map(\.tradeDate.description) == ["2025-11-24", "2025-11-25"])
        #expect(result.failures.map(\.error.code) == [.tryAgain])
        #expect(result.exitCode == 75)
        #expect(try lines().count == 3)
        // Sessions long past that the data does not reach will not come.
        let earlier = try await playbookError {
            _ = try await run(
                .catchUp(from: date("2025-11-20")), flags.merging(["PLAYBOOK_NOW": "2025-11-25T22:00:00Z"]) { $1 })
        }
        #expect(earlier.code == .sourceUnavailable)
    }

    @Test("several tasks share the symbols, each writing its own rows", arguments: [1, 2, 3, 5])
    func tasks(count: Int) async throws {
        let flags = ["SYMBOLS": "SPY,QQQ,IWM"]
        let dates = BacktestRequest.Dates.range(try date("2025-11-24"), try date("2025-11-28"))
        var symbols: [String] = []
        for index in 0..<count {
            let task = ["CLOUD_RUN_TASK_INDEX": "\(index)", "CLOUD_RUN_TASK_COUNT": "\(count)"]
            let result = try await run(dates, flags.merging(task) { $1 })
            symbols += result.symbols.map(\.name)
            if case .skipped(let reason) = result.status { #expect(reason.name == "no symbol" && index >= 3) }
        }
        #expect(symbols.sorted() == ["IWM", "QQQ", "SPY"])
        #expect(try lines().count == 13)
    }

    @Test(
        "a task's number that makes no sense is an error",
        arguments: [
            ["CLOUD_RUN_TASK_INDEX": "1"], ["CLOUD_RUN_TASK_INDEX": "2", "CLOUD_RUN_TASK_COUNT": "2"],
            ["JOB_COMPLETION_INDEX": "-1", "JOB_COMPLETIONS": "2"], ["JOB_COMPLETIONS": "0"],
            ["CLOUD_RUN_TASK_COUNT": "2", "CLOUD_RUN_TASK_INDEX": "0", "JOB_COMPLETION_INDEX": "0"],
        ])
    func wrongTask(task: [String: String]) async throws {
        let error = try await playbookError { _ = try await run(.today, task) }
        #expect(task.keys.contains { error.message.contains($0) })
    }

    @Test("a wrong parameter is named")
    func parameter() async throws {
        let day = BacktestRequest.Dates.range(try date("2025-11-26"), try date("2025-11-26"))
        let unknown = try await playbookError { _ = try await run(day, parameters: ["stop": "1"]) }
        #expect(unknown.code == .usage)
        #expect(unknown.message.contains("no parameter 'stop'"))
        let range = try await playbookError { _ = try await run(day, parameters: ["stop-atr": "-1"]) }
        #expect(range.message.contains("stop-atr: '-1'"))
    }
}
