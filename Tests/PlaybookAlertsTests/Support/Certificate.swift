import Foundation
import PlaybookTestSupport
import Testing

/// A certificate that vouches for itself, made by the `openssl` command; in files that go away with it.
final class Certificate: Sendable {
    private let folder: TemporaryFolder
    var file: String { "\(folder.path)/certificate.pem" }
    var key: String { "\(folder.path)/key.pem" }

    /// A certificate for `name`, for instance `IP:127.0.0.1`.
    init(for name: String) throws {
        folder = try TemporaryFolder()
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [
            "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2",
            "-subj", "/CN=test", "-addext", "subjectAltName=\(name)", "-keyout", "\(folder.path)/key.pem", "-out",
            "\(folder.path)/certificate.pem",
        ]
        process.standardError = FileHandle.nullDevice
        try process.runToEnd(reading: {})
        try #require(process.terminationStatus == 0)
    }

    /// The fake server's options.
    func options(_ tls: String) -> [String] { ["--tls", tls, "--certificate", file, "--key", key] }
}
