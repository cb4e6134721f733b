/// How a command prints what it found.
public enum ReportFormat: String, Sendable, CaseIterable {
    /// For people.
    case table
    /// For programs: one JSON document, described in docs/json.md.
    case json
}
