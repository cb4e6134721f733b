/// The trace that a request belongs to, as its headers tell: W3C's `traceparent`, or Google's `X-Cloud-Trace-Context`.
public struct CloudTrace: Sendable, Hashable {
    /// 32 hexadecimal digits.
    public let traceID: String
    /// 16 hexadecimal digits; nil when unknown.
    public let spanID: String?
    /// Whether it is recorded.
    public let isSampled: Bool

    /// The trace that `traceparent` (`00-TRACE-SPAN-01`) names; else that of `cloudContext` (`TRACE/SPAN;o=1`); nil when
    /// neither names one.
    public init?(traceparent: String?, cloudContext: String?) {
        if let parts = traceparent?.split(separator: "-", omittingEmptySubsequences: false), parts.count >= 4,
            Self.isHexadecimal(parts[1], 32), Self.isHexadecimal(parts[2], 16), Self.isHexadecimal(parts[3], 2)
        {
            traceID = parts[1].lowercased()
            spanID = parts[2].lowercased()
            isSampled = UInt8(parts[3], radix: 16).map { $0 & 1 == 1 } ?? false
        } else if let cloudContext, Self.isHexadecimal(cloudContext.prefix { $0 != "/" && $0 != ";" }, 32) {
            traceID = cloudContext.prefix(32).lowercased()
            let rest = cloudContext.dropFirst(32)
            let span = rest.first == "/" ? UInt64(rest.dropFirst().prefix { $0 != ";" }) : nil
            spanID = span.map {
                let digits = String($0, radix: 16)
                return String(repeating: "0", count: 16 - digits.count) + digits
            }
            isSampled = rest.hasSuffix(";o=1")
        } else {
            return nil
        }
    }

    private static func isHexadecimal(_ text: some StringProtocol, _ count: Int) -> Bool {
        text.utf8.count == count && text.allSatisfy(\.isHexDigit) && text.contains { $0 != "0" || count == 2 }
    }

    /// The fields by which Cloud Logging shows a record under its trace.
    package func fields(project: String?) -> [String: LogValue] {
        var fields: [String: LogValue] = [
            "logging.googleapis.com/trace": .text(project.map { "projects/\($0)/traces/\(traceID)" } ?? traceID),
            "logging.googleapis.com/trace_sampled": .flag(isSampled),
        ]
        if let spanID { fields["logging.googleapis.com/spanId"] = .text(spanID) }
        return fields
    }
}
