import PlaybookCore

/// Who is told of runs.
package struct AlertChoice: Sendable, Hashable {
    /// Whether runs without failure are told of.
    package let tellsSuccess: Bool
    /// A webhook's address; nil for none.
    package let webhook: String?
    /// Mail; nil for none.
    package let mail: Mail?

    /// How mail is sent.
    package struct Mail: Sendable, Hashable {
        /// The server's address, `smtps://HOST:465` or `smtp://HOST:587`.
        package let url: String
        package let user, password: String?
        package let sender: String
        package let recipients: [String]
    }
}

extension Settings {
    /// Who is told of runs.
    package func alerts() throws -> AlertChoice {
        let occasion = self[.notifyOn] ?? ""
        guard ["all", "failures"].contains(occasion) else {
            throw wrong(.notifyOn, "'\(occasion.prefix(40))' is neither all nor failures")
        }
        return AlertChoice(
            tellsSuccess: occasion == "all",
            webhook: try secret(.notifyURL, .notifyURLFile, maximumLength: 2048), mail: try mail())
    }

    /// The address of the watch that is told of each day's run; nil for none.
    package func heartbeatURL() throws -> String? {
        try secret(.heartbeatURL, .heartbeatURLFile, maximumLength: 2048)
    }

    private func mail() throws -> AlertChoice.Mail? {
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
        return AlertChoice.Mail(
            url: url, user: self[.mailUser], password: password, sender: sender,
            recipients: recipients.split(separator: ",", omittingEmptySubsequences: false).map {
                $0.filter { $0 != " " }
            })
    }
}
