@testable import PlaybookCore
import Testing

/// Buys at 10:00, with a stop 1 below and a target 1 above.
enum Straddle: Strategy {
    static let descriptor = StrategyDescriptor(
        name: "straddle", summary: "Buy at 10:00", rules: [],
        parameters: [
            .whole("timeframe", 2, 1...60, unit: "minutes", help: "minutes of a bar"),
            .whole("resolve", 0, 0...60, unit: "minutes", help: "minutes of a finer bar, 0 for none"),
        ] + ParameterSpec.costs)

    static func write(_ playbook: inout PlaybookBuilder, _ parameters: ParameterSet) throws {
        playbook.timeframe = .minutes(parameters.whole("timeframe"))
        if parameters.whole("resolve") > 0 { playbook.resolve = .minutes(parameters.whole("resolve")) }
        playbook.setups = [
            Setup(
                side: .long, entry: .at(time: .time(TimeOfDay(minutes: 600))), stop: .entry - 1,
                targets: [Setup.Target(at: .entry + 1)])
        ]
    }
}

@Suite("Finer bars that a plan resolves by")
struct ResolveTests {
    static let date = "2024-11-04"

    static func straddle(resolve: Int, timeframe: Int = 2) throws -> Playbook {
        try Playbook(Straddle.self, overrides: ["resolve": "\(resolve)", "timeframe": "\(timeframe)"])
    }

    /// One-minute bars at 100, from 99.875 to 100.125, but for some by their time.
    static func market(_ bars: [String: Candle], without missing: Set<String> = []) throws -> MemoryMarket {
        var market = MemoryMarket()
        market.timeframe = .minutes(1)
        let session = try #require(TradingCalendar.nyse.session(on: try .of(date)))
        for minute in 0..<390 {
            let time = Market.xnys.hours.start.adding(minutes: minute).description
            guard !missing.contains(time) else { continue }
            let candle = bars[time] ?? .quiet(100)
            market.bars.append(
                Bar(
                    time: session.open.secondsSinceEpoch + Int64(minute) * 60, open: candle.open, high: candle.high,
                    low: candle.low, close: candle.close, volume: 100))
        }
        return market
    }

    // Both make a bar of two minutes from 98.5 to 101.5, which opens at 100 and closes at 100.
    static let up: [String: Candle] = ["10:30": Candle(100, 101.5, 99.8, 101), "10:31": Candle(101, 101, 98.5, 100)]
    static let down: [String: Candle] = ["10:30": Candle(100, 100.5, 98.5, 99), "10:31": Candle(99, 101.5, 99, 100)]

    @Test("decide which of stop and target came first")
    func order() async throws {
        // Without them the stop counts, and the row is ambiguous: 20 x (99 - 100) = -20.
        for bars in [Self.up, Self.down] {
            let row = try await Self.market(bars).row(Self.straddle(resolve: 0), on: Self.date)
            let trade = try #require(row.trade)
            #expect(
                trade.exitReason == "stop_loss" && trade.exit == 99 && trade.gross == -20 && trade.isAmbiguous == true)
        }
        // 10:30 goes up to 101.5 and down to 99.8 only: 20 x (101 - 100) = 20.
        let up = try await Self.market(Self.up).row(Self.straddle(resolve: 1), on: Self.date)
        let won = try #require(up.trade)
        #expect(won.exitReason == "target" && won.exit == 101 && won.gross == 20 && won.isAmbiguous == false)
        #expect(won.entryTime == TimeOfDay("10:00") && won.exitTime == TimeOfDay("10:30"))
        // The bar that ends the trade counts only its fill: the worst before it is the quiet bars' 99.875.
        #expect(won.mae == -0.125 && won.mfe == 1)
        // 10:30 goes down to 98.5 and up to 100.5 only.
        let down = try await Self.market(Self.down).row(Self.straddle(resolve: 1), on: Self.date)
        let lost = try #require(down.trade)
        #expect(lost.exitReason == "stop_loss" && lost.exit == 99 && lost.gross == -20 && lost.isAmbiguous == false)
        #expect(lost.mae == -1 && lost.mfe == 0.125)
    }

    @Test("decide the same in a sweep over parameter sets")
    func sweep() async throws {
        let playbooks = try [Self.straddle(resolve: 0), Self.straddle(resolve: 1)]
        let history = try await Self.market(Self.up).history(for: playbooks, on: Self.date, through: Self.date)
        let backtest = Backtest(history: history)
        var exits: [[Double]] = [[], []]
        backtest.sweep(playbooks) { place, _, trade in exits[place].append(trade.exit) }
        #expect(exits == [[99], [101]])
        #expect(playbooks.map { backtest.outcomes($0).last?.trades.last?.fill.exit } == [99, 101])
        for (playbook, exit) in zip(playbooks, [99.0, 101]) {
            backtest.run([playbook]) { _, _, trades in #expect(trades.map(\.exit) == [exit]) }
        }
    }

    @Test("tell the instant of a fill; times stay those of the timeframe's bars")
    func instants() async throws {
        let late = ["10:30": Candle(100, 100.5, 99.5, 100.25), "10:31": Candle(100.25, 101.25, 100.25, 101)]
        let row = try await Self.market(late).row(Self.straddle(resolve: 1), on: Self.date)
        let trade = try #require(row.trade)
        #expect(trade.exitReason == "target" && trade.exitTime == TimeOfDay("10:30"))
        // 15:31 UTC is 10:31.
        #expect(trade.exitInstant == Instant("2024-11-04T15:31:00Z"))
        let coarse = try await Self.market(late).row(Self.straddle(resolve: 0), on: Self.date)
        #expect(coarse.trade?.exitInstant == Instant("2024-11-04T15:30:00Z"))
        #expect(row.completeness == 1)
    }

    @Test("that are missing fill nothing")
    func missing() async throws {
        let bars = ["10:30": Candle(100, 100, 98.5, 99.5), "10:31": Candle(99.5, 101.5, 99.5, 100)]
        let row = try await Self.market(bars, without: ["10:30"]).row(Self.straddle(resolve: 1), on: Self.date)
        // Of the bar of 10:30 only its second minute is there, which reaches the target: 101.
        #expect(row.trade?.exitReason == "target" && row.trade?.exit == 101)
        // All of the timeframe's bars are there.
        #expect(row.completeness == 1)
    }

    @Test("of several lengths serve playbooks that run together")
    func together() async throws {
        // Six-minute bars; 10:30 to 10:32 go up, 10:33 to 10:35 down. Two-minute bars cannot tell: 10:32 and 10:33.
        let market = try Self.market(["10:32": Candle(100, 101.5, 100, 101), "10:33": Candle(101, 101, 98.5, 100)])
        let playbooks = try [0, 2, 3].map { try Self.straddle(resolve: $0, timeframe: 6) }
        let request = HistoryRequest(
            symbol: try #require(Symbol("TEST")), sessions: try .of(Self.date)...(.of(Self.date)), playbooks: playbooks)
        #expect(request.timeframe == .minutes(6) && request.sourceTimeframe == .minutes(1))
        #expect(request.resolve == [.minutes(2), .minutes(3)])
        var found: [[String]] = [[], [], []]
        let backtest = Backtest(history: try await HistoryLoader(source: market).load(request))
        backtest.run(playbooks) { place, _, trades in
            found[place] += trades.map { "\($0.exit)\($0.isAmbiguous ? " ambiguous" : "")" }
        }
        #expect(found == [["99.0 ambiguous"], ["99.0 ambiguous"], ["101.0"]])
    }

    @Test("count in data_id of a playbook that resolves")
    func dataID() async throws {
        // The same bars of two minutes, made of others of one.
        let (one, other) = (try Self.market(Self.up), try Self.market(Self.down))
        func id(_ market: MemoryMarket, _ resolve: Int) async throws -> String {
            try await market.row(Self.straddle(resolve: resolve), on: Self.date).dataID
        }
        let coarse = try await id(one, 0)
        #expect(try await id(other, 0) == coarse)
        let (fine, otherFine) = (try await id(one, 1), try await id(other, 1))
        #expect(fine != otherFine && fine != coarse)
    }

    @Test("that end too early make the session late as the playbook's own do")
    func late() async throws {
        let missing = (0..<11).map { TimeOfDay(minutes: 15 * 60 + 49 + $0).description }
        let market = try Self.market([:], without: Set(missing))
        let playbook = try Self.straddle(resolve: 1)
        let day = try CivilDate.of(Self.date)
        let session = try #require(TradingCalendar.nyse.session(on: day))
        let symbol = try #require(Symbol("TEST"))
        var request = HistoryRequest(symbol: symbol, sessions: day...day, playbooks: [playbook])
        request.now = Instant(secondsSinceEpoch: session.close.secondsSinceEpoch + 3600)
        let error = await #expect(throws: PlaybookError.self) {
            _ = try await HistoryLoader(source: market).load(request)
        }
        #expect(error?.code == .tryAgain && error?.message.contains("its last bar is 15:48") == true)
    }

    @Test("that the source does not have are an error")
    func tooLong() async throws {
        let market = try MemoryMarket(ScriptedSession(Self.date))
        let error = await #expect(throws: PlaybookError.self) {
            _ = try await market.row(Self.straddle(resolve: 1), on: Self.date)
        }
        #expect(
            error
                == PlaybookError(
                    .badData, "resolve: 1Min bars of TEST are asked for, but those of memory are 2Min bars",
                    nextStep:
                        "Use a source that has 1Min bars. Without resolve the playbook runs on the 2Min bars that "
                        + "are there."))
        #expect(try await market.row(Self.straddle(resolve: 0), on: Self.date).trade != nil)
    }

    @Test("must divide the timeframe")
    func divides() {
        #expect(throws: PlanError.self) { try Self.straddle(resolve: 2) }
        #expect(throws: PlanError.self) { try Self.straddle(resolve: 3, timeframe: 4) }
    }
}
