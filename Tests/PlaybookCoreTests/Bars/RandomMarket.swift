import PlaybookCore
import PlaybookTestSupport
import Testing

/// Bars of a random walk in whole cents, that rises on most mornings so that strategies find setups.
struct RandomMarket {
    /// Decides every bar.
    var seed: UInt64
    /// Intraday bars begin with the first session on or after this date.
    var first: CivilDate
    /// How many sessions have intraday bars.
    var sessions: Int
    /// How many daily bars there are before them.
    var dailyBefore = 260
    /// The share of bars that are missing.
    var missing = 0.0
    /// Splits that happen to the price as traded. The walk itself does not change with them.
    var splits: [Split] = []

    func make() -> MemoryMarket {
        var random = SeededGenerator(seed: seed)
        var market = MemoryMarket(daily: DailyBars(), listedSplits: splits)
        let all = TradingCalendar.nyse.allSessions
        guard let start = TradingCalendar.nyse.sessionIndex(onOrAfter: first) else { return market }
        var price = 90.0
        for session in all[max(0, start - dailyBefore)..<start] {
            price *= 1 + 0.02 * (random.unit() - 0.48)
            market.daily?.append(close: traded(price, on: session.date), on: session.date)
        }
        for session in all[start..<min(start + sessions, all.count)] {
            price *= 1 + 0.01 * (random.unit() - 0.5)
            let drift = 0.0006 * (random.unit() - 0.2)
            let hasFlatBars = random.unit() < 0.1
            for bucket in 0..<(session.minutes / 2) {
                let step = 0.002 * (random.unit() - 0.5) + (bucket < 28 ? drift : 0)
                let open = traded(price * (1 + 0.0004 * (random.unit() - 0.5)), on: session.date)
                price *= 1 + step
                let close = traded(price, on: session.date)
                var high = max(open, close)
                var low = min(open, close)
                if !hasFlatBars {
                    high = cents(high * (1 + 0.0008 * random.unit()))
                    low = cents(low * (1 - 0.0008 * random.unit()))
                }
                let volume = Double(Int(random.unit() * 10_000))
                guard random.unit() >= missing else { continue }
                market.bars.append(
                    Bar(
                        time: session.open.secondsSinceEpoch + Int64(bucket) * 120, open: open,
                        high: max(high, open, close),
                        low: min(low, open, close), close: close, volume: volume))
            }
            market.daily?.append(close: traded(price, on: session.date), on: session.date)
        }
        return market
    }

    /// What `price` was when it was traded on `date`: splits since the first date have divided it.
    private func traded(_ price: Double, on date: CivilDate) -> Double {
        cents(splits.reduce(price) { $1.date <= date ? $0 / $1.ratio : $0 })
    }

    private func cents(_ price: Double) -> Double { (price * 100).rounded() / 100 }
}

extension RandomMarket {
    init(seed: UInt64, from first: String, sessions: Int, missing: Double = 0, splits: [Split] = []) throws {
        self.init(seed: seed, first: try .of(first), sessions: sessions, missing: missing, splits: splits)
    }
}
