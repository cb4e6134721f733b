import PlaybookCore
import PlaybookTestSupport
import Testing

@testable import PlaybookWriters

@Suite("What runs keep beside a journal")
struct JournalMemoryTests {
    /// What every memory must do, at a place without any text.
    static func check(_ make: () throws -> any JournalMemory) async throws {
        #expect(try await make().text("ended/BRK.B") == nil)
        try await make().keep("2024-03-11\n", as: "ended/BRK.B")
        try await make().keep("2024-03-12\n", as: "ended/BRK-B")
        #expect(try await make().text("ended/BRK.B") == "2024-03-11\n")
        for _ in 0..<2 { try await make().keep("", as: "ended/BRK.B") }
        #expect(try await make().text("ended/BRK.B")?.isEmpty == true)
        #expect(try await make().text("ended/BRK-B") == "2024-03-12\n")
        #expect(try await make().text("ended/BRK") == nil)
    }

    @Test("is in a bucket, and no rows of the journal's")
    func blobs() async throws {
        let store = MemoryBlobStore()
        try await Self.check { BlobJournalMemory(store, folder: "memory") }
        #expect(store.contents.keys.sorted() == ["memory/ended/BRK-B.txt", "memory/ended/BRK.B.txt"])
        #expect(try await BlobJournalReader(store).records(JournalSelection()).isEmpty)
    }

    @Test("gets texts in while others write")
    func others() async throws {
        let store = MemoryBlobStore()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<8 {
                group.addTask {
                    for _ in 0..<5 { try? await BlobJournalMemory(store, folder: "m").keep("\(number)", as: "a") }
                }
            }
            try await group.waitForAll()
        }
        #expect(try await BlobJournalMemory(store, folder: "m").text("a").flatMap(Int.init) != nil)
    }
}

extension MongoServerTests {
    @Suite("What runs keep beside a MongoDB journal")
    struct Memory {
        @Test("is in a collection of its own, and no rows of the journal's")
        func collection() async throws {
            let place = MongoPlace(server: try await .open())
            try await JournalMemoryTests.check { MongoJournalMemory(try place.collection()) }
            #expect(try await place.makeReader().records(JournalSelection()).isEmpty)
            #expect(try await place.server.documents(place.name + "_memory").count == 2)
        }
    }
}
