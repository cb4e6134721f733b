import PlaybookAlerts
import PlaybookCore
import PlaybookHTTP
package import PlaybookSettings
package import PlaybookUseCases

extension Settings {
    /// Who is told of runs.
    package func notifier() throws -> Notifier {
        let choice = try alerts()
        var sinks: [any AlertSink] = []
        if let url = choice.webhook {
            sinks.append(try WebhookSink(url: url, transport: curlTransport()))
        }
        if let mail = choice.mail {
            sinks.append(
                try MailSink(
                    url: mail.url, user: mail.user, password: mail.password, certificateFile: authoritiesFile,
                    from: mail.sender, to: mail.recipients, clock: SystemClock()))
        }
        return Notifier(sinks, tellsSuccess: choice.tellsSuccess)
    }

    /// The watch that is told of each day's run; nil for none.
    package func heartbeat() throws -> (any RunWatch)? {
        try heartbeatURL().map { try Heartbeat(url: $0, transport: curlTransport()) }
    }
}

extension Heartbeat: RunWatch {}
