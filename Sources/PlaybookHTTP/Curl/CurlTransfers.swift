internal import CCurl
internal import Synchronization

/// The transfers under way in one multi handle. Used by the worker's thread alone.
///
/// Each has an easy handle of its own. One that was used keeps state which breaks HTTP/2 when many requests share a
/// connection (libcurl 7.88: code 43), and a new one costs next to nothing: connections belong to the multi handle.
struct CurlTransfers {
    private let multi: UnsafeMutableRawPointer
    private let worker: CurlWorker
    private var active: [UnsafeMutableRawPointer: CurlTransfer] = [:]

    init(multi: UnsafeMutableRawPointer, worker: CurlWorker) {
        self.multi = multi
        self.worker = worker
    }

    var isEmpty: Bool { active.isEmpty }

    /// Starts `transfer`, or fails it.
    mutating func add(_ transfer: CurlTransfer) {
        guard !transfer.isCancelled.load(ordering: .acquiring) else {
            return transfer.finish(.cancelled(transfer.request))
        }
        guard let easy = ccurl_easy_init() else {
            return transfer.finish(HTTPError(.other, "request to \(transfer.request.host): libcurl is out of memory"))
        }
        do throws(HTTPError) {
            try transfer.configure(easy, userAgent: worker.userAgent, certificateFile: worker.certificateFile)
        } catch {
            ccurl_easy_cleanup(easy)
            return transfer.finish(error)
        }
        let code = ccurl_multi_add_handle(multi, easy)
        guard code == CURLM_OK else {
            ccurl_easy_cleanup(easy)
            return transfer.finish(
                HTTPError(
                    .other, "request to \(transfer.request.host): libcurl refuses it (multi code \(code.rawValue))"))
        }
        active[easy] = transfer
    }

    /// Stops the cancelled ones; their connections close, an HTTP/2 stream is reset.
    mutating func removeCancelled() {
        for (easy, transfer) in active where transfer.isCancelled.load(ordering: .acquiring) {
            remove(easy)
            transfer.finish(.cancelled(transfer.request))
        }
    }

    /// Lets libcurl read and write what it can, and finishes what is done.
    mutating func perform() {
        let code = ccurl_multi_perform(multi)
        guard code == CURLM_OK else {
            for (easy, transfer) in active {
                remove(easy)
                let host = transfer.request.host
                transfer.finish(HTTPError(.other, "request to \(host): libcurl failed (multi code \(code.rawValue))"))
            }
            return
        }
        var result = CURLE_OK
        while let easy = ccurl_multi_next_done(multi, &result) {
            guard let transfer = active[easy] else { continue }
            let outcome = transfer.outcome(easy, result)
            remove(easy)
            transfer.finish(outcome)
        }
    }

    private mutating func remove(_ easy: UnsafeMutableRawPointer) {
        ccurl_multi_remove_handle(multi, easy)
        active[easy] = nil
        ccurl_easy_cleanup(easy)
    }
}
