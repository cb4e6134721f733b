internal import CCurl

/// Sends messages over SMTP by libcurl, each over a connection of its own. Certificates are always verified.
public struct SMTPTransport: Sendable {
    /// Where messages go.
    public let server: SMTPServer
    private let certificateFile: String?
    private let timeout: Duration

    /// A transport.
    ///
    /// - Parameters:
    ///   - certificateFile: PEM file of the authorities that certificates are checked against; nil for the system's.
    ///   - timeout: from start to the server's word that it took the message.
    public init(
        _ server: SMTPServer, certificateFile: String? = nil,
        timeout: Duration = .seconds(10)
    ) {
        self.server = server
        self.certificateFile = certificateFile
        self.timeout = timeout
    }

    /// Sends `message` to every one of `recipients`, or to none.
    ///
    /// - Parameter message: as RFC 5322 has it, with lines that end in CR LF.
    public func send(
        _ message: [UInt8], from sender: MailAddress, to recipients: [MailAddress]
    ) async throws(SMTPError) {
        if let problem = ccurl_load() {
            throw SMTPError(
                .settings, "mail through \(server): \(String(cString: problem))", nextStep: "Install libcurl4.")
        }
        let transfer = SMTPTransfer(
            message, from: sender, to: recipients, server: server, certificateFile: certificateFile, timeout: timeout)
        try await withTaskCancellationHandler {
            await withCheckedContinuation { transfer.start($0) }
        } onCancel: {
            transfer.cancel()
        }.get()
    }
}
