import PlaybookCore
import PlaybookPostgres
import PlaybookTestSupport
import Testing

@testable import PlaybookWriters

extension PostgresTests {
    @Suite("The PostgreSQL writer")
    struct Faults {
        @Test("says which right is missing")
        func rights() async throws {
            let place = PostgresPlace(try await .shared())
            let uri = place.database.uri.replacing("writer:", with: "reader:")
            let table = try PostgresTable(PostgresServer(uri), schema: place.schema)
            func refusal() async -> PlaybookError? {
                await playbookError {
                    let writer = PostgresTradeWriter(table)
                    try await writer.write([JournalRow.untraded()])
                    _ = try await writer.preview()
                }
            }
            let database = await refusal()
            #expect(database?.code == .configuration)
            #expect(database?.message.contains("reader lacks CREATE on the database journal") == true)
            _ = try await TradeWriterContract.oneRow.write([.untraded()], to: place)
            #expect(await refusal()?.message.contains("reader lacks USAGE on the schema") == true)
            try await place.database.run("GRANT USAGE ON SCHEMA \"\(place.schema)\" TO reader")
            #expect(await refusal()?.message.contains("reader lacks SELECT, INSERT, UPDATE, DELETE on") == true)
            try await place.database.run("GRANT SELECT, INSERT, UPDATE, DELETE ON \(place.name) TO reader")
            let writer = PostgresTradeWriter(table)
            try await writer.write([JournalRow.untraded("SPY")])
            #expect(try await writer.preview().added == 1)
            #expect(try await writer.finalize().added == 1)
        }

        @Test("says what is wrong with a login, and keeps the password to itself")
        func login() async throws {
            let uri = try await PostgresDatabase.shared().uri
            let wrong = uri.replacing("writer:", with: "writer:very-secret-")
            for (uri, code, words) in [
                (wrong, PlaybookError.Code.configuration, "the login failed"),
                (uri.replacing("/journal", with: "/none"), .configuration, "does not exist"),
            ] {
                let error = await playbookError {
                    _ = try await PostgresJournalReader(PostgresTable(PostgresServer(uri), schema: "x"))
                        .records(JournalSelection())
                }
                #expect(error?.code == code)
                #expect(error?.message.contains(words) == true)
                #expect(error.map { "\($0)".contains("very-secret") } == false)
            }
        }

        @Test("gets in what writers of the same session write at the same time, once each")
        func sameSession() async throws {
            let place = PostgresPlace(try await .shared())
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<8 {
                    group.addTask {
                        for _ in 0..<4 {
                            _ = try await TradeWriterContract.oneRow.write(
                                JournalRow.session(1 + number % 3, runID: "run-\(number)"), to: place)
                        }
                    }
                }
                try await group.waitForAll()
            }
            let rows = try await place.rows()
            let trades = Set(rows.map { $0[JournalColumn.trades.index] })
            #expect(trades.count == 1 && trades.first == "\(rows.count)", "the session is one writer's whole one")
        }

        @Test("leaves columns that the server computes, and those of other types, alone")
        func columns() async throws {
            let place = PostgresPlace(try await .shared())
            _ = try await TradeWriterContract.oneRow.write([.traded()], to: place)
            try await place.database.run(
                "ALTER TABLE \(place.name) ADD COLUMN twice double precision GENERATED ALWAYS AS (net_pnl * 2) STORED, "
                    + "ADD COLUMN stars integer, ADD COLUMN seen boolean; UPDATE \(place.name) SET stars = 4, seen = true"
            )
            let receipt = try await TradeWriterContract.oneRow.write([.traded(entry: 191, runID: "run-2")], to: place)
            #expect(receipt.counts == [0, 1, 0])
            #expect(
                try await place.database.run("SELECT stars, seen, twice = net_pnl * 2 FROM \(place.name)")
                    == [["4", "t", "t"]])
        }

        @Test("tells numbers that its errors have")
        func states() {
            for (state, code) in [
                ("40001", PlaybookError.Code.tryAgain), ("53300", .tryAgain), ("57P03", .tryAgain), ("", .tryAgain),
                ("28P01", .configuration), ("42501", .configuration), ("53100", .cannotWrite), ("22P02", .badData),
                ("25006", .tryAgain),
            ] {
                #expect(PostgresFailure(state: state, message: "m").playbookError("place").code == code, "\(state)")
            }
            #expect(PostgresFailure(state: "53300", message: "").isPassing)
            #expect(!PostgresFailure(state: "53100", message: "").isPassing)
            #expect(!PostgresFailure(state: "", message: "certificate verify failed").isPassing)
        }
    }
}
