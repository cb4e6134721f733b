/// What runs leave of themselves beside a journal, so that it can be seen how they went and how long they took.
public protocol RunHistory: Sendable {
    /// Keeps a run, and lets go of those that `RunRecordText.kept` leaves out.
    ///
    /// - Parameter now: what time it is.
    /// - Throws: a `PlaybookError`.
    func keep(_ run: RunRecordText, now: Instant) async throws

    /// The runs that are kept, the latest first.
    ///
    /// - Throws: a `PlaybookError`.
    func runs() async throws -> [RunRecordText]
}

/// A run's record: an object of JSON in one line, that has the run's `run_id`.
public struct RunRecordText: Sendable, Hashable {
    /// The run, as in the journal's `run_id`: sortable by time.
    public let runID: String
    /// The record, without a line end.
    public let line: String

    /// A record of a run.
    public init(runID: String, line: String) {
        self.runID = runID
        self.line = line
    }

    /// The record that a line holds; nil when it has no `run_id`.
    public init?(line: some StringProtocol) {
        let mark = "\"run_id\":\""
        guard let start = line.firstRange(of: mark) else { return nil }
        let id = line[start.upperBound...].prefix { $0 != "\"" }
        guard id.count >= 8, start.upperBound < line.endIndex else { return nil }
        self.init(runID: String(id), line: String(line))
    }

    /// At most so many runs are kept,
    public static let mostRuns = 500
    /// none of which is older than so many days.
    public static let mostDays = 400

    /// Those of `runs` that are kept, each once, the latest first.
    public static func kept(_ runs: [RunRecordText], now: Instant) -> [RunRecordText] {
        let date = now.local(utcOffset: 0).date.adding(days: -mostDays).description
        let first = date.filter { $0 != "-" }
        var seen: Set<String> = []
        return Array(
            runs.reversed().filter { seen.insert($0.runID).inserted && $0.runID.prefix(8) >= first }
                .sorted { $0.runID > $1.runID }.prefix(mostRuns))
    }
}
