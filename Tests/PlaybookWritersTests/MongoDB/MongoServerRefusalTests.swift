import PlaybookCore
import PlaybookTestSupport
import Testing

@testable import PlaybookWriters

extension MongoServerTests {
    @Suite("What a server refuses, and what lies in its collections")
    struct Refusals {
        private func collection(_ server: MongoServer, _ user: String, _ password: String) throws -> MongoCollection {
            try MongoCollection(
                server.uri(user: user, password: password), database: "trading", collection: server.freshCollection())
        }

        @Test("the right password opens it; a wrong one is a matter of configuration and not shown")
        func password() async throws {
            let server = try await MongoServer.locked()
            let writer = MongoTradeWriter(try collection(server, "writer", MongoServer.password))
            try await writer.write([.untraded()])
            #expect(try await writer.preview().added == 1)
            #expect(try await writer.finalize().added == 1)
            for (user, password) in [("writer", "hunter2"), ("nobody", "hunter2"), ("reader", "pass/word")] {
                let writer = MongoTradeWriter(try collection(server, user, password))
                try await writer.write([.untraded()])
                for error in [
                    await playbookError { try await writer.preview() },
                    await playbookError { try await writer.finalize() },
                ] {
                    let error = try #require(error)
                    #expect(error.code == .configuration, "\(error)")
                    #expect(error.nextStep?.contains("<set mongoConnection>") == true)
                    #expect(!"\(error)".contains(password) && !"\(error)".contains("hunter"))
                }
            }
        }

        @Test("a user who may only read cannot write, and a preview says so")
        func readOnly() async throws {
            let server = try await MongoServer.locked()
            let collection = try collection(server, "reader", MongoServer.password)
            let writer = MongoTradeWriter(collection)
            try await writer.write([.untraded()])
            for error in [
                await playbookError { try await writer.preview() }, await playbookError { try await writer.finalize() },
            ] {
                #expect(error?.code == .configuration)
                #expect(error?.nextStep?.contains("readWrite") == true)
            }
            #expect(try await MongoJournalReader(collection).records(JournalSelection()) == [])
        }

        @Test("a server that does not say what a user may do is believed to allow it", arguments: [13, 59])
        func silentPrivileges(code: Int) async throws {
            let place = MongoPlace(server: try await .open())
            try await place.server.fail(#"{"failCommands": ["connectionStatus"], "errorCode": \#(code)}"#)
            let writer = try place.makeWriter()
            try await writer.write([JournalRow.untraded()])
            let receipt = try await writer.preview()
            try await place.server.recover()
            #expect(receipt.added == 1)
        }

        /// Puts documents into `collection` as another tool would.
        private func insert(_ documents: [BSONDocument], into collection: MongoCollection) async throws {
            _ = try await collection.perform { [name = collection.name] session in
                try session.command(
                    ["insert": .string(name.collection), "documents": .array(documents.map { .document($0) })],
                    database: name.database)
            }
        }

        private func foreign(_ id: Int32, _ symbol: String = "QQQ") -> BSONDocument {
            [
                "_id": .int32(id), "trade_date": .date(20_031 * 86_400_000), "symbol": .string(symbol),
                "strategy": .string("dp20"), "params_id": .string("abc"), "shares": .int32(5),
            ]
        }

        @Test("documents of other tools are read, twice if they are there twice")
        func foreignDocuments() async throws {
            let place = MongoPlace(server: try await .open())
            try await insert([foreign(1), foreign(2), foreign(3, "IWM")], into: place.collection())
            let records = try await place.makeReader().records(JournalSelection())
            #expect(records.map(\.key.symbol) == ["IWM", "QQQ", "QQQ"])
            #expect(records.map { $0[.shares] } == ["5", "5", "5"])
        }

        @Test("a document that is not a row is named, to readers and to a writer that meets it")
        func noRow() async throws {
            let place = MongoPlace(server: try await .open())
            try await insert(
                [["_id": .string("2024-11-04|QQQ|dp20|abc"), "symbol": .string("QQQ")]], into: place.collection())
            let reader = try place.makeReader()
            let writer = try place.makeWriter()
            try await writer.write([JournalRow.untraded()])
            for error in [
                await playbookError { try await reader.records(JournalSelection()) },
                await playbookError { try await writer.finalize() },
            ] {
                #expect(error?.code == .badData)
                #expect(error?.message.contains("'2024-11-04|QQQ|dp20|abc'") == true)
            }
        }

        @Test("a document that has taken the _id of another row is in the way")
        func otherKey() async throws {
            let place = MongoPlace(server: try await .open())
            var document: BSONDocument = ["_id": .string("2024-11-04|QQQ|dp20|abc")]
            for (name, value) in try foreign(1, "SPY").fields() where name != "_id" { document.append(name, value) }
            try await insert([document], into: place.collection())
            let writer = try place.makeWriter()
            try await writer.write([JournalRow.untraded()])
            let error = await playbookError { try await writer.finalize() }
            #expect(error?.message.contains("'2024-11-04|QQQ|dp20|abc'") == true, "\(error?.message ?? "")")
            #expect(try await place.makeReader().records(JournalSelection()).map(\.key.symbol) == ["SPY"])
        }

        @Test("rows that are there twice are named before anything is written")
        func duplicates() async throws {
            let place = MongoPlace(server: try await .open())
            try await insert([foreign(1), foreign(2)], into: place.collection())
            let writer = try place.makeWriter()
            try await writer.write([JournalRow.untraded("SPY")])
            let error = await playbookError { try await writer.finalize() }
            #expect(error?.code == .cannotWrite)
            #expect(error?.message.contains("trade_date 2024-11-04, symbol 'QQQ'") == true, "\(error?.message ?? "")")
            #expect(error?.nextStep?.isEmpty == false)
            #expect(try await place.server.documents(place.name).count == 2)
        }

        @Test("a row that another tool wrote under another _id is in the way")
        func otherID() async throws {
            let place = MongoPlace(server: try await .open())
            try await insert([foreign(1)], into: place.collection())
            let writer = try place.makeWriter()
            try await writer.write([JournalRow.untraded()])
            let error = await playbookError { try await writer.finalize() }
            #expect(error?.code == .cannotWrite)
            #expect(error?.message.contains("whose _id is another") == true, "\(error?.message ?? "")")
            #expect(try await place.server.documents(place.name).count == 1)
        }

        @Test("indexes are created once; a preview creates nothing")
        func indexes() async throws {
            let place = MongoPlace(server: try await .open())
            for symbol in ["QQQ", "SPY"] {
                let writer = try place.makeWriter()
                try await writer.write([JournalRow.untraded(symbol)])
                _ = try await writer.preview()
                let before = try await place.server.commands(place.name).map(\.command)
                #expect(before.contains("createIndexes") == (symbol == "SPY"))
                _ = try await writer.finalize()
            }
            let commands = try await place.server.commands(place.name).map(\.command)
            #expect(commands.count { $0 == "createIndexes" } == 1)
            let answer = try await place.collection().perform { [name = place.name] session in
                try session.command(["listIndexes": .string(name)], database: "trading")
            }
            let indexes = try #require(try answer.value("cursor")?.content?.value("firstBatch")?.content?.fields())
            let unique = indexes.filter { $0.value.content?.value("unique") == .bool(true) }
            let keys = try unique.compactMap { try $0.value.content?.value("key")?.content?.fields().map(\.name) }
            #expect(keys == [["trade_date", "symbol", "strategy", "params_id", "mode", "trade_no"]])
            #expect(indexes.count == 3)
        }

        @Test("the unique index of the first schema goes, and the rows of that time are upgraded with it")
        func formerIndex() async throws {
            let place = MongoPlace(server: try await .open())
            try await place.putFirstSchema([.untraded("QQQ"), .untraded("SPY")])
            let writer = try place.makeWriter()
            try await writer.write(JournalRow.session(2, "IWM"))
            #expect(try await writer.finalize().added == 2)
            let documents = try await place.server.documents(place.name)
            #expect(documents.allSatisfy { $0["mode"] as? String == "backtest" })
            let answer = try await place.collection().perform { [name = place.name] session in
                try session.command(["listIndexes": .string(name)], database: "trading")
            }
            let indexes = try #require(try answer.value("cursor")?.content?.value("firstBatch")?.content?.fields())
            #expect(
                Set(indexes.compactMap { $0.value.content?.value("name")?.string })
                    == ["_id_", "journal_row_key", "journal_symbol_date"])
        }

        @Test("an index of the journal's name with other fields is told, error 86")
        func otherIndex() async throws {
            let place = MongoPlace(server: try await .open())
            try await insert([foreign(1, "IWM")], into: place.collection())
            _ = try await place.collection().perform { [name = place.name] session in
                try session.command(
                    [
                        "createIndexes": .string(name),
                        "indexes": .array([
                            .document(["key": .document(["notes": .int32(1)]), "name": .string("journal_row_key")])
                        ]),
                    ], database: "trading")
            }
            let writer = try place.makeWriter()
            try await writer.write([JournalRow.untraded()])
            let error = await playbookError { try await writer.finalize() }
            #expect(error?.code == .cannotWrite)
            #expect(error?.message.contains("code 86") == true || error?.message.contains("journal_row_key") == true)
            #expect(error?.nextStep?.contains("dropIndex('journal_row_key')") == true)
            #expect(try await place.server.documents(place.name).count == 1)
        }
    }
}

@Suite("MongoDB servers that cannot be reached")
struct MongoUnreachableTests {
    @Test(
        "are reported in time: what the connection string gives, or ten seconds",
        arguments: [
            ("mongodb://127.0.0.1:1/?serverSelectionTimeoutMS=400", 0.3...5.0),
            ("mongodb://joe:hunter2@127.0.0.1:1,127.0.0.1:2/?replicaSet=rs0", 9.5...20.0),
            ("mongodb+srv://joe:hunter2@no.such.host.invalid/?serverSelectionTimeoutMS=400", 0...15.0),
        ])
    func unreachable(uri: String, seconds: ClosedRange<Double>) async throws {
        let writer = MongoTradeWriter(try MongoCollection(uri, database: "trading", collection: "trades"))
        try await writer.write([.untraded()])
        var elapsed = Double.infinity
        // Other tests may hold it up, but not every time.
        for _ in 1...5 where elapsed > seconds.upperBound {
            let start = ContinuousClock.now
            let error = try #require(await playbookError { try await writer.finalize() })
            elapsed = min(elapsed, (ContinuousClock.now - start) / .seconds(1))
            #expect(error.code == .tryAgain, "\(error)")
            #expect(!"\(error)".contains("joe") && !"\(error)".contains("hunter2"))
        }
        #expect(seconds.contains(elapsed), "\(elapsed) s")
    }
}
