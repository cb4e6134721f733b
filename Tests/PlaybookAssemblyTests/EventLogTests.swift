import Foundation
import PlaybookUseCases
import Synchronization
import Testing

/// What a log wrote.
final class LoggedLines: Sendable {
    private let bytes = Mutex<[UInt8]>([])

    var text: String { bytes.withLock { String(decoding: $0, as: UTF8.self) } }

    func log(_ format: EventLog.Format, project: String? = nil) -> EventLog {
        EventLog(format: format, project: project, now: { 1_762_291_800.0625 }) { line, _ in
            self.bytes.withLock { $0 += line }
            return true
        }
    }

    /// The lines, each a JSON object.
    func records() throws -> [[String: Any]] {
        try text.split(separator: "\n").map {
            try #require(JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
        }
    }
}

@Suite("The log")
struct EventLogTests {
    private let lines = LoggedLines()

    @Test("a line for people: time, severity, message; several lines are one entry")
    func text() {
        lines.log(.text).write(.warning, "one\ntwo", ["ignored": 1])
        #expect(lines.text == "2025-11-04T21:30:00.062Z WARNING one\n    two\n")
    }

    @Test("a JSON object a line, whatever is in the message")
    func json() throws {
        let log = lines.log(.json)
        log.write(
            .error, "a \"quote\"\nand \u{1}",
            ["count": 3, "none": .null, "share": .number(0.5), "endless": .number(.infinity), "list": .list(["a", 1])])
        log.write(.info, "second", ["severity": "not this"])
        let records = try lines.records()
        #expect(records.count == 2)
        #expect(records[0]["severity"] as? String == "ERROR")
        #expect(records[0]["message"] as? String == "a \"quote\"\nand \u{1}")
        #expect(records[0]["time"] as? String == "2025-11-04T21:30:00.062Z")
        #expect(records[0]["count"] as? Int == 3)
        #expect(records[0]["share"] as? Double == 0.5)
        #expect(records[0]["none"] is NSNull && records[0]["endless"] is NSNull)
        #expect(records[1]["severity"] as? String == "INFO")
    }

    @Test("lines that were not taken are counted in the next that is; only the first is waited for")
    func lost() {
        let isTaken = Mutex(true)
        let taken = Mutex<[String]>([])
        let waits = Mutex<[Bool]>([])
        let log = EventLog(format: .text, now: { 1_762_291_800 }) { line, isWaiting in
            waits.withLock { $0.append(isWaiting) }
            guard isTaken.withLock({ $0 }) else { return false }
            taken.withLock { $0.append(String(decoding: line.dropFirst(25).dropLast(), as: UTF8.self)) }
            return true
        }
        log.write(.info, "one")
        isTaken.withLock { $0 = false }
        for _ in 0..<3 { log.write(.info, "nobody reads this") }
        isTaken.withLock { $0 = true }
        log.write(.info, "two")
        log.write(.info, "three")
        let lines = ["INFO one", "WARNING lines of this log that were lost: 3", "INFO two", "INFO three"]
        #expect(taken.withLock { $0 } == lines)
        #expect(waits.withLock { $0 } == [true, true, false, false, false, true, true])
    }

    @Test("a trace is named as Cloud Logging wants it")
    func trace() throws {
        let trace = CloudTrace(
            traceparent: "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01", cloudContext: nil)
        lines.log(.json, project: "my-project").write(.info, "x", trace: trace)
        let record = try lines.records()[0]
        #expect(
            record["logging.googleapis.com/trace"] as? String
                == "projects/my-project/traces/4bf92f3577b34da6a3ce929d0e0e4736")
        #expect(record["logging.googleapis.com/spanId"] as? String == "00f067aa0ba902b7")
        #expect(record["logging.googleapis.com/trace_sampled"] as? Bool == true)
    }

    @Test("Google's own header counts when there is no traceparent")
    func cloudContext() {
        let id = "105445aa7843bc8bf206b12000100000"
        let trace = CloudTrace(traceparent: "nonsense", cloudContext: "\(id)/1;o=1")
        #expect(trace?.traceID == id)
        #expect(trace?.spanID == "0000000000000001")
        #expect(trace?.isSampled == true)
        #expect(CloudTrace(traceparent: nil, cloudContext: id)?.isSampled == false)
    }

    @Test(
        "what is not a trace is none",
        arguments: [
            "", "00-4bf92f3577b34da6a3ce929d0e0e4736", "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
            "00-4bf92f3577b34da6a3ce929d0e0e473\"-00f067aa0ba902b7-01", "00-4bf92f35-00f067aa0ba902b7-01",
        ])
    func noTrace(header: String) {
        #expect(CloudTrace(traceparent: header, cloudContext: header) == nil)
    }
}
