import FoundationEssentials
public import PlaybookCore

/// A run as its record tells: what `run_completed` has.
public struct RunSummary: Sendable, Decodable {
    public let runId: String
    /// `completed`, `partial`, `skipped` or `failed`.
    public let status: String
    /// Why there was nothing to do.
    public let reason: String?
    public let exitCode: Int
    /// `today`, `catch-up` or `range`.
    public let trigger: String
    public let strategy: String?
    public let symbols: [String]
    public let firstSession: String?
    public let lastSession: String?
    /// Wall time in seconds.
    public let durationSeconds: Double
    public let errorMessages: [String]
    public let warnings: Int
    public let sessions: Int
    public let trades: Int
    /// Rows added or replaced, by writer.
    public let rowsWritten: [String: Int]

    /// The run that a record tells of; nil where it is not one.
    public init?(_ record: RunRecordText) {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        guard let run = try? decoder.decode(RunSummary.self, from: Data(record.line.utf8)) else { return nil }
        self = run
    }

    /// Whether it did all that it was to do.
    public var isGood: Bool { exitCode == 0 }

    /// When it started, as its name tells; nil where that is not a time.
    public var start: Instant? {
        let text = runId.prefix { $0 != "-" }
        guard text.count == 16 else { return nil }
        func part(_ from: Int, _ count: Int) -> Substring { text.dropFirst(from).prefix(count) }
        return Instant(
            "\(part(0, 4))-\(part(4, 2))-\(part(6, 2))T\(part(9, 2)):\(part(11, 2)):\(part(13, 2))Z")
    }
}

/// How runs went of late, and how long they may take.
public struct RunOverview: Sendable {
    /// The latest first.
    public let runs: [RunSummary]
    /// How long a run should take, in seconds: as it is set, else the median of good runs of each day; nil where neither
    /// is known.
    public let expected: Double?

    /// So many of the latest runs count.
    package static let recent = 30
    /// Fewer runs have no usual time.
    package static let leastRuns = 5
    /// A run that takes longer than this times what is expected is worth a warning.
    package static let patience = 1.5

    package init(_ runs: [RunSummary], expected: Double?) {
        self.runs = runs
        let times = runs.prefix(Self.recent).filter { $0.isGood && $0.trigger != "range" && $0.status != "skipped" }
            .map(\.durationSeconds).sorted()
        self.expected = expected ?? (times.count >= Self.leastRuns ? times[times.count / 2] : nil)
    }

    /// What a journal's runs have left; nil where runs are not remembered.
    ///
    /// - Parameter expected: how long a run should take, in seconds, as it is set.
    /// - Throws: a `PlaybookError`.
    package init?(_ journal: Journal?, expected: Double?) async throws {
        guard let history = journal?.history else { return nil }
        self.init(try await history.runs().compactMap(RunSummary.init), expected: expected)
    }

    /// The share of the latest runs that went well, 0 to 1; nil without any.
    public var successRate: Double? {
        let recent = runs.prefix(Self.recent)
        return recent.isEmpty ? nil : Double(recent.count(where: \.isGood)) / Double(recent.count)
    }

    /// Whether a run took much longer than it should.
    public func isSlow(_ run: RunSummary) -> Bool {
        expected.map { run.trigger != "range" && run.durationSeconds > $0 * Self.patience } ?? false
    }
}
