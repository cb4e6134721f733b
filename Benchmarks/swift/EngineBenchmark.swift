import PlaybookCore
import PlaybookMarketData

@main
struct EngineBenchmark {
    static func main() async throws {
        let symbol = Symbol("QQQ")!
        var n = 0
        for name in ["QQQ", "SPY", "IWM", "AAPL", "MSFT", "TSLA", "XYZ", "IBM"] {
            let strategy = try StrategyCatalog.strategy("dp20")
            let s = Symbol(name)!
            let history = try await HistoryLoader(source: SampleSource()).load(
                HistoryRequest(
                    symbol: s, sessions: CivilDate("2016-01-04")!...CivilDate("2025-12-31")!, strategies: [strategy]))
            let clock = ContinuousClock()
            var best = Duration.seconds(100)
            for _ in 0..<20 {
                let t = clock.measure {
                    let b = Backtest(history: history)
                    n = 0
                    b.run([strategy]) { _, o in if o.trade != nil { n += 1 } }
                }
                best = min(best, t)
            }
            let up = Backtest(history: history)
            let bb = up
            let o = bb.run(strategy)
            n = o.count { $0.trade != nil }
            print(
                name, history.bars.count, n, o.count, Double(n) / Double(o.count), "trend",
                o.count { $0.decision.trendValid == true }, "price", history.bars.close.min()!,
                history.bars.close.max()!, best / history.bars.count)
        }
        _ = symbol
    }
}
