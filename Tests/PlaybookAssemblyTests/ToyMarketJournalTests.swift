import Foundation
import PlaybookCore
import PlaybookTestSupport
import PlaybookWriters
import Testing

@testable import PlaybookAssembly
@testable import PlaybookReports
@testable import PlaybookSettings
@testable import PlaybookUseCases

/// A market that the program does not know, with bars from files and rows in three journals: runs, catching up, `status`,
/// `verify` and `copy`, over a year and around all changes of clocks.
@Suite(
    "A market of its own in three journals", .serialized,
    .enabled(if: PythonServer.isAvailable, Comment(rawValue: PythonServer.notice)))
struct ToyMarketJournalTests {
    private let folder: ScratchFolder

    init() throws { folder = try ScratchFolder() }

    /// Buys rises between two times, and sells falls after midnight.
    private static let night = """
        playbook: night
        summary: Rises are bought until a time, falls are sold after midnight
        timeframe: 10Min
        parameters:
          from:  {default: 10:00}
          until: {default: 11:00}
          leave: {default: 15:00}
        values:
          average: ema(close, 9)
          range: atr(14)
          before: prior.close
        filters:
          calm: abs(gap) < 3%
        setups:
          - name: up
            side: long
            window: [from, until]
            steps:
              - strong: close > average
              - higher: {when: "close > high[1]", within: 4 bars}
            cancel: close < average - range
            stop: entry - 2 * range
            target: entry + 1.5 * range
          - name: down
            side: short
            steps:
              - late: time >= 00:10 and close < average
            entry: {limit: close, for: 3 bars}
            stop: entry + 2 * range
            trail: {by: 2 * range}
        exit: leave
        size: {risk: 100}
        limits: {trades: 2}
        """
    private static let times = ["from": "22:30", "until": "01:30", "leave": "03:20"]

    /// Buys at the open, whatever the market.
    private static let always = """
        playbook: always
        summary: Buys at the open
        timeframe: 10Min
        setup:
          side: long
        """

    private func write(_ symbols: [String], _ first: String, _ last: String) throws {
        let bars = ToyMarket.bars(from: try date(first), through: try date(last), minutes: 10)
        var text = "timestamp,open,high,low,close,volume\n"
        for bar in bars.times.indices {
            text += "\(Instant(secondsSinceEpoch: bars.times[bar])),\(bars.open[bar]),\(bars.high[bar]),"
            text += "\(bars.low[bar]),\(bars.close[bar]),\(bars.volume[bar])\n"
        }
        for symbol in symbols { try folder.write("\(symbol)_10Min.csv", text) }
    }

    /// The servers of a bucket and of a database, one of each for the suite.
    private static let servers = Task {
        async let storage = PythonServer(
            script: "FakeStorage/fake_storage.py", arguments: ["--bucket", "toys", "--until-eof"])
        async let mongo = PythonServer(script: "FakeMongo/fake_mongo.py", arguments: ["--until-eof"], lines: 2)
        return (storage: try await storage, mongo: try await mongo)
    }

    /// The settings of journals of a name, for a playbook.
    private func journals(
        _ now: String, _ playbook: String, _ name: String, _ symbols: String, writers: String = "csv,gcs,mongodb"
    ) async throws -> Settings {
        let servers = try await Self.servers.value
        let flags = [
            "SYMBOLS": symbols, "DATA_SOURCE": "files", "DATA_DIR": folder.path, "PLAYBOOK_NOW": now,
            "PLAYBOOK_FILE": try folder.write("rules.yaml", playbook), "WRITER_TYPE": writers,
            "OUTPUT_DIR": folder.path + "/output", "STORAGE_EMULATOR_HOST": servers.storage.lines[0],
            "GCS_BUCKET": "toys", "GCS_PREFIX": name, "MONGODB_CONNECTION": servers.mongo.lines[0],
            "MONGODB_DATABASE": name,
        ]
        var made = try settings(flags, in: folder)
        made.knownMarkets.append(ToyMarket.market)
        return made
    }

    /// The rows of each of the journals.
    private func rows(_ settings: Settings) async throws -> [[JournalRecord]] {
        var rows: [[JournalRecord]] = []
        for journal in try settings.journals() { rows.append(try await journal.reader.records(JournalSelection())) }
        return rows
    }

    private func status(_ settings: Settings, _ parameters: [String: String] = [:]) async throws -> (Bool, String) {
        let status = try await JournalStatus(settings: settings, parameters: parameters)
        let text = try status.text(.table, color: false)
        return (status.isClean, text.split(separator: " ").joined(separator: " "))
    }

    // MARK: - A year

    @Test("A year is that of the reference in each of them, and each can be looked at, copied and completed")
    func year() async throws {
        try write(["TEDDY"], "2023-12-10", "2024-12-31")
        // The last session closed at 02:00 UTC, an hour ago.
        let settings = try await journals("2025-01-01T03:00:00Z", Self.night, "year", "TEDDY@TOYS")
        let dates = (first: try date("2024-01-01"), last: try date("2024-12-31"))
        let result = try await BacktestJob(
            BacktestRequest(dates: .range(dates.first, dates.last), parameters: Self.times), settings: settings
        ).run()
        #expect(result.failures.isEmpty)
        let rows = try await rows(settings)
        let expected = try reference(dates.first, dates.last)
        #expect(result.outcomes.compactMap(\.receipt).map(\.added) == [expected.count, expected.count, expected.count])
        for journal in rows { #expect(compared(journal) == expected) }
        #expect(rows[1] == rows[0] && rows[2] == rows[0])
        try reachesAll(rows[0])

        #expect(try await JournalVerification(settings: settings, selection: JournalSelection()).isClean)
        let (isClean, text) = try await status(settings, Self.times)
        #expect(isClean && text.contains("Next session closes 2025-01-02T04:00:00+02:00"), "\(text)")
        for source in ["gcs", "mongodb"] {
            let copy = "\(folder.path)/from-\(source).csv"
            _ = try await JournalCopy(from: source, to: copy, settings: settings).run(
                JournalSelection(), isDryRun: false)
            #expect(try await CSVJournalReader(path: copy).records(JournalSelection()) == rows[0])
        }
        try await complete(settings, rows[0])
    }

    /// A session that one journal has lost is missed by each command, and caught up with.
    private func complete(_ settings: Settings, _ rows: [JournalRecord]) async throws {
        // The night in which clocks go back.
        let lost = try date("2024-10-26")
        let path = try settings.journals()[0].place.location
        let kept = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").filter {
            !$0.hasPrefix("2024-10-26,")
        }
        try folder.write("output/trades.csv", kept.joined(separator: "\n") + "\n")
        let selection = JournalSelection()
        #expect(try await !JournalVerification(settings: settings, selection: selection).isClean)
        #expect(try await status(settings, Self.times).1.contains("TEDDY: no row 2024-10-26"))
        let result = try await BacktestJob(
            BacktestRequest(dates: .catchUp(from: nil), parameters: Self.times), settings: settings
        ).run()
        #expect(Set(result.rows.map(\.tradeDate)) == [lost] && result.failures.isEmpty)
        let receipts = result.outcomes.compactMap(\.receipt)
        #expect(receipts.map(\.added) == [result.rows.count, 0, 0])
        #expect(compared(try await self.rows(settings)[0]) == compared(rows))
        #expect(try await JournalVerification(settings: settings, selection: selection).isClean)
        #expect(try await status(settings, Self.times).0)
    }

    /// What the reference makes of it, without what it leaves empty.
    private func reference(_ first: CivilDate, _ last: CivilDate) throws -> [[String]] {
        let printed = try PythonServer.printed(
            byReference: "playbooks.print_rows",
            [folder.path, "TEDDY", "TOYS", folder.path + "/rules.yaml", "\(first)", "\(last)"]
                + Self.times.map { "\($0)=\($1)" })
        let lines = printed.split(separator: "\n").map { $0.split(separator: ",", omittingEmptySubsequences: false) }
        #expect(lines.first?.map(String.init) == JournalColumn.names)
        return lines.dropFirst().map { Self.told($0.map(String.init)) }
    }

    private func compared(_ records: [JournalRecord]) -> [[String]] { records.map { Self.told($0.fields) } }

    /// The fields that the reference fills.
    private static func told(_ fields: [String]) -> [String] {
        let untold: Set<String> = ["notes", "chart_link_entry", "params_id", "data_source", "data_id", "run_id"]
        return zip(JournalColumn.names, fields).filter { !untold.contains($0.0) }.map { "\($0)=\($1)" }
    }

    /// The rows have trades of both setups before and after midnight, in halves, in every kind of session.
    private func reachesAll(_ records: [JournalRecord]) throws {
        let rows = try records.map { try JournalRow($0, markets: [.xnys, ToyMarket.market]) }
        let sessions = ToyMarket.market.calendar.sessions(
            from: try date("2024-01-01"), through: try date("2024-12-31"))
        #expect(Set(rows.map(\.tradeDate)) == Set(sessions.map(\.date)))
        #expect(sessions.filter(\.isEarlyClose).count == 7 && Set(sessions.map(\.minutes)) == [300, 420, 480, 540])
        let trades = rows.compactMap(\.trade)
        let late = trades.count { $0.entryTime < TimeOfDay(minutes: 4 * 60) }
        #expect(trades.count > 150 && late > 40 && trades.count - late > 40)
        #expect(trades.contains { $0.shares != $0.shares.rounded() })
        #expect(trades.allSatisfy { ($0.shares * 2).rounded() == $0.shares * 2 })
        #expect(Set(trades.map(\.side)) == [.long, .short])
        #expect(Set(trades.map(\.exitReason)).isSuperset(of: ["stop_loss", "target", "trailing_stop", "end_of_day"]))
        for night in ["2024-03-30", "2024-10-26"] {
            #expect(rows.contains { $0.tradeDate.description == night && $0.trade != nil })
        }
    }

    // MARK: - Weeks in which clocks differ

    /// When a session closes.
    struct Close: Sendable {
        let symbol, date, instant: String

        init(_ symbol: String, _ date: String, _ instant: String) {
            (self.symbol, self.date, self.instant) = (symbol, date, instant)
        }
    }

    /// In March New York's clocks change three weeks before Toyland's, in autumn one week after them.
    private static let closes: [[Close]] = [
        [
            Close("QQQ", "2024-03-08", "2024-03-08T21:00:00Z"), Close("TEDDY", "2024-03-09", "2024-03-10T02:00:00Z"),
            Close("QQQ", "2024-03-11", "2024-03-11T20:00:00Z"), Close("BTC-USD", "2024-03-11", "2024-03-12T00:00:00Z"),
            Close("TEDDY", "2024-03-11", "2024-03-12T02:00:00Z"), Close("TEDDY", "2024-03-30", "2024-03-31T01:00:00Z"),
            Close("QQQ", "2024-04-01", "2024-04-01T20:00:00Z"), Close("TEDDY", "2024-04-01", "2024-04-02T01:00:00Z"),
        ],
        [
            Close("QQQ", "2024-10-25", "2024-10-25T20:00:00Z"), Close("TEDDY", "2024-10-26", "2024-10-27T02:00:00Z"),
            Close("QQQ", "2024-10-28", "2024-10-28T20:00:00Z"), Close("TEDDY", "2024-10-28", "2024-10-29T02:00:00Z"),
            Close("QQQ", "2024-11-04", "2024-11-04T21:00:00Z"), Close("BTC-USD", "2024-11-04", "2024-11-05T00:00:00Z"),
            Close("TEDDY", "2024-11-04", "2024-11-05T02:00:00Z"),
        ],
    ]

    @Test(
        "A session is due at its close and not before, where one market's clocks have changed and another's have not",
        arguments: closes)
    func weeks(closes: [Close]) async throws {
        let (first, last) = (try #require(closes.first), try #require(closes.last))
        let before = try date(first.date).adding(days: -3)
        try write(["QQQ", "BTC-USD", "TEDDY"], before.description, last.date)
        func at(_ now: Instant) async throws -> Settings {
            try await journals(
                "\(now)", Self.always, "weeks", "QQQ,BTC-USD@24x7,TEDDY@TOYS", writers: "csv")
        }
        func catchUp(_ now: Instant) async throws -> Set<String> {
            let job = try BacktestJob(BacktestRequest(dates: .catchUp(from: nil)), settings: try await at(now))
            let result = try await job.run()
            #expect(result.failures.isEmpty, "\(now)")
            return Set(result.rows.map { "\($0.symbol) \($0.tradeDate)" })
        }
        for close in closes {
            let instant = try instant(close.instant)
            let early = Instant(secondsSinceEpoch: instant.secondsSinceEpoch - 1)
            #expect(try await !catchUp(early).contains("\(close.symbol) \(close.date)"))
            #expect(try await status(at(early)).0, "\(close)")
            let (isClean, text) = try await status(at(instant))
            #expect(!isClean && text.contains("\(close.symbol): no row \(close.date)"), "\(close): \(text)")
            #expect(try await catchUp(instant) == ["\(close.symbol) \(close.date)"])
        }
        let settings = try await at(try instant(last.instant))
        #expect(try await status(settings).0)
        #expect(try await JournalVerification(settings: settings, selection: JournalSelection()).isClean)
    }
}
