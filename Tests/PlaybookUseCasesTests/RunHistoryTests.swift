import PlaybookCore
import Testing

@testable import PlaybookUseCases

@Suite struct RunHistoryTests {
    private static let now = Instant("2026-11-04T21:30:00Z")!

    private static func record(_ id: String, seconds: Double = 10, code: Int = 0, trigger: String = "catch-up")
        -> RunRecordText
    {
        RunRecordText(
            runID: id,
            line: """
                {"duration_seconds":\(seconds),"error_messages":[],"exit_code":\(code),"rows_written":{"csv":1},\
                "run_id":"\(id)","sessions":1,"status":"completed","symbols":["QQQ"],"trades":0,"trigger":"\(trigger)",\
                "warnings":0}
                """)
    }

    @Test func linesAreReadBack() {
        let record = Self.record("20261104T213000Z-abcdef")
        #expect(RunRecordText(line: record.line) == record)
        #expect(RunRecordText(line: "{}") == nil)
        #expect(RunRecordText(line: "{\"run_id\":\"2026\"}") == nil)
    }

    @Test func oldAndSurplusRunsGo() {
        let many = (0..<600).map { number in
            let text = String(1_000 + number)
            return Self.record("20261103T21\(text.prefix(2))\(text.suffix(2))Z-abcdef")
        }
        let kept = RunRecordText.kept(many, now: Self.now)
        #expect(kept.count == RunRecordText.mostRuns)
        #expect(kept.first == many.last)
        #expect(kept.last == many[100])
        let old = Self.record("20250101T213000Z-abcdef")
        let again = Self.record("20261104T213000Z-abcdef", seconds: 2)
        #expect(
            RunRecordText.kept([old, Self.record("20261104T213000Z-abcdef"), again], now: Self.now) == [again])
    }

    @Test func aRunIsSlowAgainstTheUsualOrTheExpected() throws {
        let runs = try [30.0, 10, 11, 12, 13, 9].enumerated().map { place, seconds in
            try #require(RunSummary(Self.record("2026110\(9 - place)T213000Z-abcdef", seconds: seconds)))
        }
        let overview = RunOverview(runs, expected: nil)
        #expect(overview.expected == 12)
        #expect(overview.isSlow(runs[0]))
        #expect(!overview.isSlow(runs[4]))
        #expect(!RunOverview(runs, expected: 20).isSlow(runs[0]))
        #expect(RunOverview(Array(runs.prefix(3)), expected: nil).expected == nil)
        #expect(overview.successRate == 1)
        #expect(RunOverview([], expected: nil).successRate == nil)
    }

    @Test func aRunStartedWhenItsNameSays() throws {
        let run = try #require(RunSummary(Self.record("20261104T213005Z-abcdef")))
        #expect(run.start == Instant("2026-11-04T21:30:05Z"))
        #expect(try #require(RunSummary(Self.record("something-else"))).start == nil)
    }
}
