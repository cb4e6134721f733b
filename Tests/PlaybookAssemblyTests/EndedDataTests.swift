import Foundation
import PlaybookCore
import Testing

@testable import PlaybookAssembly
@testable import PlaybookReports
@testable import PlaybookSettings
@testable import PlaybookUseCases

@Suite("Data that ends")
struct EndedDataTests {
    private let folder: ScratchFolder
    private let journal: String

    init() throws {
        folder = try ScratchFolder()
        journal = folder.path + "/trades.csv"
    }

    /// Whole sessions from the first date through the last.
    private func write(_ symbol: String, _ first: String, _ last: String) throws {
        var bars = "timestamp,open,high,low,close,volume\n"
        for session in try TradingCalendar.nyse.sessions(from: date(first), through: date(last)) {
            for bar in 0..<Int64(session.minutes / 2) {
                bars += "\(session.open.secondsSinceEpoch + bar * 120),100,101,99,100,10\n"
            }
        }
        try folder.write("\(symbol)_2Min.csv", bars)
    }

    private func flags(_ now: String, _ symbols: String) -> [String: String] {
        [
            "SYMBOLS": symbols, "DATA_SOURCE": "files", "DATA_DIR": folder.path, "OUTPUT_LOCATION": journal,
            "PLAYBOOK_NOW": now, "STRATEGY": "timed-entry",
        ]
    }

    private func run(
        _ dates: BacktestRequest.Dates = .catchUp(from: nil), now: String, symbols: String = "SPY,TWTR",
        isDryRun: Bool = false
    ) async throws -> BacktestResult {
        try await BacktestJob(
            BacktestRequest(dates: dates, isDryRun: isDryRun), settings: settings(flags(now, symbols), in: folder)
        ).run()
    }

    private func status(_ now: String, symbols: String = "SPY,TWTR") async throws -> (isClean: Bool, text: String) {
        let status = try await JournalStatus(settings: settings(flags(now, symbols), in: folder))
        return (status.isClean, try status.text(.table, color: false))
    }

    /// The failure of a run that wrote nothing.
    private func failure(now: String, symbols: String = "SPY,TWTR", isDryRun: Bool = false) async throws
        -> PlaybookError
    {
        try await playbookError { _ = try await run(now: now, symbols: symbols, isDryRun: isDryRun) }
    }

    private static func isUpToDate(_ result: BacktestResult) -> Bool {
        if case .skipped(let reason) = result.status { reason.name == "up to date" } else { false }
    }

    private func start() async throws {
        try write("SPY", "2024-03-04", "2024-03-20")
        try write("TWTR", "2024-03-04", "2024-03-11")
        _ = try await run(.range(date("2024-03-06"), date("2024-03-11")), now: "2024-03-12T00:30:00Z")
        #expect(try await status("2024-03-12T00:30:00Z").isClean)
    }

    @Test("is waited for the next session, is a failure once, and then a warning")
    func once() async throws {
        try await start()
        let first = try await run(now: "2024-03-12T21:30:00Z")
        #expect(first.rows.map(\.symbol.name) == ["SPY"] && first.exitCode == 75)
        // The latest session may still come, for four hours: one alone is missing for certain.
        let early = try await run(now: "2024-03-13T21:30:00Z")
        #expect(early.rows.map(\.symbol.name) == ["SPY"] && early.exitCode == 75)
        let second = try await failure(now: "2024-03-14T00:30:00Z")
        #expect(second.code == .sourceUnavailable)
        #expect(second.nextStep?.contains("The data ends on 2024-03-11: if TWTR") == true)
        // The same night, and the nights after.
        let again = try await run(now: "2024-03-14T01:00:00Z")
        #expect(Self.isUpToDate(again) && again.exitCode == 0)
        #expect(
            again.warnings.count == 1 && again.warnings[0].hasPrefix("TWTR: no bars since 2024-03-11. The data ends"))
        let third = try await run(now: "2024-03-14T21:30:00Z")
        #expect(third.rows.map(\.symbol.name) == ["SPY"] && third.exitCode == 0 && third.warnings.count == 1)
        let today = try await run(.today, now: "2024-03-14T21:30:00Z")
        #expect(today.rows.map(\.symbol.name) == ["SPY"] && today.exitCode == 0)
        let (isClean, text) = try await status("2024-03-14T21:30:00Z")
        #expect(isClean && text.contains("TWTR: data ended") && text.contains("2024-03-11"))
        #expect(!text.contains("no row"))
    }

    @Test("is a failure again when more has come and that has ended too")
    func more() async throws {
        try await start()
        #expect(try await run(now: "2024-03-14T00:30:00Z").exitCode == 69)
        try write("TWTR", "2024-03-04", "2024-03-14")
        let back = try await run(now: "2024-03-15T00:30:00Z")
        #expect(back.exitCode == 0)
        #expect(back.rows.map { "\($0.symbol) \($0.tradeDate)" }.suffix(2) == ["SPY 2024-03-14", "TWTR 2024-03-14"])
        #expect(back.rows.count == 4)
        let (isClean, text) = try await status("2024-03-15T00:30:00Z")
        #expect(isClean && !text.contains("ended"))
        #expect(try await run(now: "2024-03-19T00:30:00Z").exitCode == 69)
        #expect(try await run(now: "2024-03-19T01:00:00Z").exitCode == 0)
    }

    @Test("is not told by a run that writes nothing, and not before it is told")
    func dryRun() async throws {
        try await start()
        #expect(try await run(now: "2024-03-14T00:30:00Z", isDryRun: true).exitCode == 69)
        let (isClean, text) = try await status("2024-03-14T00:30:00Z")
        #expect(!isClean && text.contains("TWTR: no row"))
        #expect(try await run(now: "2024-03-14T00:30:00Z").exitCode == 69)
        #expect(try await run(now: "2024-03-14T00:30:00Z").exitCode == 0)
    }

    @Test("of all symbols at once is a failure each time, until ten sessions have passed")
    func allOfThem() async throws {
        try write("SPY", "2024-03-04", "2024-03-11")
        try write("TWTR", "2024-03-04", "2024-03-11")
        _ = try await run(.range(date("2024-03-06"), date("2024-03-11")), now: "2024-03-12T00:30:00Z")
        // The tenth session after it is that of the 25th.
        for now in ["2024-03-14T00:30:00Z", "2024-03-14T01:00:00Z", "2024-03-26T00:30:00Z"] {
            #expect(try await failure(now: now).code == .sourceUnavailable)
            #expect(try await !status(now).isClean)
        }
        // One after the other: an error tells of one symbol.
        #expect(try await failure(now: "2024-03-27T00:30:00Z").message.contains("TWTR"))
        let result = try await run(now: "2024-03-28T00:30:00Z")
        #expect(Self.isUpToDate(result) && result.exitCode == 0 && result.warnings.count == 2)
        let (isClean, text) = try await status("2024-03-28T00:30:00Z")
        #expect(!isClean && text.contains("the data of every symbol has ended"))
    }

    @Test("counts as told once more where that cannot be kept")
    func cannotKeep() async throws {
        try await start()
        try folder.write(".trades.csv.memory", "a file in the folder's place")
        for _ in 0..<2 {
            let result = try await run(now: "2024-03-14T00:30:00Z", symbols: "TWTR,SPY")
            #expect(result.exitCode == 69)
            #expect(result.warnings.contains { $0.hasPrefix("that the data of TWTR has ended will be told again: ") })
            try FileManager.default.removeItem(atPath: journal)
            try await start()
        }
    }
}
