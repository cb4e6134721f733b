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
        let check = JournalCheck(JournalSessions(records))
        #expect(check.isClean)
        #expect(check.series.map(\.rows) == [3])
        #expect(check.series[0].expected == (try date("2024-11-27")...date("2024-12-02")))
        #expect(JournalCheck(JournalSessions([])).isClean)
    }

    @Test("sessions without a row are found: between rows, and at the ends of the dates asked for")
    func missing() throws {
        let records = try ["2024-11-27", "2024-12-02"].map { try record($0) }
        #expect(JournalCheck(JournalSessions(records)).series[0].missing == [try date("2024-11-29")])
        let wider = JournalCheck(JournalSessions(records), first: try date("2024-11-26"), last: try date("2024-12-03"))
        #expect(wider.series[0].missing == (try ["2024-11-26", "2024-11-29", "2024-12-03"].map { try date($0) }))
        #expect(!wider.isClean)
    }

    @Test("rows that are there twice, and rows without a session, are found")
    func doubledAndClosed() throws {
        let records = try ["2024-11-27", "2024-11-28", "2024-11-29", "2024-11-29", "2024-11-30"].map { try record($0) }
        let series = JournalCheck(JournalSessions(records)).series[0]
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
        let check = JournalCheck(JournalSessions(records), symbols: ["TEST", "SPY"])
        #expect(check.series.map(\.symbol) == ["QQQ", "QQQ", "SPY", "TEST"])
        #expect(check.series.map(\.isClean) == [true, true, false, true])
        #expect(check.series[2].strategy == nil)
    }

    @Test("columns that do not hold what they should are found")
    func wrong() throws {
        for (column, text) in [
            (JournalColumn.entryPrice, "12,5"), (.entered, "yes"), (.mae, "nan"), (.netPnL, "inf"),
            (.entryTime, "25:00"), (.side, "up"), (.entryInstant, "noon"), (.trades, "-1"), (.dataID, "1.23E+11"),
        ] {
            var fields = try record("2024-11-27").fields
            fields[column.index] = "\"\(text)\""
            var sessions = JournalSessions()
            let text = JournalCSV.header + "\n" + fields.joined(separator: ",")
            try JournalCSV.read(Array(text.utf8), isTolerant: true) { sessions.add($0) }
            let series = JournalCheck(sessions).series[0]
            #expect(series.wrong.map(\.date) == [try date("2024-11-27")])
            #expect(series.wrong.first?.problem.contains(column.name) == true)
            #expect(!series.isClean)
        }
    }

    /// A row of a session that has, as the row says, so many trades.
    private func row(_ number: Int, of trades: Int, on day: String = "2024-11-27") throws -> JournalRecord {
        var row = try JournalRow.made(on: day, parametersID: "p1", trade: trades == 0 ? nil : .made(exit: 101))
        row.tradeNumber = number
        row.trades = trades
        return JournalRecord(row)
    }

    @Test("sessions whose rows do not add up are found: a trade's row is missing, or one is left over")
    func partial() throws {
        func problems(_ rows: [JournalRecord]) -> [String] {
            let check = JournalCheck(JournalSessions(rows.shuffled()))
            #expect(check.isClean == check.series[0].partial.isEmpty)
            return check.series[0].partial.map(\.problem)
        }
        #expect(try problems([row(1, of: 0)]).isEmpty)
        #expect(try problems([row(1, of: 2), row(2, of: 2)]).isEmpty)
        #expect(try problems((1...5).map { try row($0, of: 5) }).isEmpty)
        #expect(try problems([row(1, of: 2)]) == ["1 row, trade_no 1, where 'trades' says 2"])
        #expect(try problems([row(2, of: 2)]) == ["1 row, trade_no 2, where 'trades' says 2"])
        #expect(
            try problems([row(1, of: 1), row(2, of: 2)]) == ["2 rows, trade_no 1, 2, where 'trades' says 1 or 2"])
        #expect(try problems([row(1, of: 3), row(3, of: 3)]).count == 1)
        #expect(try problems([row(1, of: 0), row(2, of: 2)]).count == 1)
        // Another session is whole all the same.
        #expect(try problems([row(1, of: 2), row(1, of: 1, on: "2024-11-29")]).count == 1)
    }

    @Test("a symbol with rows in two markets is found")
    func markets() throws {
        var other = try JournalRow.made(on: "2024-11-29", parametersID: "p1")
        other.market = "24x7"
        let check = JournalCheck(JournalSessions([try record("2024-11-27"), JournalRecord(other)]))
        #expect(!check.isClean)
        #expect(check.series[0].wrong.first?.problem == "market '24x7': other rows of TEST are of 'XNYS'")
    }
}
