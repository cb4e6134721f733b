internal import CCurl
import PlaybookCore

extension SMTPTransfer {
    /// The error for libcurl's `code`.
    func error(_ code: CURLcode) -> SMTPError {
        let text = String(cString: problem)
        // libcurl's own words name hosts, files and steps, never what was sent.
        let detail = printable(text.isEmpty ? String(cString: ccurl_easy_strerror(code)) : text)
        let said = reply.isRefusal ? ": \(reply.shown(without: secrets))" : ""
        let (kind, problem, nextStep) = explain(code, detail)
        return SMTPError(
            kind, "mail through \(server): \(problem)\(said) (libcurl \(code.rawValue): \(detail))", nextStep: nextStep)
    }

    /// What a server must not be quoted with: the password, also as it goes over the wire.
    private var secrets: [String] {
        guard let login = server.login else { return [] }
        let plain = "\0\(login.user)\0\(login.password)"
        return [login.password] + [plain, login.password].map { base64($0.utf8) }
    }

    private func explain(_ code: CURLcode, _ detail: String) -> (SMTPError.Code, problem: String, nextStep: Remedy) {
        switch code {
        case CURLE_LOGIN_DENIED where !(400...499).contains(reply.code):
            return (.settings, "the login is refused", "Check \(.set(.mailUser)) and \(.set(.mailPassword)).")
        case CURLE_USE_SSL_FAILED:
            return (
                .settings, "the server does not offer TLS (STARTTLS)",
                "Use the server's port for submission (587), or smtps:// with port 465."
            )
        case CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_ISSUER_ERROR:
            return (
                .settings, "the server's certificate is not trusted",
                "If it has a private authority, name its file in \(.set(.authorities))."
            )
        case CURLE_SSL_CACERT_BADFILE:
            return (
                .settings, "the file of certificate authorities cannot be read",
                "Check \(.set(.authorities)) and \(.set(.systemAuthorities))."
            )
        case CURLE_SSL_CONNECT_ERROR, CURLE_SSL_CIPHER:
            return (
                .settings, "TLS failed",
                "Check that \(.set(.mailServer)) begins with smtps:// for port 465 and with smtp:// for 587."
            )
        case CURLE_COULDNT_RESOLVE_HOST:
            return (.unavailable, "the server's address was not found", "Check \(.set(.mailServer)) and the network.")
        case CURLE_COULDNT_RESOLVE_PROXY, CURLE_PROXY:
            return (.unavailable, "the proxy does not connect", "Check the proxy variables of the environment.")
        case CURLE_COULDNT_CONNECT:
            return (.unavailable, "no connection", "Check \(.set(.mailServer)), and that the port is not blocked.")
        case CURLE_OPERATION_TIMEDOUT:
            return (
                .unavailable, "no answer within \(timeout)",
                "Check that \(.set(.mailServer)) begins with smtps:// for port 465 and with smtp:// for 587."
            )
        default:
            guard reply.isRefusal else {
                return (
                    .unavailable, "the connection broke, or the server speaks no SMTP", "Check \(.set(.mailServer))."
                )
            }
            return reply.code < 500
                ? (.unavailable, "the server refuses for now", "Try again later.")
                : (
                    .refused, "the server refuses",
                    "Check \(.set(.mailSender)), \(.set(.mailRecipients)) and what the server allows."
                )
        }
    }
}
