import PlaybookResearch
import Testing

@Suite("Ratios")
struct RatioTests {
    /// 40 sessions: 100 and -50 USD by turns. Mean 25, deviations 75 each: stdev sqrt(40 x 5625 / 39).
    let alternating = series((0..<40).map { $0 % 2 == 0 ? 100 : -50 })

    @Test("Sharpe, t and Sortino of sessions that win and lose by turns")
    func byHand() {
        let deviation = (40.0 * 5_625 / 39).squareRoot()
        #expect(isClose(alternating.sharpe.value, 25 / deviation * 252.0.squareRoot()))
        #expect(isClose(alternating.t.value, 25 / deviation * 40.0.squareRoot()))
        // The mean square of losses over all sessions is 1250.
        #expect(isClose(alternating.sortino.value, 25 / 1_250.0.squareRoot() * 252.0.squareRoot()))
    }

    @Test("the standard error takes the kurtosis itself, not the excess")
    func error() {
        // Two values by turns: skewness 0, kurtosis 1. So the spread is 1.
        #expect(isClose(alternating.moments.skewness, 0, 1e-12))
        #expect(isClose(alternating.moments.kurtosis, 1))
        #expect(isClose(alternating.sharpeError.value, (252.0 / 39).squareRoot()))
    }

    @Test("sessions without a trade count as 0")
    func zeros() {
        let sparse = series((0..<80).map { $0 % 2 == 1 ? 0 : ($0 % 4 == 0 ? 100 : -50) })
        #expect((sparse.sharpe.value ?? 9) < (alternating.sharpe.value ?? 0))
    }

    @Test("figures without a meaning are absent, with the reason")
    func absent() {
        let few = series(Array(repeating: 1, count: 28) + [2])
        for figure in [few.sharpe, few.sharpeError, few.sortino, few.t, few.cagr, few.calmar(Drawdown(few))] {
            #expect(figure == .absent(.fewSessions))
        }
        let flat = series(Array(repeating: 5, count: 30))
        #expect(flat.sharpe == .absent(.noVariance))
        #expect(flat.t == .absent(.noVariance))
        let winners = series((0..<30).map { Double($0) })
        #expect(winners.sortino == .absent(.noLosingSession))
        #expect(winners.calmar(Drawdown(winners)) == .absent(.noDrawdown))
    }

    @Test("growth of a series that is not compounded refers to the capital, of one that is to what is left")
    func growth() {
        let year = (0..<252).map { _ in 100.0 }
        #expect(isClose(series(year).cagr.value, 0.252))
        #expect(isClose(series(year, isCompounded: true).cagr.value, 0.286_434_044, 1e-8))
        let half = series(Array(repeating: 100, count: 126))
        #expect(isClose(half.cagr.value, 1.126 * 1.126 - 1))
    }

    @Test("growth is absent where the capital is lost")
    func lost() {
        #expect(series(Array(repeating: -4_000, count: 30)).cagr == .absent(.capitalLost))
        #expect(
            series([-120_000] + Array(repeating: 100, count: 40), isCompounded: true).cagr == .absent(.capitalLost))
    }

    @Test("Calmar is growth over the deepest fall in %")
    func calmar() {
        // Falls from 101,000 to 100,000 within a year that ends at 101,000.
        let net = [1_000.0, -1_000, 1_000] + Array(repeating: 0.0, count: 249)
        let series = series(net)
        #expect(isClose(series.calmar(Drawdown(series)).value, 0.01 / (1_000.0 / 101_000)))
    }
}
