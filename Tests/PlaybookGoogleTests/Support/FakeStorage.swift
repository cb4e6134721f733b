import Foundation
import PlaybookHTTP
import PlaybookTestSupport

@testable import PlaybookGoogle

/// `Tests/FakeStorage` as a process, with the bucket `data`. It ends with the value, or with this process.
final class FakeStorage: Sendable {
    let folder: TemporaryFolder
    let url: String
    private let process: Process
    private let input: Pipe

    private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()
    private static let python = root.appendingPathComponent(".venv/bin/python")
    private static let program = root.appendingPathComponent("Tests/FakeStorage/fake_storage.py")

    /// Whether there is Python to run it with.
    static let isPossible = [python, program].allSatisfy { FileManager.default.fileExists(atPath: $0.path) }

    struct NotStarted: Error {}

    /// - Parameters:
    ///   - faults: `KIND:MATCH:TIMES[:ARGUMENT]`, as its README lists them.
    ///   - options: more of its command line.
    static func start(faults: [String] = [], options: [String] = []) async throws -> FakeStorage {
        // What waits for a process gets a thread of its own.
        try await withCheckedThrowingContinuation { continuation in
            Thread.detachNewThread {
                continuation.resume(with: Result { try FakeStorage(faults: faults, options: options) })
            }
        }
    }

    private init(faults: [String], options: [String]) throws {
        folder = try TemporaryFolder()
        process = Process()
        process.executableURL = Self.python
        var arguments = [Self.program.path, "--bucket", "data", "--until-eof"] + options
        if options.contains("token") {
            arguments += ["--key-file", "\(folder.path)/key.json", "--user-file", "\(folder.path)/user.json"]
        }
        process.arguments = arguments + faults.flatMap { ["--fault", $0] }
        input = Pipe()
        let output = Pipe()
        process.standardInput = input
        process.standardOutput = output
        try process.run()
        var line: [UInt8] = []
        while let byte = try output.fileHandleForReading.read(upToCount: 1)?.first, byte != 0x0A { line.append(byte) }
        guard !line.isEmpty else { throw NotStarted() }
        url = String(decoding: line, as: UTF8.self)
    }

    deinit { try? input.fileHandleForWriting.close() }

    /// Who asks, as the environment says it.
    enum Login: CaseIterable {
        case emulator, serviceAccount, user, machine
    }

    func environment(_ login: Login) -> GoogleEnvironment {
        switch login {
        case .emulator: GoogleEnvironment(emulatorHost: url)
        case .serviceAccount:
            GoogleEnvironment(applicationCredentials: "\(folder.path)/key.json", storageEndpoint: url)
        case .user: GoogleEnvironment(applicationCredentials: "\(folder.path)/user.json", storageEndpoint: url)
        case .machine: GoogleEnvironment(metadataHost: String(url.dropFirst("http://".count)), storageEndpoint: url)
        }
    }

    /// A client over libcurl.
    func storage(
        _ login: Login = .emulator, bucket: String = "data", pieceBytes: Int = 256 << 10, meter: HTTPMeter = HTTPMeter()
    ) throws -> CloudStorage {
        let transport = Held(server: self, base: MeteredTransport(CurlTransport(version: "test"), meter: meter))
        let environment = environment(login)
        var storage = try CloudStorage(
            bucket: bucket, environment: environment,
            tokens: GoogleTokens(environment: environment, transport: transport, retry: .quick), transport: transport,
            retry: .quick, limits: HTTPLimits(stallTimeout: .seconds(2)))
        storage.pieceBytes = pieceBytes
        return storage
    }

    /// Keeps the server for as long as it is used.
    private struct Held: HTTPTransport {
        let server: FakeStorage
        let base: MeteredTransport

        func send(_ request: HTTPRequest) async throws(HTTPError) -> HTTPResponse { try await base.send(request) }
    }
}
