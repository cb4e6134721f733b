import Foundation
import PlaybookCore
import Testing

@testable import PlaybookAssembly
@testable import PlaybookSettings
@testable import PlaybookUseCases

@Suite("Sessions that lack bars")
struct RepairPlanTests {
    private let folder: ScratchFolder
    private let journal: String
    private let days = ["2025-11-20", "2025-11-21", "2025-11-24", "2025-11-25"]

    init() throws {
        folder = try ScratchFolder()
        journal = folder.path + "/trades.csv"
    }

    /// Two-minute bars of the days, but for those that `isLeftOut` says, by their day and place.
    private func write(_ symbol: String = "QQQ", leavingOut isLeftOut: (String, Int) -> Bool = { _, _ in false }) throws
    {
        var bars = "timestamp,open,high,low,close,volume\n"
        for day in days {
            let open = try instant("\(day)T14:30:00Z").secondsSinceEpoch
            for bar in 0..<195 where !isLeftOut(day, bar) {
                let price = 100 + (bar * 7 + day.utf8.map(Int.init).reduce(0, +)) % 13
                bars += "\(open + Int64(bar) * 120),\(price),\(price + 1),\(price - 1),\(price),10\n"
            }
        }
        try folder.write("\(symbol)_2Min.csv", bars)
    }

    private func run(
        _ dates: BacktestRequest.Dates = .catchUp(from: nil), now: String = "2025-11-26T02:00:00Z",
        symbols: String = "QQQ"
    ) async throws -> BacktestResult {
        let flags = [
            "SYMBOLS": symbols, "DATA_SOURCE": "files", "DATA_DIR": folder.path, "OUTPUT_LOCATION": journal,
            "PLAYBOOK_NOW": now, "STRATEGY": "timed-entry",
        ]
        return try await BacktestJob(BacktestRequest(dates: dates), settings: settings(flags, in: folder)).run()
    }

    private func rows() throws -> [JournalRecord] {
        var records: [JournalRecord] = []
        try JournalCSV.read(Array(try Data(contentsOf: URL(filePath: journal)))) { records.append($0.record()) }
        return records
    }

    /// The rows without the run that wrote them.
    private func contents() throws -> [[String]] {
        try rows().map { record in JournalColumn.allCases.filter { $0 != .runID }.map { record[$0] } }
    }

    private func catchUpWhole() async throws -> [[String]] {
        try write()
        _ = try await run(.range(date(days[0]), date(days[3])))
        let whole = try contents()
        try FileManager.default.removeItem(atPath: journal)
        return whole
    }

    @Test(
        "are run again until the source has their bars, with the sessions after them",
        arguments: ["empty", "cut", "hole", "one"])
    func repair(kind: String) async throws {
        let whole = try await catchUpWhole()
        func isLeftOut(_ day: String, _ bar: Int) -> Bool {
            guard day == days[1] else { return false }
            switch kind {
            case "empty": return true
            case "cut": return bar >= 160
            case "hole": return (40..<70).contains(bar)
            default: return bar == 50
            }
        }
        try write(leavingOut: isLeftOut)
        let first = try await run(.catchUp(from: date(days[0])))
        #expect(first.exitCode == 0)
        #expect(first.rows.count == 4)
        #expect(first.warnings.contains { $0.contains("2025-11-21 has 0 of 195 bars") } == (kind == "empty"))
        let before = try contents()
        #expect(before != whole)
        // As long as nothing has come, nothing is written.
        let again = try await run()
        guard case .skipped(let reason) = again.status else {
            Issue.record("there is nothing to write")
            return
        }
        #expect(reason.name == "up to date" && again.rows.isEmpty && again.outcomes.isEmpty)
        #expect(again.warnings.contains { $0.contains("bars of 2025-11-21 are still missing") } == (kind != "one"))
        #expect(try contents() == before)
        try write()
        let repaired = try await run()
        #expect(repaired.rows.map(\.tradeDate.description) == Array(days[1...]), "those after it were made of its bars")
        #expect(repaired.outcomes.first?.receipt?.added == 0)
        #expect(try contents() == whole)
        guard case .skipped = try await run().status else {
            Issue.record("all is whole")
            return
        }
    }

    @Test("are not run again when ten sessions have followed, nor before the date asked for")
    func over() async throws {
        try write { day, bar in day == days[1] && bar >= 100 }
        _ = try await run(.catchUp(from: date(days[0])))
        let before = try contents()
        try write()
        // The tenth session after the 21st is that of 8 December; the file ends on 25 November.
        let late = try await run(.catchUp(from: date("2025-11-24")), now: "2025-11-26T02:00:00Z")
        guard case .skipped = late.status else {
            Issue.record("the 21st lies before the date asked for")
            return
        }
        _ = try? await run(now: "2025-12-09T23:00:00Z")
        #expect(try contents() == before)
        _ = try? await run(now: "2025-12-08T23:00:00Z")
        #expect(try contents() != before)
    }

    @Test("keep their rows when the source has fewer bars than these saw")
    func fewer() async throws {
        try write { day, bar in day == days[1] && bar >= 160 }
        _ = try await run(.catchUp(from: date(days[0])))
        let before = try contents()
        try write { day, bar in day == days[1] && bar >= 60 }
        let result = try await run()
        #expect(try contents() == before)
        #expect(
            result.warnings.contains(
                "QQQ: the source has fewer bars of 1 sessions than their rows saw, the first 2025-11-21: these rows stay"
            ))
    }

    @Test("that cannot be looked at again are no failure")
    func unreadable() async throws {
        try write { day, bar in day == days[1] && bar >= 160 }
        _ = try await run(.catchUp(from: date(days[0])))
        try folder.write("QQQ_2Min.csv", "timestamp,open,high,low,close,volume\nnonsense\n")
        let result = try await run()
        #expect(result.exitCode == 0)
        #expect(result.warnings.contains { $0.contains("QQQ: missing bars could not be looked for again") })
    }

    @Test("are none of today's row for four hours, and the others' rows are written")
    func today() async throws {
        try write("SPY")
        try write { day, bar in day == days[3] && bar >= 160 }
        let now = "2025-11-25T22:30:00Z"
        for dates in [BacktestRequest.Dates.today, .catchUp(from: nil), .range(try date(days[3]), try date(days[3]))] {
            try? FileManager.default.removeItem(atPath: journal)
            let result = try await run(dates, now: now, symbols: "QQQ,SPY")
            #expect(result.rows.map(\.symbol.name) == ["SPY"])
            #expect(result.failures.map(\.error.code) == [.tryAgain])
            #expect(result.exitCode == 75)
            #expect(try rows().count == 1)
        }
        let later = try await run(now: "2025-11-26T01:00:00Z", symbols: "QQQ,SPY")
        #expect(later.rows.map(\.symbol.name) == ["QQQ"])
        #expect(later.rows.first?.completeness == 0.8205)
        #expect(later.exitCode == 0)
        #expect(later.warnings.contains { $0.contains("160 of 195 bars") })
        // The row of before four hours is none, so the bars that came since are those of the first.
        try write()
        let repaired = try await run(now: "2025-11-26T02:00:00Z", symbols: "QQQ,SPY")
        #expect(repaired.rows.first?.completeness == 1)
    }

    @Test("join what is to be run anyway")
    func work() throws {
        let symbol = try #require(Symbol("QQQ"))
        let records = try [("2025-11-20", "1"), ("2025-11-21", "0.5"), ("2025-11-24", "1")].map {
            try record($0.0, completeness: $0.1)
        }
        var sessions = try JournalSessions(recentStart: date("2025-11-01"))
        for record in records { record.withLine { sessions.add($0) } }
        let plan = try RepairPlan([symbol], from: nil, journals: [sessions], now: instant("2025-11-25T22:00:00Z"))
        #expect(plan.dates == [symbol: [try date("2025-11-21")]])
        func range(_ first: String, _ last: String) throws -> ClosedRange<CivilDate> { try date(first)...date(last) }
        let until = "2025-11-25"
        #expect(plan.added(to: [:]) == [symbol: [try range("2025-11-21", until)]])
        #expect(
            try plan.added(to: [symbol: [range("2025-11-18", "2025-11-19"), range("2025-11-25", "2025-11-25")]])
                == [symbol: [range("2025-11-18", "2025-11-19"), range("2025-11-21", until)]])
        #expect(
            try plan.added(to: [symbol: [range("2025-11-18", "2025-11-21")]])
                == [symbol: [range("2025-11-18", until)]])
        #expect(plan.hasRows(of: symbol, try range("2025-11-20", "2025-11-24")))
        #expect(!plan.hasRows(of: symbol, try range("2025-11-20", "2025-11-25")))
    }

    private func record(_ day: String, completeness: String) throws -> JournalRecord {
        var fields = JournalColumn.allCases.map { _ in "" }
        for (column, text) in [
            (JournalColumn.tradeDate, day), (.symbol, "QQQ"), (.strategy, "dp20"), (.parametersID, "p1"),
            (.entered, "false"), (.mode, "backtest"), (.tradeNumber, "1"), (.trades, "0"), (.side, "long"),
            (.market, "XNYS"), (.completeness, completeness), (.parameters, "defaults"), (.dataID, "d000000000001"),
        ] { fields[column.index] = text }
        return try JournalRecord(fields: fields)
    }
}
