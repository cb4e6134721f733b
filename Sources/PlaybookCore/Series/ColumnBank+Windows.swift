#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

extension ColumnBank {
    /// What is made of the n bars up to each of those from `low` to `high`.
    @inline(never)
    func computeWindow(_ node: ColumnNode, _ out: UnsafeMutablePointer<Double>, _ low: Int, _ high: Int) {
        guard let kind = Series.Window(rawValue: node.code) else { return }
        let x = UnsafePointer(states[node.a].values)
        var start = low
        while start < high {
            let end = min(high, (start >> 3 + 1) << 3)
            let isKnown = !Self.hasUnknown(x + (start - node.n + 1), node.n - 1 + end - start)
            switch kind {
            case .mean, .sum: Self.slidingSums(x, node.n, out, start, end, isMean: kind == .mean)
            case .highest: Self.extremes(x, node.n, out, start, end, 1, isKnown)
            case .lowest: Self.extremes(x, node.n, out, start, end, -1, isKnown)
            default:
                for bar in start..<end {
                    let window = x + (bar - node.n + 1)
                    out[bar] = isKnown || !Self.hasUnknown(window, node.n) ? value(kind, window, node.n) : .nan
                }
            }
            start = end
        }
        let row = rows[node.row]
        guard graph.rows[node.row] == .daily else { return }
        for bar in low..<high where row.isTooOld(bar, node.n) { out[bar] = .nan }
    }

    @inline(__always)
    static func hasUnknown(_ x: UnsafePointer<Double>, _ count: Int) -> Bool {
        var found = false
        var index = 0
        while index < count {
            if x[index] != x[index] { found = true }
            index += 1
        }
        return found
    }

    /// Sums of a block's windows: the first one added up, the others from the one before.
    private static func slidingSums(
        _ x: UnsafePointer<Double>, _ n: Int, _ out: UnsafeMutablePointer<Double>, _ low: Int, _ high: Int,
        isMean: Bool
    ) {
        let divisor = isMean ? Double(n) : 1
        var sum = 0.0
        for bar in low..<high {
            // An unknown sum is followed by a new one. Whether one is known does not count before it is.
            if bar > low, n > 2, sum == sum {
                sum += x[bar] - x[bar - n]
            } else {
                sum = total(x + (bar - n + 1), n)
            }
            out[bar] = sum / divisor
        }
    }

    /// The sum of numbers, four at a time.
    private static func total(_ x: UnsafePointer<Double>, _ n: Int) -> Double {
        var sums = SIMD4<Double>.zero
        var index = 0
        while index + 4 <= n {
            sums += SIMD4(x[index], x[index + 1], x[index + 2], x[index + 3])
            index += 4
        }
        var sum = sums.sum()
        while index < n {
            sum += x[index]
            index += 1
        }
        return sum
    }

    /// The highest, or with sign -1 the lowest, of each window of a block. What all of them have in common is looked at
    /// once.
    private static func extremes(
        _ x: UnsafePointer<Double>, _ n: Int, _ out: UnsafeMutablePointer<Double>, _ low: Int, _ high: Int,
        _ sign: Double, _ isKnown: Bool
    ) {
        func extreme(_ from: Int, _ through: Int, _ start: Double) -> Double {
            var best = start
            var index = from
            while index <= through {
                let value = sign * x[index]
                best = value > best ? value : best
                index += 1
            }
            return best
        }
        let last = high - 1
        let common = n >= high - low ? extreme(last - n + 1, low, -.infinity) : -.infinity
        for bar in low..<high {
            if !isKnown, hasUnknown(x + (bar - n + 1), n) {
                out[bar] = .nan
            } else if n >= high - low {
                // Before what is common, and after it.
                out[bar] = sign * extreme(low + 1, bar, extreme(bar - n + 1, last - n, common))
            } else {
                out[bar] = sign * extreme(bar - n + 1, bar, -.infinity)
            }
        }
    }

    /// The value of one window, all of it known.
    private func value(_ kind: Series.Window, _ x: UnsafePointer<Double>, _ n: Int) -> Double {
        let count = Double(n)
        switch kind {
        case .weighted:
            var sum = 0.0
            for index in 0..<n { sum += Double(index + 1) * x[index] }
            return sum / (count * (count + 1) / 2)
        case .deviation: return Self.deviation(x, n, mean: Self.total(x, n) / count)
        case .zscore:
            let mean = Self.total(x, n) / count
            let deviation = Self.deviation(x, n, mean: mean)
            return deviation <= 1e-9 * equality.floor ? .nan : (x[n - 1] - mean) / deviation
        case .rank:
            var below = 0
            for index in 0..<n where !equality.isAbove(x[index], x[n - 1]) { below += 1 }
            return Double(below) / count
        case .meanDistance:
            let mean = Self.total(x, n) / count
            var sum = 0.0
            for index in 0..<n { sum += Swift.abs(x[index] - mean) }
            return sum / count
        case .mean, .sum, .highest, .lowest: return .nan
        }
    }

    private static func deviation(_ x: UnsafePointer<Double>, _ n: Int, mean: Double) -> Double {
        var sums = SIMD4<Double>.zero
        var index = 0
        while index + 4 <= n {
            let distance = SIMD4(x[index], x[index + 1], x[index + 2], x[index + 3]) - mean
            sums += distance * distance
            index += 4
        }
        var sum = sums.sum()
        while index < n {
            sum += (x[index] - mean) * (x[index] - mean)
            index += 1
        }
        return sqrt(sum / Double(n))
    }
}
