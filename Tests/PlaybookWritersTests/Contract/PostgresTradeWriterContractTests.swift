import PlaybookCore
import Testing

@testable import PlaybookWriters

extension PostgresTests {
    @Suite("The PostgreSQL writer's contract")
    struct Contract {
        @Test("is kept in a schema of its own", arguments: TradeWriterContract.allCases)
        func contract(clause: TradeWriterContract) async throws {
            try await clause.check(PostgresPlace(.shared()))
        }
    }

    @Suite("What runs keep beside a PostgreSQL journal")
    struct Memory {
        @Test("is in a table of its own, and no rows of the journal's")
        func table() async throws {
            let place = PostgresPlace(try await .shared())
            try await JournalMemoryTests.check { PostgresJournalMemory(try place.table()) }
            #expect(try await place.makeReader().records(JournalSelection()).isEmpty)
            #expect(
                try await place.database.run("SELECT count(*) FROM \"\(place.schema)\".trades_memory") == [["2"]])
        }
    }
}
