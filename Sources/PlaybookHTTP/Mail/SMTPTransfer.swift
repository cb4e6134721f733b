internal import CCurl

/// A message on its way, on a thread of its own: libcurl blocks while it waits for a server's last word.
final class SMTPTransfer: @unchecked Sendable {
    typealias Outcome = Result<Void, SMTPError>

    private struct State {
        var continuation: CheckedContinuation<Outcome, Never>?
        var isCancelled = false
    }

    private let state = Guarded(State())
    private let message: [UInt8]
    private let sender: MailAddress
    private let recipients: [MailAddress]
    private let certificateFile: String?
    let server: SMTPServer
    let timeout: Duration

    // What follows belongs to the thread.
    /// libcurl's text about the failure.
    let problem = UnsafeMutablePointer<CChar>.allocate(capacity: Int(CURL_ERROR_SIZE))
    /// What the server said last.
    private(set) var reply = SMTPReply()
    private var recipientList: UnsafeMutablePointer<curl_slist>?
    private var sentCount = 0

    init(
        _ message: [UInt8], from sender: MailAddress, to recipients: [MailAddress], server: SMTPServer,
        certificateFile: String?, timeout: Duration
    ) {
        self.message = message
        self.sender = sender
        self.recipients = recipients
        self.server = server
        self.certificateFile = certificateFile
        self.timeout = timeout
        problem.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
    }

    deinit {
        problem.deallocate()
        if let recipientList { ccurl_slist_free_all(recipientList) }
    }

    /// Begins; `continuation` will be resumed.
    func start(_ continuation: CheckedContinuation<Outcome, Never>) {
        let isCancelled = state.withLock { state in
            if !state.isCancelled { state.continuation = continuation }
            return state.isCancelled
        }
        guard !isCancelled else { return continuation.resume(returning: .failure(cancelled)) }
        let body: @convention(c) (UnsafeMutableRawPointer?) -> Void = {
            Unmanaged<SMTPTransfer>.fromOpaque($0!).takeRetainedValue().run()
        }
        let context = Unmanaged.passRetained(self)
        guard ccurl_start_thread(body, context.toOpaque()) != 0 else { return }
        context.release()
        finish(.failure(failure("cannot start a thread")))
    }

    /// Ends the wait at once, and the thread as soon as libcurl allows.
    func cancel() {
        state.withLock { $0.isCancelled = true }
        finish(.failure(cancelled))
    }

    private func finish(_ outcome: Outcome) {
        let continuation = state.withLock { state in
            defer { state.continuation = nil }
            return state.continuation
        }
        continuation?.resume(returning: outcome)
    }

    private var cancelled: SMTPError {
        SMTPError(.cancelled, "mail through \(server): cancelled", nextStep: "Try again.")
    }

    private func failure(_ problem: String) -> SMTPError {
        SMTPError(.unavailable, "mail through \(server): \(problem)", nextStep: "Try again later.")
    }

    // MARK: - The thread

    private func run() {
        ccurl_enter()
        defer { ccurl_leave() }
        guard let multi = ccurl_multi_init() else { return finish(.failure(failure("libcurl is out of memory"))) }
        finish(outcome(multi))
        // Says goodbye to the server, which need not keep anyone waiting.
        ccurl_multi_cleanup(multi)
    }

    private func outcome(_ multi: UnsafeMutableRawPointer) -> Outcome {
        guard let easy = ccurl_easy_init() else { return .failure(failure("libcurl is out of memory")) }
        defer { ccurl_easy_cleanup(easy) }
        let code = configure(easy)
        guard code == CURLE_OK else { return .failure(error(code)) }
        guard ccurl_multi_add_handle(multi, easy) == CURLM_OK else { return .failure(failure("libcurl refuses it")) }
        defer { ccurl_multi_remove_handle(multi, easy) }
        while true {
            let code = ccurl_multi_perform(multi)
            guard code == CURLM_OK else { return .failure(failure("libcurl failed (multi code \(code.rawValue))")) }
            var result = CURLE_OK
            if ccurl_multi_next_done(multi, &result) != nil {
                return result == CURLE_OK ? .success(()) : .failure(error(result))
            }
            if state.withLock({ $0.isCancelled }) { return .failure(cancelled) }
            ccurl_leave()
            ccurl_multi_poll(multi, 100)
            ccurl_enter()
        }
    }

    private func configure(_ easy: UnsafeMutableRawPointer) -> CURLcode {
        var options = CurlOptions(easy: easy)
        options.set(CURLOPT_URL, "\(server.protection == .always ? "smtps" : "smtp")://\(server.address)")
        let security =
            switch server.protection {
            case .always, .required: CURLUSESSL_ALL
            case .possible: CURLUSESSL_TRY
            case .none: CURLUSESSL_NONE
            }
        options.set(CURLOPT_USE_SSL, Int(security.rawValue))
        options.set(CURLOPT_SSL_VERIFYPEER, 1)
        options.set(CURLOPT_SSL_VERIFYHOST, 2)
        options.set(CURLOPT_SSLVERSION, CURL_SSLVERSION_TLSv1_2)
        if let certificateFile { options.set(CURLOPT_CAINFO, certificateFile) }
        if let login = server.login {
            options.set(CURLOPT_USERNAME, login.user)
            options.set(CURLOPT_PASSWORD, login.password)
        }
        options.set(CURLOPT_NOSIGNAL, 1)
        options.set(CURLOPT_CONNECTTIMEOUT_MS, max(1, timeout.milliseconds))
        options.set(CURLOPT_TIMEOUT_MS, max(1, timeout.milliseconds))
        // The total timeout does not bound a goodbye.
        options.set(CURLOPT_SERVER_RESPONSE_TIMEOUT, (timeout.milliseconds + 999) / 1000)
        options.set(CURLOPT_MAIL_FROM, "<\(sender)>")
        for recipient in recipients {
            guard let longer = ccurl_slist_append(recipientList, "<\(recipient)>") else { return CURLE_OUT_OF_MEMORY }
            recipientList = longer
        }
        options.set(CURLOPT_MAIL_RCPT, recipientList)
        let context = Unmanaged.passUnretained(self).toOpaque()
        options.set(CURLOPT_UPLOAD, 1)
        options.set(CURLOPT_INFILESIZE_LARGE, size: message.count)
        options.set(CURLOPT_READFUNCTION, provideMail)
        options.set(CURLOPT_READDATA, context)
        options.set(CURLOPT_HEADERFUNCTION, receiveReply)
        options.set(CURLOPT_HEADERDATA, context)
        options.set(CURLOPT_WRITEFUNCTION, passOver)
        options.set(CURLOPT_ERRORBUFFER, problem)
        _ = ccurl_set_string(easy, CURLOPT_PROTOCOLS_STR, "smtp,smtps")
        _ = ccurl_set_long(easy, CURLOPT_QUICK_EXIT, 1)
        return options.failure ?? CURLE_OK
    }

    fileprivate func provide(_ room: UnsafeMutableRawBufferPointer) -> Int {
        let piece = message[sentCount...].prefix(room.count)
        room.copyBytes(from: piece)
        sentCount += piece.count
        return piece.count
    }

    fileprivate func receive(_ line: UnsafeRawBufferPointer) { reply.add(line) }
}

private func provideMail(
    _ bytes: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int, _ context: UnsafeMutableRawPointer?
) -> Int {
    let transfer = Unmanaged<SMTPTransfer>.fromOpaque(context!).takeUnretainedValue()
    return transfer.provide(UnsafeMutableRawBufferPointer(start: bytes, count: size * count))
}

private func receiveReply(
    _ bytes: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int, _ context: UnsafeMutableRawPointer?
) -> Int {
    let transfer = Unmanaged<SMTPTransfer>.fromOpaque(context!).takeUnretainedValue()
    transfer.receive(UnsafeRawBufferPointer(start: bytes, count: size * count))
    return size * count
}

/// Without it libcurl would write to standard output.
private func passOver(
    _ bytes: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int, _ context: UnsafeMutableRawPointer?
) -> Int { size * count }
