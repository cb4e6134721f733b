import PlaybookCore
import PlaybookTestSupport
import Testing

@testable import PlaybookWriters

extension MongoServerTests {
    @Suite("What goes wrong between a writer and its server")
    struct Faults {
        private func rows(_ count: Int = 20) throws -> [JournalRow] { try JournalRow.many(count) }

        private func texts(_ rows: [JournalRow]) -> [[String]] { rows.sorted { $0.key < $1.key }.map(\.fields) }

        /// A writer of `rows`, and the place that it writes to.
        private func writer(
            _ rows: [JournalRow], _ options: String = ""
        ) async throws -> (writer: MongoTradeWriter, place: MongoPlace) {
            let place = MongoPlace(server: try await .open())
            let writer = MongoTradeWriter(try place.collection(options))
            try await writer.write(rows)
            return (writer, place)
        }

        @Test("an answer that is lost: the write is sent again and done once")
        func lostAnswer() async throws {
            let rows = try rows()
            let (writer, place) = try await writer(rows)
            try await place.server.fail(
                #"{"failCommands": ["update"], "namespace": "trading.\#(place.name)", "closeAfter": true}"#,
                mode: #"{"times": 1}"#)
            let receipt = try await writer.finalize()
            try await place.server.recover()
            #expect(receipt == WriteReceipt(writer.place, added: 20))
            let updates = try await place.server.commands(place.name).filter { $0.command == "update" }
            #expect(updates.map(\.statements) == [20, 20])
            #expect(updates.map(\.retried) == [0, 20])
            #expect(try await place.rows() == texts(rows))
        }

        @Test("a primary that steps down in the middle: the rest is written when there is one again")
        func stepDown() async throws {
            let rows = try rows()
            let (writer, place) = try await writer(rows)
            try await place.server.fail(
                #"{"failCommands": ["update"], "namespace": "trading.\#(place.name)", "afterStatements": 7, "stepDownMS": 700}"#,
                mode: #"{"times": 1}"#)
            let receipt = try await writer.finalize()
            try await place.server.recover()
            #expect(receipt == WriteReceipt(writer.place, added: 20))
            #expect(try await place.rows() == texts(rows))
        }

        @Test("no primary for longer than is waited: not now, and what is there is complete up to some row")
        func noPrimary() async throws {
            let rows = try rows()
            let (writer, place) = try await writer(rows, "&serverSelectionTimeoutMS=300")
            try await place.server.fail(
                #"{"failCommands": ["update"], "namespace": "trading.\#(place.name)", "afterStatements": 7, "stepDownMS": 5000}"#,
                mode: #"{"times": 1}"#)
            let start = ContinuousClock.now
            let error = await playbookError { try await writer.finalize() }
            #expect(ContinuousClock.now - start < .seconds(25))
            try await place.server.recover()
            #expect(error?.code == .tryAgain)
            #expect(try await place.rows() == Array(texts(rows).prefix(7)))
            let other = MongoTradeWriter(try place.collection())
            try await other.write(rows)
            #expect(try await other.finalize() == WriteReceipt(writer.place, added: 13, unchanged: 7))
            #expect(try await place.rows() == texts(rows))
        }

        @Test("too few servers that confirm: not now, and the same call again counts the rows as its own")
        func writeConcern() async throws {
            let (writer, place) = try await writer(rows())
            try await place.server.fail(
                #"{"failCommands": ["update"], "namespace": "trading.\#(place.name)", "writeConcernError": {"code": 64}}"#
            )
            let error = await playbookError { try await writer.finalize() }
            #expect(error?.code == .tryAgain)
            try await place.server.recover()
            #expect(try await writer.finalize() == WriteReceipt(writer.place, added: 20))
        }

        @Test("a server that never answers: an error within the time that the connection string gives")
        func silence() async throws {
            let (writer, place) = try await writer(rows(), "&socketTimeoutMS=300")
            try await place.server.fail(
                #"{"failCommands": ["find"], "namespace": "trading.\#(place.name)", "hang": true}"#)
            let start = ContinuousClock.now
            let error = await playbookError { try await writer.finalize() }
            try await place.server.recover()
            #expect(error?.code == .tryAgain)
            #expect(ContinuousClock.now - start < .seconds(25))
        }

        @Test("writes are confirmed by a majority unless the connection string says otherwise, and by one at least")
        func majority() async throws {
            for (options, level) in [("", .name("majority")), ("&w=1", .count(1)), ("&w=0", .count(1))]
                as [(String, MongoServer.Command.Level)]
            {
                let (writer, place) = try await writer(rows(), options)
                _ = try await writer.finalize()
                let updates = try await place.server.commands(place.name).filter { $0.command == "update" }
                #expect(updates.map(\.writeConcern?.w) == [level])
                #expect(updates.map(\.writeConcern?.wtimeout) == [20_000])
            }
        }

        @Test("a synthetic row that is about to be written when a real one comes: the real one stays")
        func syntheticRace() async throws {
            let place = MongoPlace(server: try await .open())
            let synthetic = MongoTradeWriter(try place.collection("&appName=synthetic"))
            try await synthetic.write([.untraded(notes: "made up", dataSource: "sample")])
            let real = MongoTradeWriter(try place.collection())
            try await real.write([.untraded(notes: "real")])
            // The synthetic row has been found to be new, and waits at the server's door.
            try await place.server.fail(
                """
                {"failCommands": ["update"], "namespace": "trading.\(place.name)", "appName": "synthetic",
                 "blockConnection": true, "blockTimeMS": 5000}
                """, mode: #"{"times": 1}"#)
            let waiting = Task { await playbookError { try await synthetic.finalize() } }
            while try await !place.server.commands(place.name).contains(where: { $0.command == "update" }) {
                try await Task.sleep(for: .milliseconds(20))
            }
            #expect(try await real.finalize() == WriteReceipt(real.place, added: 1))
            let error = await waiting.value
            try await place.server.recover()
            #expect(error?.code == .cannotWrite)
            #expect(error?.message.contains("synthetic rows would replace real ones") == true)
            #expect(try await place.rows() == [JournalRow.untraded(notes: "real").fields])
        }

        @Test("two writers of the same row at the same time: one document, that of either")
        func sameRow() async throws {
            let place = MongoPlace(server: try await .open())
            let collection = try place.collection()
            let versions = try (0..<8).map { number in
                try (1...9).map { try JournalRow.untraded("QQQ", "2024-11-0\($0)", notes: "writer \(number)") }
            }
            await withTaskGroup(of: PlaybookError?.self) { group in
                for rows in versions {
                    group.addTask {
                        let writer = MongoTradeWriter(collection)
                        do {
                            try await writer.write(rows)
                            let receipt = try await writer.finalize()
                            #expect(receipt.added + receipt.replaced == 9)
                            return nil
                        } catch {
                            return error as? PlaybookError ?? PlaybookError(.usage, "\(error)")
                        }
                    }
                }
                for await error in group { #expect(error == nil) }
            }
            let found = try await place.rows()
            #expect(found.count == 9)
            for (index, row) in found.enumerated() { #expect(versions.contains { $0[index].fields == row }) }
        }

        @Test(
            "a user who may not create indexes, or a collection that cannot have them: rows are written",
            arguments: [13, 67, 85])
        func noIndexes(code: Int) async throws {
            let (writer, place) = try await writer(rows())
            try await place.server.fail(#"{"failCommands": ["createIndexes"], "errorCode": \#(code)}"#)
            let receipt = try await writer.finalize()
            try await place.server.recover()
            #expect(receipt == WriteReceipt(writer.place, added: 20))
        }
    }
}
