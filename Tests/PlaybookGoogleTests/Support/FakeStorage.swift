import PlaybookHTTP
import PlaybookTestSupport

@testable import PlaybookGoogle

/// `Tests/FakeStorage` as a process, with the bucket `data`. It ends with the value, or with this process.
final class FakeStorage: Sendable {
    let folder: TemporaryFolder
    let url: String
    private let process: PythonServer

    /// - Parameters:
    ///   - faults: `KIND:MATCH:TIMES[:ARGUMENT]`, as its README lists them.
    ///   - options: more of its command line.
    static func start(faults: [String] = [], options: [String] = []) async throws -> FakeStorage {
        let folder = try TemporaryFolder()
        var arguments = ["--bucket", "data", "--until-eof"] + options
        if options.contains("token") {
            arguments += ["--key-file", "\(folder.path)/key.json", "--user-file", "\(folder.path)/user.json"]
        }
        arguments += faults.flatMap { ["--fault", $0] }
        return FakeStorage(
            folder, try await PythonServer(script: "FakeStorage/fake_storage.py", arguments: arguments))
    }

    private init(_ folder: TemporaryFolder, _ process: PythonServer) {
        self.folder = folder
        self.process = process
        url = process.lines[0]
    }

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
