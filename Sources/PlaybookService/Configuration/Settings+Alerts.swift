import PlaybookAlerts
import PlaybookCore
import PlaybookHTTP

extension Settings {
    /// Who is told of runs.
    func notifier() throws -> Notifier {
        let occasion = self[.notifyOn] ?? ""
        guard ["all", "failures"].contains(occasion) else {
            throw wrong(.notifyOn, "'\(occasion.prefix(40))' is neither all nor failures")
        }
        return Notifier(try [webhook(), mail()].compactMap { $0 }, tellsSuccess: occasion == "all")
    }

    /// The watch that is told of each day's run; nil for none.
    func heartbeat() throws -> Heartbeat? {
        guard let url = try secret(.heartbeatURL, .heartbeatURLFile, maximumLength: 2048) else { return nil }
        return try Heartbeat(url: url, transport: CurlTransport(version: programVersion))
    }

    private func webhook() throws -> (any AlertSink)? {
        guard let url = try secret(.notifyURL, .notifyURLFile, maximumLength: 2048) else { return nil }
        return try WebhookSink(url: url, transport: CurlTransport(version: programVersion))
    }

    private func mail() throws -> (any AlertSink)? {
        let parts: [Setting] = [.mailUser, .mailPassword, .mailPasswordFile, .mailFrom, .mailTo]
        guard let url = self[.mailServer] else {
            if let part = parts.first(where: { self[$0] != nil }) {
                throw wrong(part, "this needs SMTP_URL too: without it no mail is sent")
            }
            return nil
        }
        let password = try secret(.mailPassword, .mailPasswordFile, maximumLength: 256)
        guard let sender = self[.mailFrom] else { throw wrong(.mailFrom, "SMTP_URL needs a sender") }
        guard let recipients = self[.mailTo] else { throw wrong(.mailTo, "SMTP_URL needs somebody to write to") }
        return try MailSink(
            url: url, user: self[.mailUser], password: password, from: sender,
            to: recipients.split(separator: ",", omittingEmptySubsequences: false).map { $0.filter { $0 != " " } },
            clock: SystemClock())
    }
}
