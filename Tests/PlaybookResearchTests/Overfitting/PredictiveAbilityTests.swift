import PlaybookResearch
import Testing

@Suite("Predictive ability")
struct PredictiveAbilityTests {
    @Test("an edge is found, none is not")
    func edges() async throws {
        let none = await PredictiveAbility(OverfittingTests.matrix(40, 500), cores: 2)
        #expect(try #require(none.p.value) > 0.05)
        let edge = await PredictiveAbility(OverfittingTests.matrix(40, 500) { $0 == 9 ? 0.3 : 0 }, cores: 2)
        #expect(try #require(edge.p.value) <= 0.01)
    }

    @Test("the kernel's variance, lag by lag")
    func variance() async throws {
        let values = normals(64, seed: 5).map { Double(Float($0 + 0.4)) }
        var matrix = DailyMatrix(sessions: 64)
        matrix.add(values)
        let n = 64.0
        let keep = 1 - 1 / 4.0
        let mean = values.reduce(0, +) / n
        func covariance(_ lag: Int) -> Double {
            (0..<(64 - lag)).reduce(0) { $0 + (values[$1] - mean) * (values[$1 + lag] - mean) } / n
        }
        func power(_ exponent: Int) -> Double { (0..<exponent).reduce(1) { product, _ in product * keep } }
        var variance = covariance(0)
        for lag in 1..<64 {
            let weight = (n - Double(lag)) / n * power(lag) + Double(lag) / n * power(64 - lag)
            variance += 2 * weight * covariance(lag)
        }
        let found = await PredictiveAbility(matrix, cores: 1)
        #expect(isClose(found.statistic, n.squareRoot() * mean / variance.squareRoot(), 1e-10))
    }

    /// 39 sets with the same t beside one of 2.3: p is about that of one set, or that of 40.
    @Test("sets far below 0 cannot matter, sets just below it count as sets without an edge")
    func recentring() async throws {
        func p(_ t: Double) async -> Double? {
            var matrix = DailyMatrix(sessions: 500)
            for set in 0..<40 {
                let values = normals(500, seed: UInt64(7_000 + set))
                let moments = Moments(values)
                let mean = (set == 0 ? 2.3 : t) / 500.0.squareRoot()
                matrix.add(values.map { ($0 - moments.mean) / moments.deviation + mean })
            }
            return await PredictiveAbility(matrix, cores: 2).p.value
        }
        #expect(try #require(await p(-6)) <= 0.05)
        #expect(try #require(await p(-1)) >= 0.2)
    }

    @Test("threads change nothing, sets without variance are counted, and where all lose p is 1")
    func edgesOfThings() async {
        var matrix = OverfittingTests.matrix(19, 120) { _ in 0.1 }
        matrix.add(Array(repeating: 0, count: 120))
        let one = await PredictiveAbility(matrix, cores: 1)
        #expect(one.leftOut == 1)
        #expect(await PredictiveAbility(matrix, cores: 3) == one)
        let losing = await PredictiveAbility(OverfittingTests.matrix(5, 120) { _ in -2 }, cores: 1)
        #expect(losing.p == .value(1))
        #expect(losing.statistic == 0)
        var flat = DailyMatrix(sessions: 60)
        flat.add(Array(repeating: 0, count: 60))
        #expect(await PredictiveAbility(flat, cores: 1).p == .absent(.noVariance))
    }
}
