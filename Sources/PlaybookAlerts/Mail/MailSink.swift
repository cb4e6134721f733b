public import PlaybookCore
public import PlaybookHTTP

/// Sends alerts by mail.
public struct MailSink: AlertSink {
    /// How many people can be written to.
    public static let maximumRecipients = 20

    private let transport: SMTPTransport
    private let sender: MailAddress
    private let recipients: [MailAddress]
    private let clock: any WallClock

    /// A sink.
    ///
    /// - Parameters:
    ///   - transport: leads to the server.
    ///   - sender: an address, `name@domain`.
    ///   - recipients: from one to twenty addresses.
    ///   - clock: dates the messages.
    /// - Throws: a `PlaybookError` that says which address is of no use.
    public init(
        _ transport: SMTPTransport, from sender: String, to recipients: [String], clock: any WallClock
    ) throws(PlaybookError) {
        self.transport = transport
        self.clock = clock
        self.sender = try Self.address(sender, .mailSender)
        var addresses: [MailAddress] = []
        for recipient in recipients { addresses.append(try Self.address(recipient, .mailRecipients)) }
        guard (1...Self.maximumRecipients).contains(addresses.count) else {
            throw PlaybookError(
                .configuration, "\(.named(.mailRecipients)) names \(addresses.count) addresses",
                nextStep: "Name from 1 to \(Self.maximumRecipients), separated by commas.")
        }
        self.recipients = addresses
    }

    /// A sink that sends through the server at `url`.
    ///
    /// - Parameters:
    ///   - url: `smtp://HOST:587` or `smtps://HOST:465`, as `SMTPServer` wants it.
    ///   - user: with `password`; neither for a server that asks for none.
    ///   - password: of `user`.
    ///   - certificateFile: PEM file of the authorities that certificates are checked against; nil for the system's.
    ///   - sender: an address, `name@domain`.
    ///   - recipients: from one to twenty addresses.
    ///   - clock: dates the messages.
    /// - Throws: a `PlaybookError` that names the setting which is of no use.
    public init(
        url: String, user: String? = nil, password: String? = nil, certificateFile: String? = nil,
        from sender: String, to recipients: [String], clock: any WallClock
    ) throws(PlaybookError) {
        let server: SMTPServer
        do {
            server = try SMTPServer(url, user: user, password: password)
        } catch {
            throw Self.problem(error)
        }
        try self.init(
            SMTPTransport(server, certificateFile: certificateFile), from: sender, to: recipients, clock: clock)
    }

    private static func address(_ text: String, _ setting: Topic) throws(PlaybookError) -> MailAddress {
        guard let address = MailAddress(text) else {
            throw PlaybookError(
                .configuration, "\(.named(setting)): '\(oneLine(String(text.prefix(100))))' is not an e-mail address",
                nextStep: "Write it as name@domain, without a display name.")
        }
        return address
    }

    public var name: String { "mail through \(transport.server)" }

    public func send(_ alert: Alert) async throws {
        var generator = SystemRandomNumberGenerator()
        let id = (0..<2).map { _ in String(generator.next(), radix: 36) }.joined(separator: ".")
        let message = MailMessage(
            sender: sender, recipients: recipients, subject: alert.title, lines: alert.lines,
            isImportant: alert.severity == .failure, date: clock.now(), id: id)
        do throws(SMTPError) {
            try await transport.send(message.bytes, from: sender, to: recipients)
        } catch {
            if error.code == .cancelled { throw CancellationError() }
            throw Self.problem(error)
        }
    }

    private static func problem(_ error: SMTPError) -> PlaybookError {
        PlaybookError(
            error.code == .unavailable ? .tryAgain : .configuration, error.facts, nextStep: error.remedy)
    }
}
