import PlaybookCore
import Testing

@Suite("A journal against the calendar")
struct JournalCheckTests {
    private func record(_ date: String, symbol: String = "TEST", id: String = "p1") throws -> JournalRecord {
        try JournalMergeTests.record(date, symbol: symbol, id: id)
    }

    private func date(_ text: String) throws -> CivilDate { try #require(CivilDate(text)) }

    @Test("a row for each session from the first to the last is clean")
    func clean() throws {
        // Over Thanksgiving and a weekend.
        let records = try ["2024-11-27", "2024-11-29", "2024-12-02"].map { try record($0) }
        let check = JournalCheck(records)
        #expect(check.isClean)
        #expect(check.series.map(\.rows) == [3])
        #expect(check.series[0].expected == (try date("2024-11-27")...date("2024-12-02")))
        #expect(JournalCheck([]).isClean)
    }

    @Test("sessions without a row are found: between rows, and at the ends of the dates asked for")
    func missing() throws {
        let records = try ["2024-11-27", "2024-12-02"].map { try record($0) }
        #expect(JournalCheck(records).series[0].missing == [try date("2024-11-29")])
        let wider = JournalCheck(records, first: try date("2024-11-26"), last: try date("2024-12-03"))
        #expect(wider.series[0].missing == (try ["2024-11-26", "2024-11-29", "2024-12-03"].map { try date($0) }))
        #expect(!wider.isClean)
    }

    @Test("rows that are there twice, and rows without a session, are found")
    func doubledAndClosed() throws {
        let records = try ["2024-11-27", "2024-11-28", "2024-11-29", "2024-11-29", "2024-11-30"].map { try record($0) }
        let series = JournalCheck(records).series[0]
        #expect(series.doubled == [try date("2024-11-29")])
        #expect(series.closed == (try ["2024-11-28", "2024-11-30"].map { try date($0) }))
        #expect(series.missing.isEmpty)
        #expect(!series.isClean)
    }

    @Test("each symbol, playbook and parameter set is looked at on its own; one that is asked for must be there")
    func series() throws {
        let records = try [
            record("2024-11-27"), record("2024-11-27", symbol: "QQQ"), record("2024-12-02", symbol: "QQQ", id: "p2"),
        ]
        let check = JournalCheck(records, symbols: ["TEST", "SPY"])
        #expect(check.series.map(\.symbol) == ["QQQ", "QQQ", "SPY", "TEST"])
        #expect(check.series.map(\.isClean) == [true, true, false, true])
        #expect(check.series[2].strategy == nil)
    }

    @Test("columns that do not hold what they should are found")
    func wrong() throws {
        for (column, text) in [(JournalColumn.entryPrice, "12,5"), (.entered, "yes"), (.mae, "nan"), (.netPnL, "inf")] {
            var fields = try record("2024-11-27").fields
            fields[column.index] = text
            let series = JournalCheck([try JournalRecord(fields: fields)]).series[0]
            #expect(series.wrong.map(\.date) == [try date("2024-11-27")])
            #expect(series.wrong.first?.problem.contains(column.rawValue) == true)
            #expect(!series.isClean)
        }
    }
}
