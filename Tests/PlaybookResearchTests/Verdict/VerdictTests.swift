import PlaybookResearch
import Testing

@Suite("Verdict")
struct VerdictTests {
    /// 300 trades of 500 sessions that win 0.3 R on average, and all tests passed.
    func evidence(_ change: (inout Evidence) -> Void = { _ in }) async -> Evidence {
        let trades = normals(300, seed: 4).enumerated().map { trade($0.offset, $0.element * 100 + 30) }
        let run = series(trades.daily(500))
        var matrix = DailyMatrix(sessions: 500)
        matrix.add(trades.daily(500))
        var evidence = Evidence(
            sets: 20, symbols: 1, sessions: 500, trials: 20, allTrades: 6_000, set: "stop-atr=1", trades: trades,
            series: run, intervals: NetIntervals(run, trades: trades),
            deflated: DeflatedSharpe(run, trials: 20, ratios: [0.01, 0.02, 0.03]),
            predictive: await PredictiveAbility(matrix, cores: 1), overfitting: .value(0.1),
            walk: Evidence.Outside(
                trades: 100, windows: 8, skipped: 0, results: [1, 1, 1, 1, 1, -1, -1, 1], sharpe: .value(2),
                error: .value(0.5), trainSessions: 100),
            plateau: Plateau(mean: 0.2, worst: 0.1, neighbours: 2), doubled: .value(0.2), minimumTrades: 30)
        change(&evidence)
        return evidence
    }

    @Test("nothing against it: it holds")
    func holds() async {
        let verdict = Verdict(await evidence())
        #expect(verdict.grade == .holds)
        #expect(verdict.reasons == [])
        #expect(verdict.lines.map { $0.prefix { $0 != ":" } } == ["Tried", "Found", "Outside", "Against", "Verdict"])
        #expect(!verdict.lines.joined().lowercased().contains("good"))
    }

    @Test("the first grade that applies counts, and all reasons are told")
    func order() async {
        let verdict = Verdict(
            await evidence {
                $0.trades = 99
                $0.walk = nil
                $0.doubled = .value(-0.1)
            })
        #expect(verdict.grade == .tooFew)
        #expect(verdict.reasons.count == 3)
        #expect(verdict.reasons[0].contains("would be enough"))
    }

    @Test("each grade")
    func grades() async {
        func grade(_ change: (inout Evidence) -> Void) async -> Verdict.Grade { Verdict(await evidence(change)).grade }
        let noise = normals(300, seed: 9).enumerated().map { trade($0.offset, $0.element * 100) }
        let flat = series(noise.daily(500))
        #expect(await grade { $0.intervals = NetIntervals(flat, trades: noise) } == .noEdge)
        #expect(
            await grade { $0.deflated = DeflatedSharpe(flat, trials: 1_000, ratios: [-1, 1]) } == .likelyLuck)
        #expect(await grade { $0.walk = nil } == .untested)
        #expect(await grade { $0.walk?.trades = 29 } == .untested)
        #expect(await grade { $0.walk?.skipped = 5 } == .untested)
        #expect(await grade { $0.walk?.skipped = 4 } == .holds)
        #expect(await grade { $0.deflated = DeflatedSharpe(flat, trials: 5, ratios: []) } == .untested)
        #expect(await grade { $0.walk?.error = .value(1.3) } == .doesNotHold)
        #expect(await grade { $0.walk?.results = [1, 1, 1, -1, -1, -1, -1, 9] } == .doesNotHold)
        #expect(await grade { $0.walk?.results = [1, 1, 1, 1, 1, 1, 1, 9] } == .doesNotHold)
        #expect(await grade { $0.walk?.results = [1, 1, 1, 1, 1, 1, 9] } == .holds)
        #expect(await grade { $0.plateau.worst = 0 } == .fragile)
        #expect(await grade { $0.doubled = .value(0) } == .fragile)
    }

    @Test("without enough winners there is no edge; without enough losers the interval does not reach 0")
    func noInterval() async {
        func grade(_ nets: [Double]) async -> Verdict.Grade {
            let trades = nets.enumerated().map { trade($0.offset, $0.element) }
            return Verdict(await evidence { $0.intervals = NetIntervals(series(trades.daily(500)), trades: trades) })
                .grade
        }
        let many = Array(repeating: 10.0, count: 200)
        #expect(await grade(many + [-5, -5]) == .holds)
        #expect(await grade(many.map { -$0 } + [5, 5]) == .noEdge)
    }
}
