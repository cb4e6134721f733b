#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

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
