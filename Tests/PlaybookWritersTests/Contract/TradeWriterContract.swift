import PlaybookCore
import Testing

/// A place that one kind of writer writes to, empty at first: what the contract needs besides the writer.
protocol JournalPlace: Sendable {
    /// A writer to this place.
    func makeWriter() async throws -> any TradeWriter

    /// The rows that are there, each as its fields in the order of `JournalColumn`, read by other means than the writer.
    func rows() async throws -> [[String]]

    /// Something that changes whenever what is stored is written anew, even with the same content.
    func state() async throws -> String

    /// Makes writing impossible, leaving the rows that are there.
    func obstruct() async throws

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
    /// Finalize called again does nothing and returns the same receipt.
    case finalizesOnce
    /// Rows after finalize are refused.
    case refusesLateRows
    /// Rows made from synthetic bars never replace others.
    case protectsRealRows

    /// Checks the clause at `place`, where nothing is yet.
    func check(_ place: some JournalPlace) async throws {
        switch self {
        case .emptyRun: try await checkEmptyRun(place)
        case .oneRow:
            let row = try JournalRow.traded()
            let receipt = try await write([row], to: place)
            #expect(try await place.rows() == [row.fields])
            #expect(receipt.counts == [1, 0, 0])
            #expect(!receipt.writer.isEmpty && !receipt.location.isEmpty)
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
        }
    }

    private func write(_ rows: [JournalRow], to place: some JournalPlace) async throws -> WriteReceipt {
        let writer = try await place.makeWriter()
        try await writer.write(rows)
        return try await writer.finalize()
    }

    private func checkEmptyRun(_ place: some JournalPlace) async throws {
        #expect(try await write([], to: place).counts == [0, 0, 0])
        #expect(try await place.rows() == [])
        _ = try await write([.untraded()], to: place)
        let state = try await place.state()
        #expect(try await place.makeWriter().finalize().counts == [0, 0, 0])
        #expect(try await place.state() == state)
    }

    private func checkThousands(_ place: some JournalPlace) async throws {
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

    private func checkUnchanged(_ place: some JournalPlace) async throws {
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

    private func checkOthers(_ place: some JournalPlace) async throws {
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

    private func checkText(_ place: some JournalPlace) async throws {
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

    private func checkConcurrentWriters(_ place: some JournalPlace) async throws {
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

    private func checkFailure(_ place: some JournalPlace) async throws {
        _ = try await write([.untraded("OLD")], to: place)
        let writer = try await place.makeWriter()
        try await writer.write([.untraded("QQQ")])
        let state = try await place.state()
        try await place.obstruct()
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

    private func checkFinalize(_ place: some JournalPlace) async throws {
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
    fileprivate var counts: [Int] { [added, replaced, unchanged] }
}
