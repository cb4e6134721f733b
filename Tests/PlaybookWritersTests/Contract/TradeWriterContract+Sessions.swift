import PlaybookCore
import PlaybookTestSupport
import Testing

extension TradeWriterContract {
    func checkSessions(_ place: some WriterPlace) async throws {
        let others = try [
            JournalRow.untraded("IWM"), .untraded("QQQ", "2024-11-01"), .untraded("QQQ", "2024-11-05"),
            .untraded("QQQ", parametersID: "abd"),
        ]
        _ = try await write(others, to: place)
        func expect(_ trades: Int, _ counts: [Int], removed: Int, _ line: Int = #line) async throws {
            let receipt = try await write(JournalRow.session(trades), to: place)
            #expect(receipt.counts == counts && receipt.removed == removed, "line \(line): \(receipt)")
            let expected = try (others + JournalRow.session(trades)).sorted { $0.key < $1.key }.map(\.fields)
            #expect(try await place.rows() == expected, "line \(line)")
        }
        try await expect(1, [1, 0, 0], removed: 0)
        // Every row says how many there are, so each changes.
        try await expect(3, [2, 1, 0], removed: 0)
        try await expect(3, [0, 0, 3], removed: 0)
        try await expect(2, [0, 2, 0], removed: 1)
        try await expect(0, [0, 1, 0], removed: 1)
        try await expect(2, [1, 1, 0], removed: 0)
        // A preview says the same, and does nothing.
        let writer = try await place.makeWriter()
        try await writer.write(JournalRow.session(1))
        let preview = try await writer.preview()
        #expect(preview.counts == [0, 1, 0] && preview.removed == 1)
        #expect(try await place.rows().count == 6)
        #expect(try await writer.finalize() == preview)
        #expect(try await place.rows().count == 5)
    }

    func checkModes(_ place: some WriterPlace) async throws {
        var paper = try JournalRow.session(2)
        for index in paper.indices { paper[index].mode = .paper }
        _ = try await write(paper, to: place)
        #expect(try await write(JournalRow.session(1), to: place).counts == [1, 0, 0])
        let expected = try (JournalRow.session(1) + paper).map(\.fields)
        #expect(try await place.rows() == expected)
        let found = try await place.makeReader().records(JournalSelection(mode: .paper))
        #expect(found.map(\.key) == paper.map(\.key))
        #expect(
            try await place.makeReader().records(JournalSelection(strategy: "dp20", parametersID: "abc")).count == 3)
        #expect(try await place.makeReader().records(JournalSelection(strategy: "timed-entry")).isEmpty)
        #expect(try await place.makeReader().records(JournalSelection(parametersID: "abd")).isEmpty)
    }

    func checkAdditions(_ place: some WriterPlace) async throws {
        _ = try await write(JournalRow.session(2) + [.untraded("SPY")], to: place)
        try await place.annotate(0, "notes_user", "too early, \"again\"")
        try await place.annotate(1, "tags", "fomo")
        try await place.annotate(1, "chart_link_entry", "mine.png")
        try await place.annotate(2, "notes_user", "slept in")
        let additions = [["notes_user": "too early, \"again\""], ["tags": "fomo"], ["notes_user": "slept in"]]
        #expect(try await place.additions() == additions)
        // The same rows again change nothing.
        let state = try await place.state()
        #expect(try await write(JournalRow.session(2, runID: "run-2"), to: place).counts == [0, 0, 2])
        #expect(try await place.state() == state)
        // Another price, the same trades; then other rows of the same place.
        for run in 2...4 {
            let rows = try (1...2).map { try JournalRow.traded(entry: 190 + Double(run), number: $0, of: 2) }
            #expect(try await write(rows, to: place).counts == [0, 2, 0])
            _ = try await write([.untraded("IWM", "2024-11-0\(run + 3)")], to: place)
            #expect(try await Array(place.additions().prefix(3)) == additions)
            let links = try await place.rows().map { $0[JournalColumn.chartLink.index] }
            #expect(Array(links.prefix(3)) == ["", "mine.png", ""])
        }
        // A row read back brings its additions along.
        let record = try #require(
            try await place.makeReader().records(JournalSelection(symbols: ["SPY"])).first)
        #expect(record.extras.map(\.name) == ["notes_user"] && record.extras.map(\.text) == ["slept in"])
    }

    func checkMoves(_ place: some WriterPlace) async throws {
        _ = try await write(JournalRow.session(3), to: place)
        try await place.annotate(0, "notes_user", "one")
        try await place.annotate(1, "notes_user", "two")
        try await place.annotate(2, "notes_user", "three")
        try await place.annotate(2, "chart_link_entry", "third.png")
        // The first trade has gone, the second is the first now.
        let second = try JournalRow.traded(number: 2, of: 1)
        var rows = [second]
        rows[0].tradeNumber = 1
        for _ in 1...2 {
            _ = try await write(rows, to: place)
            #expect(try await place.additions() == [["notes_user": "two; one; three"]])
            #expect(try await place.rows().map { $0[JournalColumn.chartLink.index] } == ["third.png"])
        }
        // Without a trade it stays, and when trades come back too.
        for trades in [0, 2, 1] {
            _ = try await write(JournalRow.session(trades), to: place)
            let additions = try await place.additions()
            #expect(additions.first == ["notes_user": "two; one; three"])
            #expect(additions.dropFirst().allSatisfy { $0.isEmpty })
        }
    }

    func checkEveryColumn(_ place: some WriterPlace) async throws {
        var row = try JournalRow.traded("QQQ", "2024-07-03")
        (row.window, row.pullbackTime, row.reversalTime) = ("10:00-10:30", TimeOfDay("10:02"), TimeOfDay("10:06"))
        (row.confirmationTime, row.setup, row.side) = (TimeOfDay("10:08"), "up", .short)
        (row.steps, row.values) = ("pullback=10:05 reversal=10:09", "top=101.2 bottom=100.4 last=10:45")
        (row.chartLink, row.completeness, row.parameters) = ("charts/a.svg", 0.9795, "window-end=10:45 stop-atr=1.5")
        row.trade?.side = .short
        row.trade?.target = 188.25
        row.trade?.exits = "0.5@189.5 target 10:40; 0.25@190 stop_loss 11:02; 0.25@190.5 end_of_day 15:54"
        row.trade?.isAmbiguous = true
        var odd = try JournalRow.untraded("ODD", "2024-07-03")
        (odd.steps, odd.values, odd.noTrade) = ("not a list", "a=1 a.b=2 c", "step:pullback")
        // A coin that costs a few millionths.
        var coin = try JournalRow.traded("SHIB-USD", "2024-07-03", entry: 0.0000123457)
        coin.decimals = .ten
        coin.trade?.stop = 0.0000123
        _ = try await write([row, odd, coin], to: place)
        #expect(try await place.rows() == [odd, row, coin].map(\.fields))
        let found = try await place.makeReader().records(JournalSelection())
        #expect(found == [odd, row, coin].map(JournalRecord.init))
        #expect(try JournalRow(found[1]) == row)
        #expect(try await write([row, odd, coin], to: place).counts == [0, 0, 3])
    }

    func checkFirstSchema(_ place: some WriterPlace) async throws {
        let digest = "p0123456789ab"
        var old = try ["2024-11-01", "2024-11-04"].map { try JournalRow.untraded("QQQ", $0, parametersID: digest) }
        var traded = try JournalRow.traded("SPY", "2024-11-04")
        traded.parametersID = digest
        old.append(traded)
        try await place.putFirstSchema(old)
        // What follows from a row itself is filled in, the rest stays empty.
        let found = try await place.makeReader().records(JournalSelection(parametersID: digest))
        #expect(found.map(\.key) == old.map(\.key))
        let filled: [JournalColumn] = [.mode, .tradeNumber, .trades, .side, .market, .entryInstant, .exitInstant]
        #expect(
            found.map { record in filled.map { record[$0] } } == old.map { row in filled.map { row.fields[$0.index] } })
        #expect(found.allSatisfy { $0[.completeness].isEmpty && $0[.parameters].isEmpty && $0[.noTrade].isEmpty })
        // The same session, written by this version, takes the place of the old row.
        let new = try JournalRow.session(2, "SPY").map { row in
            var row = row
            row.parametersID = digest
            return row
        }
        #expect(try await write(new, to: place).counts == [1, 1, 0])
        let keys = try await place.makeReader().records(JournalSelection()).map(\.key)
        #expect(keys == (old.dropLast() + new).map(\.key))
    }

    func checkUpgrade(_ place: some WriterPlace) async throws {
        let old = try (0..<30).map { index in
            let date = "\(TradingCalendar.nyse.allSessions[6_600 + index / 3].date)"
            let symbol = ["IWM", "QQQ", "SPY"][index % 3]
            var row = try index % 4 == 0 ? JournalRow.traded(symbol, date) : .untraded(symbol, date)
            row.parametersID = "p0123456789ab"
            return row
        }
        try await place.putFirstSchema(old)
        try await place.annotate(4, "notes_user", "mine")
        let before = try await place.makeWriter().upgrade(isDryRun: true)
        #expect(before.rows == 30 && before.upgraded == 30)
        #expect(try await place.makeReader().records(JournalSelection()).count == 30)
        let upgrade = try await place.makeWriter().upgrade(isDryRun: false)
        #expect(upgrade.rows == 30 && upgrade.upgraded == 30)
        let expected = old.map { row -> [String] in
            var fields = row.fields
            for column in [JournalColumn.noTrade, .completeness, .parameters] { fields[column.index] = "" }
            return fields
        }
        #expect(try await place.rows() == expected)
        #expect(try await place.additions()[4] == ["notes_user": "mine"])
        let state = try await place.state()
        #expect(try await place.makeWriter().upgrade(isDryRun: false).upgraded == 0)
        #expect(try await place.state() == state)
    }

    func checkRepairs(_ place: some WriterPlace) async throws {
        for (from, to) in [(1, 3), (3, 1), (3, 2), (0, 2), (2, 0)] {
            for pieces in 0...3 {
                _ = try await write(JournalRow.session(from), to: place)
                let old = try await place.rows()
                let writer = try await place.makeWriter()
                try await writer.write(JournalRow.session(to, runID: "run-2"))
                try await place.obstruct(afterPieces: pieces)
                let error = await Result { try await writer.finalize() }
                try await place.clear()
                let rows = try await place.rows()
                let new = try JournalRow.session(to, runID: "run-2").map(\.fields)
                let records = try await place.makeReader().records(JournalSelection())
                // The old rows, the new ones, or something that a check names.
                if rows != old, rows != new {
                    let check = JournalCheck(JournalSessions(records))
                    #expect(!check.isClean, "\(from) to \(to) after \(pieces): \(rows.count) rows")
                    #expect(JournalSessions(records).completeDates(of: "QQQ").isEmpty)
                }
                if case .success = error { #expect(rows == new) }
                _ = try await write(JournalRow.session(to, runID: "run-2"), to: place)
                #expect(try await place.rows() == new, "\(from) to \(to) after \(pieces)")
            }
        }
    }

    func checkMarkets(_ place: some WriterPlace) async throws {
        _ = try await write([.untraded("BTC-USD")], to: place)
        var other = try JournalRow.untraded("BTC-USD", "2024-11-05")
        other.market = "24x7"
        let error = await playbookError { try await write([other], to: place) }
        #expect(error?.code == .badData)
        #expect(error?.message.contains("XNYS") == true && error?.message.contains("24x7") == true)
        #expect(try await place.rows() == [JournalRow.untraded("BTC-USD").fields])
        var coin = try JournalRow.untraded("ETH-USD", "2024-11-05")
        coin.market = "24x7"
        #expect(try await write([coin], to: place).counts == [1, 0, 0])
    }
}

extension Result where Failure == any Error {
    /// What `body` gives or throws.
    init(_ body: () async throws -> Success) async {
        do {
            self = .success(try await body())
        } catch {
            self = .failure(error)
        }
    }
}
