#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// A file operation that failed.
public struct FileError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What was tried, for instance `open`.
    public let operation: String
    /// On which file.
    public let path: String
    /// The system's error number; 0 when the system has not refused it.
    public let number: Int32
    private let reason: String

    /// A failure of `operation` on `path`, with the calling thread's `errno`.
    init(_ operation: String, _ path: String, number: Int32 = errno) {
        self.operation = operation
        self.path = path
        self.number = number
        reason = String(cString: strerror(number))
    }

    /// A failure of `operation` on `path` for a reason that is not the system's.
    init(_ operation: String, _ path: String, _ reason: String) {
        self.operation = operation
        self.path = path
        self.reason = reason
        number = 0
    }

    /// Whether the file does not exist.
    public var isNotFound: Bool { number == ENOENT || number == ENOTDIR }

    /// `cannot open ./trades.csv: Permission denied`.
    public var description: String { "cannot \(operation) \(path): \(reason)" }
}
