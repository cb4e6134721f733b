#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif
import PlaybookTestSupport

/// `openssl s_server`: answers every request with a page about the connection.
final class TLSServer {
    let url: String
    private let process: Process

    init(_ certificate: Certificate, _ options: String...) throws {
        let process = try Process(
            [
                "openssl", "s_server", "-accept", "127.0.0.1:0", "-cert", certificate.file, "-key", certificate.key,
                "-www",
            ]
                + options)
        let output = process.output(until: { $0.contains("ACCEPT 127.0.0.1:") && $0.hasSuffix("\n") })
        guard let port = output.split(separator: "\n").last?.split(separator: ":").last else {
            process.end()
            throw TestFailure("openssl s_server: \(output)")
        }
        self.process = process
        url = "https://127.0.0.1:\(port)"
    }

    deinit { process.end() }
}

/// A program that runs; what it writes is read from one pipe.
private struct Process {
    private var id: pid_t = 0
    private let reading: Int32

    init(_ words: String...) throws { try self.init(words) }

    init(_ words: [String]) throws {
        var ends: [Int32] = [0, 0]
        guard pipe(&ends) == 0 else { throw TestFailure("cannot make a pipe: \(errno)") }
        reading = ends[0]
        #if canImport(Glibc)
        var actions = posix_spawn_file_actions_t()
        #else
        var actions: posix_spawn_file_actions_t?
        #endif
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_adddup2(&actions, ends[1], 1)
        posix_spawn_file_actions_adddup2(&actions, ends[1], 2)
        posix_spawn_file_actions_addclose(&actions, ends[0])
        posix_spawn_file_actions_addclose(&actions, ends[1])
        var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
        defer { for argument in arguments { free(argument) } }
        let number = posix_spawnp(&id, words[0], &actions, nil, &arguments, environ)
        _ = close(ends[1])
        guard number == 0 else {
            _ = close(reading)
            throw TestFailure("cannot run \(words[0]): \(number)")
        }
    }

    /// What it writes, until it closes its output or `isEnough`.
    func output(until isEnough: (String) -> Bool = { _ in false }) -> String {
        var bytes: [UInt8] = []
        while !isEnough(String(decoding: bytes, as: UTF8.self)) {
            var piece = [UInt8](repeating: 0, count: 4096)
            let count = read(reading, &piece, piece.count)
            guard count > 0 else { break }
            bytes += piece[..<count]
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Its exit status.
    func wait() -> Int32 {
        var status: Int32 = 0
        waitpid(id, &status, 0)
        _ = close(reading)
        return status
    }

    func end() {
        kill(id, SIGKILL)
        _ = wait()
    }
}
