import PlaybookCore
import PlaybookMarketData
import Testing

@Suite("The built-in sample's highs and lows")
struct SampleCentsTests {
    @Test("are whole cents, to the last bit", arguments: ["QQQ", "SPY"])
    func cents(symbol: String) async throws {
        let bars = try await SampleSource().intradayBars(
            of: .of(symbol), timeframe: .minutes(2), from: .of("2024-01-01"), through: .of("2024-01-31")
        ).bars
        let odd = (bars.high + bars.low).filter { ($0 * 100).rounded() / 100 != $0 }
        #expect(odd == [])
    }
}
