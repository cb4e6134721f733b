import Testing

@testable import PlaybookCore

/// Published values: NIST/SEMATECH e-Handbook of Statistical Methods, 1.3.6.7.2, and Abramowitz and Stegun, table 26.10.
@Suite("Student's t")
struct StudentTTests {
    @Test(
        "has the published two-sided 95% quantiles",
        arguments: [
            (1, 12.7062047), (2, 4.30265273), (3, 3.18244631), (4, 2.77644511), (5, 2.57058184), (9, 2.26215716),
            (10, 2.22813885), (19, 2.09302405), (20, 2.08596345), (30, 2.04227246), (31, 2.03951345), (60, 2.00029782),
            (100, 1.98397152), (120, 1.97993041), (999, 1.96234146), (1000, 1.96233908),
        ])
    func quantiles(degrees: Int, quantile: Double) {
        #expect(isClose(StudentT.quantile(twoSided: 0.95, degrees: degrees), quantile, within: 1e-7))
    }

    @Test(
        "has the published quantiles of other probabilities",
        arguments: [(0.9, 5, 2.01504837), (0.99, 10, 3.16927267), (0.5, 1, 1), (0.5, 2, 0.81649658)])
    func otherProbabilities(probability: Double, degrees: Int, quantile: Double) {
        #expect(isClose(StudentT.quantile(twoSided: probability, degrees: degrees), quantile, within: 1e-7))
    }

    @Test("has closed forms for few degrees of freedom")
    func closedForms() {
        // 1: 2/π atan t. 2: t / sqrt(2 + t²). 4: x (1 + 2 / (4 + t²)), x = t / sqrt(4 + t²).
        for t in [0, 0.5, 1, 2.5, 10] {
            let half = t / (2 + t * t).squareRoot()
            #expect(isClose(StudentT.twoSidedProbability(t, degrees: 2), half, within: 1e-14))
            let x = t / (4 + t * t).squareRoot()
            let four = x * (1 + 2 / (4 + t * t))
            #expect(isClose(StudentT.twoSidedProbability(t, degrees: 4), four, within: 1e-14))
        }
        #expect(isClose(StudentT.twoSidedProbability(1, degrees: 1), 0.5, within: 1e-14))
        #expect(StudentT.twoSidedProbability(0, degrees: 7) == 0)
    }

    @Test("narrows to the normal distribution as degrees grow")
    func monotonic() {
        let quantiles = (1...200).map { StudentT.quantile(twoSided: 0.95, degrees: $0) }
        for (one, next) in zip(quantiles, quantiles.dropFirst()) { #expect(one > next) }
        #expect(isClose(StudentT.quantile(twoSided: 0.95, degrees: 100_000), 1.95998771, within: 1e-6))
    }
}
