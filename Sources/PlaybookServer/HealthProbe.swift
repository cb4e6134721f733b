public import PlaybookCore

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// Asks a service on this machine for `/health`, past all proxies.
public enum HealthProbe {
    /// Seconds that connecting, and each wait for bytes, may take.
    private static let patience = 3

    /// Asks, and returns when the answer is good.
    ///
    /// - Throws: a `PlaybookError` of code `sourceUnavailable` when it is not, or none comes.
    public static func ask(port: Int) throws(PlaybookError) {
        let descriptor = try connected(port)
        defer { close(descriptor) }
        let request = Array("GET /health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".utf8)
        guard send(descriptor, request, request.count, noSignal) == request.count else { throw unhealthy(port) }
        var answer: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 4096)
        // The status line is all that counts.
        while answer.count < 12 {
            let count = recv(descriptor, &buffer, buffer.count, 0)
            guard count > 0 else { throw unhealthy(port) }
            answer += buffer[..<count]
        }
        let line = String(decoding: answer.prefix(12), as: UTF8.self)
        guard line == "HTTP/1.1 200" else {
            throw PlaybookError(
                .sourceUnavailable, "what listens on port \(port) of this machine does not answer /health with 200")
        }
    }

    private static func connected(_ port: Int) throws(PlaybookError) -> Int32 {
        #if canImport(Glibc)
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        #else
        let descriptor = socket(AF_INET, SOCK_STREAM, 0)
        #endif
        var time = timeval(tv_sec: .init(patience), tv_usec: 0)
        for option in [SO_SNDTIMEO, SO_RCVTIMEO] {
            setsockopt(descriptor, SOL_SOCKET, option, &time, socklen_t(MemoryLayout<timeval>.size))
        }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = UInt16(truncatingIfNeeded: port).bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let isConnected = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
        guard isConnected else {
            let reason = String(cString: strerror(errno))
            close(descriptor)
            throw PlaybookError(
                .sourceUnavailable, "nothing answers on port \(port) of this machine: \(reason)",
                nextStep: "Start it with 'trading-playbook serve', or name its port with --port or PORT.")
        }
        return descriptor
    }

    private static var noSignal: Int32 {
        #if canImport(Darwin)
        0
        #else
        Int32(MSG_NOSIGNAL)
        #endif
    }

    private static func unhealthy(_ port: Int) -> PlaybookError {
        PlaybookError(
            .sourceUnavailable, "the service on port \(port) of this machine did not answer within \(patience) s")
    }
}
