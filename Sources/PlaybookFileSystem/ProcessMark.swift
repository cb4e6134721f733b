#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// Whose a file is, as its name or its text tells: `1f3a5c7e9b0d-4711-9c2e41d0`.
struct ProcessMark: Hashable, Sendable {
    /// The machine since it was last started; processes of two machines know nothing of each other.
    private let machine: String
    private let process: pid_t
    /// Tells this process from an earlier one with the same number.
    private let token: String

    /// That of this process.
    static let own = ProcessMark(
        machine: ownMachine, process: getpid(), token: hexadecimal(.random(in: 0...UInt64(UInt32.max))))

    private init(machine: String, process: pid_t, token: String) {
        self.machine = machine
        self.process = process
        self.token = token
    }

    init?(_ text: Substring) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 3, let process = pid_t(parts[1]), process > 0 else { return nil }
        self.init(machine: String(parts[0]), process: process, token: String(parts[2]))
    }

    var text: String { "\(machine)-\(process)-\(token)" }

    /// Whether it is known that the process has ended.
    var isGone: Bool {
        guard machine == Self.own.machine else { return false }
        if process == Self.own.process { return self != .own }
        return kill(process, 0) != 0 && errno == ESRCH
    }

    private static var ownMachine: String {
        let start = (try? FileReader.contents(of: "/proc/sys/kernel/random/boot_id")).flatMap { bytes in
            String(validating: bytes.filter { $0 != UInt8(ascii: "-") }.prefix(12), as: UTF8.self)
        }
        if let start, start.utf8.count == 12 { return start }
        var name = [CChar](repeating: 0, count: 256)
        _ = gethostname(&name, name.count - 1)
        let digest = name.prefix { $0 != 0 }.reduce(UInt64(5_381)) { $0 &* 33 ^ UInt64(UInt8(bitPattern: $1)) }
        return hexadecimal(digest)
    }

    private static func hexadecimal(_ number: UInt64) -> String { String(number, radix: 16) }
}
