@testable import PlaybookCore
import PlaybookTestSupport
import Testing

extension RandomMarket {
    /// The market with daily bars that have a range and a volume of their own.
    func makeWithDailyRanges() -> MemoryMarket {
        var market = make()
        var random = SeededGenerator(seed: seed &+ 1)
        guard let daily = market.daily else { return market }
        var ranged = DailyBars()
        for (index, date) in daily.dates.enumerated() {
            var bar = daily.bars[index]
            func cents(_ price: Double) -> Double { (price * 100).rounded() / 100 }
            bar.open = cents(bar.close * (1 + 0.01 * (random.unit() - 0.5)))
            bar.high = cents(max(bar.open, bar.close) * (1 + 0.01 * random.unit()))
            bar.low = cents(min(bar.open, bar.close) * (1 - 0.01 * random.unit()))
            bar.volume = Double(Int(random.unit() * 100_000))
            ranged.append(bar, on: date)
        }
        market.daily = ranged
        return market
    }
}

extension MemoryMarket {
    /// The history of some dates, after so many sessions of warm-up.
    func history(
        on first: String, through last: String? = nil, warmUp: Int = 0, dailyLookBack: Int = 0,
        timeframe: Timeframe = .minutes(2)
    ) async throws -> BarHistory {
        let symbol = try #require(Symbol("TEST"))
        var request = HistoryRequest(
            symbol: symbol, sessions: (try CivilDate.of(first))...(try CivilDate.of(last ?? first)), playbooks: [],
            timeframe: timeframe)
        request.sourceTimeframe = self.timeframe
        (request.warmUpSessions, request.dailyLookBack) = (warmUp, dailyLookBack)
        return try await HistoryLoader(source: self).load(request)
    }
}

extension BarHistory {
    /// A number at each bar of the last session.
    func values(_ series: Series) -> [Double] {
        var graph = SeriesGraph()
        let ref = graph.number(series)
        return ColumnBank.with(graph, over: self) { bank in
            bank.open(slices.count - 1)
            return (0..<bank.count).map { bank.number(ref, $0) }
        }
    }

    /// A condition at each bar of the last session.
    func truths(_ condition: Condition) -> [Bool?] {
        var graph = SeriesGraph()
        let ref = graph.truth(condition)
        return ColumnBank.with(graph, over: self) { bank in
            bank.open(slices.count - 1)
            return (0..<bank.count).map { bank.truth(ref, $0) }
        }
    }
}

/// Whether two numbers agree to 1e-9 of their size, or are both unknown.
func agree(_ one: Double, _ other: Double, within share: Double = 1e-9) -> Bool {
    if one.isNaN || other.isNaN { return one.isNaN && other.isNaN }
    return abs(one - other) <= share * max(1, abs(one), abs(other))
}
