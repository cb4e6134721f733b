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

/// Says `Connection: close` where the client's version of HTTP means it.
final class ConnectionPersistence: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = HTTPServerRequestPart

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard case .head(var head) = unwrapInboundIn(data), !head.isKeepAlive else {
            return context.fireChannelRead(data)
        }
        head.headers.replaceOrAdd(name: "connection", value: "close")
        context.fireChannelRead(wrapInboundOut(.head(head)))
    }
}
