import PlaybookCore
import PlaybookUseCases
import Synchronization
import Testing

/// Copies bars by ports alone: no source, no database and no settings of this program.
@Suite("A copy of bars")
struct DataCopyTests {
    /// Two-minute bars of each session asked for, at the price that the session's day of the month is.
    private struct Days: MarketDataSource {
        let label: String

        func intradayBars(
            of symbol: Symbol, timeframe: Timeframe, from first: CivilDate, through last: CivilDate
        ) async throws -> IntradayBars {
            guard symbol.name != "GONE" else { throw PlaybookError(.sourceUnavailable, "no bars of GONE") }
            var bars = BarColumns()
            for session in symbol.market.calendar.sessions(from: first, through: last) {
                let price = Double(session.date.day)
                for bar in 0..<Int64(session.minutes / 2) {
                    bars.append(
                        Bar(
                            time: session.open.secondsSinceEpoch + bar * 120, open: price, high: price, low: price,
                            close: price, volume: 1))
                }
            }
            return IntradayBars(timeframe: .minutes(2), bars: bars)
        }

        func dailyBars(of symbol: Symbol, from first: CivilDate, through last: CivilDate) async throws -> DailyBars? {
            nil
        }
    }

    /// Notes what is put into it.
    private final class Table: BarTable {
        let location = "a table"
        private let kept = Mutex<[(symbol: String, bars: Int, first: Double?, source: String)]>([])

        var puts: [(symbol: String, bars: Int, first: Double?, source: String)] { kept.withLock { $0 } }

        func put(_ bars: BarColumns, of symbol: Symbol, _ timeframe: Timeframe, source: String) async throws {
            kept.withLock { $0.append((symbol.name, bars.count, bars.close.first, source)) }
        }
    }

    private func copy(_ names: [String], _ market: MarketData, to table: Table) async throws -> [DataCopy.Copied] {
        let symbols = try names.map { try #require(Symbol($0)) }
        let dates = try date("2025-11-25")...date("2025-11-28")
        return try await DataCopy(
            to: table, market: market, symbols: symbols, timeframe: .minutes(2), dates: dates
        ).run().copied
    }

    @Test("puts each symbol's bars of the sessions asked for, and says how many")
    func bars() async throws {
        let table = Table()
        let copied = try await copy(["QQQ", "SPY"], MarketData(source: Days(label: "days")), to: table)
        // The 27th is a holiday, the 28th ends at 13:00.
        #expect(copied.map(\.bars) == [195 + 195 + 105, 495])
        #expect(table.puts.map(\.symbol) == ["QQQ", "SPY"])
        #expect(table.puts.allSatisfy { $0.bars == 495 && $0.first == 25 && $0.source == "days" })
    }

    @Test("stops at a symbol without bars; what was put before stays")
    func failure() async throws {
        let table = Table()
        await #expect(throws: PlaybookError(.sourceUnavailable, "no bars of GONE")) {
            _ = try await copy(["QQQ", "GONE", "SPY"], MarketData(source: Days(label: "days")), to: table)
        }
        #expect(table.puts.map(\.symbol) == ["QQQ"])
    }

    @Test("is of the feed that every plan has where the first one turns out to be refused")
    func otherFeed() async throws {
        let table = Table()
        var market = MarketData(source: Days(label: "first"))
        market.watch.isFeedRefused = { true }
        market.withoutSIP = { MarketData(source: Days(label: "second")) }
        _ = try await copy(["QQQ"], market, to: table)
        #expect(table.puts.map(\.source) == ["second"])
    }
}
