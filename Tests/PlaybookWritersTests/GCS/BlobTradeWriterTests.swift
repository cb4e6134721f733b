import PlaybookCore
import PlaybookTestSupport
import PlaybookWriters
import Synchronization
import Testing

@Suite("The bucket writer")
struct BlobTradeWriterTests {
    @Test("merges again when another run was quicker, and counts what it found then")
    func overtaken() async throws {
        let other = Mutex(3)
        let store = MemoryBlobStore { store, name in
            // Others write the object just before it is written, three times.
            let number = other.withLock { left in
                left -= 1
                return left
            }
            guard number >= 0, !name.isEmpty else { return }
            let row = JournalRecord(try JournalRow.untraded("QQQ", "2024-11-0\(4 + number)", notes: "theirs"))
            var records = try JournalCSV.records(store.contents[name] ?? [])
            records.append(row)
            store.put(name, JournalCSV.bytes(records.sorted { $0.key < $1.key }))
        }
        let writer = BlobTradeWriter(store)
        try await writer.write([
            JournalRow.untraded("QQQ", "2024-11-06", notes: "ours"), .untraded("QQQ", "2024-11-01"),
        ])
        let receipt = try await writer.finalize()
        // The row of 2024-11-06 was added by another run before, and replaced.
        #expect([receipt.added, receipt.replaced, receipt.unchanged] == [1, 1, 0])
        let records = try JournalCSV.records(try #require(store.contents["dp20/QQQ/2024.csv"]))
        #expect(records.map { $0[.tradeDate] } == ["2024-11-01", "2024-11-04", "2024-11-05", "2024-11-06"])
        #expect(records.map { $0[.notes] } == ["", "theirs", "theirs", "ours"])
    }

    @Test("gives up with 75 when others never let it")
    func neverLet() async throws {
        let store = MemoryBlobStore { store, name in
            store.put(name, JournalCSV.bytes([JournalRecord(try JournalRow.untraded("QQQ", "2024-11-01"))]))
        }
        let writer = BlobTradeWriter(store, patience: .milliseconds(50))
        try await writer.write([JournalRow.untraded()])
        let error = await playbookError { try await writer.finalize() }
        #expect(error?.code == .tryAgain)
    }

    @Test("leaves an object that is not a journal as it is")
    func foreignObject() async throws {
        let store = MemoryBlobStore()
        store.put("dp20/QQQ/2024.csv", Array("date,price\n".utf8))
        let writer = BlobTradeWriter(store)
        try await writer.write([JournalRow.untraded()])
        for error in [
            await playbookError { try await writer.preview() }, await playbookError { try await writer.finalize() },
        ] {
            #expect(error?.code == .badData)
            #expect(error?.message.contains("memory/dp20/QQQ/2024.csv:1: ") == true)
        }
        #expect(store.contents == ["dp20/QQQ/2024.csv": Array("date,price\n".utf8)])
    }

    @Test("refuses rows whose names would lead elsewhere", arguments: ["../x", "a/b", "A", ""])
    func unsafeNames(strategy: String) async throws {
        let writer = BlobTradeWriter(MemoryBlobStore())
        var fields = try JournalRow.untraded().fields
        fields[JournalColumn.strategy.index] = strategy
        guard let record = try? JournalRecord(fields: fields) else {
            #expect(strategy.isEmpty)
            return
        }
        try await writer.write([record])
        #expect(await playbookError { try await writer.finalize() }?.code == .badData)
    }

    @Test("reads only the objects that may hold what is asked for, and passes over others")
    func readsFew() async throws {
        let store = MemoryBlobStore()
        let writer = BlobTradeWriter(store)
        try await writer.write([JournalRow.untraded("QQQ", "2023-11-03"), .untraded("QQQ"), .untraded("SPY")])
        _ = try await writer.finalize()
        store.put("dp20/QQQ/notes.txt", [1, 2, 3])
        store.put("dp20/QQQ/2022.csv", Array("broken".utf8))
        let reader = BlobJournalReader(store)
        let found = try await reader.records(JournalSelection(symbols: ["QQQ"], first: CivilDate("2023-01-01")))
        #expect(found.map { $0[.tradeDate] } == ["2023-11-03", "2024-11-04"])
        let error = await playbookError { try await reader.records(JournalSelection()) }
        #expect(error?.code == .badData)
        #expect(error?.message.contains("dp20/QQQ/2022.csv:1") == true)
    }
}
