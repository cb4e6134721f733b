import HTTPTypes
import Hummingbird
import HummingbirdCore
import NIOCore
import PlaybookAddresses
import PlaybookAssembly

/// Who may come in.
struct Door: Sendable {
    /// The names that the service may be asked by; nil when any will do.
    let names: Set<String>?
    /// Looks at ID tokens; nil when requests need none.
    var verify: IdentityCheck?
    /// Whether requests from this machine need no token.
    var trustsLoopback = false

    /// - Parameter names: the names that the service may be asked by; nil when any will do.
    init(names: Set<String>?) { self.names = names }

    /// Whether anybody comes in who reaches `host`, and others than this machine reach it.
    func isOpen(on host: String) -> Bool { names != nil && verify == nil && !Loopback.contains(host) }

    /// - Throws: a `Problem` when a web page of another site sends the request, or it is addressed to somebody else.
    func requireOwn(_ request: Request, _ context: RequestConnection) throws(Problem) {
        let problem = RequestOrigin(names: names).problem(
            authority: request.head.authority, headers: request.headers, address: context.address)
        if let problem { throw problem }
    }

    /// - Throws: a `Problem` when the request needs an ID token and has no good one.
    func authorize(_ request: Request, _ context: RequestConnection) async throws(Problem) {
        guard let verify, !isTrusted(request, context) else { return }
        let parts = (request.headers[.authorization] ?? "").split(separator: " ", omittingEmptySubsequences: true)
        guard parts.count == 2, parts[0].lowercased() == "bearer" else {
            throw Problem(
                .unauthorized, "this needs an ID token", nextStep: "Send it as 'Authorization: Bearer TOKEN'.")
        }
        do {
            try await verify(String(parts[1]))
        } catch {
            throw Problem(error.isTransient ? .tryAgain : .unauthorized, "\(error)")
        }
    }

    /// Whether it comes from this machine, and is not passed on from elsewhere.
    private func isTrusted(_ request: Request, _ context: RequestConnection) -> Bool {
        guard trustsLoopback, request.headers[.forwarded] == nil, request.headers[.xForwardedFor] == nil else {
            return false
        }
        return context.peer?.ipAddress.map { Loopback.contains($0) } ?? false
    }
}

/// The connection that a request came on.
struct RequestConnection: InitializableFromSource {
    let peer: SocketAddress?
    /// The address of this machine that it came to.
    let address: SocketAddress?

    init(source: ApplicationRequestContextSource) {
        peer = source.channel.remoteAddress
        address = source.channel.localAddress
    }
}

extension HTTPField.Name {
    static let forwarded = Self("Forwarded")!
    static let xForwardedFor = Self("X-Forwarded-For")!
}
