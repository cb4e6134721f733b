import PlaybookResearch
import Testing

/// Numbers of the papers.
@Suite("Sharpe ratios and luck")
struct SharpeLuckTests {
    @Test("the minimum track record of 0.05 with normal returns is 1084.57 sessions")
    func trackRecord() {
        let needed = ProbabilisticSharpe.minimumTrackRecord(0.05, skewness: 0, kurtosis: 3)
        #expect(isClose(needed.value, 1084.57, 5e-6))
        #expect(ProbabilisticSharpe.minimumTrackRecord(-0.01, skewness: 0, kurtosis: 3) == .absent(.notAbove))
    }

    @Test(
        "the expected maximum of N trials",
        arguments: [(1, 0), (2, 0.519755), (10, 1.574598), (100, 2.530603), (1_000, 3.255122)])
    func expectedMaximum(count: Int, expected: Double) {
        #expect(abs(DeflatedSharpe.expectedMaximum(count) - expected) < 5e-7)
    }

    /// Annual Sharpe ratio 2.5 of 250 sessions, T 1250, skewness -3, kurtosis 10, variance of the trials 1/2 annual.
    @Test("the example of the paper", arguments: [(100, 0.900397), (46, 0.950502), (88, 0.910153)])
    func example(trials: Int, expected: Double) {
        let ratio = 2.5 / 250.0.squareRoot()
        let threshold = (0.5 / 250).squareRoot() * DeflatedSharpe.expectedMaximum(trials)
        if trials == 100 { #expect(abs(threshold - 0.113172) < 5e-7) }
        let probability = ProbabilisticSharpe.probability(
            ratio, above: threshold, sessions: 1_250, skewness: -3, kurtosis: 10)
        #expect(abs(probability - expected) < 5e-7)
    }

    @Test("with normal returns 88 trials give 0.950491")
    func normal() {
        let threshold = (0.5 / 250).squareRoot() * DeflatedSharpe.expectedMaximum(88)
        let probability = ProbabilisticSharpe.probability(
            2.5 / 250.0.squareRoot(), above: threshold, sessions: 1_250, skewness: 0, kurtosis: 3)
        #expect(abs(probability - 0.950491) < 5e-7)
    }

    @Test("the variance of the trials is at most what luck gives")
    func cap() {
        let run = series(normals(400, seed: 3).map { 100 * $0 + 10 })
        let wide = DeflatedSharpe(run, trials: 50, ratios: [-1, 0, 1])
        #expect(wide.variance == 1.0 / 399)
        let narrow = DeflatedSharpe(run, trials: 50, ratios: [0.01, 0.02, 0.03])
        #expect(isClose(narrow.variance, 0.0001))
        #expect((narrow.probability.value ?? 0) > (wide.probability.value ?? 1))
    }

    @Test("one trial is not deflated, and fewer than two ratios say nothing")
    func edges() {
        let run = series(normals(400, seed: 3).map { 100 * $0 + 10 })
        let one = DeflatedSharpe(run, trials: 1, ratios: [])
        #expect(one.threshold == 0)
        #expect(one.probability == run.probability(above: 0))
        #expect(DeflatedSharpe(run, trials: 5, ratios: [0.1]).probability == .absent(.fewRatios))
    }
}
