#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// An exclusive advisory lock (flock) held until it is released or its process ends, however it ends.
///
/// Between hosts, and on some file systems, it keeps nobody out, and nothing tells. Where the file system says that it
/// has no locks it counts as taken. `FileReplacement` sees to it that nothing is lost even then.
public struct FileLock: ~Copyable, Sendable {
    private let descriptor: Int32

    /// Takes the lock file at `path`, creating it if need be; nil when another process holds it.
    public init?(tryLocking path: String) throws(FileError) {
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o666)
        guard descriptor >= 0 else { throw FileError("create lock file", path) }
        while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
            let number = errno
            if number == EINTR { continue }
            if number == ENOLCK || number == EOPNOTSUPP || number == ENOSYS { break }
            _ = close(descriptor)
            if number == EWOULDBLOCK { return nil }
            throw FileError("lock", path, number: number)
        }
        self.descriptor = descriptor
    }

    /// Takes the lock file at `path`, waiting for whoever holds it; nil when `timeout` has passed.
    public static func take(_ path: String, timeout: Duration) async throws -> FileLock? {
        let deadline = ContinuousClock.now + timeout
        while true {
            if let lock = try FileLock(tryLocking: path) { return lock }
            guard ContinuousClock.now < deadline else { return nil }
            try await Task.sleep(for: .milliseconds(20))
        }
    }

    deinit { _ = close(descriptor) }
}
