import HTTPTypes
import NIOCore
import NIOHTTP1

/// Tells the gate of bytes as soon as they come: the time that a request may take runs from its first.
final class ByteWatch: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer

    private let gate: RequestGate
    /// Where the gate stands.
    var gateContext: ChannelHandlerContext?

    init(_ gate: RequestGate) { self.gate = gate }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        if let gateContext { gate.bytesArrived(gateContext) }
        context.fireChannelRead(data)
    }
}

/// A request without a Host, or with several (RFC 9112, 3.2).
struct HostError: Error {}

/// Looks at what is lost when the head becomes that of a request: says `Connection: close` where the client's version of
/// HTTP means it, and lets no request through that has no Host or several.
final class HeadCheck: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = HTTPServerRequestPart

    /// Whether a head was refused: nothing more goes through.
    private var isRefused = false

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard !isRefused else { return }
        guard case .head(var head) = unwrapInboundIn(data) else { return context.fireChannelRead(data) }
        let hosts = head.headers["host"].count
        // HTTP/1.0 knows no Host.
        guard hosts == 1 || hosts == 0 && head.version == .http1_0 else {
            isRefused = true
            return context.fireErrorCaught(HostError())
        }
        if !head.isKeepAlive { head.headers.replaceOrAdd(name: "connection", value: "close") }
        context.fireChannelRead(wrapInboundOut(.head(head)))
    }
}
