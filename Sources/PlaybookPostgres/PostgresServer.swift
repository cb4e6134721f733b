internal import CPostgres
import PlaybookCore

/// A database of a PostgreSQL server. libpq's calls block, so each piece of work has a connection and a thread of its own,
/// never one of Swift's.
public struct PostgresServer: Sendable {
    /// `postgresql://host:port/database`: never a user, a password or options.
    public let address: String
    private let uri: String
    private let secrets: [String]

    /// Reads a connection string, `postgresql://…`; connects to nothing.
    ///
    /// - Throws: a `PlaybookError` when libpq is not installed or the string is malformed.
    public init(_ uri: String) throws {
        if let problem = cpostgres_load() {
            throw PlaybookError(
                .cannotWrite, NeutralText(String(cString: problem)),
                nextStep: "On Debian and Ubuntu: apt-get install libpq5.")
        }
        let parts = uri.utf8.contains(0) ? nil : Self.parts(uri)
        guard uri.hasPrefix("postgresql://") || uri.hasPrefix("postgres://"), let parts else {
            throw PlaybookError(
                .configuration, "\(.named(.postgresConnection)) is not a connection string",
                nextStep:
                    "It looks like postgresql://USER:PASSWORD@HOST:5432/DATABASE?sslmode=verify-full; in a password "
                    + "write % : / ? # [ ] @ as %25 %3A %2F %3F %23 %5B %5D %40.")
        }
        self.uri = uri
        secrets = [parts[4]].filter { !$0.isEmpty }
        let ports = parts[1].split(separator: ",", omittingEmptySubsequences: false)
        let hosts = parts[0].split(separator: ",", omittingEmptySubsequences: false).enumerated().map {
            index, host in
            let port = ports.count > index ? ports[index] : ports.first ?? ""
            // A path is a socket of this machine.
            return (host.hasPrefix("/") ? "localhost" : String(host)) + (port.isEmpty ? "" : ":\(port)")
        }
        let database = parts[2].isEmpty ? parts[3] : parts[2]
        address = "postgresql://\(hosts.joined(separator: ","))/\(database)"
    }

    /// Host, port, database, user and password; nil when the string is malformed.
    private static func parts(_ uri: String) -> [String]? {
        withUnsafeTemporaryAllocation(of: CChar.self, capacity: 8192) { buffer -> [String]? in
            buffer.initialize(repeating: 0)
            guard let start = buffer.baseAddress, cpostgres_parse(uri, start, buffer.count) else {
                return nil
            }
            var place = start
            return (0..<5).map { _ in
                let text = String(cString: UnsafePointer(place))
                place += text.utf8.count + 1
                return text
            }
        }
    }

    /// Does `work` with a connection of its own. Work that has begun goes to its end, even if the task is cancelled
    /// meanwhile.
    ///
    /// - Throws: `CancellationError`, `PostgresFailure`, or what `work` throws.
    public func perform<Result: Sendable>(
        _ work: @escaping @Sendable (borrowing PostgresSession) throws -> Result
    ) async throws -> Result {
        try Task.checkCancellation()
        return try await withCheckedThrowingContinuation { continuation in
            PostgresThread.start { problem in
                continuation.resume(
                    with: Swift.Result {
                        if let problem { throw problem }
                        return try work(try PostgresSession(self.uri, secrets: self.secrets))
                    })
            }
        }
    }

    /// For how long work that fails in a way that may pass is done again; less while no connection comes about.
    private static let patience: Duration = .seconds(60)
    private static let unreachablePatience: Duration = .seconds(10)

    /// Does `work`, and does it again as long as it fails in ways that may pass: what it writes must be one transaction that
    /// can be repeated.
    ///
    /// - Throws: `CancellationError`, `PostgresFailure`, or what `work` throws.
    nonisolated(nonsending) public func retrying<Result>(_ work: () async throws -> Result)
        async throws -> Result
    {
        let start = ContinuousClock.now
        for attempt in 1... {
            do {
                return try await work()
            } catch let failure as PostgresFailure where failure.isPassing {
                let patience =
                    failure.isUnreachable && failure.state.isEmpty ? Self.unreachablePatience : Self.patience
                guard failure.state != "25006", ContinuousClock.now - start < patience else {
                    throw failure
                }
                let bound = min(2000, 20 << min(attempt, 7))
                try await Task.sleep(for: .milliseconds(Int.random(in: bound / 2...bound)))
            }
        }
        preconditionFailure("the last attempt returns or throws")
    }
}

/// A thread for calls that block.
private enum PostgresThread {
    private final class Body {
        let run: (PostgresFailure?) -> Void
        init(_ run: @escaping (PostgresFailure?) -> Void) { self.run = run }
    }

    /// Runs `body` on a new thread; on this one, with the reason, when there can be none.
    static func start(_ body: @escaping @Sendable (PostgresFailure?) -> Void) {
        let context = Unmanaged.passRetained(Body(body))
        let number = cpostgres_start_thread(
            { context in
                guard let context else { return }
                Unmanaged<Body>.fromOpaque(context).takeRetainedValue().run(nil)
            }, context.toOpaque())
        guard number != 0 else { return }
        context.takeRetainedValue().run(
            PostgresFailure(state: "", message: "no thread can be started (error \(number))"))
    }
}
