import Foundation
import PlaybookCore
import PlaybookGoogle
import PlaybookHTTP
import PlaybookTestSupport
import Synchronization
import Testing

extension RetryPolicy {
    /// Waits next to nothing, and gives up soon.
    static let quick = RetryPolicy(
        maximumAttempts: 6, baseDelay: .milliseconds(1), maximumDelay: .milliseconds(2), budget: .seconds(600))
}

/// Seconds since 1970 that a test moves.
final class TestTime: Sendable {
    private let seconds = Mutex(1_700_000_000.0)

    var now: Double { seconds.withLock { $0 } }

    func advance(_ amount: Double) { seconds.withLock { $0 += amount } }
}

/// The error of `body`, which must be of `code`.
func failure(
    _ code: PlaybookError.Code, _ location: SourceLocation = #_sourceLocation, of body: () async throws -> Void
) async throws -> String {
    do {
        try await body()
    } catch let error as PlaybookError {
        #expect(error.code == code, "\(error)", sourceLocation: location)
        return error.description
    }
    Issue.record("no error", sourceLocation: location)
    return ""
}

/// Runs a program and returns what it writes, or nil when it fails or is not there.
func output(of words: String...) throws -> String? {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = words
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = FileHandle.nullDevice
    let data = try process.runToEnd { pipe.fileHandleForReading.readDataToEndOfFile() }
    return process.terminationStatus == 0 ? String(decoding: data, as: UTF8.self) : nil
}

/// RSA keys made anew by the `openssl` command.
enum TestKey {
    static let pem =
        (try? output(of: "openssl", "genpkey", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048")) ?? nil
    static let isPossible = pem != nil

    /// A key file of a service account.
    static func serviceAccount(pem: String? = TestKey.pem, tokenURL: String = "https://oauth.test/token") -> String {
        let object = [
            "type": "service_account", "client_email": "robot@project.iam.gserviceaccount.com",
            "private_key_id": "key-1", "private_key": pem ?? "", "token_uri": tokenURL,
        ]
        return String(decoding: try! JSONSerialization.data(withJSONObject: object), as: UTF8.self)
    }
}

let userFile = """
    {"type":"authorized_user","client_id":"client","client_secret":"hush-secret","refresh_token":"1//hush-refresh"}
    """
