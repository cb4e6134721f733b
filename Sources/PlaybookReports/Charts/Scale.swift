/// Numbers as places on a line: a chart's axis.
struct Scale: Sendable {
    /// The numbers at both ends.
    let low, high: Double
    /// The places of both ends.
    let from, to: Int

    /// An axis from `low` to `high`, which lie at `from` and `to`.
    init(_ low: Double, _ high: Double, from: Int, to: Int) {
        self.low = low
        self.high = high > low ? high : low + 1
        self.from = from
        self.to = to
    }

    /// Where a number lies, `parts` places a unit.
    func place(_ number: Double, parts: Int = 1) -> Int {
        let share = (number - low) / (high - low)
        return Int(rounding: Double(from * parts) + share * Double((to - from) * parts))
    }

    /// At most `count` round numbers within the axis: multiples of 1, 2 or 5 times a power of ten.
    func ticks(_ count: Int = 6) -> [Double] { Self.ticks(low, high, count) }

    /// How far round numbers between two lie apart, so that at most `count` of them fit.
    static func step(_ low: Double, _ high: Double, _ count: Int) -> Double {
        let span = high - low
        guard span > 0, span.isFinite, count > 0 else { return 1 }
        var power = 1.0
        while power > span { power /= 10 }
        while power * 10 <= span { power *= 10 }
        power /= 10
        while true {
            for factor in [1.0, 2, 5] {
                let step = power * factor
                if (high / step + 1e-9).rounded(.down) - (low / step - 1e-9).rounded(.up) + 1 <= Double(count) {
                    return step
                }
            }
            power *= 10
        }
    }

    static func ticks(_ low: Double, _ high: Double, _ count: Int) -> [Double] {
        guard high > low else { return [low] }
        let step = step(low, high, count)
        let first = (low / step - 1e-9).rounded(.up)
        let last = (high / step + 1e-9).rounded(.down)
        guard last >= first else { return [] }
        return (0...Int(last - first)).map { (first + Double($0)) * step }
    }

    /// How many decimals numbers that lie `step` apart need.
    static func decimals(of step: Double) -> Int {
        var (decimals, scaled) = (0, step)
        while decimals < 8, abs(scaled - scaled.rounded()) > 1e-6 {
            decimals += 1
            scaled *= 10
        }
        return decimals
    }

    /// Places for labels that want to be at `wanted`, in the same order, at least `gap` apart and within `range`.
    static func spread(_ wanted: [Int], gap: Int, in range: ClosedRange<Int>) -> [Int] {
        var places = wanted
        let order = wanted.indices.sorted { (wanted[$0], $0) < (wanted[$1], $1) }
        var least = range.lowerBound
        for index in order {
            places[index] = max(min(places[index], range.upperBound), least)
            least = places[index] + gap
        }
        var most = range.upperBound
        for index in order.reversed() {
            places[index] = min(places[index], most)
            most = places[index] - gap
        }
        return places
    }
}

extension Int {
    /// The whole number nearest to `number`, of two the one farther from 0: what `rounded()` gives, without its call of the C
    /// library for each of the many places in a page's charts.
    @inline(__always)
    init(rounding number: Double) {
        let whole = Int(number)
        let rest = number - Double(whole)
        self = rest >= 0.5 ? whole + 1 : rest <= -0.5 ? whole - 1 : whole
    }
}
