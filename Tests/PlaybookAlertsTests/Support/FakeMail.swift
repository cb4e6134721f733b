import Foundation
import PlaybookAlerts
import PlaybookCore
import PlaybookHTTP
import PlaybookTestSupport

/// `Tests/FakeAlerts/fake_mail.py` as a process. It ends with the value, or with this process.
final class FakeMail: Sendable {
    /// A message as it arrived.
    struct Message: Decodable {
        let from: String
        let to: [String]
        let tls: Bool
        let user: String?
        /// As it came, a byte a character.
        let data: String
        let headers: [String: String]
        let subject: String
        let body: String
        let defects: [String]
    }

    /// Host and port.
    let address: String
    private let folder: TemporaryFolder
    private let process: PythonServer

    init(_ options: [String] = []) async throws {
        folder = try TemporaryFolder()
        process = try await PythonServer(
            script: "FakeAlerts/fake_mail.py", arguments: ["--folder", folder.path, "--until-eof"] + options)
        address = process.lines[0]
    }

    /// The messages so far.
    var messages: [Message] {
        get throws {
            let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter {
                $0.hasSuffix(".json")
            }
            return try (1...max(names.count, 1)).prefix(names.count).map { number in
                try JSONDecoder().decode(
                    Message.self, from: Data(contentsOf: URL(fileURLWithPath: "\(folder.path)/\(number).json")))
            }
        }
    }

    /// A sink that sends to it.
    func sink(
        scheme: String = "smtp", user: String? = nil, password: String? = nil, certificateFile: String? = nil,
        to recipients: [String] = ["you@example.com"], timeout: Duration = .seconds(10)
    ) throws -> MailSink {
        let server = try SMTPServer("\(scheme)://\(address)", user: user, password: password)
        let transport = SMTPTransport(server, certificateFile: certificateFile, timeout: timeout)
        return try MailSink(transport, from: "robot@example.com", to: recipients, clock: testClock)
    }
}

/// 2026-11-21T10:51:40Z.
let testClock = FixedClock(Instant("2026-11-21T10:51:40Z")!)

extension Certificate {
    /// The fake server's options.
    func options(_ tls: String) -> [String] { ["--tls", tls, "--certificate", file, "--key", key] }
}
