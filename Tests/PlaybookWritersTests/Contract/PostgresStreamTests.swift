import PlaybookCore
import PlaybookTestSupport
import Testing

@testable import PlaybookWriters

extension PostgresTests {
    @Suite("The PostgreSQL writer that takes a CSV's rows over as they are read")
    struct Streams {
        private let folder: TemporaryFolder

        init() throws { folder = try TemporaryFolder() }

        @Test("keeps the contract of writers", arguments: TradeWriterContract.allCases)
        func contract(clause: TradeWriterContract) async throws {
            try await clause.check(StreamedPlace(inner: PostgresPlace(.shared())))
        }

        @Test("adds what is new, replaces what is other, and leaves the rest alone")
        func mixes() async throws {
            let place = PostgresPlace(try await .shared())
            let writer = PostgresTradeWriter(try place.table())
            let old = try JournalRow.session(2) + JournalRow.session(1, "SPY")
            #expect(try await writer.takeOver(JournalSelection(), of: reader(old))?.counts == [3, 0, 0])
            let state = try await place.state()
            #expect(try await writer.takeOver(JournalSelection(), of: reader(old))?.counts == [0, 0, 3])
            #expect(try await place.state() == state, "nothing is written anew")
            let new =
                try JournalRow.session(1) + [.traded("SPY", entry: 200)] + JournalRow.session(3, "IWM")
                + JournalRow.session(2, "QQQ", "2024-11-05")
            let receipt = try await writer.takeOver(JournalSelection(), of: reader(new))
            #expect(receipt?.counts == [5, 2, 0])
            #expect(receipt?.removed == 1)
            #expect(try await place.rows() == new.sorted { $0.key < $1.key }.map { JournalRecord($0).fields })
        }

        @Test("takes nothing over that is not sorted, is there twice, or has something added")
        func refusals() async throws {
            let place = PostgresPlace(try await .shared())
            let writer = PostgresTradeWriter(try place.table())
            let lines = try [JournalRow.untraded(), .untraded("SPY")].map { row in
                JournalRecord(row).fields.joined(separator: ",")
            }
            let header = JournalColumn.names.joined(separator: ",")
            for (number, text) in [
                "\(header)\n\(lines[1])\n\(lines[0])\n", "\(header)\n\(lines[0])\n\(lines[0])\n",
                "\(header),notes_user\n\(lines[0]),\n\(lines[1]),mine\n",
            ].enumerated() {
                let path = try folder.write("\(number).csv", text)
                let receipt = try await writer.takeOver(JournalSelection(), of: CSVJournalReader(path: path))
                #expect(receipt == nil, "\(text)")
                #expect(try await place.rows().isEmpty)
            }
            let path = try folder.write("column.csv", "\(header),notes_user\n\(lines[0]),\n\(lines[1]),\n")
            #expect(
                try await writer.takeOver(JournalSelection(), of: CSVJournalReader(path: path))?.counts == [2, 0, 0])
        }

        @Test("makes no table for nothing, and leaves none of a journal's rows that cannot be read to its end")
        func nothing() async throws {
            let place = PostgresPlace(try await .shared())
            let writer = PostgresTradeWriter(try place.table())
            let absent = CSVJournalReader(path: "\(folder.path)/absent.csv")
            #expect(try await writer.takeOver(JournalSelection(), of: absent)?.counts == [0, 0, 0])
            #expect(
                try await place.database.run("SELECT to_regclass('\(place.name)') IS NULL") == [["t"]])
            let line = JournalRecord(try .untraded()).fields.joined(separator: ",")
            let path = try folder.write(
                "cut.csv", "\(JournalColumn.names.joined(separator: ","))\n\(line)\n2024-11-05,true\n")
            let error = await playbookError {
                try await writer.takeOver(JournalSelection(), of: CSVJournalReader(path: path))
            }
            #expect(error?.code == .badData)
            #expect(error?.message.contains("cut.csv:3") == true)
            #expect(try await place.rows().isEmpty)
        }

        @Test("refuses a symbol of another market")
        func market() async throws {
            let place = PostgresPlace(try await .shared())
            let writer = PostgresTradeWriter(try place.table())
            _ = try await writer.takeOver(JournalSelection(), of: reader([.untraded()]))
            var row = try JournalRow.untraded("QQQ", "2024-11-06")
            row.market = "24x7"
            let error = await playbookError { try await writer.takeOver(JournalSelection(), of: reader([row])) }
            #expect(error?.code == .badData)
            #expect(error?.message.contains("has rows of QQQ in the market XNYS, the new ones are of 24x7") == true)
            #expect(try await place.rows().count == 1)
        }

        @Test("fills a new row's columns of people's own by what the table says of them")
        func defaults() async throws {
            let place = PostgresPlace(try await .shared())
            let writer = PostgresTradeWriter(try place.table())
            _ = try await writer.takeOver(JournalSelection(), of: reader([.untraded()]))
            try await place.database.run(
                "ALTER TABLE \(place.name) ADD COLUMN seen boolean NOT NULL DEFAULT false; "
                    + "UPDATE \(place.name) SET seen = true")
            _ = try await writer.takeOver(JournalSelection(), of: reader([.untraded("SPY")]))
            _ = try await TradeWriterContract.oneRow.write([.untraded("IWM")], to: place)
            _ = try await TradeWriterContract.oneRow.write([.traded(runID: "run-2")], to: place)
            #expect(
                try await place.database.run("SELECT symbol, entered, seen FROM \(place.name) ORDER BY symbol")
                    == [["IWM", "f", "f"], ["QQQ", "t", "t"], ["SPY", "f", "f"]])
        }

        @Test("goes by way of a table of its own where the server decides row by row who may what")
        func rowSecurity() async throws {
            let place = PostgresPlace(try await .shared())
            let writer = PostgresTradeWriter(try place.table())
            _ = try await writer.takeOver(JournalSelection(), of: reader([.untraded()]))
            try await place.database.run(
                "ALTER TABLE \(place.name) ENABLE ROW LEVEL SECURITY; ALTER TABLE \(place.name) FORCE ROW LEVEL SECURITY; "
                    + "CREATE POLICY everybody ON \(place.name) USING (true) WITH CHECK (true)")
            #expect(try await writer.takeOver(JournalSelection(), of: reader([.untraded("SPY")])) == nil)
            _ = try await TradeWriterContract.oneRow.write([.untraded("IWM")], to: place)
            #expect(try await place.rows().count == 2)
        }

        /// A CSV journal of `rows`, as the program writes it.
        private func reader(_ rows: [JournalRow]) async throws -> CSVJournalReader {
            try await CSVJournalReader(path: folder.journal(rows.map(JournalRecord.init)))
        }
    }
}

extension TemporaryFolder {
    /// Writes a CSV journal with a name that nobody has used, and returns its path.
    fileprivate func journal(_ records: [JournalRecord]) async throws -> String {
        let path = "\(path)/\(try names().count).csv"
        let writer = CSVTradeWriter(path: path)
        try await writer.write(records)
        _ = try await writer.finalize()
        return path
    }
}

/// A place whose rows come by way of a CSV.
private struct StreamedPlace: WriterPlace {
    let inner: PostgresPlace

    func makeWriter() throws -> any TradeWriter { try StreamedWriter(inner.table()) }
    func makeReader() throws -> any JournalReader { try inner.makeReader() }
    func rows() async throws -> [[String]] { try await inner.rows() }
    func additions() async throws -> [[String: String]] { try await inner.additions() }
    func annotate(_ row: Int, _ name: String, _ text: String) async throws {
        try await inner.annotate(row, name, text)
    }
    func putFirstSchema(_ rows: [JournalRow]) async throws { try await inner.putFirstSchema(rows) }
    func state() async throws -> String { try await inner.state() }
    func obstruct(afterPieces count: Int) async throws { try await inner.obstruct(afterPieces: count) }
    func clear() async throws { try await inner.clear() }
}

/// Writes rows to a CSV and has them taken over from there; as a whole where that cannot be.
private actor StreamedWriter: TradeWriter {
    nonisolated let place: JournalPlace
    private let table: PostgresTable
    private let folder: TemporaryFolder
    private var pending: PendingRows

    init(_ table: PostgresTable) throws {
        self.table = table
        folder = try TemporaryFolder()
        place = JournalPlace(writer: "postgres", location: table.location)
        pending = PendingRows(place)
    }

    func write(_ records: [JournalRecord]) throws { try pending.add(records) }

    func preview() async throws -> WriteReceipt { try await whole().preview() }

    func finalize() async throws -> WriteReceipt {
        if let receipt = pending.receipt { return receipt }
        let reader = CSVJournalReader(path: try await folder.journal(pending.records))
        let taken = try await PostgresTradeWriter(table).takeOver(JournalSelection(), of: reader)
        var receipt = taken ?? WriteReceipt(place)
        if taken == nil { receipt = try await whole().finalize() }
        pending.settle(receipt)
        return receipt
    }

    func upgrade(isDryRun: Bool) async throws -> JournalUpgrade {
        try await PostgresTradeWriter(table).upgrade(isDryRun: isDryRun)
    }

    private func whole() async throws -> PostgresTradeWriter {
        let writer = PostgresTradeWriter(table)
        try await writer.write(pending.records)
        return writer
    }
}
