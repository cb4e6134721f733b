/// A place that tells people something: a chat's webhook, mail.
public protocol AlertSink: Sendable {
    /// What it is called in messages, such as `webhook at hooks.slack.com`. Never a secret.
    var name: String { get }

    /// Sends `alert`.
    ///
    /// - Throws: a `PlaybookError` that names the place, within seconds; `CancellationError` when the task is cancelled.
    func send(_ alert: Alert) async throws
}

/// Something that people are told: plain text.
public struct Alert: Hashable, Sendable {
    /// How much it matters.
    public enum Severity: String, Hashable, Sendable, CaseIterable {
        /// All went as it should.
        case info
        /// Something failed.
        case failure
    }

    /// How much it matters.
    public let severity: Severity
    /// What it is about, in one line.
    public let title: String
    /// The rest, line by line.
    public let lines: [String]

    /// An alert.
    public init(severity: Severity, title: String, lines: [String] = []) {
        self.severity = severity
        self.title = title
        self.lines = lines
    }
}
