import PlaybookCore
import PlaybookResearch
import Testing

@Suite("Monte-Carlo")
struct MonteCarloTests {
    /// 200 sessions, every other with a trade.
    var run: MonteCarlo {
        let values = normals(100, seed: 2).map { $0 * 50 + 5 }
        return MonteCarlo(
            sessions: (0..<200).map {
                $0 % 2 == 0 ? [MonteCarlo.Trade(result: values[$0 / 2], fills: [10_000, 10_000])] : []
            }, capital: 100_000)
    }

    @Test("the same seed gives the same on any number of threads, another seed another result")
    func seeds() async {
        let kind = MonteCarlo.Kind.bootstrap(block: nil)
        let one = await run.run(kind, runs: 500, seed: 1, cores: 1)
        #expect(await run.run(kind, runs: 500, seed: 1, cores: 4) == one)
        #expect(await run.run(kind, runs: 500, seed: 2, cores: 1) != one)
        #expect(isClose(one.block, 200.0.squareRoot()))
        #expect(one.final == one.final.sorted())
    }

    @Test("another order changes drawdown and streaks, not what comes of it")
    func shuffle() async throws {
        let found = await run.run(.shuffle, runs: 300, seed: 1, cores: 2)
        #expect(try #require(found.final.last) - found.final[0] < 1e-6)
        #expect(try #require(found.drawdown.last) > found.drawdown[0])
    }

    @Test("blocks as long as everything give back the run, turned round")
    func wholeBlocks() async {
        let found = await run.run(.bootstrap(block: 1e9), runs: 200, seed: 1, cores: 2)
        #expect(isClose(found.final[0], found.final[4], 1e-6))
    }

    @Test("leaving all trades out leaves nothing, leaving none out leaves all")
    func skip() async throws {
        let none = await run.run(.skip(share: 0), runs: 20, seed: 1, cores: 1)
        #expect(none.final[0] == none.final[4])
        let all = await run.run(.skip(share: 1), runs: 20, seed: 1, cores: 1)
        #expect(all.final == [0, 0, 0, 0, 0])
        #expect(all.streak == [0, 0, 0, 0, 0])
        let some = await run.run(.skip(share: 0.1), runs: 400, seed: 1, cores: 1)
        let total = try #require(none.final.first)
        let (distance, allowed): (Double, Double) = (abs(some.final[2] - 0.9 * total), 0.2 * abs(total) + 100)
        #expect(distance < allowed)
    }

    @Test("slippage costs sqrt(2 / pi) x bps on average of what is bought and sold")
    func slippage() async {
        let without = await run.run(.slippage(bps: 0), runs: 10, seed: 1, cores: 1)
        let with = await run.run(.slippage(bps: 2), runs: 400, seed: 1, cores: 2)
        // 200 fills of 10,000 USD: 400 USD x 0.798.
        #expect(abs(without.final[2] - with.final[2] - 319) < 8)
    }

    @Test("streaks go on over sessions; a trade that breaks even ends one")
    func streaks() async {
        func longest(_ sessions: [[Double]]) async -> Double {
            let run = MonteCarlo(
                sessions: sessions.map { $0.map { MonteCarlo.Trade(result: $0, fills: []) } }, capital: 1_000)
            return await run.run(.skip(share: 0), runs: 1, seed: 1, cores: 1).streak[0]
        }
        #expect(await longest([[1, -1], [-1, -1], [], [-1, 1]]) == 4)
        #expect(await longest([[-1], [0], [-1, -1]]) == 2)
        #expect(await longest([[-1, 1, -1, -1, 1], [-1]]) == 2)
        #expect(await longest([[-1, -1, -1], [1]]) == 3)
    }

    @Test("ruin is a drawdown above the one asked for")
    func ruin() async {
        let run = MonteCarlo(
            sessions: [[MonteCarlo.Trade(result: 1_000, fills: [])], [MonteCarlo.Trade(result: -1_100, fills: [])]],
            capital: 10_000)
        // In the order given 1,100 of 11,000, 10%; the other way round 1,100 of 10,000, 11%.
        let kept = await run.run(.skip(share: 0), runs: 10, seed: 1, ruin: .percent(10), cores: 1)
        #expect(kept.ruin == 0)
        let deeper = await run.run(.skip(share: 0), runs: 10, seed: 1, ruin: .percent(9.99), cores: 1)
        #expect(deeper.ruin == 1)
        let mixed = await run.run(.shuffle, runs: 400, seed: 1, ruin: .percent(10.5), cores: 1)
        #expect(abs((mixed.ruin ?? 0) - 0.5) < 0.1)
        #expect(await run.run(.shuffle, runs: 10, seed: 1, ruin: .usd(1_099), cores: 1).ruin == 1)
    }

    @Test("compounded runs multiply")
    func compounded() async {
        let run = MonteCarlo(
            sessions: [[MonteCarlo.Trade(result: 0.5, fills: [])], [MonteCarlo.Trade(result: -0.5, fills: [])]],
            capital: 1_000, isCompounded: true)
        let found = await run.run(.shuffle, runs: 10, seed: 1, cores: 1)
        #expect(isClose(found.final[0], -250))
    }

    @Test("a fan ends where the runs do, and tells the run as it was")
    func fan() async throws {
        var random = SplitMix64(seed: 3)
        let sessions = (0..<50).map { _ in
            [MonteCarlo.Trade(result: Double(random.index(below: 200)) - 90, fills: [])]
        }
        let run = MonteCarlo(sessions: sessions, capital: 10_000)
        let found = await run.run(.bootstrap(block: nil), runs: 300, seed: 7, cores: 2)
        let fan = try #require(await run.fan(runs: 300, seed: 7, points: 10, cores: 1))
        #expect(fan.sessions == [5, 10, 15, 20, 25, 30, 35, 40, 45, 50])
        #expect(fan.spread.last == found.final)
        #expect(
            MonteCarlo.percentiles.map { BootstrapIntervals.quantile(fan.drawdowns, $0 / 100) } == found.drawdown)
        let sum = sessions.joined().reduce(0) { $0 + $1.result }
        #expect(isClose(fan.actual.last, sum))
        #expect(isClose(fan.actual[0], sessions[..<5].joined().reduce(0) { $0 + $1.result }))
    }

    @Test("drawdowns alone are those that runs have, to the last digit", arguments: [false, true])
    func drawdowns(isCompounded: Bool) async {
        let values = normals(300, seed: 5)
        let sessions = values.enumerated().map { place, value -> [MonteCarlo.Trade] in
            // None, one or two trades a session; some bring nothing.
            let result = value * (isCompounded ? 0.01 : 80)
            return (0..<place % 3).map { MonteCarlo.Trade(result: $0 == 1 ? 0 : result, fills: []) }
        }
        let run = MonteCarlo(sessions: sessions, capital: 5_000, isCompounded: isCompounded)
        let found = await run.run(.bootstrap(block: nil), runs: 400, seed: 9, cores: 2)
        #expect(await run.drawdowns(runs: 400, seed: 9, cores: 3) == found.drawdown)
        #expect(await run.drawdowns(runs: 400, seed: 8, cores: 3) != found.drawdown)
        let nothing = MonteCarlo(sessions: [[], []], capital: 1)
        #expect(await nothing.drawdowns(runs: 10, seed: 1, cores: 1) == [0, 0, 0, 0, 0])
    }

    @Test("the drawdown of the run as it was is that of its order")
    func actualDrawdown() async throws {
        let run = MonteCarlo(
            sessions: [100.0, -30, -20, 60, -40].map { [MonteCarlo.Trade(result: $0, fills: [])] }, capital: 1_000)
        let fan = try #require(await run.fan(runs: 5, seed: 1, cores: 1))
        #expect(isClose(fan.actualDrawdown, 50))
        #expect(fan.actual == [100, 70, 50, 110, 70])
        #expect(await MonteCarlo(sessions: [], capital: 1).fan(runs: 5, seed: 1, cores: 1) == nil)
    }
}
