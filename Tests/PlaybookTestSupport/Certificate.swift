import Foundation
import Testing

/// A certificate that vouches for itself, made by the `openssl` command; in files that go away with it.
package final class Certificate: Sendable {
    private let folder: TemporaryFolder
    package var file: String { "\(folder.path)/certificate.pem" }
    package var key: String { "\(folder.path)/key.pem" }

    /// A certificate for `name`, for instance `IP:127.0.0.1`.
    package init(for name: String) throws {
        folder = try TemporaryFolder()
        let status = try Self.run(
            "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2",
            "-subj", "/CN=test", "-addext", "subjectAltName=\(name)", "-keyout", "\(folder.path)/key.pem", "-out",
            "\(folder.path)/certificate.pem")
        try #require(status == 0)
    }

    /// Whether there is an `openssl` command.
    package static let isPossible = (try? run("version")) == 0

    private static func run(_ words: String...) throws -> Int32 {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["openssl"] + words
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.runToEnd(reading: {})
        return process.terminationStatus
    }
}
