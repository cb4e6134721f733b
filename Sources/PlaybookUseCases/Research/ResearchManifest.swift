import FoundationEssentials
package import PlaybookCore
import PlaybookResearch

/// All that decides what a run gives: the same manifest gives the same bytes.
package struct ResearchManifest: Codable, Sendable, Equatable {
    package static let schema = "trading-playbook/research-manifest/1"

    package var schema = Self.schema
    /// `sweep` or `walk-forward`.
    package let command: String
    package let playbook: Rules
    package let fixed: [String: String]
    package let grid: [Axis]
    package let conditions: [String]
    package let sample: Int?
    package let seed: UInt64
    /// With their market behind `@` where it is not the usual one.
    package let symbols: [String]
    package let start, end: String
    /// The last session, which may lie before the end.
    package let last: String
    package let sessions: Int
    package let source: String
    /// By symbol.
    package let data: [String: SymbolData]
    /// By symbol, and `all` for several in equal parts: what holding over the same sessions brings.
    package let hold: [String: FigureDocument]
    package let minCompleteness, capital: Double
    package let metric: String
    package let minTrades: Int
    package let windows: Windows?
    package let version: String

    package struct Rules: Codable, Sendable, Equatable {
        package let name, digest, text: String
    }

    package struct Axis: Codable, Sendable, Equatable {
        package let name: String
        package let values: [String]
    }

    /// Which bars a symbol's sets ran over.
    package struct SymbolData: Codable, Sendable, Equatable {
        /// Digest of all bars, daily closes and splits.
        package let digest: String
        /// Sessions without a bar: they count as sessions that brought 0.
        package let missing: [String]
    }

    package struct Windows: Codable, Sendable, Equatable {
        package let train, test: String
        package let anchored, perSymbol: Bool
    }

    /// The document.
    package func text() throws -> String { try jsonText(self) + "\n" }

    /// The manifest that `bytes` hold.
    ///
    /// - Throws: a `PlaybookError` of code `badData` that names `place`.
    package init(_ bytes: [UInt8], at place: String) throws {
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

    package init(
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
    package func digest() throws -> String {
        var digest = StableDigest()
        digest.add(try text())
        return digest.shortText
    }

    /// The run's name in RESEARCH_DIR, given the manifest's digest.
    package func id(_ digest: String) -> String { "\(command)-\(playbook.name)-\(digest)" }

    /// The symbols.
    package func symbolList(_ markets: [Market]) throws -> [Symbol] {
        try symbols.map { text in
            guard let symbol = Symbol(text, markets: markets) else {
                throw PlaybookError(.badData, "the manifest names '\(text.prefix(40))', which is not a symbol")
            }
            return symbol
        }
    }

    /// What the same run is asked for by.
    package func request() throws -> ResearchRequest {
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
