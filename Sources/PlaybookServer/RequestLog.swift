import HTTPTypes
import HummingbirdCore
import Logging
import NIOCore
import PlaybookReports
import PlaybookUseCases

extension EventLog {
    /// Writes what became of a request; that of a good health probe is not worth a line.
    func write(
        _ request: Request, bodySize: Int, peer: SocketAddress?, _ answer: Answer, seconds: Double, trace: CloudTrace?
    ) {
        if answer.status == .ok, request.uri.path == Endpoint.health.path { return }
        let severity: Severity =
            switch answer.status.code {
            case 503, 400..<500: .warning
            case 500...: .error
            default: .info
            }
        let method = printable(request.method.rawValue, 20)
        let target = printable(request.head.path ?? "", 500)
        let latency = "\(milliseconds(seconds))s"
        var fields: [String: LogValue] = [
            "httpRequest": .fields([
                "requestMethod": .text(method), "requestUrl": .text(target), "status": .count(answer.status.code),
                "latency": .text(latency), "userAgent": .text(printable(request.headers[.userAgent] ?? "", 200)),
                "remoteIp": .text(peer?.ipAddress ?? ""), "requestSize": .text(String(bodySize)),
                "responseSize": .text(String(answer.body.utf8.count + 1)),
            ])
        ]
        if let runID = answer.runID { fields["run_id"] = .text(runID) }
        let run = answer.runID.map { " run \($0)" } ?? ""
        write(
            severity, "\(method) \(target) \(answer.status.code) \(latency) from \(peer?.ipAddress ?? "?")\(run)",
            fields, trace: trace)
    }

    /// Seconds with three places.
    private func milliseconds(_ seconds: Double) -> String {
        let whole = Int((seconds * 1000).rounded())
        let rest = String(whole % 1000)
        return "\(whole / 1000).\(String(repeating: "0", count: 3 - rest.count))\(rest)"
    }
}

/// Takes over what Hummingbird and ServiceLifecycle have to say, where it is worth a line.
struct EventLogHandler: LogHandler {
    let log: EventLog
    var metadata: Logger.Metadata = [:]
    var logLevel = Logger.Level.warning

    init(_ log: EventLog) { self.log = log }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        let more = metadata.merging(event.metadata ?? [:]) { $1 }.sorted { $0.key < $1.key }.map { " \($0)=\($1)" }
        log.write(
            event.level >= .error ? .error : event.level == .warning ? .warning : .info,
            printable("\(event.message)\(more.joined())", 1000))
    }
}
