import PlaybookCore
import Testing

@testable import PlaybookService

@Suite("Which sessions a request comes to")
struct SessionPlanTests {
    private func plan(_ dates: BacktestRequest.Dates, now: String) throws -> SessionPlan {
        try SessionPlan(dates, now: instant(now))
    }

    @Test("a holiday or a weekend is nothing to do, with the reason")
    func closed() throws {
        guard case .nothing(let holiday) = try plan(.today, now: "2025-11-27T22:00:00Z") else {
            Issue.record("Thanksgiving is no session")
            return
        }
        #expect(holiday == "no trading session on 2025-11-27 (Thanksgiving Day): nothing to do")
        // Saturday in UTC, still Friday evening in New York.
        guard case .run(let sessions, _) = try plan(.today, now: "2025-11-22T02:00:00Z") else {
            Issue.record("Friday is a session")
            return
        }
        #expect(sessions == (try date("2025-11-21"))...(try date("2025-11-21")))
        guard case .nothing = try plan(.today, now: "2025-11-22T12:00:00Z") else {
            Issue.record("Saturday is no session")
            return
        }
    }

    @Test("a session counts from its close on, early or not")
    func close() throws {
        func runs(_ now: String) -> Bool {
            if case .run? = try? plan(.today, now: now) { true } else { false }
        }
        #expect(!runs("2025-11-26T20:59:59Z"))
        #expect(runs("2025-11-26T21:00:00Z"))
        #expect(!runs("2025-11-28T17:59:59Z"))
        #expect(runs("2025-11-28T18:00:00Z"))
        let error = #expect(throws: PlaybookError.self) { try plan(.today, now: "2025-11-26T20:00:00Z") }
        #expect(error?.code == .tryAgain)
        #expect(error?.message.contains("2025-11-26T16:00:00-05:00") == true)
    }

    @Test("a range stops at the last session that is over")
    func unfinished() throws {
        let range = BacktestRequest.Dates.range(try date("2025-11-22"), try date("2025-12-02"))
        guard case .run(let sessions, let unfinished) = try plan(range, now: "2025-11-28T17:00:00Z") else {
            Issue.record("three sessions are over")
            return
        }
        #expect(sessions == (try date("2025-11-24"))...(try date("2025-11-26")))
        #expect(unfinished.map(\.date.description) == ["2025-11-28", "2025-12-01", "2025-12-02"])
    }

    @Test("dates out of order or beyond the calendar are errors of the command line")
    func wrong() throws {
        for (first, last) in [("2025-11-04", "2025-11-03"), ("1997-12-31", "2025-11-03"), ("2025-01-02", "2036-01-02")]
        {
            let error = #expect(throws: PlaybookError.self) {
                try plan(.range(date(first), date(last)), now: "2025-11-28T17:00:00Z")
            }
            #expect(error?.code == .usage)
        }
    }
}
