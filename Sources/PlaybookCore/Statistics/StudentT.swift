#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// Student's t distribution with a whole number of degrees of freedom.
enum StudentT {
    /// The probability that |T| <= t.
    ///
    /// Source: M. Abramowitz and I. Stegun, "Handbook of Mathematical Functions", 26.7.3 (odd) and 26.7.4 (even).
    static func twoSidedProbability(_ t: Double, degrees: Int) -> Double {
        let angle = atan(t / Double(degrees).squareRoot())
        let sine = sin(angle)
        let cosine = cos(angle)
        let isOdd = degrees % 2 == 1
        // The series' terms: cos, 2/3 cos^3, 2·4/(3·5) cos^5 … (odd); 1, 1/2 cos^2, 1·3/(2·4) cos^4 … (even).
        var term = isOdd ? cosine : 1
        var sum = degrees == 1 ? 0 : term
        var power = isOdd ? 3 : 2
        while power <= degrees - 2 {
            term *= cosine * cosine * Double(power - 1) / Double(power)
            sum += term
            power += 2
        }
        return isOdd ? 2 / Double.pi * (angle + sine * sum) : sine * sum
    }

    /// The t with `twoSidedProbability(t) = probability`, by bisection to the last places.
    static func quantile(twoSided probability: Double, degrees: Int) -> Double {
        var low = 0.0
        var high = 1.0
        while twoSidedProbability(high, degrees: degrees) < probability { high *= 2 }
        for _ in 0..<60 {
            let middle = (low + high) / 2
            if twoSidedProbability(middle, degrees: degrees) < probability { low = middle } else { high = middle }
        }
        return (low + high) / 2
    }
}
