import PlaybookResearch
import Testing

@Suite("Probability of overfitting")
struct OverfittingTests {
    static func matrix(_ sets: Int, _ sessions: Int, edge: (Int) -> Double = { _ in 0 }) -> DailyMatrix {
        var matrix = DailyMatrix(sessions: sessions)
        for set in 0..<sets {
            matrix.add(normals(sessions, seed: UInt64(1_000 + set)).map { $0 + edge(set) })
        }
        return matrix
    }

    /// The definition, word by word.
    static func slowly(_ columns: [[Double]]) -> Double {
        let count = columns[0].count
        var blocks: [Range<Int>] = []
        for block in 0..<16 {
            let start = blocks.last?.upperBound ?? 0
            blocks.append(start..<start + count / 16 + (block < count % 16 ? 1 : 0))
        }
        func ratios(_ mask: Int) -> [Double] {
            let chosen = (0..<16).filter { (block: Int) -> Bool in mask >> block & 1 == 1 }
            let places = chosen.flatMap { Array(blocks[$0]) }
            return columns.map { column in
                Moments(places.map { column[$0] }).ratio ?? 0
            }
        }
        var (losses, halves) = (0.0, 0)
        for mask in 0..<(1 << 16) where mask.nonzeroBitCount == 8 {
            let (inSample, outOfSample) = (ratios(mask), ratios(0xFFFF ^ mask))
            var best = 0
            for set in inSample.indices where inSample[set] > inSample[best] { best = set }
            let value = outOfSample[best]
            let rank =
                Double(outOfSample.count { $0 < value }) + Double(outOfSample.count { $0 == value } + 1) / 2
            let middle = Double(columns.count + 1) / 2
            losses += rank < middle ? 1 : rank == middle ? 0.5 : 0
            halves += 1
        }
        #expect(halves == 12_870)
        return losses / Double(halves)
    }

    @Test("is what the definition says, also with equal sets and sets without a trade, on one core and two")
    func definition() async {
        var columns = (0..<21).map { normals(325, seed: UInt64($0)).map { Double(Float($0)) } }
        // Often the best inside, and then two of equal rank outside.
        columns[3] = columns[3].map { Double(Float($0 + 0.08)) }
        columns[4] = columns[3]
        // Equal in halves without its first block alone.
        columns[11] = columns[3]
        for place in 0..<10 { columns[11][place] += 1 }
        columns[7] = Array(repeating: 0, count: 325)
        columns[8] = columns[7]
        for place in 0..<200 { columns[9][place] = 0 }
        var matrix = DailyMatrix(sessions: 325)
        for column in columns { matrix.add(column) }
        let expected = Self.slowly(columns)
        #expect(await OverfittingProbability.of(matrix, cores: 1) == .value(expected))
        #expect(await OverfittingProbability.of(matrix, cores: 2) == .value(expected))
    }

    @Test("one set with an edge is chosen and holds; equally good sets give about a half")
    func edges() async {
        let alone = await OverfittingProbability.of(Self.matrix(25, 640) { $0 == 5 ? 0.3 : 0 }, cores: 2)
        #expect((alone.value ?? 1) < 0.02)
        let equal = await OverfittingProbability.of(Self.matrix(25, 640), cores: 2)
        #expect((0.1...0.9).contains(equal.value ?? 0))
    }

    @Test("is absent with few sets or sessions")
    func absent() async {
        #expect(await OverfittingProbability.of(Self.matrix(19, 320), cores: 1) == .absent(.fewSets))
        #expect(await OverfittingProbability.of(Self.matrix(20, 319), cores: 1) == .absent(.fewSessions))
        #expect(await OverfittingProbability.of(Self.matrix(20, 320), cores: 1).value != nil)
    }

    @Test("the ranks are those of all halves, and the probability is made of them")
    func ranks() async throws {
        let matrix = Self.matrix(24, 330) { Double($0) * 0.01 }
        let (figure, found) = await OverfittingProbability.ranks(of: matrix, cores: 2)
        let ranks = try #require(found)
        #expect(ranks.counts.reduce(0, +) == 12_870)
        let places = 2 * 24 + 1
        #expect(ranks.counts.count == places)
        let below = ranks.counts.enumerated().reduce(0.0) { sum, one in
            sum + (one.offset < 25 ? 1 : one.offset == 25 ? 0.5 : 0) * Double(one.element)
        }
        #expect(isClose(figure.value, below / 12_870))
        #expect(abs(ranks.logit(25)) < 1e-12)
        // The best of 24 sets: w = 24 / 25.
        #expect(isClose(ranks.logit(48), 3.1780538303479458, 1e-12))
        #expect(await OverfittingProbability.ranks(of: Self.matrix(19, 330), cores: 1).ranks == nil)
    }
}
