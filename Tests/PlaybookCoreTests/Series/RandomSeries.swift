import PlaybookTestSupport

@testable import PlaybookCore

/// Numbers and conditions put together at random from everything that there is.
struct RandomSeries {
    private var random: SeededGenerator

    init(seed: UInt64) { random = SeededGenerator(seed: seed) }

    private mutating func pick(_ count: Int) -> Int { Int.random(in: 0..<count, using: &random) }

    private mutating func period() -> Int { 1 + pick(14) }

    /// A number of at most so many parts within parts.
    mutating func number(_ depth: Int) -> Series {
        guard depth > 0 else { return leaf() }
        switch pick(12) {
        case 0: return .bars(minutes: [2, 6, 10, 26, 60][pick(5)], row(depth - 1))
        case 1: return Series.daily(row(depth - 1))[pick(3)]
        case 2: return .sameTime(row(depth - 1), 1 + pick(4))
        case 3: return .barsSince(condition(depth - 1))
        case 4: return .count(condition(depth - 1), period())
        case 5: return .ifElse(condition(depth - 1), number(depth - 1), number(depth - 1))
        default: return made(number(depth - 1), number(depth - 1))
        }
    }

    /// A condition of at most so many parts within parts.
    mutating func condition(_ depth: Int) -> Condition {
        let (one, other) = (number(max(0, depth - 1)), number(max(0, depth - 1)))
        switch pick(depth > 0 ? 14 : 8) {
        case 0: return one < other
        case 1: return one <= other
        case 2: return one > other
        case 3: return one >= other
        case 4: return one.equals(other)
        case 5: return one.differs(from: other)
        case 6: return one.isBetween(other, and: number(max(0, depth - 1)))
        case 7: return one.crosses(above: other)
        case 8: return one.crosses(below: other)
        case 9: return !condition(depth - 1)
        case 10: return condition(depth - 1) && condition(depth - 1)
        case 11: return condition(depth - 1) || condition(depth - 1)
        case 12: return condition(depth - 1)[period()]
        default: return .bars(minutes: 10, row(depth - 1) > row(depth - 1))
        }
    }

    /// A number that longer and daily bars have too.
    private mutating func row(_ depth: Int) -> Series { depth > 0 ? made(row(depth - 1), row(depth - 1)) : field() }

    private mutating func field() -> Series {
        let fields: [Series] = [
            .open, .high, .low, .close, .volume, .hl2, .hlc3, .ohlc4, .position, .trueRange, .constant(7),
        ]
        return fields[pick(fields.count)]
    }

    private mutating func leaf() -> Series {
        guard pick(2) == 0 else { return field() }
        let leaves: [Series] = [
            .time, .bar, .sessionStart, .sessionEnd, .sessionOpen, .month, .day, .sessionHigh, .sessionLow,
            .sessionVolume, .vwap, .vwapDeviation, .onBalanceVolume, Series.first(minutes: 14).high,
            Series.first(minutes: 6).volume, Series.prior.low, Series.prior.volume, .gap, .superTrend(4, 1).line,
        ]
        return leaves[pick(leaves.count)]
    }

    /// A function or arithmetic.
    private mutating func made(_ x: Series, _ y: Series) -> Series {
        let n = period()
        switch pick(34) {
        case 0: return x + y
        case 1: return x - y
        case 2: return x * y
        case 3: return x / y
        case 4: return x % y
        case 5: return -x
        case 6: return .abs(x)
        case 7: return .min(x, y)
        case 8: return .max(x, y)
        case 9: return .round(x, tick: 0.25)
        case 10: return x[n]
        case 11: return .ema(x, n)
        case 12: return .rma(x, n)
        case 13: return .sma(x, n)
        case 14: return .wma(x, n)
        case 15: return .sum(x, n)
        case 16: return .highest(x, n)
        case 17: return .lowest(x, n)
        case 18: return .stdev(x, n)
        case 19: return .zscore(x, n)
        case 20: return .rank(x, n)
        case 21: return .change(x, n)
        case 22: return .roc(x, n)
        case 23: return .rsi(x, n)
        case 24: return .atr(n)
        case 25: return .adx(n)
        case 26: return .mfi(n)
        case 27: return .cci(n)
        case 28: return Series.stochastic(n, 3).d
        case 29: return Series.superTrend(n, 1.5).side
        case 30: return .pivotHigh(1 + n / 3)
        case 31: return .pivotLow(1 + n / 3)
        case 32: return Series.bollinger(x, n, 2).width
        default: return Series.macd(n, n + 3, 4).histogram
        }
    }
}

/// A graph of random numbers and conditions.
struct RandomGraph {
    var graph = SeriesGraph()
    var series: [Series] = []
    var conditions: [Condition] = []
    var numbers: [NumberRef] = []
    var truths: [TruthRef] = []

    init(seed: UInt64, numbers count: Int = 40, conditions truthCount: Int = 20) {
        var random = RandomSeries(seed: seed)
        series = (0..<count).map { random.number($0 % 4) }
        conditions = (0..<truthCount).map { random.condition($0 % 4) }
        numbers = series.map { graph.number($0) }
        truths = conditions.map { graph.truth($0) }
    }

    /// Everything at a bar: numbers, then conditions as 1, 0 and NaN for unknown.
    func values(_ bank: some PlanValues, _ bar: Int) -> [Double] {
        numbers.map { bank.number($0, bar) } + truths.map { bank.truth($0, bar).map { $0 ? 1 : 0 } ?? .nan }
    }

    /// What differs between two lists of everything, in words.
    func difference(_ one: [Double], _ other: [Double]) -> String? {
        for (place, (a, b)) in zip(one, other).enumerated() where a != b && !(a.isNaN && b.isNaN) {
            let what = place < series.count ? "\(series[place])" : "\(conditions[place - series.count])"
            return "\(a) and \(b): \(what)"
        }
        return nil
    }
}
