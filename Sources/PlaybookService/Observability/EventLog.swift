import FoundationEssentials
import PlaybookCore
public import PlaybookHTTP

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

    /// How lines look.
    public let format: Format
    private let project: String?
    private let output: @Sendable ([UInt8]) -> Void
    private let now: @Sendable () -> Double

    /// A log in `format`.
    ///
    /// - Parameters:
    ///   - project: the Google Cloud project that traces belong to.
    ///   - output: takes a whole line, its end included; called from any thread.
    ///   - now: seconds since 1970.
    public init(
        format: Format, project: String? = nil, now: @escaping @Sendable () -> Double = systemEpochSeconds,
        output: @escaping @Sendable ([UInt8]) -> Void
    ) {
        self.format = format
        self.project = project
        self.now = now
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
        let time = Self.time(now())
        switch format {
        case .text:
            // A message of several lines stays one entry.
            let lines = message.split(whereSeparator: \.isNewline).joined(separator: "\n    ")
            output(Array("\(time) \(severity.rawValue) \(lines)\n".utf8))
        case .json:
            var record = fields
            record["severity"] = .text(severity.rawValue)
            record["message"] = .text(message)
            record["time"] = .text(time)
            if let trace { record.merge(trace.fields(project: project)) { $1 } }
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            guard let line = try? encoder.encode(record) else { return }
            output(Array(line) + [UInt8(ascii: "\n")])
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
