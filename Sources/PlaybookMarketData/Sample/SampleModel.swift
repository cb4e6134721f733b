import PlaybookCore

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// How sample prices are made.
///
/// Closes follow a Brownian path with drift over weekdays, found for any day by midpoint displacement (A. Fournier et
/// al., "Computer Rendering of Stochastic Models", 1982) and so without the days before it. A session opens with a gap
/// and goes to its close over a Brownian bridge whose variance is high after the open and rises again into the close.
/// A bar's high and low are drawn from the distribution of a bridge's extremes. Prices are rounded to cents.
struct SampleModel {
    /// Weekdays from the path's origin, 1998-01-01, to its end, after 2035: a power of two.
    private static let pathLevels = 14
    /// The weekday on which a symbol has its reference price.
    private static let reference = weekdays(before: CivilDate(daysSinceEpoch: 18_262))
    /// Share of a day's variance that falls between close and open.
    private static let overnightShare = 0.3

    /// Standard deviation of the first hour's steady part, in standard deviations of a day.
    private static let openingDrive = 0.8
    /// Correlation of a bar's move with that of the bar before.
    private static let momentum = 0.3

    private let seed: UInt64
    private let referenceLevel: Double
    /// Standard deviation of a day's log return.
    private let volatility: Double
    /// Mean of a day's log return.
    private let drift: Double
    private let pathOffset: Double

    init(symbol: Symbol) {
        var digest = StableDigest(seed: 20_241_105)
        digest.add(symbol.name)
        seed = digest.value
        var random = RandomNumbers(seed: seed)
        referenceLevel = log(60 + 340 * random.uniform())
        volatility = 0.009 + 0.006 * random.uniform()
        drift = 0.0001 + 0.0002 * random.uniform()
        pathOffset = Self.path(seed, at: Self.reference)
    }

    /// Adds the session's bars.
    func append(_ session: TradingSession, to bars: inout BarColumns) {
        let calendar = TradingCalendar.nyse
        let today = Self.weekdays(before: session.date)
        let previous = calendar.sessionIndex(before: session.date).map { calendar.allSessions[$0].date }
        let lastClose = level(previous.map(Self.weekdays(before:)) ?? today - 1)
        let close = level(today)
        var random = RandomNumbers(seed: seed ^ (UInt64(UInt32(bitPattern: session.date.daysSinceEpoch)) << 20))

        let share = Self.overnightShare
        let mood = exp(0.3 * random.gaussian())
        let open =
            lastClose + share * (close - lastClose)
            + (share * (1 - share)).squareRoot() * volatility * random.gaussian()
        let count = session.minutes / 2
        let shape = VarianceShape(bars: count)
        let scale = volatility * (1 - share).squareRoot() * mood

        // A drive in the first hour and a random walk with some momentum, bent so that they end at the close.
        let drive = Self.openingDrive * volatility * random.gaussian()
        var walk = 0.0
        var shock = 0.0
        let noise = (0..<count).map { bar in
            shock = Self.momentum * shock + (1 - Self.momentum * Self.momentum).squareRoot() * random.gaussian()
            walk += scale * shape.step[bar].squareRoot() * shock + (bar < 30 ? drive / 30 : 0)
            return walk
        }
        var price = cents(exp(open))
        for bar in 0..<count {
            let progress = shape.cumulative[bar]
            let target = open + (close - open) * progress + noise[bar] - walk * progress
            let first = bar == 0 ? price : cents(price + 0.01 * (random.uniform() * 3 - 1).rounded(.down))
            let last = cents(exp(target))
            let variance = shape.step[bar] * scale * scale * first * first
            let high = max(first, last, cents(extreme(first, last, variance, random.uniform(), 1)))
            let low = min(first, last, cents(extreme(first, last, variance, random.uniform(), -1)))
            let volume = (40_000 * shape.step[bar] * Double(count) * exp(0.5 * random.gaussian())).rounded() + 1
            bars.append(
                Bar(
                    time: session.open.secondsSinceEpoch + Int64(bar) * 120, open: first, high: high, low: low,
                    close: last, volume: volume))
            price = last
        }
    }

    /// Log of the close on the `day`-th weekday.
    private func level(_ day: Int) -> Double {
        referenceLevel + drift * Double(day - Self.reference)
            + volatility * (Self.path(seed, at: day) - pathOffset)
    }

    /// A standard Brownian path at `day`: the value half-way between two known ones is their mean plus a normal number
    /// with a quarter of the distance as variance.
    private static func path(_ seed: UInt64, at day: Int) -> Double {
        var left = 0
        var right = 1 << pathLevels
        var atLeft = 0.0
        var atRight = Double(right).squareRoot() * normal(seed, node: 0)
        while right - left > 1 {
            if day == left { return atLeft }
            let middle = (left + right) / 2
            let value =
                (atLeft + atRight) / 2 + (Double(right - left) / 4).squareRoot() * normal(seed, node: middle)
            if day < middle {
                right = middle
                atRight = value
            } else {
                left = middle
                atLeft = value
            }
        }
        return day == left ? atLeft : atRight
    }

    private static func normal(_ seed: UInt64, node: Int) -> Double {
        var random = RandomNumbers(seed: seed &+ UInt64(node) &* 0x9E6C_63D0_676A_9A99)
        return random.gaussian()
    }

    /// Monday to Friday dates from 1998-01-01 (a Thursday) up to, and not including, `date`.
    private static func weekdays(before date: CivilDate) -> Int {
        let days = Int(date.daysSinceEpoch) - 10_227 + 3  // since Monday 1997-12-29
        return days / 7 * 5 + min(days % 7, 5) - 3
    }

    /// The highest (`side` 1) or lowest (-1) value of a Brownian bridge from `first` to `last` with `variance`, at
    /// probability `u` (P. Glasserman, "Monte Carlo Methods in Financial Engineering", 2003, 6.4).
    private func extreme(_ first: Double, _ last: Double, _ variance: Double, _ u: Double, _ side: Double) -> Double {
        let distance = last - first
        return (first + last + side * (distance * distance - 2 * variance * log(u)).squareRoot()) / 2
    }

    private func cents(_ price: Double) -> Double { max(0.01, (price * 100).rounded() / 100) }
}

/// How a session's variance is spread over its bars; the shares add up to 1.
private struct VarianceShape {
    /// Each bar's share.
    let step: [Double]
    /// The share up to and including each bar.
    let cumulative: [Double]

    init(bars: Int) {
        let weights = (0..<bars).map { bar in
            let minutes = Double(bar) * 2
            return 1 + 4 * exp(-minutes / 20) + 1.2 * exp(-(Double(bars) * 2 - minutes) / 25)
        }
        let total = weights.reduce(0, +)
        step = weights.map { $0 / total }
        var sum = 0.0
        cumulative = step.map { share in
            sum += share
            return sum
        }
    }
}

/// SplitMix64 (G. Steele, D. Lea and C. Flood, "Fast Splittable Pseudorandom Number Generators", 2014).
private struct RandomNumbers {
    private var state: UInt64
    private var spare: Double?

    init(seed: UInt64) { state = seed }

    private mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var word = state
        word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
        word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
        return word ^ (word >> 31)
    }

    /// Uniform in (0, 1].
    mutating func uniform() -> Double { Double((next() >> 11) + 1) * 0x1p-53 }

    /// Standard normal (G. Box and M. Muller, "A Note on the Generation of Random Normal Deviates", 1958).
    mutating func gaussian() -> Double {
        if let known = spare {
            spare = nil
            return known
        }
        let radius = (-2 * log(uniform())).squareRoot()
        let angle = 2 * Double.pi * uniform()
        spare = radius * sin(angle)
        return radius * cos(angle)
    }
}
