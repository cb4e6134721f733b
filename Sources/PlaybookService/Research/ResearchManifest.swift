import FoundationEssentials
import PlaybookCore
import PlaybookResearch

/// All that decides what a run gives: the same manifest gives the same bytes.
struct ResearchManifest: Codable, Sendable, Equatable {
    static let schema = "trading-playbook/research-manifest/1"

    var schema = Self.schema
    /// `sweep` or `walk-forward`.
    let command: String
    let playbook: Rules
    let fixed: [String: String]
    let grid: [Axis]
    let conditions: [String]
    let sample: Int?
    let seed: UInt64
    /// With their market behind `@` where it is not the usual one.
    let symbols: [String]
    let start, end: String
    /// The last session, which may lie before the end.
    let last: String
    let sessions: Int
    let source: String
    /// By symbol.
    let data: [String: SymbolData]
    /// By symbol, and `all` for several in equal parts: what holding over the same sessions brings.
    let hold: [String: FigureDocument]
    let minCompleteness, capital: Double
    let metric: String
    let minTrades: Int
    let windows: Windows?
    let version: String

    struct Rules: Codable, Sendable, Equatable {
        let name, digest, text: String
    }

    struct Axis: Codable, Sendable, Equatable {
        let name: String
        let values: [String]
    }

    /// Which bars a symbol's sets ran over.
    struct SymbolData: Codable, Sendable, Equatable {
        /// Digest of all bars, daily closes and splits.
        let digest: String
        /// Sessions without a bar: they count as sessions that brought 0.
        let missing: [String]
    }

    struct Windows: Codable, Sendable, Equatable {
        let train, test: String
        let anchored, perSymbol: Bool
    }

    /// The document.
    func text() throws -> String { try jsonText(self) + "\n" }

    /// The manifest that `bytes` hold.
    ///
    /// - Throws: a `PlaybookError` of code `badData` that names `place`.
    init(_ bytes: [UInt8], at place: String) throws {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        do {
            self = try decoder.decode(Self.self, from: Data(bytes))
        } catch {
            throw PlaybookError(
                .badData, "\(place) is not a manifest of a research run",
                nextStep: "Name the manifest.json that 'sweep --submit' wrote.")
        }
        guard schema == Self.schema, version == programVersion else {
            throw PlaybookError(
                .badData, "\(place) was written by version \(version.prefix(40)), this is \(programVersion)",
                nextStep: "Use the same version for all parts, or submit the sweep again.")
        }
    }

    init(
        command: String, playbook: Rules, fixed: [String: String], grid: [Axis], conditions: [String], sample: Int?,
        seed: UInt64, symbols: [String], start: String, end: String, last: String, sessions: Int, source: String,
        data: [String: SymbolData], hold: [String: FigureDocument], minCompleteness: Double, capital: Double,
        metric: String, minTrades: Int,
        windows: Windows?
    ) {
        (self.command, self.playbook, self.fixed, self.grid) = (command, playbook, fixed, grid)
        (self.conditions, self.sample, self.seed, self.symbols) = (conditions, sample, seed, symbols)
        (self.start, self.end, self.last, self.sessions) = (start, end, last, sessions)
        (self.source, self.data, self.hold, self.minCompleteness) = (source, data, hold, minCompleteness)
        (self.capital, self.metric, self.minTrades, self.windows) = (capital, metric, minTrades, windows)
        version = programVersion
    }

    /// A digest of the document.
    func digest() throws -> String {
        var digest = StableDigest()
        digest.add(try text())
        return digest.shortText
    }

    /// The run's name in RESEARCH_DIR, given the manifest's digest.
    func id(_ digest: String) -> String { "\(command)-\(playbook.name)-\(digest)" }

    /// The symbols.
    func symbolList(_ markets: [Market]) throws -> [Symbol] {
        try symbols.map { text in
            guard let symbol = Symbol(text, markets: markets) else {
                throw PlaybookError(.badData, "the manifest names '\(text.prefix(40))', which is not a symbol")
            }
            return symbol
        }
    }

    /// What the same run is asked for by.
    func request() throws -> ResearchRequest {
        guard let first = CivilDate(start), let last = CivilDate(end), first <= last,
            let metric = Metric(rawValue: metric)
        else { throw PlaybookError(.badData, "the manifest's dates or metric are wrong") }
        var request = ResearchRequest(dates: first...last)
        request.strategy = playbook.name
        request.fixed = fixed
        request.grid = grid.map { "\($0.name)=\($0.values.joined(separator: ","))" }
        request.conditions = conditions
        (request.sample, request.seed) = (sample, seed)
        (request.metric, request.minimumTrades, request.capital) = (metric, minTrades, capital)
        if let windows, let train = WindowLength(windows.train), let test = WindowLength(windows.test) {
            var lengths = ResearchRequest.Windows(train: train, test: test)
            (lengths.isAnchored, lengths.isPerSymbol) = (windows.anchored, windows.perSymbol)
            request.windows = lengths
        }
        return request
    }
}
