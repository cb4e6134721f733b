import PlaybookCore
public import PlaybookUseCases

/// What the cache holds, for `data status`.
public struct CacheStatusReport: Sendable {
    private let inventory: CacheInventory
    private let location: String
    /// Whether no file is damaged.
    public let isSound: Bool

    /// A report of what was found.
    public init(_ found: CacheStatus.Result) {
        (inventory, location, isSound) = (found.inventory, found.location, found.isSound)
    }

    /// The cache's contents in `format`.
    public func text(_ format: ReportFormat) throws -> String {
        switch format {
        case .table: table()
        case .json: try jsonText(Document(location, inventory))
        }
    }

    private func table() -> String {
        guard !inventory.entries.isEmpty else { return "\(location) holds no bars" }
        var table = TextTable([
            "feed", "symbol", "bars", "first", "last", "sessions", "without bars", "holes", "files", "size", "fetched",
        ])
        for entry in inventory.entries {
            table.add(
                entry.feed, entry.symbol.qualifiedName, entry.timeframe.description,
                entry.sessions.first?.description ?? "-",
                entry.sessions.last?.description ?? "-", "\(entry.sessions.count)", "\(entry.emptySessions)",
                "\(entry.holes.count)", "\(entry.files)", bytes(entry.bytes), entry.lastFetched?.description ?? "-")
        }
        var lines = table.lines(indent: 0, leftAligned: [0, 1, 2, 3, 4])
        for entry in inventory.entries {
            if let first = entry.holes.first {
                lines.append(
                    "\(entry.symbol.qualifiedName) \(entry.timeframe): \(counted(entry.holes.count, "session")) missing, first \(first)"
                )
            }
            for (name, problem) in entry.damaged { lines.append("damaged: \(location)/\(name): \(problem)") }
        }
        for (_, name, problem) in inventory.damagedSplits { lines.append("damaged: \(location)/\(name): \(problem)") }
        let total = inventory.entries.reduce(0) { $0 + $1.bytes }
        lines.append("\(location): \(counted(inventory.entries.reduce(0) { $0 + $1.files }, "file")), \(bytes(total))")
        return lines.joined(separator: "\n")
    }

    private struct Document: Encodable {
        let schema = "trading-playbook/data-status/1"
        let location: String
        let entries: [Entry]
        let damagedSplits: [Damage]

        struct Damage: Encodable {
            let file: String
            let problem: String
        }

        struct Entry: Encodable {
            let feed: String
            let symbol: String
            let timeframe: String
            let first: String?
            let last: String?
            let sessions: Int
            let sessionsWithoutBars: Int
            let holes: [String]
            let bars: Int
            let files: Int
            let bytes: Int
            let lastFetched: String?
            let damaged: [Damage]
        }

        init(_ location: String, _ inventory: CacheInventory) {
            self.location = location
            damagedSplits = inventory.damagedSplits.map { Damage(file: $0.name, problem: $0.problem) }
            entries = inventory.entries.map { entry in
                Entry(
                    feed: entry.feed, symbol: entry.symbol.qualifiedName, timeframe: entry.timeframe.description,
                    first: entry.sessions.first?.description, last: entry.sessions.last?.description,
                    sessions: entry.sessions.count, sessionsWithoutBars: entry.emptySessions,
                    holes: entry.holes.map(\.description), bars: entry.bars, files: entry.files, bytes: entry.bytes,
                    lastFetched: entry.lastFetched?.description,
                    damaged: entry.damaged.map { Damage(file: $0.name, problem: $0.problem) })
            }
        }
    }
}
