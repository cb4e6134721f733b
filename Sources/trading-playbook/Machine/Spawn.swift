import FoundationEssentials
import PlaybookCore

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// Runs another program to its end, found on the PATH.
enum Spawn {
    /// What a program left.
    struct Ended {
        /// Its exit code; 128 and the signal's number when a signal ended it.
        let code: Int32
        /// What it printed, on standard output and standard error.
        let output: String
    }

    /// - Throws: a `PlaybookError` when it cannot be started.
    static func run(_ command: String...) throws(PlaybookError) -> Ended {
        var ends: [Int32] = [0, 0]
        guard pipe(&ends) == 0 else { throw failed(command[0], errno) }
        #if canImport(Darwin)
        var actions: posix_spawn_file_actions_t?
        #else
        var actions = posix_spawn_file_actions_t()
        #endif
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO)
        posix_spawn_file_actions_adddup2(&actions, ends[1], STDERR_FILENO)
        posix_spawn_file_actions_addclose(&actions, ends[0])
        posix_spawn_file_actions_addclose(&actions, ends[1])
        var arguments = command.map { strdup($0) } + [nil]
        var environment = ProcessInfo.processInfo.environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
        defer { for text in arguments + environment { free(text) } }
        var child: pid_t = 0
        let error = posix_spawnp(&child, command[0], &actions, nil, &arguments, &environment)
        close(ends[1])
        defer { close(ends[0]) }
        guard error == 0 else { throw failed(command[0], error) }
        var output: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 4096)
        while true {
            let count = read(ends[0], &buffer, buffer.count)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { break }
            output += buffer[..<count]
        }
        var status: Int32 = 0
        while waitpid(child, &status, 0) < 0, errno == EINTR {}
        let signal = status & 0x7F
        return Ended(
            code: signal == 0 ? status >> 8 & 0xFF : 128 + signal, output: String(decoding: output, as: UTF8.self))
    }

    private static func failed(_ program: String, _ code: Int32) -> PlaybookError {
        PlaybookError(
            .configuration, "cannot run \(program): \(String(cString: strerror(code)))",
            nextStep: "Install it, or put it on the PATH.")
    }
}
