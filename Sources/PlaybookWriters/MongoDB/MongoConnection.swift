import CMongoc
import PlaybookCore

/// A MongoDB deployment: its connections, shared by all that are handed this value. libmongoc's calls block, so each
/// piece of work runs on a thread of its own, never on one of Swift's.
final class MongoConnection: Sendable {
    /// The hosts as a connection string without user and options: `mongodb://host1,host2`.
    let address: String
    private let secrets: MongoSecrets
    // libmongoc's pool of clients is made for use by several threads.
    nonisolated(unsafe) private let connection: OpaquePointer

    /// Reads a connection string; connects to nothing.
    ///
    /// - Throws: a `PlaybookError` when libmongoc is not installed or the string is malformed.
    init(_ uri: String) throws {
        if let problem = cmongoc_load() {
            throw PlaybookError(
                .cannotWrite, NeutralText(String(cString: problem)),
                nextStep: "On Debian and Ubuntu: apt-get install libmongoc-1.0-0.")
        }
        var error = cmongoc_error()
        guard MongoSecrets.isUserApart(uri), let connection = cmongoc_open(uri, &error) else {
            let reason = MongoFailure(error, secrets: MongoSecrets([])).message
            let shown = !reason.isEmpty && MongoSecrets.isHarmless(reason, about: uri) ? ": \(reason)" : ""
            throw PlaybookError(
                .configuration, "\(.named(.mongoConnection)) is not a connection string\(shown)",
                nextStep: "It looks like mongodb://USER:PASSWORD@HOST:27017/?authSource=admin or "
                    + "mongodb+srv://USER:PASSWORD@HOST/; in a password write % : / ? # [ ] @ as %25 %3A %2F %3F %23 %5B "
                    + "%5D %40.")
        }
        self.connection = connection
        let password = cmongoc_password(connection).map { String(cString: $0) } ?? ""
        secrets = MongoSecrets([password] + Self.rawPassword(uri))
        let hosts = withUnsafeTemporaryAllocation(of: CChar.self, capacity: 4096) { buffer in
            cmongoc_hosts(connection, buffer.baseAddress, buffer.count)
                ? String(cString: UnsafePointer(buffer.baseAddress!)) : "…"
        }
        address = "\(uri.hasPrefix("mongodb+srv://") ? "mongodb+srv" : "mongodb")://\(hosts)"
    }

    deinit { cmongoc_close(connection) }

    /// The password as it is written in the connection string.
    private static func rawPassword(_ uri: String) -> [String] {
        guard let end = uri.lastIndex(of: "@"), let start = uri.firstRange(of: "://")?.upperBound, start < end,
            let colon = uri[start..<end].firstIndex(of: ":")
        else { return [] }
        return [String(uri[uri.index(after: colon)..<end])]
    }

    /// Does `work` with a client, on a thread of its own. Work that has begun goes to its end, even if the task is
    /// cancelled meanwhile.
    ///
    /// - Throws: `CancellationError`, `MongoFailure`, or what `work` throws.
    func perform<Result: Sendable>(
        _ work: @escaping @Sendable (borrowing MongoSession) throws -> Result
    ) async throws -> Result {
        try Task.checkCancellation()
        return try await withCheckedThrowingContinuation { continuation in
            MongoThread.start { problem in
                continuation.resume(
                    with: Swift.Result {
                        if let problem { throw problem }
                        return try work(try MongoSession(self.connection, secrets: self.secrets))
                    })
            }
        }
    }
}

/// A thread for calls that block.
private enum MongoThread {
    private final class Body {
        let run: (MongoFailure?) -> Void
        init(_ run: @escaping (MongoFailure?) -> Void) { self.run = run }
    }

    /// Runs `body` on a new thread; on this one, with the reason, when there can be none.
    static func start(_ body: @escaping @Sendable (MongoFailure?) -> Void) {
        let context = Unmanaged.passRetained(Body(body))
        let number = cmongoc_start_thread(
            { Unmanaged<Body>.fromOpaque($0!).takeRetainedValue().run(nil) }, context.toOpaque())
        guard number != 0 else { return }
        context.takeRetainedValue().run(
            MongoFailure(kind: .network, code: Int(number), message: "no thread can be started (error \(number))"))
    }
}
