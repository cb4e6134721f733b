import PlaybookResearch
import Testing

@Suite("Drawdown")
struct ResearchDrawdownTests {
    @Test("depth, length and recovery of the deepest fall")
    func deepest() {
        //            peak here, lowest three later, recovered two after that
        let drawdown = Drawdown(series([1_000, -300, 100, -500, 400, 400, -100]))
        #expect(isClose(drawdown.usd, 700))
        #expect(isClose(drawdown.percent, 700 / 101_000 * 100))
        #expect(drawdown.sessions == .value(5))
        #expect(drawdown.recovery == .value(2))
    }

    @Test("a fall from the capital on, not recovered")
    func fromTheStart() {
        let drawdown = Drawdown(series([-100, -100, 50, 0]))
        #expect(isClose(drawdown.usd, 200))
        #expect(drawdown.sessions == .value(4))
        #expect(drawdown.recovery == .absent(.notRecovered))
    }

    @Test("in USD and in % the deepest falls may be different ones")
    func twoMeasures() {
        // 10,000 of 100,000 are 10%; 11,000 of 200,000 are 5.5%.
        let drawdown = Drawdown(series([-10_000, 110_000, -11_000]))
        #expect(isClose(drawdown.usd, 11_000))
        #expect(isClose(drawdown.percent, 10))
    }

    @Test("of equal falls the first counts, and it starts at the last session at the peak")
    func equals() {
        let drawdown = Drawdown(series([0, 0, -100, 100, 0, -100, 0, 0, 100]))
        #expect(drawdown.sessions == .value(2))
        #expect(drawdown.recovery == .value(1))
    }

    @Test("the Ulcer index is the root mean square over all sessions")
    func ulcer() {
        let drawdown = Drawdown(series([-1_000, -1_000, 2_000, 0]))
        #expect(isClose(drawdown.ulcer, ((1.0 + 4 + 0 + 0) / 4).squareRoot()))
        #expect(Drawdown(series([1, 2, 3])).sessions == .absent(.noDrawdown))
    }

    @Test("compounded returns refer to what is left")
    func compounded() {
        #expect(isClose(Drawdown(series([-10_000, -10_000], isCompounded: true)).usd, 19_000))
    }
}
