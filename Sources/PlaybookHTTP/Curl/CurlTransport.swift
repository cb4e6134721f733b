internal import CCurl
internal import Synchronization

/// A transport over libcurl, which is loaded at the first request.
///
/// Connections are kept and reused, HTTP/2 is spoken where TLS offers it, answers may be compressed. Certificates are
/// always verified, TLS is 1.2 at least. The proxy variables of the environment count (`http_proxy`, `HTTPS_PROXY`,
/// `ALL_PROXY`, `NO_PROXY`). One thread serves all requests; it starts with the first one and ends, closing the
/// connections, when there is nothing to do for a while or the transport is gone.
public final class CurlTransport: HTTPTransport {
    private let worker: CurlWorker

    /// A transport.
    ///
    /// - Parameters:
    ///   - version: the program's version, told to servers as `trading-playbook/VERSION`.
    ///   - certificateFile: PEM file of the authorities that certificates are checked against; nil for the system's.
    ///   - idleTimeout: how long connections and the thread are kept without a request.
    public init(
        version: String, certificateFile: String? = nil,
        idleTimeout: Duration = .seconds(30)
    ) {
        worker = CurlWorker(
            userAgent: "trading-playbook/\(printable(version))", certificateFile: certificateFile,
            idleTimeout: idleTimeout)
    }

    deinit { worker.stop() }

    public func send(_ request: HTTPRequest) async throws(HTTPError) -> HTTPResponse {
        try request.validate()
        if let problem = ccurl_load() {
            throw HTTPError(.libraryMissing, "request to \(request.host): \(String(cString: problem))")
        }
        let transfer = CurlTransfer(request)
        return try await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                transfer.continuation = continuation
                worker.submit(transfer)
            }
        } onCancel: {
            transfer.isCancelled.store(true, ordering: .releasing)
            worker.noticeCancellation()
        }.get()
    }
}
