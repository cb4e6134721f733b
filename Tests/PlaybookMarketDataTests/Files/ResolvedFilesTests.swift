import PlaybookCore
import PlaybookTestSupport
import Testing

@testable import PlaybookMarketData

/// A stop entry above the first bar, with a stop 1 below and a target 1 above it.
private enum FirstBreak: Strategy {
    static let descriptor = StrategyDescriptor(
        name: "first-break", summary: "Buy above the first bar", rules: [],
        parameters: [.whole("resolve", 1, 0...1, unit: "minutes", help: "minutes of a finer bar, 0 for none")]
            + ParameterSpec.costs)

    static func write(_ playbook: inout PlaybookBuilder, _ parameters: ParameterSet) throws {
        if parameters.whole("resolve") > 0 { playbook.resolve = .minutes(parameters.whole("resolve")) }
        let top = playbook.value("top", .first(minutes: 2).high)
        let known = playbook.step("known", .first(minutes: 2).high > 0)
        playbook.setups = [
            Setup(
                side: .long, steps: [known], entry: .stop(price: top), stop: .entry - 1,
                targets: [Setup.Target(at: .entry + 1)])
        ]
    }
}

@Suite("Files with finer bars than the playbook's")
struct ResolvedFilesTests {
    private let folder: TemporaryFolder
    private static let day = "2024-11-04"

    init() throws { folder = try TemporaryFolder() }

    /// A file of one-minute bars at 100 but for some, each with its minute since the open.
    private func file(_ bars: [Int: (Double, Double, Double, Double)]) throws -> String {
        let session = try #require(TradingCalendar.nyse.session(on: try .of(Self.day)))
        var columns = BarColumns()
        for minute in 0..<390 {
            let (open, high, low, close) = bars[minute] ?? (100, 100, 100, 100)
            columns.append(
                Bar(
                    time: session.open.secondsSinceEpoch + Int64(minute) * 60, open: open, high: high, low: low,
                    close: close, volume: 100))
        }
        return columns.csv()
    }

    private func row(resolve: Int) async throws -> JournalRow {
        let playbook = try Playbook(FirstBreak.self, overrides: ["resolve": "\(resolve)"])
        let source = FilesSource(directory: folder.path)
        let request = HistoryRequest(
            symbol: try .of("QQQ"), sessions: try .of(Self.day)...(.of(Self.day)), playbooks: [playbook])
        let history = try await HistoryLoader(source: source).load(request)
        let rows = Backtest(history: history).journal(playbook, dataSource: source.label, runID: "run")
        return try #require(rows.first)
    }

    @Test("decide what the playbook's bars leave open")
    func resolved() async throws {
        // The first two minutes reach 101. At 09:50 the low comes before the break of 101, at 09:51 after it 101.5 is the
        // most; in the bar of two minutes the low of 99.5 counts as the stop, 101 - 1 = 100.
        try folder.write(
            "QQQ_1Min.csv",
            file([
                0: (100, 101, 100, 100), 20: (100, 100.5, 99.5, 100.5), 21: (100.5, 101.5, 100.5, 101.25),
                22: (101.25, 102.5, 101.25, 102),
            ]))
        let coarse = try #require(try await row(resolve: 0).trade)
        #expect(
            coarse.entry == 101 && coarse.exitReason == "stop_loss" && coarse.exit == 100 && coarse.isAmbiguous == true)
        let fine = try #require(try await row(resolve: 1).trade)
        #expect(fine.entry == 101 && fine.entryTime == TimeOfDay("09:50"))
        #expect(fine.entryInstant == Instant("2024-11-04T14:51:00Z"))
        // 20 x (102 - 101) = 20, at 09:52.
        #expect(fine.exitReason == "target" && fine.exit == 102 && fine.gross == 20 && fine.isAmbiguous == false)
        #expect(fine.exitTime == TimeOfDay("09:52"))
    }

    @Test("are read before those of the playbook's own length, which cannot stand in for them")
    func choice() async throws {
        let session = try #require(TradingCalendar.nyse.session(on: try .of(Self.day)))
        let long = (0..<195).reduce(into: BarText.header + "\n") { text, bar in
            text += "\(BarColumns.zulu(session.open.secondsSinceEpoch + Int64(bar) * 120)),100,100,100,100,1\n"
        }
        try folder.write("QQQ_2Min.csv", long)
        let error = await playbookError { try await row(resolve: 1) }
        #expect(
            error
                == PlaybookError(
                    .badData,
                    "resolve: 1Min bars of QQQ are asked for: \(folder.path)/QQQ_2Min.csv: these are 2-minute bars, which "
                        + "cannot be put together into the 1-minute bars of the playbook",
                    nextStep: "Bars of 1 minute would do. Without resolve the playbook runs on the 2Min bars that are "
                        + "there."))
        #expect(try await row(resolve: 0).completeness == 1)
        try folder.write("QQQ_1Min.csv", file([0: (100, 101, 100, 100), 30: (101, 102.5, 101, 102)]))
        #expect(try await row(resolve: 1).trade?.exit == 102)
    }

    @Test("are fetched and cached as the playbook's own are")
    func cached() async throws {
        let clock = try TestWallClock("2024-06-01T00:00:00Z")
        let (market, store) = (MadeMarket(clock: clock), MemoryBlobStore())
        let request = HistoryRequest(
            symbol: .any, sessions: try .of("2024-03-18")...(.of("2024-03-22")),
            playbooks: [try Playbook(FirstBreak.self)])
        var finer: [FinerBars] = []
        for _ in 0..<2 {
            let source = CachedSource(market, in: store, feed: "iex", clock: clock)
            let history = try await HistoryLoader(source: source).load(request)
            #expect(history.timeframe == .minutes(2))
            #expect(
                history.requested.allSatisfy {
                    history.slices[$0].bars.count == 195 && history.finer[0].ranges[$0].count == 390
                })
            finer += history.finer
        }
        #expect(finer.map(\.timeframe) == [.minutes(1), .minutes(1)])
        #expect(finer[0].bars == finer[1].bars)
        #expect(market.calls.map(\.timeframe) == [.minutes(1)])
        #expect(store.contents.keys.filter { $0.contains("Min/") } == ["v1/iex/TEST/1Min/2024-03.parquet"])
    }
}
