import PlaybookCore
import PlaybookAssembly
import PlaybookReports
import PlaybookSettings
import PlaybookUseCases
import Testing

@Suite("A check of data")
struct DataCheckTests {
    private let folder: ScratchFolder

    init() throws { folder = try ScratchFolder() }

    /// One-minute bars of the three sessions from 2025-11-24 on, at 100, without those that `isMissing` picks.
    private func write(volume: Int = 10, without isMissing: (CivilDate, Int) -> Bool = { _, _ in false }) throws {
        var text = "timestamp,open,high,low,close,volume\n"
        for session in TradingCalendar.nyse.sessions(from: try date("2025-11-24"), through: try date("2025-11-26")) {
            for minute in 0..<390 where !isMissing(session.date, minute) {
                text += "\(session.open.secondsSinceEpoch + Int64(minute) * 60),100,101,99,100,\(volume)\n"
            }
        }
        try folder.write("ABC_1Min.csv", text)
    }

    private func check(_ flags: [String: String] = [:]) async throws -> DataCheck.Finding {
        let defaults = [
            "SYMBOLS": "ABC", "DATA_SOURCE": "files", "DATA_DIR": folder.path, "PLAYBOOK_NOW": "2025-11-28T22:00:00Z",
        ]
        let settings = try settings(defaults.merging(flags) { $1 }, in: folder)
        return try #require(try await DataCheck(settings: settings, dates: nil).run().first)
    }

    @Test("tells of each hole, and of what a run would doubt")
    func holes() async throws {
        let dates = [try date("2025-11-24"), try date("2025-11-26")]
        try write { dates.contains($0) && (4..<19).contains($1) }
        let finding = try await check()
        #expect(
            finding.holes.map { $0.description(in: .xnys) } == [
                "2025-11-24, none from 09:34 to 09:49", "2025-11-26, none from 09:34 to 09:49",
            ])
        #expect(
            finding.warnings == [
                "2 sessions with a gap of 15 minutes or more; the first: 2025-11-24, none from 09:34 to 09:49"
            ])
        #expect(finding.isClean)
        let report = try DataCheckReport([finding]).text(.table, words: .commandLine)
        // How the file was understood stands before anything else.
        let file = try #require(finding.files.first)
        #expect(report.hasPrefix("\(file.path)\n  Form "))
        #expect(report.contains("\nABC: ok, with doubts (1)\n  Bars "))
        #expect(report.contains("2025-11-26, none from 09:34 to 09:49 (15 minutes)"))
        #expect(try DataCheckReport([finding]).text(.json, words: .commandLine).contains("\"holes\""))
    }

    @Test("tells of prices that move on no volume")
    func volume() async throws {
        try write(volume: 0)
        #expect(try await check().warnings.filter { $0.contains("moves on no volume") }.count == 1)
    }

    @Test("refuses daily closes that are not those of the bars, and looks at the bars all the same")
    func daily() async throws {
        try write()
        let header = "timestamp,open,high,low,close,volume\n"
        try folder.write("ABC_splits.csv", "date,ratio\n2025-11-28,10\n")
        try folder.write("ABC_1Day.csv", header + (24...26).map { "2025-11-\($0),10,10.1,9.9,10,5\n" }.joined())
        let wrong = try await check()
        #expect(wrong.errors.count == 1)
        #expect(
            wrong.errors.first?.words(.log).contains("adjusted for later splits; DATA_DAILY_ADJUSTED=true would")
                == true)
        #expect(wrong.completeSessions == 3)
        let right = try await check(["DATA_DAILY_ADJUSTED": "true"])
        #expect(right.errors == [])
        #expect(right.dailyBars == 3)
        let error = try await playbookError { _ = try await check(["DATA_DAILY_ADJUSTED": "maybe"]) }
        #expect(error.code == .usage)
    }
}
