import PlaybookCore
import PlaybookTestSupport
import Testing

extension JournalMerge {
    func count(_ outcome: Outcome) -> Int { outcomes.values.count { $0 == outcome } }
    var added: Int { count(.added) }
    var replaced: Int { count(.replaced) }
    var unchanged: Int { count(.unchanged) }
}

@Suite("Merging into a journal")
struct JournalMergeTests {
    static func record(
        _ date: String, symbol: String = "TEST", strategy: String = "dp20", id: String = "p1", notes: String = "",
        source: String = "files", run: String = "run-1"
    ) throws -> JournalRecord {
        JournalRecord(
            try .made(
                on: date, symbol: symbol, strategy: strategy, parametersID: id, notes: notes, dataSource: source,
                runID: run))
    }

    @Test("adds rows that are new")
    func added() throws {
        let old = [try Self.record("2013-10-07")]
        let merge = try JournalMerge(existing: old, new: [Self.record("2013-10-08"), Self.record("2013-10-09")])
        #expect([merge.added, merge.replaced, merge.unchanged] == [2, 0, 0])
        #expect(merge.records == (try old + [Self.record("2013-10-08"), Self.record("2013-10-09")]))
        #expect(try JournalMerge(existing: old, new: []).records == old)
        let first = try JournalMerge(existing: [], new: old)
        #expect(first.records == old)
        #expect(first.added == 1)
    }

    @Test("replaces rows whose content has changed, and keeps those of other dates, symbols, strategies and parameters")
    func replaced() throws {
        let old = [
            try Self.record("2013-10-07"), try Self.record("2013-10-08"), try Self.record("2013-10-08", symbol: "QQQ"),
            try Self.record("2013-10-08", strategy: "timed-entry"), try Self.record("2013-10-08", id: "p2"),
        ]
        let new = try Self.record("2013-10-08", notes: "better", run: "run-2")
        let merge = try JournalMerge(existing: old, new: [new])
        #expect([merge.added, merge.replaced, merge.unchanged] == [0, 1, 0])
        #expect(merge.records.count == 5)
        #expect(merge.records.filter { $0 == new }.count == 1)
        for index in [0, 2, 3, 4] { #expect(merge.records.contains(old[index])) }
        #expect(!merge.records.contains(old[1]))
    }

    @Test("leaves a row as it was when only the run differs")
    func unchanged() throws {
        let old = [try Self.record("2013-10-07"), try Self.record("2013-10-08")]
        let merge = try JournalMerge(
            existing: old, new: [Self.record("2013-10-08", run: "run-2"), Self.record("2013-10-07", run: "run-2")])
        #expect([merge.added, merge.replaced, merge.unchanged] == [0, 0, 2])
        #expect(merge.records == old)
        #expect(merge.records.allSatisfy { $0[.runID] == "run-1" })
    }

    @Test("counts each column but run_id and the chart as content")
    func everyColumn() throws {
        let base = try Self.record("2013-10-07")
        let inKey: Set<JournalColumn> = [.tradeDate, .symbol, .strategy, .parametersID, .mode, .tradeNumber]
        let texts: [JournalColumn: String] = [
            .side: "short", .entered: "true", .trades: "2", .entryInstant: "2013-10-07T14:08:00Z",
            .exitInstant: "2013-10-07T14:08:00Z", .market: "XNYS",
        ]
        for column in JournalColumn.allCases where !inKey.contains(column) && column != .market {
            var fields = base.fields
            fields[column.index] =
                texts[column]
                ?? {
                    switch column.kind {
                    case .flag: "true"
                    case .time: "10:08"
                    case .identifier: "d000000000001"
                    default: "1"
                    }
                }()
            let text = JournalCSV.header + "\n" + fields.joined(separator: ",") + "\n"
            let merge = try JournalMerge(existing: [base], new: JournalCSV.records(Array(text.utf8)))
            let isContent = column != .runID && column != .chartLink
            #expect(merge.replaced == (isContent || column == .chartLink ? 1 : 0), "\(column.name)")
        }
        // A run that draws no chart keeps the one that is there.
        var drawn = base
        drawn[.chartLink] = "mine.png"
        let merge = try JournalMerge(existing: [drawn], new: [base])
        #expect(merge.unchanged == 1 && merge.records == [drawn])
    }

    @Test("sorts by date, symbol, strategy and parameters")
    func sorted() throws {
        let order = [
            try Self.record("2013-09-30", symbol: "ZZZ"), try Self.record("2013-10-07", symbol: "AAA"),
            try Self.record("2013-10-07", symbol: "BBB", strategy: "dp20", id: "p1"),
            try Self.record("2013-10-07", symbol: "BBB", strategy: "dp20", id: "p2"),
            try Self.record("2013-10-07", symbol: "BBB", strategy: "timed-entry", id: "p0"),
            try Self.record("2014-01-02", symbol: "AAA"),
        ]
        var random = SeededGenerator(seed: 5)
        for _ in 0..<20 {
            let shuffled = order.shuffled(using: &random)
            let merge = try JournalMerge(existing: Array(shuffled[..<3]), new: Array(shuffled[3...]))
            #expect(merge.records == order)
        }
    }

    @Test("takes the last of several new rows with one key")
    func lastCounts() throws {
        let new = try ["one", "two", "three"].map { try Self.record("2013-10-07", notes: $0) }
        let added = try JournalMerge(existing: [], new: new)
        #expect([added.added, added.replaced, added.unchanged] == [1, 0, 0])
        #expect(added.records.map { $0[.notes] } == ["three"])
        // It goes back to what is there already: nothing has changed.
        let back = try JournalMerge(existing: [new[2]], new: new)
        #expect([back.added, back.replaced, back.unchanged] == [0, 0, 1])
    }

    @Test("never replaces rows of real bars by rows of synthetic ones")
    func synthetic() throws {
        let real = [try Self.record("2013-10-07"), try Self.record("2013-10-08", source: "alpaca/iex/split")]
        let error = #expect(throws: PlaybookError.self) {
            _ = try JournalMerge(existing: real, new: [Self.record("2013-10-08", source: "sample")])
        }
        #expect(error?.code == .cannotWrite)
        #expect(
            error?.message
                == "synthetic rows would replace real ones: TEST 2013-10-08 was made from 'alpaca/iex/split', the new "
                + "row from 'sample'")
        #expect(error?.nextStep == "Write synthetic results to another journal.")
        // Beside them, and in place of each other, they may stand; real ones replace them.
        let sample = try Self.record("2013-10-09", source: "sample")
        let beside = try JournalMerge(existing: real, new: [sample])
        #expect(beside.added == 1)
        let again = try JournalMerge(
            existing: beside.records, new: [Self.record("2013-10-09", notes: "x", source: "sample")])
        #expect(again.replaced == 1)
        let replaced = try JournalMerge(existing: again.records, new: [Self.record("2013-10-09")])
        #expect(replaced.replaced == 1)
        #expect(replaced.records.last?[.dataSource] == "files")
    }

    @Test("writing the same rows again changes nothing, however often and in whatever order")
    func idempotent() async throws {
        let market = try RandomMarket(seed: 95, from: "2013-09-20", sessions: 20).make()
        let rows = try await market.journal(try dp20(), on: "2013-09-27", through: "2013-10-16").map(JournalRecord.init)
        let once = try JournalMerge(existing: [], new: rows)
        #expect(once.added == 14)
        let twice = try JournalMerge(existing: once.records, new: rows.reversed())
        #expect([twice.added, twice.replaced, twice.unchanged] == [0, 0, 14])
        #expect(twice.records == once.records)
        // In two overlapping halves it is the same journal.
        let half = try JournalMerge(existing: [], new: Array(rows[6...]))
        let other = try JournalMerge(existing: half.records, new: Array(rows[..<9]))
        #expect([other.added, other.replaced, other.unchanged] == [6, 0, 3])
        #expect(JournalCSV.text(other.records) == JournalCSV.text(once.records))
    }

    @Test("a row that an earlier attempt wrote keeps what that attempt made of it; one that another run wrote does not")
    func earlierAttempt() throws {
        let old = [try Self.record("2013-10-07", notes: "old")]
        let new = try [
            Self.record("2013-10-07", notes: "new", run: "run-2"), Self.record("2013-10-08", run: "run-2"),
            Self.record("2013-10-09", run: "run-2"), Self.record("2013-10-10", run: "run-2"),
        ]
        let first = try JournalMerge(existing: old, new: new)
        #expect(first.changes == new)
        // The first two came through; another run wrote the third; the fourth is not there.
        let found = try [new[0], new[1], Self.record("2013-10-09", run: "run-3")]
        let second = try JournalMerge(existing: found, new: new, earlier: first.outcomes)
        #expect(second.changes == [new[3]])
        #expect([second.added, second.replaced, second.unchanged] == [2, 1, 1])
    }
}
