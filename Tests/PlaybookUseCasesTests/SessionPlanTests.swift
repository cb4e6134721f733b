import PlaybookCore
import Testing

@testable import PlaybookUseCases

@Suite("Which sessions a request comes to")
struct SessionPlanTests {
    private let symbol = Symbol("QQQ")!

    private func plan(_ first: String, _ last: String, now: String) throws -> SessionPlan {
        try SessionPlan([symbol], from: date(first), through: date(last), now: instant(now))
    }

    private func day(_ text: String) throws -> [Symbol: [ClosedRange<CivilDate>]] {
        [symbol: [try date(text)...date(text)]]
    }

    @Test("a holiday or a weekend is nothing to do, with the reason")
    func closed() throws {
        for (first, last, name, detail) in [
            ("2025-11-27", "2025-11-27", "market holiday", "2025-11-27 (Thanksgiving Day)"),
            ("2025-11-22", "2025-11-22", "weekend", "2025-11-22"),
            ("2025-11-22", "2025-11-23", "no session", "2025-11-22 to 2025-11-23"),
        ] {
            guard case .nothing(let reason) = try plan(first, last, now: "2025-11-29T22:00:00Z") else {
                Issue.record("\(first) is not a session")
                return
            }
            #expect(reason.name == name)
            #expect(reason.detail.contains(detail))
        }
    }

    @Test("a session counts from its close on, early or not")
    func close() throws {
        func runs(_ now: String) -> Bool {
            if case .run? = try? plan(String(now.prefix(10)), String(now.prefix(10)), now: now) { true } else { false }
        }
        #expect(!runs("2025-11-26T20:59:59Z"))
        #expect(runs("2025-11-26T21:00:00Z"))
        #expect(!runs("2025-11-28T17:59:59Z"))
        #expect(runs("2025-11-28T18:00:00Z"))
        let error = #expect(throws: PlaybookError.self) {
            try plan("2025-11-26", "2025-11-26", now: "2025-11-26T20:00:00Z")
        }
        #expect(error?.code == .tryAgain)
        #expect(error?.message.contains("2025-11-26T16:00:00-05:00") == true)
    }

    @Test("a range stops at the last session that is over")
    func unfinished() throws {
        guard
            case .run(let work, let unfinished) = try plan("2025-11-22", "2025-12-02", now: "2025-11-28T17:00:00Z")
        else {
            Issue.record("three sessions are over")
            return
        }
        #expect(work == [symbol: [try date("2025-11-24")...date("2025-11-26")]])
        #expect(unfinished.map(\.date.description) == ["2025-11-28", "2025-12-01", "2025-12-02"])
    }

    @Test("dates out of order or beyond the calendar are errors of the command line")
    func wrong() throws {
        for (first, last) in [("2025-11-04", "2025-11-03"), ("1997-12-31", "2025-11-03"), ("2025-01-02", "2036-01-02")]
        {
            let error = #expect(throws: PlaybookError.self) {
                try plan(first, last, now: "2025-11-28T17:00:00Z")
            }
            #expect(error?.code == .usage)
        }
    }

    // MARK: Catching up

    private func record(_ text: String, _ name: String = "QQQ") throws -> JournalRecord {
        var fields = JournalColumn.allCases.map { _ in "" }
        fields[JournalColumn.tradeDate.index] = text
        fields[JournalColumn.symbol.index] = name
        fields[JournalColumn.strategy.index] = "dp20"
        fields[JournalColumn.parametersID.index] = "p1"
        return try JournalRecord(fields: fields)
    }

    private func work(
        _ symbols: [Symbol], from first: String? = nil, _ journals: [[JournalRecord]], now: String
    ) throws -> [Symbol: [ClosedRange<CivilDate>]] {
        let plan = try SessionPlan(
            catchingUp: symbols, from: first.map { try date($0) }, journals: journals.map(JournalSessions.init),
            now: instant(now))
        guard case .run(let work, _) = plan else { return [:] }
        return work
    }

    @Test("an empty journal wants the last session that is over, or all from the start that is given")
    func empty() throws {
        #expect(try work([symbol], [[]], now: "2025-11-26T21:00:00Z") == day("2025-11-26"))
        #expect(try work([symbol], [[]], now: "2025-11-26T20:59:59Z") == day("2025-11-25"))
        #expect(
            try work([symbol], from: "2025-11-22", [[]], now: "2025-11-28T17:00:00Z")
                == [symbol: [date("2025-11-24")...date("2025-11-26")]])
        #expect(try work([symbol], from: "2025-11-28", [[]], now: "2025-11-26T21:00:00Z").isEmpty)
    }

    @Test("holes and the sessions since the last row are wanted, of successive ones in one go")
    func holes() throws {
        let rows = try ["2025-11-17", "2025-11-18", "2025-11-21", "2025-11-25"].map { try record($0) }
        #expect(
            try work([symbol], [rows], now: "2025-11-28T22:00:00Z")
                == [
                    symbol: [
                        date("2025-11-19")...date("2025-11-20"), date("2025-11-24")...date("2025-11-24"),
                        date("2025-11-26")...date("2025-11-28"),
                    ]
                ])
        #expect(try work([symbol], [rows], now: "2025-11-18T22:00:00Z").isEmpty)
    }

    @Test("of several journals the least complete counts, from the first row of any")
    func severalJournals() throws {
        let whole = try ["2025-11-24", "2025-11-25", "2025-11-26"].map { try record($0) }
        let now = "2025-11-26T22:00:00Z"
        #expect(try work([symbol], [whole, whole], now: now).isEmpty)
        #expect(try work([symbol], [whole, [whole[0], whole[2]]], now: now) == day("2025-11-25"))
        #expect(try work([symbol], [whole, []], now: now) == [symbol: [date("2025-11-24")...date("2025-11-26")]])
    }

    @Test("each symbol on its own")
    func symbols() throws {
        let other = try #require(Symbol("SPY"))
        let rows = try [record("2025-11-25"), record("2025-11-26"), record("2025-11-25", "SPY")]
        #expect(
            try work([symbol, other], [rows], now: "2025-11-26T22:00:00Z")
                == [other: [date("2025-11-26")...date("2025-11-26")]])
    }

    @Test("beyond the calendar nothing can be said")
    func beyond() throws {
        let error = #expect(throws: PlaybookError.self) {
            _ = try work([symbol], [[]], now: "2036-01-02T22:00:00Z")
        }
        #expect(error?.code == .configuration)
    }
}
