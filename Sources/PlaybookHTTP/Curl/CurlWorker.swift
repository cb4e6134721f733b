internal import CCurl
internal import Synchronization

/// The thread that runs libcurl's transfers, and the queue that leads to it.
final class CurlWorker: Sendable {
    private struct State: ~Copyable {
        var queue: [CurlTransfer] = []
        var hasCancellations = false
        var isStopping = false
        var isRunning = false
        /// Set while the thread may be woken through it.
        nonisolated(unsafe) var multi: UnsafeMutableRawPointer?

        func wake() { if let multi { ccurl_multi_wakeup(multi) } }
    }

    let userAgent: String
    let certificateFile: String?
    private let idleTimeout: Duration
    private let state = Guarded(State())

    init(userAgent: String, certificateFile: String?, idleTimeout: Duration) {
        self.userAgent = userAgent
        self.certificateFile = certificateFile
        self.idleTimeout = idleTimeout
    }

    /// Takes over `transfer`, whose continuation will be resumed.
    func submit(_ transfer: CurlTransfer) {
        let mustStart = state.withLock { state in
            state.queue.append(transfer)
            defer { state.isRunning = true }
            if state.isRunning { state.wake() }
            return !state.isRunning
        }
        guard mustStart else { return }
        let body: @convention(c) (UnsafeMutableRawPointer?) -> Void = {
            Unmanaged<CurlWorker>.fromOpaque($0!).takeRetainedValue().run()
        }
        let context = Unmanaged.passRetained(self)
        guard ccurl_start_thread(body, context.toOpaque()) != 0 else { return }
        context.release()
        refuseAll("cannot start a thread")
    }

    /// Looks for transfers that were cancelled.
    func noticeCancellation() {
        state.withLock { state in
            state.hasCancellations = true
            state.wake()
        }
    }

    /// Ends the thread; no transfers are left.
    func stop() {
        state.withLock { state in
            state.isStopping = true
            state.wake()
        }
    }

    /// Fails what waits in the queue; the thread does not run.
    private func refuseAll(_ problem: String) {
        let queue = state.withLock { state in
            state.isRunning = false
            return take(&state.queue)
        }
        for transfer in queue {
            transfer.finish(HTTPError(.other, "request to \(transfer.request.host): \(problem)"))
        }
    }

    // MARK: - The thread

    private func run() {
        ccurl_enter()
        defer { ccurl_leave() }
        guard let multi = ccurl_multi_init() else { return refuseAll("libcurl is out of memory") }
        ccurl_multi_set_long(multi, CURLMOPT_MAXCONNECTS, 64)
        nonisolated(unsafe) let shared = multi
        state.withLock { $0.multi = shared }
        var transfers = CurlTransfers(multi: multi, worker: self)
        let clock = ContinuousClock()
        var idleSince = clock.now
        while true {
            let (added, hasCancellations) = state.withLock { state in
                (take(&state.queue), take(&state.hasCancellations))
            }
            for transfer in added { transfers.add(transfer) }
            if hasCancellations { transfers.removeCancelled() }
            transfers.perform()
            var patience = Duration.seconds(60)
            if transfers.isEmpty {
                if !added.isEmpty { idleSince = clock.now }
                patience = idleTimeout - (clock.now - idleSince)
                if shouldEnd(isIdle: patience <= .zero) { break }
            } else {
                idleSince = clock.now
            }
            ccurl_leave()
            ccurl_multi_poll(multi, Int32(clamping: patience.milliseconds + 1))
            ccurl_enter()
        }
        ccurl_multi_cleanup(multi)
    }

    /// Whether the thread ends now; what is submitted after that starts another.
    private func shouldEnd(isIdle: Bool) -> Bool {
        state.withLock { state in
            guard state.queue.isEmpty, isIdle || state.isStopping else { return false }
            state.multi = nil
            state.isRunning = false
            return true
        }
    }
}

/// Takes a value out and leaves its empty one.
private func take<T>(_ array: inout [T]) -> [T] {
    defer { array = [] }
    return array
}

private func take(_ flag: inout Bool) -> Bool {
    defer { flag = false }
    return flag
}

extension Duration {
    /// Whole milliseconds, rounded down.
    var milliseconds: Int { Int(clamping: components.seconds.multipliedClamped(by: 1000)) + millisecondsOfFraction }

    private var millisecondsOfFraction: Int { Int(components.attoseconds / 1_000_000_000_000_000) }

    /// In seconds.
    var inSeconds: Double { Double(components.seconds) + Double(components.attoseconds) * 1e-18 }
}

extension Int64 {
    fileprivate func multipliedClamped(by factor: Int64) -> Int64 {
        // Durations of more than a thousand years are as good as a thousand.
        Swift.min(self, 31_536_000_000) * factor
    }
}
