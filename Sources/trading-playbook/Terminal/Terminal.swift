import PlaybookCore

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// Writes text and a line end to standard output.
///
/// - Throws: a `PlaybookError` when it cannot be written, for instance to a full disk.
func standardOutput(_ text: String) throws {
    try standardOutput(Array((text + "\n").utf8))
}

/// Writes bytes to standard output.
///
/// - Throws: a `PlaybookError` when they cannot be written.
func standardOutput(_ bytes: [UInt8]) throws {
    var written = 0
    while written < bytes.count {
        let count = bytes[written...].withUnsafeBytes { write(STDOUT_FILENO, $0.baseAddress, $0.count) }
        if count < 0 {
            if errno == EINTR { continue }
            throw PlaybookError(
                .cannotTell, "cannot write to standard output: \(String(cString: strerror(errno)))",
                nextStep: "What the command was to write elsewhere, as a journal, is written.")
        }
        written += count
    }
}

/// Writes a line to standard output, unless nobody reads what is there already: a service goes on without its log.
///
/// - Parameter waits: whether to give the reader a second.
/// - Returns: whether the whole line was written.
@Sendable func standardOutputIfRead(_ line: [UInt8], waits: Bool) -> Bool {
    var rest = line[...]
    while !rest.isEmpty {
        var output = pollfd(fd: STDOUT_FILENO, events: Int16(POLLOUT), revents: 0)
        guard poll(&output, 1, waits ? 1000 : 0) == 1 else { return false }
        // A pipe that is ready takes this much at once.
        let part = rest.prefix(Int(PIPE_BUF))
        guard (try? standardOutput(Array(part))) != nil else { return false }
        rest = rest.dropFirst(part.count)
    }
    return true
}

/// Writes a line to standard error.
func standardError(_ text: String, terminator: String = "\n") {
    let bytes = Array((text + terminator).utf8)
    _ = write(STDERR_FILENO, bytes, bytes.count)
}

/// Whether standard output and standard error are terminals.
enum Terminal {
    static var hasOutput: Bool { isatty(STDOUT_FILENO) == 1 }
    static var hasErrorOutput: Bool { isatty(STDERR_FILENO) == 1 }

    /// Whether to use colours: on a terminal, unless NO_COLOR is set (no-color.org).
    static var usesColor: Bool { hasOutput && (getenv("NO_COLOR").map { $0.pointee == 0 } ?? true) }
}

/// Lets SIGTERM and SIGINT end the process where it is a container's first one, for which they do nothing by default.
func endOnSignalsAsFirstProcess() {
    guard getpid() == 1 else { return }
    for number in [SIGTERM, SIGINT] { signal(number) { _exit(128 + $0) } }
}
