import PlaybookCore
import PlaybookTestSupport
import Testing

/// A place that one kind of writer writes to, empty at first: what the contract needs besides the writer.
protocol WriterPlace: Sendable {
    /// A writer to this place.
    func makeWriter() async throws -> any TradeWriter

    /// A reader of this place.
    func makeReader() async throws -> any JournalReader

    /// The rows that are there, sorted by key, each as its fields in the order of `JournalColumn`, read by other means
    /// than the writer's and the reader's.
    func rows() async throws -> [[String]]

    /// What people have added to each row, in the order of `rows`, read by other means than the program's; without what is
    /// empty.
    func additions() async throws -> [[String: String]]

    /// Adds `text` to the row at a place in `rows`, as a person would: as a column or field of any name.
    func annotate(_ row: Int, _ name: String, _ text: String) async throws

    /// Puts rows there as the first schema had them: 38 columns, digests without letters.
    func putFirstSchema(_ rows: [JournalRow]) async throws

    /// Something that changes whenever what is stored is written anew, even with the same content.
    func state() async throws -> String

    /// Makes writing impossible, leaving the rows that are there: at once, or, at a place that writes in several pieces,
    /// after some of them.
    func obstruct(afterPieces count: Int) async throws

    /// Makes writing possible again.
    func clear() async throws
}

/// What every `TradeWriter` must do: each case is one clause, to be checked at a fresh place.
enum TradeWriterContract: CaseIterable {
    /// A run without rows succeeds and writes nothing.
    case emptyRun
    /// One row arrives, every field of it.
    case oneRow
    /// Thousands of rows arrive, in whatever portions and order they are handed over.
    case thousands
    /// A row with a key that is there replaces the one that was.
    case replaces
    /// Of several rows with one key the last counts.
    case lastCounts
    /// Rows that are there already but for the run that wrote them are left alone.
    case leavesUnchanged
    /// Rows of other symbols, dates, strategies and parameters stay.
    case keepsOthers
    /// Any text comes back as it was.
    case keepsText
    /// Writers at the same time all get their rows in.
    case concurrentWriters
    /// A failure is a `PlaybookError`, leaves what was there, and finalize may be called again.
    case failsAndRetries
    /// A failure after some of the rows are written is made good by another call, or by another run.
    case completesHalfDone
    /// A run that is cancelled leaves whole rows, and another run completes it.
    case survivesCancellation
    /// A preview says what finalize will do and writes nothing.
    case previews
    /// A preview fails when writing would.
    case previewsFailure
    /// The reader gives back what was written, and of it what is asked for.
    case readsBack
    /// Finalize called again does nothing and returns the same receipt.
    case finalizesOnce
    /// Rows after finalize are refused.
    case refusesLateRows
    /// Rows made from synthetic bars never replace others.
    case protectsRealRows
    /// A session is replaced as a whole: no row is left of a trade that it no longer has.
    case replacesSessions
    /// Rows of another mode are other rows.
    case keepsModes
    /// What people have added stays with its trade when the session is written again.
    case keepsAdditions
    /// What people have added to a trade that has vanished goes to the first.
    case movesAdditions
    /// Every column comes back as it was, lists too.
    case keepsEveryColumn
    /// Rows of the first schema are read as they are, and replaced by those of the second.
    case readsFirstSchema
    /// An upgrade brings rows of the first schema to the second, and leaves their columns as they were.
    case upgrades
    /// A run that dies between two rows of a session leaves what a check names, and another run repairs it.
    case repairsSessions
    /// A symbol has one market.
    case refusesOtherMarkets

    /// Checks the clause at `place`, where nothing is yet.
    func check(_ place: some WriterPlace) async throws {
        switch self {
        case .emptyRun: try await checkEmptyRun(place)
        case .oneRow:
            let row = try JournalRow.traded()
            let receipt = try await write([row], to: place)
            #expect(try await place.rows() == [row.fields])
            #expect(receipt.counts == [1, 0, 0])
            #expect(!receipt.place.writer.isEmpty && !receipt.place.location.isEmpty)
        case .thousands: try await checkThousands(place)
        case .replaces:
            _ = try await write([.traded(entry: 190.45), .untraded("SPY")], to: place)
            let row = try JournalRow.traded(entry: 191, runID: "run-2")
            let receipt = try await write([row], to: place)
            #expect(receipt.counts == [0, 1, 0])
            #expect(try await place.rows() == [row.fields, JournalRow.untraded("SPY").fields])
        case .lastCounts:
            let writer = try await place.makeWriter()
            try await writer.write([.untraded(notes: "first"), .untraded(notes: "second")])
            try await writer.write([.untraded(notes: "third")])
            #expect(try await writer.finalize().counts == [1, 0, 0])
            #expect(try await place.rows() == [JournalRow.untraded(notes: "third").fields])
        case .leavesUnchanged: try await checkUnchanged(place)
        case .keepsOthers: try await checkOthers(place)
        case .keepsText: try await checkText(place)
        case .concurrentWriters: try await checkConcurrentWriters(place)
        case .failsAndRetries: try await checkFailure(place)
        case .completesHalfDone: try await checkHalfDone(place)
        case .survivesCancellation: try await checkCancellation(place)
        case .previews: try await checkPreview(place)
        case .previewsFailure:
            _ = try await write([.untraded("OLD")], to: place)
            let writer = try await place.makeWriter()
            try await writer.write([
                JournalRow.untraded("QQQ", dataSource: "sample"), .untraded("OLD", dataSource: "sample"),
            ])
            let error = await playbookError { try await writer.preview() }
            #expect(error?.code == .cannotWrite)
            #expect(try await place.rows() == [JournalRow.untraded("OLD").fields])
        case .readsBack: try await checkReader(place)
        case .finalizesOnce: try await checkFinalize(place)
        case .refusesLateRows:
            let writer = try await place.makeWriter()
            try await writer.write([.untraded()])
            _ = try await writer.finalize()
            let error = await playbookError { try await writer.write([.untraded("SPY")]) }
            #expect(error?.code == .cannotWrite)
            _ = try await writer.finalize()
            #expect(try await place.rows() == [JournalRow.untraded().fields])
        case .protectsRealRows:
            _ = try await write([.untraded(notes: "real")], to: place)
            let error = await playbookError {
                try await write([.untraded(notes: "made up", dataSource: "sample")], to: place)
            }
            #expect(error?.code == .cannotWrite)
            #expect(try await place.rows() == [JournalRow.untraded(notes: "real").fields])
        case .replacesSessions: try await checkSessions(place)
        case .keepsModes: try await checkModes(place)
        case .keepsAdditions: try await checkAdditions(place)
        case .movesAdditions: try await checkMoves(place)
        case .keepsEveryColumn: try await checkEveryColumn(place)
        case .readsFirstSchema: try await checkFirstSchema(place)
        case .upgrades: try await checkUpgrade(place)
        case .repairsSessions: try await checkRepairs(place)
        case .refusesOtherMarkets: try await checkMarkets(place)
        }
    }

    func write(_ rows: [JournalRow], to place: some WriterPlace) async throws -> WriteReceipt {
        let writer = try await place.makeWriter()
        try await writer.write(rows)
        return try await writer.finalize()
    }

    private func checkEmptyRun(_ place: some WriterPlace) async throws {
        #expect(try await write([], to: place).counts == [0, 0, 0])
        #expect(try await place.rows() == [])
        _ = try await write([.untraded()], to: place)
        let state = try await place.state()
        #expect(try await place.makeWriter().finalize().counts == [0, 0, 0])
        #expect(try await place.state() == state)
    }

    private func checkThousands(_ place: some WriterPlace) async throws {
        let rows = try JournalRow.many(3_000)
        let writer = try await place.makeWriter()
        var rest = rows.reversed()[...]
        while !rest.isEmpty {
            try await writer.write(Array(rest.prefix(701)))
            rest = rest.dropFirst(701)
        }
        #expect(try await writer.finalize().counts == [3_000, 0, 0])
        let expected = rows.sorted { $0.key < $1.key }.map(\.fields)
        let found = try await place.rows()
        #expect(found == expected, "\(found.count) rows")
    }

    private func checkUnchanged(_ place: some WriterPlace) async throws {
        let rows = try [JournalRow.traded(), .untraded("SPY"), .untraded("QQQ", "2024-11-05")]
        _ = try await write(rows, to: place)
        let state = try await place.state()
        let again = try [JournalRow.traded(runID: "run-2"), .untraded("SPY", runID: "run-2")]
        #expect(try await write(again, to: place).counts == [0, 0, 2])
        #expect(try await place.state() == state)
        // Among rows that are new or different they keep the run that wrote them first.
        let mixed = try again + [.untraded("QQQ", "2024-11-05", notes: "new", runID: "run-2"), .untraded("IWM")]
        #expect(try await write(mixed, to: place).counts == [1, 1, 2])
        let runs = try await place.rows().map { $0[JournalColumn.runID.index] }
        #expect(runs == ["run-1", "run-1", "run-1", "run-2"])
    }

    private func checkOthers(_ place: some WriterPlace) async throws {
        var otherStrategy = try JournalRow.untraded()
        otherStrategy.strategy = "timed"
        let others = try [
            JournalRow.untraded("QQQ", "2024-11-01"), .untraded("QQQ", "2024-11-04", parametersID: "abd"),
            otherStrategy,
            .untraded("SPY", "2024-11-04"), .untraded("QQQ", "2024-11-05"), .untraded("QQQ", "2023-11-04"),
        ]
        _ = try await write(others, to: place)
        let row = try JournalRow.traded("QQQ", "2024-11-04")
        #expect(try await write([row], to: place).counts == [1, 0, 0])
        let expected = (others + [row]).sorted { $0.key < $1.key }.map(\.fields)
        #expect(try await place.rows() == expected)
    }

    private func checkText(_ place: some WriterPlace) async throws {
        let texts = [
            "a, b", "say \"no\"", "\"", "\"\"", ",", "two\nlines", "two\r\nlines", "carriage\rreturn", " spaces ", "é",
            "e\u{301}", "\"\u{301}", "漢字 🎯 عربى", "'; DROP TABLE--", "=1+1", "\t", "$set", "a.b", "\\n", "#", "NULL",
        ]
        let dates = TradingCalendar.nyse.allSessions.prefix(texts.count).map { "\($0.date)" }
        let rows = try zip(dates, texts).map { try JournalRow.untraded("QQQ", $0, notes: $1) }
        #expect(try await write(rows, to: place).counts == [texts.count, 0, 0])
        let found = try await place.rows().map { Array($0[JournalColumn.notes.index].utf8) }
        #expect(found == texts.map { Array($0.utf8) })
        #expect(try await write(rows, to: place).counts == [0, 0, texts.count])
    }

    private func checkConcurrentWriters(_ place: some WriterPlace) async throws {
        _ = try await write([.untraded("OLD")], to: place)
        let rows = try JournalRow.many(40)
        try await withThrowingTaskGroup(of: WriteReceipt.self) { group in
            for number in 0..<4 {
                let writer = try await place.makeWriter()
                group.addTask {
                    try await writer.write(Array(rows[(number * 10)..<(number * 10 + 10)]))
                    return try await writer.finalize()
                }
            }
            for try await receipt in group { #expect(receipt.counts == [10, 0, 0]) }
        }
        let expected = try (rows + [.untraded("OLD")]).sorted { $0.key < $1.key }.map(\.fields)
        #expect(try await place.rows() == expected)
    }

    private func checkFailure(_ place: some WriterPlace) async throws {
        _ = try await write([.untraded("OLD")], to: place)
        let writer = try await place.makeWriter()
        try await writer.write([.untraded("QQQ")])
        let state = try await place.state()
        try await place.obstruct(afterPieces: 0)
        for _ in 0..<2 {
            let error = await playbookError { try await writer.finalize() }
            #expect(error?.code == .cannotWrite || error?.code == .tryAgain)
            #expect(error?.nextStep?.isEmpty == false)
        }
        #expect(try await place.state() == state)
        try await place.clear()
        // More rows may come before the next attempt; then all are there, once.
        try await writer.write([.untraded("SPY")])
        #expect(try await writer.finalize().counts == [2, 0, 0])
        let symbols = try await place.rows().map { $0[JournalColumn.symbol.index] }
        #expect(symbols == ["OLD", "QQQ", "SPY"])
    }

    private func checkHalfDone(_ place: some WriterPlace) async throws {
        // Of several symbols and years, so that they come in pieces wherever there are any.
        let rows = try (2016..<2024).flatMap { year in
            try ["IWM", "QQQ"].flatMap { symbol in
                try (1...9).map { try JournalRow.untraded(symbol, "\(year)-03-0\($0)") }
            }
        }
        for isSameWriter in [true, false] {
            let fresh = rows.map { row in
                var row = row
                row.strategy = isSameWriter ? "dp20" : "other"
                return row
            }
            let writer = try await place.makeWriter()
            try await writer.write(fresh)
            try await place.obstruct(afterPieces: 3)
            let error = await playbookError { try await writer.finalize() }
            #expect(error?.code == .cannotWrite || error?.code == .tryAgain)
            // What is there is there once.
            let keys = try await place.rows().map { row in [0, 29, 30, 31, 38, 39].map { row[$0] } }
            #expect(Set(keys).count == keys.count)
            try await place.clear()
            if isSameWriter {
                #expect(try await writer.finalize().counts == [rows.count, 0, 0])
            } else {
                let counts = try await write(fresh, to: place).counts
                #expect(counts[0] + counts[2] == rows.count && counts[1] == 0)
            }
        }
        #expect(try await place.rows().count == 2 * rows.count)
    }

    private func checkCancellation(_ place: some WriterPlace) async throws {
        let rows = try JournalRow.many(600)
        for delay in [0, 1, 5, 20] {
            let task = Task {
                try await write(rows, to: place)
            }
            try await Task.sleep(for: .milliseconds(delay))
            task.cancel()
            _ = await task.result
            let found = try await place.rows()
            #expect(Set(found.map { $0[JournalColumn.notes.index] }).count == found.count)
        }
        let counts = try await write(rows, to: place).counts
        #expect(counts[0] + counts[2] == 600)
        let expected = rows.sorted { $0.key < $1.key }.map(\.fields)
        let found = try await place.rows()
        #expect(found == expected, "\(found.count) rows")
    }

    private func checkPreview(_ place: some WriterPlace) async throws {
        #expect(try await place.makeWriter().preview().counts == [0, 0, 0])
        #expect(try await place.rows() == [])
        _ = try await write([.untraded("IWM"), .untraded("QQQ"), .untraded("SPY")], to: place)
        let state = try await place.state()
        let writer = try await place.makeWriter()
        try await writer.write([
            JournalRow.untraded("IWM", runID: "run-2"), .untraded("QQQ", notes: "new"), .untraded("DIA"),
            .untraded("GLD"),
        ])
        #expect(try await writer.preview().counts == [2, 1, 1])
        #expect(try await place.state() == state)
        #expect(try await writer.finalize().counts == [2, 1, 1])
        let receipt = try await place.makeWriter().finalize()
        #expect(receipt.place == writer.place)
    }

    private func checkReader(_ place: some WriterPlace) async throws {
        #expect(try await place.makeReader().records(JournalSelection()) == [])
        let rows = try [
            JournalRow.traded("QQQ", "2023-12-29"), .untraded("QQQ", "2024-01-02", notes: "a, \"b\"\nc"),
            .untraded("QQQ", "2024-11-04"), .untraded("BRK.B", "2024-01-02"), .untraded("SPY", "2024-01-02"),
        ]
        let writer = try await place.makeWriter()
        try await writer.write(rows)
        _ = try await writer.finalize()
        let reader = try await place.makeReader()
        #expect(reader.place == writer.place)
        func found(_ selection: JournalSelection) async throws -> [JournalRecord] {
            try await reader.records(selection)
        }
        func expected(_ isIn: (JournalRow) -> Bool) -> [JournalRecord] {
            rows.filter(isIn).sorted { $0.key < $1.key }.map(JournalRecord.init)
        }
        let (first, last) = (try #require(CivilDate("2024-01-02")), try #require(CivilDate("2024-06-30")))
        #expect(try await found(JournalSelection()) == expected { _ in true })
        #expect(
            try await found(JournalSelection(symbols: ["SPY", "BRK.B", "X"])) == expected { $0.symbol.name != "QQQ" })
        #expect(try await found(JournalSelection(symbols: [])) == [])
        #expect(try await found(JournalSelection(first: first)) == expected { $0.tradeDate >= first })
        #expect(try await found(JournalSelection(last: last)) == expected { $0.tradeDate <= last })
        #expect(
            try await found(JournalSelection(symbols: ["QQQ"], first: first, last: last))
                == expected { $0.symbol.name == "QQQ" && (first...last).contains($0.tradeDate) })
    }

    private func checkFinalize(_ place: some WriterPlace) async throws {
        let writer = try await place.makeWriter()
        try await writer.write([.untraded(), .untraded("SPY")])
        let first = try await writer.finalize()
        #expect(first.counts == [2, 0, 0])
        _ = try await write([.untraded("SPY", notes: "by another writer")], to: place)
        let state = try await place.state()
        #expect(try await writer.finalize() == first)
        #expect(try await place.state() == state)
    }
}

extension WriteReceipt {
    /// Rows added, replaced and unchanged.
    var counts: [Int] { [added, replaced, unchanged] }
}
