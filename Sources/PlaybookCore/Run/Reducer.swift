#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// Makes one number of a number's values at a bar and at those before it, the present one first.
struct Reducer {
    let values: UnsafePointer<Double>
    let count: Int
    /// The bar, an index in the session.
    let bar: Int
    let equality: Equality

    func value(_ instruction: Instruction) -> Double {
        switch instruction.operation {
        case .average: return average(instruction.value, ahead: Int(values[count]))
        case .firstTrue:
            for place in 0..<max(0, min(count, bar + 1)) where values[place] == 1 { return Double(place) }
            return .nan
        default: break
        }
        for place in 0..<count where values[place].isNaN { return .nan }
        switch instruction.operation {
        case .mean: return sum / Double(count)
        case .weightedMean:
            let weighted = (0..<count).reduce(0) { $0 + Double(count - $1) * values[$1] }
            return weighted / (Double(count) * Double(count + 1) / 2)
        case .sum: return sum
        case .highest: return (1..<count).reduce(values[0]) { max($0, values[$1]) }
        case .lowest: return (1..<count).reduce(values[0]) { min($0, values[$1]) }
        case .deviation: return deviation
        case .zscore:
            let deviation = deviation
            return deviation <= 1e-9 * equality.floor ? .nan : (values[0] - sum / Double(count)) / deviation
        default:
            let below = (0..<count).count { !equality.isAbove(values[$0], values[0]) }
            return Double(below) / Double(count)
        }
    }

    private var sum: Double { (0..<count).reduce(0) { $0 + values[$1] } }

    private var deviation: Double {
        let mean = sum / Double(count)
        let squares = (0..<count).reduce(0) { $0 + (values[$1] - mean) * (values[$1] - mean) }
        return sqrt(squares / Double(count))
    }

    /// From the first known value on, unknown where the present one is.
    private func average(_ weight: Double, ahead: Int) -> Double {
        guard !values[0].isNaN else { return .nan }
        var average = Double.nan
        for place in (0..<max(1, min(count, bar + ahead + 1))).reversed() where !values[place].isNaN {
            average = average.isNaN ? values[place] : weight * values[place] + (1 - weight) * average
        }
        return average
    }
}
