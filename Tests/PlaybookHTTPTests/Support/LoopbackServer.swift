import Synchronization

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// An HTTP server on 127.0.0.1 that answers with scripted bytes; a thread for each connection.
final class LoopbackServer: Sendable {
    /// A request as it came.
    struct Received: Sendable {
        let head: String
        let body: [UInt8]

        var path: String { String(head.split(separator: " ")[1]) }

        /// The value of a header; names as sent.
        func header(_ name: String) -> String? {
            head.split(separator: "\r\n").first { $0.hasPrefix("\(name): ") }.map {
                String($0.dropFirst(name.count + 2))
            }
        }
    }

    enum Step: Sendable {
        case send([UInt8])
        case pause(Duration)
        /// Waits until the client closes, which `closedByClient` counts.
        case awaitClose
        case close
        /// Closes so that the client gets a reset.
        case reset

        static func send(_ text: String) -> Step { .send(Array(text.utf8)) }
    }

    struct Log: Sendable {
        var connections = 0
        var requests: [Received] = []
        var closedByClient = 0
    }

    let port: UInt16
    private let listener: Int32
    private let answer: @Sendable (Received) -> [Step]
    private let state = Mutex(Log())

    /// A server that answers each request with the steps of `answer`, then waits for the connection's next one.
    init(_ answer: @escaping @Sendable (Received) -> [Step]) throws {
        self.answer = answer
        let bound = try bindToLoopback()
        (listener, port) = bound
        guard listen(bound.descriptor, 128) == 0 else { throw TestFailure("cannot listen: \(errno)") }
        startThread { [listener, weak self] in
            while true {
                let connection = accept(listener, nil, nil)
                guard connection >= 0, let self else { break }
                state.withLock { $0.connections += 1 }
                startThread { self.serve(connection) }
            }
            _ = close(listener)
        }
    }

    /// A server that answers every request with the same steps.
    convenience init(_ steps: Step...) throws { try self.init { _ in steps } }

    deinit { _ = shutdown(listener, Int32(SHUT_RDWR)) }

    var url: String { "http://127.0.0.1:\(port)" }

    var log: Log { state.withLock { $0 } }

    private func serve(_ connection: Int32) {
        defer { _ = close(connection) }
        var patience = timeval(tv_sec: 300, tv_usec: 0)
        setsockopt(connection, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
        var one: Int32 = 1
        setsockopt(connection, Int32(IPPROTO_TCP), TCP_NODELAY, &one, socklen_t(MemoryLayout<Int32>.size))
        var buffer: [UInt8] = []
        while let request = receive(connection, &buffer) {
            state.withLock { $0.requests.append(request) }
            for step in answer(request) {
                switch step {
                case .send(let bytes): guard sendAll(connection, bytes) else { return noteClose() }
                case .pause(let duration): usleep(UInt32(duration / .microseconds(1)))
                case .awaitClose:
                    var byte: UInt8 = 0
                    if recv(connection, &byte, 1, 0) <= 0 { noteClose() }
                    return
                case .close: return
                case .reset:
                    var linger = linger(l_onoff: 1, l_linger: 0)
                    setsockopt(connection, SOL_SOCKET, SO_LINGER, &linger, socklen_t(MemoryLayout<linger>.size))
                    return
                }
            }
        }
    }

    private func noteClose() { state.withLock { $0.closedByClient += 1 } }

    /// The next request, or nil at the connection's end.
    private func receive(_ connection: Int32, _ buffer: inout [UInt8]) -> Received? {
        while true {
            if let end = firstIndex(of: Array("\r\n\r\n".utf8), in: buffer) {
                let head = String(decoding: buffer[..<end], as: UTF8.self)
                let length = Received(head: head, body: []).header("Content-Length").flatMap { Int($0) } ?? 0
                if buffer.count >= end + 4 + length {
                    let body = Array(buffer[(end + 4)..<(end + 4 + length)])
                    buffer.removeFirst(end + 4 + length)
                    return Received(head: head, body: body)
                }
            }
            var piece = [UInt8](repeating: 0, count: 65536)
            let count = recv(connection, &piece, piece.count, 0)
            guard count > 0 else { return nil }
            buffer += piece[..<count]
        }
    }

    private func firstIndex(of pattern: [UInt8], in bytes: [UInt8]) -> Int? {
        guard bytes.count >= pattern.count else { return nil }
        return (0...(bytes.count - pattern.count)).first { bytes[$0..<($0 + pattern.count)].elementsEqual(pattern) }
    }

    private func sendAll(_ connection: Int32, _ bytes: [UInt8]) -> Bool {
        var sent = 0
        while sent < bytes.count {
            let count = bytes.withUnsafeBytes {
                #if canImport(Glibc)
                Glibc.send(connection, $0.baseAddress! + sent, bytes.count - sent, Int32(MSG_NOSIGNAL))
                #else
                Darwin.send(connection, $0.baseAddress! + sent, bytes.count - sent, 0)
                #endif
            }
            guard count > 0 else { return false }
            sent += count
        }
        return true
    }
}

/// A port of 127.0.0.1 where nobody listens.
func unusedPort() throws -> UInt16 {
    let (descriptor, port) = try bindToLoopback()
    _ = close(descriptor)
    return port
}

private func bindToLoopback() throws -> (descriptor: Int32, port: UInt16) {
    let descriptor = socket(AF_INET, streamType, 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    guard withSocketAddress(&address, { bind(descriptor, $0, $1) }) == 0 else {
        throw TestFailure("cannot bind: \(errno)")
    }
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    _ = withSocketAddress(&address) { pointer, _ in getsockname(descriptor, pointer, &size) }
    return (descriptor, UInt16(bigEndian: address.sin_port))
}

struct TestFailure: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}

#if canImport(Glibc)
private let streamType = Int32(SOCK_STREAM.rawValue)
#else
private let streamType = SOCK_STREAM
#endif

private func withSocketAddress<T>(
    _ address: inout sockaddr_in, _ body: (UnsafeMutablePointer<sockaddr>, socklen_t) -> T
) -> T {
    withUnsafeMutablePointer(to: &address) {
        $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, socklen_t(MemoryLayout<sockaddr_in>.size)) }
    }
}

/// Runs `body` on a thread of its own: it may block.
func startThread(_ body: @escaping @Sendable () -> Void) {
    final class Box: Sendable {
        let body: @Sendable () -> Void
        init(_ body: @escaping @Sendable () -> Void) { self.body = body }
    }
    let context = Unmanaged.passRetained(Box(body)).toOpaque()
    #if canImport(Glibc)
    var thread = pthread_t()
    pthread_create(
        &thread, nil,
        {
            Unmanaged<Box>.fromOpaque($0!).takeRetainedValue().body(); return nil
        }, context)
    pthread_detach(thread)
    #else
    var thread: pthread_t?
    pthread_create(
        &thread, nil,
        {
            Unmanaged<Box>.fromOpaque($0).takeRetainedValue().body(); return nil
        }, context)
    pthread_detach(thread!)
    #endif
}
