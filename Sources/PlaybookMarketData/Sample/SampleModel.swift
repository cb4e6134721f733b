import PlaybookCore

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// How sample prices are made: as a fair game. Whatever is known up to an instant, the price expected for any later one is
/// the price at that instant, but for rounding to cents: there is no drift, no momentum, nothing to find.
///
/// The logarithm of the price is a Brownian motion, less half of its variance so far, over weekdays from 1998 on. It is
/// found for any day by midpoint displacement (A. Fournier et al., "Computer Rendering of Stochastic Models", 1982) and so
/// without the days before it. Its clock runs at different speeds, so that quiet and lively times follow one another: each
/// half of the days gets a random share of the variance of the whole, and so on (B. Mandelbrot, A. Fisher and L. Calvet,
/// "A Multifractal Model of Asset Returns", 1997). Within a session the path goes from close to close through the open, and
/// the clock runs faster after the open and before the close. A bar's high and low are drawn from the distribution of the
/// extremes between its open and its close.
struct SampleModel {
    /// Weekdays from the path's origin, 1998-01-01, to its end, after 2035: a power of two.
    private static let pathLevels = 14
    /// By how much the halves of a time may differ in their shares of its variance, at most.
    private static let unevenness = 0.3
    /// Share of a day's variance that falls between close and open.
    private static let overnightShare = 0.3
    /// Share of a bar's variance that falls between the close before and its open.
    private static let betweenBars = 0.01

    private let seed: UInt64
    private let levelAtOrigin: Double
    /// Standard deviation of a day's log return, on average.
    private let volatility: Double

    init(symbol: Symbol) {
        var digest = StableDigest(seed: 20_241_105)
        digest.add(symbol.name)
        seed = digest.value
        var random = RandomNumbers(seed: seed)
        levelAtOrigin = log(200 + 800 * random.uniform())
        volatility = 0.008 + 0.005 * random.uniform()
    }

    /// The sessions' bars.
    ///
    /// - Parameter capacity: for how many bars there is to be room.
    func bars(of sessions: ArraySlice<TradingSession>, capacity: Int = 0) -> BarColumns {
        var bars = BarColumns(capacity: max(capacity, sessions.count * 195))
        for session in sessions { append(session, to: &bars) }
        return bars
    }

    /// Adds the session's bars.
    func append(_ session: TradingSession, to bars: inout BarColumns) {
        let calendar = Market.xnys.calendar
        let today = Self.weekdays(before: session.date)
        let previous = calendar.sessionIndex(before: session.date).map { calendar.allSessions[$0].date }
        let dayBefore = previous.map(Self.weekdays(before:)) ?? today - 1
        let start = path(at: dayBefore)
        let end = path(at: today)
        var random = RandomNumbers(seed: seed ^ (UInt64(UInt32(bitPattern: session.date.daysSinceEpoch)) << 20))

        // Holidays are a part of the night.
        let whole = end.clock - start.clock
        let ownDay = dayBefore == today - 1 ? whole : end.clock - path(at: today - 1).clock
        let during = (1 - Self.overnightShare) * ownDay
        let overnight = whole - during
        let open = Point(
            clock: start.clock + overnight,
            value: start.value + overnight / whole * (end.value - start.value)
                + (overnight * during / whole).squareRoot() * random.gaussian())

        let count = session.minutes / 2
        let shape = Self.shape(bars: count)
        // Of each bar what its steps are, then open, high, low, close and volume, column by column.
        withUnsafeTemporaryAllocation(of: Double.self, capacity: 7 * count) { numbers in
            numbers.initialize(repeating: 0)
            let (steps, progress) = (shape.steps, shape.progress)
            // A random walk, bent so that it ends where the path is at the close.
            var walk = 0.0
            for step in 0..<2 * count {
                walk += (during * steps[step]).squareRoot() * random.gaussian()
                numbers[step] = walk
            }
            func price(_ step: Int) -> Double {
                let share = progress[step]
                return cents(
                    at: Point(
                        clock: open.clock + during * share,
                        value: open.value + (end.value - open.value) * share + numbers[step] - walk * share))
            }
            let columns = (0..<5).map { numbers.extracting((2 + $0) * count..<(3 + $0) * count) }
            for bar in 0..<count {
                let first = bar == 0 ? cents(at: open) : price(2 * bar)
                let last = price(2 * bar + 1)
                let variance = steps[2 * bar + 1] * during * volatility * volatility * first * first
                let share = steps[2 * bar] + steps[2 * bar + 1]
                columns[0][bar] = first
                columns[1][bar] = max(first, last, cents(extreme(first, last, variance, random.uniform(), 1)))
                columns[2][bar] = min(first, last, cents(extreme(first, last, variance, random.uniform(), -1)))
                columns[3][bar] = last
                columns[4][bar] =
                    (40_000 * share * Double(count) * exp(0.5 * random.gaussian())).roundedToWhole + 1
            }
            let opening = session.open.secondsSinceEpoch
            bars.times.append(contentsOf: (0..<count).lazy.map { opening + Int64($0) * 120 })
            bars.open.append(contentsOf: columns[0])
            bars.high.append(contentsOf: columns[1])
            bars.low.append(contentsOf: columns[2])
            bars.close.append(contentsOf: columns[3])
            bars.volume.append(contentsOf: columns[4])
        }
    }

    private static let wholeSession = VarianceShape(bars: 195, between: betweenBars)
    private static let shortSession = VarianceShape(bars: 105, between: betweenBars)

    private static func shape(bars: Int) -> VarianceShape {
        switch bars {
        case 195: wholeSession
        case 105: shortSession
        default: VarianceShape(bars: bars, between: betweenBars)
        }
    }

    /// Where the path is: its value, a Brownian motion, and the variance that it has gone through, in average days.
    private struct Point {
        var clock: Double
        var value: Double
    }

    /// The price at a point of the path, in whole cents.
    @inline(__always)
    private func cents(at point: Point) -> Double {
        cents(exp(levelAtOrigin + volatility * point.value - volatility * volatility * point.clock / 2))
    }

    /// The path at the close of the `day`-th weekday. Where a time is divided, the value is the one between its ends, by
    /// shares of the variance, plus a normal number with the variance that a Brownian bridge has there.
    private func path(at day: Int) -> Point {
        var left = 0
        var right = 1 << Self.pathLevels
        var atLeft = Point(clock: 0, value: 0)
        var random = RandomNumbers(seed: seed, node: 0)
        var atRight = Point(clock: Double(right), value: Double(right).squareRoot() * random.gaussian())
        while day != left {
            let middle = (left + right) / 2
            random = RandomNumbers(seed: seed, node: middle)
            let share = 0.5 + Self.unevenness * (random.uniform() - 0.5)
            let variance = atRight.clock - atLeft.clock
            let point = Point(
                clock: atLeft.clock + share * variance,
                value: atLeft.value + share * (atRight.value - atLeft.value)
                    + (share * (1 - share) * variance).squareRoot() * random.gaussian())
            if day < middle { (right, atRight) = (middle, point) } else { (left, atLeft) = (middle, point) }
        }
        return atLeft
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

    @inline(__always)
    private func cents(_ price: Double) -> Double { max(0.01, (price * 100).roundedToWhole / 100) }
}

extension Double {
    /// As `rounded()`, of a number from 0 to 2^51, without a call of the C library.
    @inline(__always)
    fileprivate var roundedToWhole: Double {
        // Beyond 2^52 no number has a fraction: adding it rounds, to an even number where two are as near.
        let nearest = (self + 0x1p52) - 0x1p52
        let whole = nearest > self ? nearest - 1 : nearest
        return self - whole >= 0.5 ? whole + 1 : whole
    }
}

/// How a session's variance is spread over its bars: for each bar what falls before its open, and what between its open and
/// its close. The shares add up to 1.
private struct VarianceShape {
    /// The shares, two for each bar; the first is 0, for a session begins with its open.
    let steps: [Double]
    /// The share up to and including each step.
    let progress: [Double]

    init(bars: Int, between: Double) {
        let weights = (0..<bars).flatMap { bar in
            let minutes = Double(bar) * 2
            let weight = 1 + 4 * exp(-minutes / 20) + 1.2 * exp(-(Double(bars) * 2 - minutes) / 25)
            return [bar == 0 ? 0 : between * weight, (1 - between) * weight]
        }
        let total = weights.reduce(0, +)
        steps = weights.map { $0 / total }
        var sum = 0.0
        progress = steps.map { share in
            sum += share
            return sum
        }
    }
}

/// Random numbers of a path.
private struct RandomNumbers {
    private var generator: SplitMix64
    private var spare: Double?

    init(seed: UInt64) { generator = SplitMix64(seed: seed) }

    /// The numbers of one place of a path.
    init(seed: UInt64, node: Int) { self.init(seed: seed &+ UInt64(node) &* 0x9E6C_63D0_676A_9A99) }

    /// Uniform in (0, 1].
    mutating func uniform() -> Double { Double((generator.next() >> 11) + 1) * 0x1p-53 }

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
