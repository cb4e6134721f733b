import PlaybookCore
import PlaybookMarketData

/// The use case behind `data verify`: whether the files that bars in the cache came from are still those published.
public struct DataVerification: Sendable {
    private let settings: Settings

    /// A comparison for the source in `settings`.
    public init(settings: Settings) { self.settings = settings }

    /// Looks at each symbol in the settings; without any, at all that are in the cache.
    ///
    /// - Throws: a `PlaybookError` when the source publishes no digests, or does not answer.
    public func run() async throws -> Result {
        guard let cached = try settings.marketData().cached else {
            throw PlaybookError(
                .usage, "the chosen source has no cache whose files could be compared",
                nextStep: "Name the source with --source binance.")
        }
        let symbols =
            settings[.symbols] != nil
            ? try settings.symbols() : Set(try await cached.inventory().entries.map(\.symbol)).sorted()
        var findings: [(symbol: Symbol, verification: CachedSource.Verification)] = []
        for symbol in symbols { findings.append((symbol, try await cached.verification(of: symbol))) }
        return Result(location: cached.location, findings: findings)
    }

    /// What was found.
    public struct Result: Sendable {
        let location: String
        let findings: [(symbol: Symbol, verification: CachedSource.Verification)]

        /// Whether no file is another by now.
        public var isClean: Bool { findings.allSatisfy(\.verification.changes.isEmpty) }

        /// The findings in `format`.
        public func text(_ format: ReportFormat) throws -> String {
            switch format {
            case .table:
                findings.isEmpty
                    ? "\(location) holds no bars of this source"
                    : findings.flatMap { symbol, found in
                        ["\(symbol): \(counted(found.files, "published file")), \(found.changes.count) changed"]
                            + found.changes.map { "  \($0)" }
                    }.joined(separator: "\n")
            case .json:
                try jsonText(
                    Document(
                        symbols: findings.map {
                            .init(symbol: $0.name, files: $1.files, changes: $1.changes)
                        }))
            }
        }

        private struct Document: Encodable {
            struct Finding: Encodable {
                let symbol: String
                let files: Int
                let changes: [String]
            }

            let schema = "trading-playbook/data-verify/1"
            let symbols: [Finding]
        }
    }
}
