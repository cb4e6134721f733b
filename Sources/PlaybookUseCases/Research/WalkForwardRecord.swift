import FoundationEssentials
import PlaybookCore
import PlaybookResearch

/// What is kept of a walk-forward, for verdicts on sweeps over the same sets.
struct WalkForwardRecord: Codable, Sendable {
    var schema = "trading-playbook/walk-forward-record/1"
    /// Which run.
    let id: String
    let trades, windows, skipped: Int
    let results: [Double]
    let sharpe, sharpeError: Double?
    /// Why there is no Sharpe ratio.
    let absence: String?
    let trainSessions: Int

    init(_ walk: WalkForward, id: String) {
        let outside = Evidence.Outside(walk)
        self.id = id
        (trades, windows, skipped) = (outside.trades, outside.windows, outside.skipped)
        (results, sharpe, sharpeError) = (outside.results, outside.sharpe.value, outside.error.value)
        absence = outside.sharpe.absence?.rawValue
        trainSessions = outside.trainSessions
    }

    /// As a verdict takes it.
    var outside: Evidence.Outside {
        let why = absence.flatMap(Absence.init(rawValue:)) ?? .noTrades
        return Evidence.Outside(
            trades: trades, windows: windows, skipped: skipped, results: results,
            sharpe: sharpe.map { .value($0) } ?? .absent(why), error: sharpeError.map { .value($0) } ?? .absent(why),
            trainSessions: trainSessions)
    }

    /// How many standard errors its Sharpe ratio is; the lowest number where it has none.
    private var strength: Double {
        guard let sharpe, let sharpeError, sharpeError > 0 else { return -.infinity }
        return sharpe / sharpeError
    }

    /// Of the walk-forwards over the same sets, symbols and sessions the weakest one: with several lengths of windows
    /// tried, the best would be a choice again.
    static func weakest(for run: ResearchRun) async throws -> WalkForwardRecord? {
        var found: [WalkForwardRecord] = []
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        for name in try await run.store.names("walk-forward-\(run.manifest.playbook.name)-")
        where name.hasSuffix("/record.json") {
            let folder = name.dropLast("record.json".count)
            guard let manifest = try await run.store.read("\(folder)manifest.json"),
                let other = try? ResearchManifest(manifest, at: name), other.isOverSameSets(as: run.manifest),
                let bytes = try await run.store.read(name),
                let record = try? decoder.decode(Self.self, from: Data(bytes))
            else { continue }
            found.append(record)
        }
        return found.min { ($0.strength, $0.id) < ($1.strength, $1.id) }
    }
}

extension ResearchManifest {
    /// Whether another run has the same sets over the same bars.
    func isOverSameSets(as other: ResearchManifest) -> Bool {
        playbook == other.playbook && fixed == other.fixed && grid == other.grid && conditions == other.conditions
            && sample == other.sample && (sample == nil || seed == other.seed) && symbols == other.symbols
            && start == other.start && last == other.last && data == other.data
            && minCompleteness == other.minCompleteness
    }
}
