import PlaybookCore
import PlaybookMarketData
import PlaybookYardsticks
import Testing

@Suite("DP20 on the built-in sample")
struct SampleEntryRateTests {
    @Test("enters on 5 to 25% of the sessions", arguments: ["QQQ", "SPY", "IWM", "AAPL", "MSFT", "TSLA"])
    func entryRate(name: String) async throws {
        let strategy = try StrategyCatalog.playbook("dp20")
        var rows: [JournalRow] = []
        // A single year goes with or against the trend; four of the ten from 2016 through 2025 stand for them all.
        for year in [2016, 2019, 2022, 2025] {
            let request = HistoryRequest(
                symbol: try .of(name), sessions: try .of("\(year)-01-01")...(.of("\(year)-12-31")),
                playbooks: [strategy])
            let history = try await HistoryLoader(source: SampleSource()).load(request)
            rows += Backtest(history: history).journal(strategy, dataSource: "sample", runID: "test")
        }
        let entries = rows.count { $0.trade != nil }
        #expect(rows.count > 1_000)
        #expect((0.05...0.25).contains(Double(entries) / Double(rows.count)), "\(entries) of \(rows.count)")
        #expect(Set(rows.compactMap { $0.trade?.exitReason }).count >= 2, "trades end in more than one way")
    }
}
