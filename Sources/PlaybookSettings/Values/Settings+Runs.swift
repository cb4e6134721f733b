package import PlaybookCore

// What is kept of runs, and when they are.
extension Settings {
    /// Whether runs leave a record beside the journal.
    package func remembersRuns() throws -> Bool { try onOff(.runHistory) || onOff(.dashboard) }

    /// How long the run of each day should take, in seconds; nil where it is not set.
    package func expectedRuntime() throws -> Double? {
        guard let text = self[.expectedRuntime] else { return nil }
        guard let seconds = Double(text), seconds > 0, seconds <= 86_400 else {
            throw wrong(.expectedRuntime, "'\(text.prefix(40))' is not a number of seconds from 1 to 86400")
        }
        return seconds
    }

    /// The instant that it is pretended to be; nil for the present one.
    package func pretendedNow() throws -> Instant? {
        guard let text = self[.now] else { return nil }
        guard let instant = Instant(text) else { throw wrong(.now, "'\(text)' is not an instant 2025-11-04T21:30:00Z") }
        return instant
    }

    /// How log lines look, `text` or `json`; nil when nothing is said.
    package func logFormat() throws -> String? {
        guard let text = self[.logFormat] else { return nil }
        guard ["text", "json"].contains(text) else {
            throw wrong(.logFormat, "'\(text.prefix(40))' is neither text nor json")
        }
        return text
    }

    /// After how many seconds the dashboard's first page loads itself anew; 0 for never.
    package func dashboardRefresh() throws -> Int {
        let text = self[.dashboardRefresh] ?? ""
        guard let seconds = Int(text), seconds == 0 || (5...86_400).contains(seconds) else {
            throw wrong(.dashboardRefresh, "'\(text.prefix(40))' is not a number of seconds from 5 on, or 0")
        }
        return seconds
    }
}
