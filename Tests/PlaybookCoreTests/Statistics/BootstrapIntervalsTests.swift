import Testing

@testable import PlaybookCore

@Suite("Bootstrap intervals")
struct BootstrapIntervalsTests {
    /// A trade a session that ends at each price.
    private static func intervals(_ exits: [Double], draws: Int = 4_000, seed: UInt64 = 1) throws -> BootstrapIntervals?
    {
        let rows = try TradeStatisticsTests.rows(exits)
        return BootstrapIntervals(
            ClosedTrade.trades(of: rows), dates: rows.map(\.tradeDate), draws: draws, seed: seed)
    }

    @Test("are absent with fewer than five winners or five losers")
    func few() throws {
        let four = [101.0, 102, 103, 104]
        let losers = [99.0, 98, 97, 96, 95, 94]
        #expect(try Self.intervals(four + losers) == nil)
        #expect(try Self.intervals(losers.map { 200 - $0 } + losers.prefix(4)) == nil)
        // A trade at break-even is neither.
        #expect(try Self.intervals(four + [100] + losers) == nil)
        #expect(try Self.intervals(four + [100.5] + losers) != nil)
    }

    @Test("quantiles lie between two draws by a straight line")
    func quantiles() {
        #expect(BootstrapIntervals.quantile([1, 2, 4, 8], 0) == 1)
        #expect(BootstrapIntervals.quantile([1, 2, 4, 8], 0.5) == 3)
        #expect(isClose(BootstrapIntervals.quantile([1, 2, 4, 8], 0.9), 6.8))
        #expect(BootstrapIntervals.quantile([1, 2, 4, 8], 1) == 8)
    }

    @Test("of draws that lie evenly around a figure without skew are their quantiles")
    func withoutBias() throws {
        // 0 … 100 around 50: 2.5% and 97.5% of them, the bias is 0, and so is the acceleration.
        let drawn = (0...100).map(Double.init)
        let range = try #require(BootstrapIntervals.interval(of: 50, drawn: drawn, leftOut: [49, 50, 51]))
        #expect(isClose(range.lowerBound, 2.5, within: 1e-9) && isClose(range.upperBound, 97.5, within: 1e-9))
    }

    @Test("are moved by bias and acceleration")
    func moved() throws {
        // 30 of 101 draws below and one equal: z0 = Phi^-1(30.5 / 101) = -0.518714. Left out: 0, 0, 3, mean 1: the
        // distances 1, 1, -2 give cubes -6 and squares 6: a = -6 / (6 x 6^1.5) = -0.068041.
        let drawn = (0...100).map(Double.init)
        let range = try #require(BootstrapIntervals.interval(of: 30, drawn: drawn, leftOut: [0, 0, 3]))
        // -0.518714 - 2.478678 / (1 - 0.168653) = -3.500232.
        #expect(isClose(range.lowerBound, 100 * NormalDistribution.probability(-3.500_232), within: 1e-4))
        // -0.518714 + 1.441250 / (1 + 0.068041 x 1.441250) = 0.793823.
        #expect(isClose(range.upperBound, 100 * NormalDistribution.probability(0.793_823), within: 1e-3))
    }

    @Test("have no meaning without spread, or where draws have no loss")
    func without() {
        #expect(BootstrapIntervals.interval(of: 1, drawn: [1, 1, 1], leftOut: [1, 1]) == nil)
        #expect(BootstrapIntervals.interval(of: 5, drawn: [1, 2, 3], leftOut: [1, 2]) == nil)
        #expect(BootstrapIntervals.interval(of: 1, drawn: [0, 1, .nan], leftOut: [1, 2]) == nil)
        #expect(
            BootstrapIntervals.interval(of: 2, drawn: [1, 2, .infinity, .infinity], leftOut: [1, 2, 3]) == nil)
    }

    @Test("keep a session's trades together: as many sessions as there are dates")
    func sessions() throws {
        let exits: [Double] = [103, 96, 101, 98.5, 105, 97, 102, 99, 104, 95.5]
        let trades = ClosedTrade.trades(of: try TradeStatisticsTests.rows(exits))
        let each = try (1...10).map { try CivilDate.of("2013-10-\($0 < 10 ? "0" : "")\($0)") }
        let pairs = each.indices.map { each[$0 / 2] }
        let apart = try #require(BootstrapIntervals(trades, dates: each)?.meanNet)
        let together = try #require(BootstrapIntervals(trades, dates: pairs)?.meanNet)
        // Winners and losers of a session offset each other.
        #expect(together.upperBound - together.lowerBound < (apart.upperBound - apart.lowerBound) / 2)
    }

    @Test("hold the truth about as often as they say", .timeLimit(.minutes(1)))
    func coverage() throws {
        var random = SplitMix64(seed: 7)
        var held = 0
        let rounds = 400
        for round in 0..<rounds {
            // R is even from -1 to 2: its mean is 0.5.
            let exits = (0..<60).map { _ in 98 + 6 * Double(random.next() >> 11) * 0x1p-53 }
            let range = try #require(try Self.intervals(exits, draws: 1_000, seed: UInt64(round))?.expectancy)
            if range.contains(0.5) { held += 1 }
        }
        // 95% of 400 is 380, with a standard deviation of 4.4.
        #expect((362...396).contains(held))
    }
}

@Suite("The normal distribution")
struct NormalDistributionTests {
    @Test(
        "has the published probabilities and quantiles",
        arguments: [
            (0.025, -1.959_963_984_540_054), (0.05, -1.644_853_626_951_472), (0.5, 0), (0.9, 1.281_551_565_544_600),
            (0.975, 1.959_963_984_540_054), (1e-10, -6.361_340_902_404_056),
        ])
    func published(probability: Double, quantile: Double) {
        #expect(isClose(NormalDistribution.quantile(probability), quantile, within: 1e-12))
        #expect(isClose(NormalDistribution.probability(quantile), probability, within: 1e-15))
    }

    @Test("is infinite at its ends")
    func ends() {
        #expect(NormalDistribution.quantile(0) == -.infinity && NormalDistribution.quantile(1) == .infinity)
    }
}

@Suite("SplitMix64")
struct SplitMix64Tests {
    @Test("gives the published numbers")
    func published() {
        // Of seed 1234567, by the authors' own program.
        var random = SplitMix64(seed: 1_234_567)
        #expect(random.next() == 6_457_827_717_110_365_317)
        #expect(random.next() == 3_203_168_211_198_807_973)
        #expect(random.next() == 9_817_491_932_198_370_423)
    }

    @Test("draws every place")
    func places() {
        var random = SplitMix64(seed: 1)
        var counts = [0, 0, 0]
        for _ in 0..<3_000 { counts[random.index(below: 3)] += 1 }
        #expect(counts.allSatisfy { (900...1_100).contains($0) })
    }

    @Test("draws every pair of places")
    func pairs() {
        var random = SplitMix64(seed: 1)
        var counts = [Int](repeating: 0, count: 9)
        for _ in 0..<9_000 {
            let (one, other) = random.twoIndices(below: 3)
            counts[one * 3 + other] += 1
        }
        #expect(counts.allSatisfy { (900...1_100).contains($0) })
    }
}
