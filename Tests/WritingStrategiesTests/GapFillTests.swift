import PlaybookCore
import Testing

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// Two sessions: one that stands at 100, and one that opens at 98 and then does what it is told.
private struct TwoSessions: MarketDataSource {
    let label = "made"
    /// Open, high, low and close of bars of the second session, by their number.
    var bars: [Int: (Double, Double, Double, Double)] = [:]

    static func sessions() throws -> [TradingSession] {
        try ["2024-10-08", "2024-10-09"].map {
            let date = try #require(CivilDate($0))
            return try #require(TradingCalendar.nyse.session(on: date))
        }
    }

    func intradayBars(
        of symbol: Symbol, timeframe: Timeframe, from first: CivilDate, through last: CivilDate
    ) async throws -> IntradayBars {
        var columns = BarColumns()
        var price = 100.0
        for (place, session) in try Self.sessions().enumerated() {
            if place == 1 { price = 98 }
            for number in 0..<195 {
                let made = place == 1 ? bars[number] : nil
                let (open, high, low, close) = made ?? (price, price, price, price)
                price = close
                columns.append(
                    Bar(
                        time: session.open.secondsSinceEpoch + Int64(number) * 120, open: open, high: high, low: low,
                        close: close, volume: 100))
            }
        }
        return IntradayBars(timeframe: timeframe, bars: columns)
    }

    func dailyBars(of symbol: Symbol, from first: CivilDate, through last: CivilDate) async throws -> DailyBars? { nil }
}

/// What is public has to do: nothing here is `@testable`.
@Suite("A strategy written from outside")
struct GapFillTests {
    private func rows(_ source: TwoSessions, _ overrides: [String: String] = [:]) async throws -> [JournalRow] {
        let symbol = try #require(Symbol("MADE"))
        let day = try TwoSessions.sessions()[1].date
        let sessions = day...day
        let playbook = try Playbook(GapFill.self, overrides: ["gap": "1"].merging(overrides) { $1 })
        let request = HistoryRequest(symbol: symbol, sessions: sessions, playbooks: [playbook])
        let history = try await HistoryLoader(source: source).load(request)
        let rows = Backtest(history: history).journal(playbook, dataSource: source.label, runID: "example")
        // The trades without rows are the same.
        var trades: [SessionTrade] = []
        Backtest(history: history).run([playbook]) { _, _, found in trades += found }
        #expect(trades.map(\.entry) == rows.compactMap { $0.trade?.entry })
        return rows
    }

    @Test("runs as the docs show")
    func asShown() async throws {
        let source = filled
        let symbol = try #require(Symbol("MADE"))
        let day = try TwoSessions.sessions()[1].date
        let sessions = day...day
        let playbook = try Playbook(GapFill.self, overrides: ["gap": "1"])
        let request = HistoryRequest(symbol: symbol, sessions: sessions, playbooks: [playbook])
        let history = try await HistoryLoader(source: source).load(request)
        let rows = Backtest(history: history).journal(playbook, dataSource: source.label, runID: "example")
        #expect(rows == (try await self.rows(filled)) && rows.first?.trade != nil)
    }

    /// A dip to 97, back above the average price at 09:50, and up to 100 at 10:30.
    private var filled: TwoSessions {
        var source = TwoSessions()
        source.bars[5] = (98, 98, 97, 97.5)
        source.bars[10] = (97.5, 98.5, 97.5, 98.5)
        source.bars[11] = (98.25, 98.5, 98, 98.5)
        source.bars[30] = (98.5, 100.5, 98.5, 100)
        return source
    }

    @Test("buys the reclaim, with a stop at the low and a target at the close before")
    func gapIsFilled() async throws {
        let row = try #require(try await rows(filled).first)
        let trade = try #require(row.trade)
        #expect(row.strategy == "gap-fill" && row.setup == "setup" && row.window == "09:45-11:30")
        #expect(row.steps == "reclaim=09:50" && row.values == "low=97 goal=100")
        // 100 USD of risk over 98.25 - 97 are 80 shares; (100 - 98.25) x 80 = 140, and 1.75 / 1.25 = 1.4 R.
        #expect(trade.entryTime == TimeOfDay("09:52") && trade.entry == 98.25 && trade.shares == 80)
        #expect(trade.stop == 97 && trade.target == 100 && trade.exit == 100 && trade.exitReason == "target")
        #expect(trade.gross == 140 && trade.rMultiple == 1.4 && trade.exitTime == TimeOfDay("10:30"))
    }

    @Test("runs in four lines")
    func example() async throws {
        let (source, symbol) = (filled, try #require(Symbol("MADE")))
        let sessions = try TwoSessions.sessions()[0].date...TwoSessions.sessions()[1].date
        let playbook = try Playbook(GapFill.self, overrides: ["gap": "1"])
        let request = HistoryRequest(symbol: symbol, sessions: sessions, playbooks: [playbook])
        let history = try await HistoryLoader(source: source).load(request)
        let rows = Backtest(history: history).journal(playbook, dataSource: source.label, runID: "example")
        // Without a session before, the gap of the first one is unknown.
        #expect(rows.map(\.noTrade) == ["filter:gap-down", ""])
    }

    @Test("says why it did not trade")
    func noTrade() async throws {
        let small = try #require(try await rows(filled, ["gap": "3"]).first)
        #expect(small.noTrade == "filter:gap-down" && small.notes == "it did not open far enough below")
        let none = try #require(try await rows(TwoSessions()).first)
        #expect(none.noTrade == "step:reclaim" && none.notes == "it stayed below its VWAP")
        #expect(none.values == "goal=100")
    }

    @Test("refuses parameters that it does not have or that are out of range")
    func parameters() {
        #expect(throws: ParameterError.self) { _ = try Playbook(GapFill.self, overrides: ["gap": "0"]) }
        let error = #expect(throws: ParameterError.self) { _ = try Playbook(GapFill.self, overrides: ["gaps": "1"]) }
        #expect(
            error?.description
                == "no parameter 'gaps': there are gap, last-entry, slippage-bps, fee-per-share")
    }

    @Test("is the one that docs/writing-strategies.md walks through")
    func documentation() throws {
        let folder = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast()
        let code = try text(folder.joined(separator: "/") + "/GapFill.swift")
        let tests = try text(#filePath)
        let page = try text(folder.dropLast(2).joined(separator: "/") + "/docs/writing-strategies.md")
        let blocks = page.split(separator: "```swift\n").dropFirst().compactMap { $0.split(separator: "```").first }
        #expect(blocks.count == 5)
        for block in blocks { #expect(code.contains(block) || tests.contains(block), "\(block)") }
        // All of the strategy is shown.
        let shown = blocks.dropLast().joined(separator: "\n")
        #expect(squeezed(code).hasSuffix(squeezed(shown)))
    }

    /// A text without its empty lines.
    private func squeezed(_ text: String) -> String { text.split(separator: "\n").joined(separator: "\n") }

    private func text(_ path: String) throws -> String {
        let file = try #require(fopen(path, "r"), "\(path)")
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while case let count = fread(&buffer, 1, buffer.count, file), count > 0 { bytes += buffer[..<count] }
        return String(decoding: bytes, as: UTF8.self)
    }
}
