import HTTPTypes
import NIOCore
import NIOHTTP1
import NIOHTTPTypes

/// Lets a request through once all of it has arrived, within limits of size and time.
///
/// A request that breaks a limit, or is not HTTP, goes through as a refusal in its place, so that answers keep the order
/// of the requests; after it the connection is closed.
final class RequestGate: ChannelDuplexHandler, ConnectionRoom.Guest {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    private enum State {
        /// No request, or part of a head.
        case waiting
        /// A head came, and part of the body.
        case reading(HTTPRequest, ByteBuffer)
        /// Nothing more is read.
        case closing
    }

    private let limits: ServiceLimits
    private let room: ConnectionRoom
    private weak var channel: (any Channel)?
    private var state = State.waiting
    private var deadline: Scheduled<Void>?
    /// Whether a byte has come since the last request.
    private var hasBegun = false
    /// Requests let through and not answered yet.
    private var unanswered = 0
    private(set) var lastComplete = NIODeadline.now()
    /// How long a client gets to read its last answer before the connection is gone.
    private static let lastRead = TimeAmount.seconds(2)
    /// No client can send this scheme: a request's scheme is that of the connection.
    private static let refusal = "refused-"

    /// Why a request does not go through.
    enum Refusal: String {
        case noHTTP, noHost, tooLarge, tooSlow, headTooLarge
    }

    /// - Parameter room: where the connection takes its place.
    init(limits: ServiceLimits, room: ConnectionRoom) {
        self.limits = limits
        self.room = room
    }

    /// Why a request was refused; nil when it was not.
    static func refusal(_ request: HTTPRequest) -> Refusal? {
        guard let scheme = request.scheme, scheme.hasPrefix(refusal) else { return nil }
        return Refusal(rawValue: String(scheme.dropFirst(refusal.count)))
    }

    var isBusy: Bool { unanswered > 0 }

    func leave() {
        state = .closing
        channel?.close(promise: nil)
    }

    func handlerAdded(context: ChannelHandlerContext) {
        channel = context.channel
        if room.enter(self) { return startDeadline(context) }
        let loopBound = NIOLoopBound(self, eventLoop: context.eventLoop)
        context.eventLoop.execute { loopBound.value.leave() }
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        deadline?.cancel()
        room.remove(self)
    }

    func channelInactive(context: ChannelHandlerContext) {
        deadline?.cancel()
        state = .closing
        context.fireChannelInactive()
    }

    /// Bytes have come, whatever they are.
    func bytesArrived(_ context: ChannelHandlerContext) {
        hasBegun = true
        if case .waiting = state, deadline == nil { startDeadline(context) }
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch (unwrapInboundIn(data), state) {
        case (.head(let head), .waiting):
            let declared = head.headerFields[.contentLength].flatMap { Int($0) } ?? 0
            guard declared <= limits.bodySize else { return refuse(.tooLarge, head, context) }
            if head.headerFields[.expect]?.lowercased() == "100-continue", unanswered == 0 {
                context.writeAndFlush(wrapOutboundOut(.head(HTTPResponse(status: .continue))), promise: nil)
            }
            state = .reading(head, ByteBuffer())
        case (.body(var part), .reading(let head, var body)):
            state = .waiting
            guard body.readableBytes + part.readableBytes <= limits.bodySize else {
                return refuse(.tooLarge, head, context)
            }
            body.writeBuffer(&part)
            state = .reading(head, body)
        case (.end, .reading(let head, let body)):
            pass(head, body, context)
        default:
            // What follows a refused request.
            break
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        if case .closing = state { return }
        var head: HTTPRequest?
        if case .reading(let read, _) = state { head = read }
        refuse(
            error is HostError ? .noHost : error as? HTTPParserError == .headerOverflow ? .headTooLarge : .noHTTP, head,
            context)
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        if case .end = unwrapOutboundIn(data) {
            unanswered -= 1
            if case .closing = state, unanswered == 0 {
                let loopBound = NIOLoopBound(context, eventLoop: context.eventLoop)
                deadline = context.eventLoop.scheduleTask(in: Self.lastRead) {
                    loopBound.value.close(promise: nil)
                }
            }
        }
        context.write(data, promise: promise)
    }

    private func pass(_ head: HTTPRequest, _ body: ByteBuffer, _ context: ChannelHandlerContext) {
        deadline?.cancel()
        deadline = nil
        hasBegun = false
        unanswered += 1
        lastComplete = .now()
        state = head.headerFields[.connection] == "close" ? .closing : .waiting
        context.fireChannelRead(wrapInboundOut(.head(head)))
        if body.readableBytes > 0 { context.fireChannelRead(wrapInboundOut(.body(body))) }
        context.fireChannelRead(wrapInboundOut(.end(nil)))
    }

    private func refuse(_ why: Refusal, _ head: HTTPRequest?, _ context: ChannelHandlerContext) {
        var head = head ?? HTTPRequest(method: .get, scheme: nil, authority: nil, path: "/")
        head.scheme = Self.refusal + why.rawValue
        head.headerFields[.connection] = "close"
        pass(head, ByteBuffer(), context)
        context.fireChannelReadComplete()
    }

    private func startDeadline(_ context: ChannelHandlerContext) {
        deadline?.cancel()
        let loopBound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        deadline = context.eventLoop.scheduleTask(in: .seconds(Int64(limits.arrivalSeconds))) {
            let (gate, context) = loopBound.value
            gate.deadlinePassed(context)
        }
    }

    private func deadlinePassed(_ context: ChannelHandlerContext) {
        deadline = nil
        var head: HTTPRequest?
        switch state {
        case .closing: return
        case .reading(let read, _): head = read
        case .waiting: break
        }
        if unanswered > 0 {
            // The client may have sent it all: nothing is read while enough waits to be answered.
            startDeadline(context)
        } else if hasBegun {
            refuse(.tooSlow, head, context)
        } else {
            context.close(promise: nil)
        }
    }
}
