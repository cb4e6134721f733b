import FoundationEssentials
import PlaybookCore
import Synchronization

/// Writes what happens, a line each: for people, or as JSON in the form that Cloud Logging reads.
public struct EventLog: Sendable {
    /// How lines look.
    public enum Format: String, Sendable, CaseIterable {
        /// `2025-11-04T21:30:00.123Z INFO message`.
        case text
        /// An object with `severity`, `message`, `time` and more.
        case json
    }

    /// How grave.
    public enum Severity: String, Sendable, CaseIterable, Comparable {
        case debug = "DEBUG"
        case info = "INFO"
        case warning = "WARNING"
        case error = "ERROR"

        public static func < (left: Severity, right: Severity) -> Bool {
            allCases.firstIndex(of: left)! < allCases.firstIndex(of: right)!
        }
    }

    /// Takes a line, its end included, and says whether it did; called from any thread, one line after the other.
    ///
    /// `waits` is whether to wait a moment for a reader that is slow.
    public typealias Output = @Sendable (_ line: [UInt8], _ waits: Bool) -> Bool

    /// How lines look.
    public let format: Format
    private let project: String?
    private let output: Output
    private let lost = LostLines()
    private let now: @Sendable () -> Double

    /// A log in `format`.
    ///
    /// - Parameters:
    ///   - project: the Google Cloud project that traces belong to.
    ///   - now: seconds since 1970; nil for the computer's clock.
    ///   - output: takes lines; those that it does not take are lost, and the next that it takes is preceded by their
    ///     number.
    public init(
        format: Format, project: String? = nil, now: (@Sendable () -> Double)? = nil,
        output: @escaping Output
    ) {
        self.format = format
        self.project = project
        self.now = now ?? { Date().timeIntervalSince1970 }
        self.output = output
    }

    /// Writes a line.
    ///
    /// - Parameters:
    ///   - fields: what else is known; lines for people leave it out.
    ///   - trace: the request that it belongs to.
    public func write(
        _ severity: Severity, _ message: String, _ fields: [String: LogValue] = [:], trace: CloudTrace? = nil
    ) {
        guard let line = line(severity, message, fields, trace) else { return }
        lost.count.withLock { count in
            if count > 0, let note = self.line(.warning, "lines of this log that were lost: \(count)", [:], nil) {
                if !output(note, false) {
                    count += 1
                    return
                }
                count = 0
            }
            if !output(line, true) { count += 1 }
        }
    }

    /// A line, its end included.
    private func line(
        _ severity: Severity, _ message: String, _ fields: [String: LogValue], _ trace: CloudTrace?
    ) -> [UInt8]? {
        let time = Self.time(now())
        switch format {
        case .text:
            // A message of several lines stays one entry.
            let lines = message.split(whereSeparator: \.isNewline).joined(separator: "\n    ")
            return Array("\(time) \(severity.rawValue) \(lines)\n".utf8)
        case .json:
            var record = fields
            record["severity"] = .text(severity.rawValue)
            record["message"] = .text(message)
            record["time"] = .text(time)
            if let trace { record.merge(trace.fields(project: project)) { $1 } }
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            guard let line = try? encoder.encode(record) else { return nil }
            return Array(line) + [UInt8(ascii: "\n")]
        }
    }

    /// `2025-11-04T21:30:00.123Z`.
    private static func time(_ seconds: Double) -> String {
        let whole = seconds.rounded(.down)
        let milliseconds = String(Int((seconds - whole) * 1000))
        let instant = Instant(secondsSinceEpoch: Int64(whole)).description.dropLast()
        return "\(instant).\(String(repeating: "0", count: 3 - milliseconds.count))\(milliseconds)Z"
    }
}

/// How many lines were not taken since the last that was.
private final class LostLines: Sendable {
    let count = Mutex(0)
}
